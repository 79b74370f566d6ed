//! Every check of the monthly return, in one table of figures.

use tici_domain::change::StageClaim;
use tici_domain::{Basis, Change, Measure, Period, Problem, Severity, Stage};
use tici_engine::Snapshot;
use tici_engine::checks::{CHECKS, CheckRules, RowSaid};
use tici_testkit::{builders, table};

const WAN: i64 = 10_000;

fn month(year: i16, index: u8) -> Period {
    Period::month(year, index).expect("a month")
}

/// A project of 1,000 万元 total and 400 planned, started in March, with 300 done by May:
/// 500 since the start, of which 200 by the end of last year, and 30% built.
fn ledger() -> Snapshot {
    let mut snapshot = Snapshot::default();
    let figure = |id, measure, period: &str, number| {
        Change::Figure(builders::figure(id, 1, measure, period, number))
    };
    let started = StageClaim {
        id: 1,
        project: 1,
        stage: Stage::Started,
        on: jiff::civil::date(2026, 3, 1),
        evidence: Vec::new(),
        note: None,
        sheet: None,
        cell: None,
        replaces: None,
    };
    let changes = [
        Change::Project(builders::project(1, "P1")),
        figure(1, Measure::TOTAL_INVESTMENT, "2026-01", 1_000 * WAN),
        figure(2, Measure::INVEST_YTD, "2026-05", 300 * WAN),
        figure(3, Measure::INVEST_SINCE_START, "2025-12", 200 * WAN),
        figure(4, Measure::INVEST_SINCE_START, "2026-05", 500 * WAN),
        figure(5, Measure::PROGRESS_PERCENT, "2026-05", 3_000),
        Change::Plan(builders::plan(1, 1, "2026", 400 * WAN)),
        Change::StageClaim(started),
    ];
    changes.iter().for_each(|change| snapshot.apply(0, change));
    snapshot.finish(1);
    snapshot
}

/// Amounts in 万元, shares in percent; blank is not said.
const CASES: &str = "
  month | ytd  | parts           | since | percent | total | stage     | reason | found
  50    | 350  |                 | 550   | 35      |       |           |        |
  0     | 300  |                 |       |         |       |           |        |
  50 | 360 |  |  |  |  |  |  | error check-month-adds
  50 | 360 |  |  |  |  |  | yes | warning check-month-adds
  50    | 350  | 100 100 100 50  |       |         |       |           |        |
  50 | 350 | 100 100 100 60 |  |  |  |  |  | error check-parts-total
  50    | 350  | 100             |       |         |       |           |        |
  50 | 350 | 400 |  |  |  |  |  | error check-parts-total
  -20 | 280 |  |  |  |  |  | yes | warning check-ytd-falls, warning check-month-negative
   | 280 |  |  |  |  |  |  | error check-ytd-falls
   | 300 |  | 499 |  |  |  |  | error check-since-start-falls, warning check-since-start-adds
   | 300 |  | 510 |  |  |  |  | warning check-since-start-adds
   | 300 |  | 1101 |  |  |  |  | warning check-since-start-adds, warning check-done-over-total
   | 300 |  |  |  | 399 |  |  | error check-plan-over-total
   | 650 |  |  |  |  |  |  | warning check-done-over-plan
   | 300 |  |  | 101 |  |  |  | error check-progress-over
   | 300 |  |  | 29.99 |  |  |  | warning check-progress-falls
   | 300 |  |  |  |  | completed |  | warning check-stage-ahead
   | 300 |  |  | 90 |  | completed |  | warning check-stage-ahead, warning check-completed-progress
   |  |  |  |  |  |  |  | warning check-amount-missing
";

fn said(row: &table::Row) -> RowSaid {
    let mut said = RowSaid { project: 1, ..RowSaid::default() };
    let number = |text: &str, factor: f64| -> Option<i64> {
        text.parse::<f64>().ok().map(|number| (number * factor).round() as i64)
    };
    let wan = WAN as f64;
    let columns = [
        ("month", Measure::INVEST_MONTH, wan),
        ("ytd", Measure::INVEST_YTD, wan),
        ("since", Measure::INVEST_SINCE_START, wan),
        ("percent", Measure::PROGRESS_PERCENT, 100.0),
        ("total", Measure::TOTAL_INVESTMENT, wan),
    ];
    for (column, measure, factor) in columns {
        said.numbers.extend(number(row.text(column), factor).map(|number| (measure, number)));
    }
    let parts = row.text("parts").split_whitespace().zip(tici_engine::checks::PARTS);
    said.numbers.extend(parts.filter_map(|(text, part)| Some((part, number(text, wan)?))));
    said.stage = Stage::parse(row.text("stage"));
    said.has_reason = row.text("reason") == "yes";
    said
}

fn words(problem: &Problem) -> String {
    let severity = match problem.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    };
    format!("{severity} {}", problem.key)
}

#[test]
fn every_check_finds_what_it_says() {
    let (snapshot, rules) = (ledger(), CheckRules::monthly());
    let mut seen = std::collections::BTreeSet::new();
    for row in table::parse(CASES).rows() {
        let by = (month(2026, 6), Basis::Reported);
        let cell_of = |measure: Measure| measure.code().to_owned();
        let found = rules.check(&snapshot, by, &said(&row), cell_of);
        let found: Vec<String> = found.iter().map(words).collect();
        let expected = row.text("found");
        assert_eq!(found.join(", "), expected, "{}", row.text("ytd"));
        seen.extend(found.into_iter().filter_map(|text| text.split(' ').nth(1).map(str::to_owned)));
    }
    // One needs a project that has not started; the others are all in the table.
    assert_eq!(seen.len(), CHECKS.len() - 1, "{seen:?}");
}

#[test]
fn the_rule_file_reads_whole_and_names_every_check() {
    let (rules, problems) = CheckRules::parse(tici_engine::checks::MONTHLY, "monthly.toml");
    assert_eq!(problems, []);
    assert_eq!(rules.checks.len(), CHECKS.len());
    let (_, problems) = CheckRules::parse("key = \"x\"\n[[check]]\nkind = \"no\"\n", "x.toml");
    let keys: Vec<&str> = problems.iter().map(|problem| problem.key.as_str()).collect();
    assert_eq!(keys, ["rules-missing-key", "rules-choice", "rules-missing-key"]);
}
