//! Lights and league of the sample county, by the rule files a ledger goes by.

use tici_domain::change::Setting;
use tici_domain::{Change, Excuse, Light, Period, RuleSet};
use tici_engine::Snapshot;
use tici_engine::league;
use tici_engine::lights::{LightRules, preset};
use tici_ops::OpsError;
use tici_ops::rule_files;
use tici_ops::view_league::{LeagueQuery, view_league};
use tici_ops::view_ledger::LedgerQuery;
use tici_ops::view_lights::{LightsQuery, view_lights};
use tici_testkit::TODAY;
use tici_testkit::builders::day;

use crate::desks::{as_account, county};

fn listed() -> LedgerQuery {
    let mut query = LedgerQuery::default();
    query.filter.listed = true;
    query
}

#[test]
fn the_county_is_lit_as_before_and_every_light_says_why() {
    let desk = county();
    let office = as_account(&desk, "diaodu");
    let asked = LightsQuery { history: 3, ..LightsQuery::default() };
    let page = view_lights(&desk, &office, &listed(), asked, TODAY).expect("lights");
    let counts: Vec<_> = page.counts.iter().map(|(light, count)| (*light, *count)).collect();
    let expected =
        [(Light::Red, 14), (Light::Amber, 21), (Light::Green, 26), (Light::Unreported, 1)];
    assert_eq!((counts.as_slice(), page.excused), (&expected[..], 0));
    for row in &page.rows {
        assert!(row.all.contains(&row.lit), "{row:?}");
        assert_eq!(row.history.len(), 3, "{row:?}");
        assert!(row.lit.rule_key(&page.lens.lights).is_some(), "{row:?}");
    }
    // By another region's rules the same ledger looks otherwise; the ledger keeps its own.
    let other = LightsQuery { rules: preset("yinchuan"), ..LightsQuery::default() };
    let other = view_lights(&desk, &office, &listed(), other, TODAY).expect("lights");
    assert_ne!(other.counts, page.counts);
    assert_eq!(rule_files::light_rules(&page.snapshot, TODAY).key, "yanxi");
}

#[test]
fn an_earlier_month_is_lit_as_in_the_history() {
    let desk = county();
    let office = as_account(&desk, "diaodu");
    let lit = |period: Option<Period>, history| {
        let mut query = LedgerQuery::default();
        query.lens.period = period;
        let asked = LightsQuery { history, ..LightsQuery::default() };
        view_lights(&desk, &office, &query, asked, TODAY).expect("lights")
    };
    let now = lit(None, 12);
    for (year, month) in [(2026, 4), (2026, 2), (2025, 12), (2025, 6)] {
        let period = Period::month(year, month).expect("a month");
        let then = lit(Some(period), 0);
        let mut compared = 0;
        for row in &then.rows {
            let now = now.rows.iter().find(|other| other.project == row.project);
            let Some(now) = now else { continue };
            let kept = now.history.iter().find(|(of, _)| *of == period).map(|(_, light)| *light);
            assert_eq!(kept, Some(row.lit.light), "{period} {}", row.project);
            compared += 1;
        }
        assert!(compared > 60, "{period}: {compared}");
    }
}

#[test]
fn what_changed_since_a_moment_is_told() {
    let desk = county();
    let office = as_account(&desk, "diaodu");
    let head = desk.store.head().expect("a head");
    let since = |seq, on: &str| {
        let asked = LightsQuery { since: Some((seq, day(on))), ..LightsQuery::default() };
        view_lights(&desk, &office, &listed(), asked, TODAY).expect("lights").changes.clone()
    };
    assert_eq!(since(head, "2026-06-18"), []);
    let changes = since(head / 2, "2026-01-15");
    assert!(!changes.is_empty());
    assert!(changes.is_sorted_by_key(|change| !change.is_worse()), "the worse ones come first");
}

#[test]
fn a_ledger_goes_by_what_it_adopted() {
    let desk = county();
    let snapshot = desk.snapshot().expect("a snapshot");
    let light_rules = |snapshot: &Snapshot| rule_files::light_rules(snapshot, TODAY);
    let league_rules = |snapshot: &Snapshot| rule_files::league_rules(snapshot, TODAY);
    let with = |change: Change| snapshot.advance([(snapshot.seq, &change)], snapshot.seq + 1);
    let setting = |key: &str, value: &str| {
        with(Change::Setting(Setting { key: key.into(), value: value.into() }))
    };
    // The county's own four numbers: 7 days and 5 days early.
    assert_eq!(*light_rules(&snapshot), preset("yanxi").expect("a preset"));
    assert_eq!(light_rules(&setting("rules.lights", "tianjin")).key, "tianjin");
    assert_eq!(light_rules(&setting("rules.lights", "key = 1")).key, "yanxi");
    assert_eq!(league_rules(&setting("rules.league", "gaoan")).key, "gaoan");
    let text = league::PRESETS.iter().find(|(name, _)| *name == "yanan").expect("a preset").1;
    let adopted = with(Change::RuleSet(RuleSet {
        id: 1,
        kind: "league".into(),
        name: "yanan".into(),
        version: 1,
        from: day("2026-06-01"),
        text: text.replace("points = 60", "points = 50"),
        reason: None,
        approver: None,
        replaces: None,
    }));
    assert_eq!(league_rules(&adopted).key, "yanan");
    assert_ne!(league_rules(&adopted), league::preset("yanan").expect("a preset"));
    // The day before its own, the ledger goes by what it had.
    assert_eq!(rule_files::league_rules(&adopted, day("2026-05-31")).key, "yanxi");
}

#[test]
fn an_excuse_in_the_ledger_is_shown_until_its_day() {
    let desk = county();
    let office = as_account(&desk, "diaodu");
    let page =
        view_lights(&desk, &office, &listed(), LightsQuery::default(), TODAY).expect("lights");
    let late = page.rows.iter().find(|row| row.lit.light == Light::Red).expect("a red one");
    let excuse = |until: &str| Excuse {
        id: 1,
        project: late.project,
        rule: "*".into(),
        from: day("2026-06-01"),
        until: day(until),
        reason: "防汛停工令".into(),
        approver: "县重点办".into(),
        evidence: Vec::new(),
        withdrawn: false,
        replaces: None,
    };
    let lit = |until: &str| {
        let change = Change::Excuse(excuse(until));
        let snapshot = page.snapshot.advance([(page.snapshot.seq, &change)], page.snapshot.seq + 1);
        // Advanced from the table before it, as the desk does.
        let table = desk.facts(&page.snapshot, &page.lens).advance(&snapshot);
        table.get(late.project).expect("facts").lit
    };
    let held = lit("2026-07-31");
    assert_eq!((held.light, held.excused), (Light::Excused, Some(Light::Red)));
    assert_eq!(lit("2026-06-17").light, Light::Red);
}

#[test]
fn the_league_ranks_the_county_and_leads_to_its_projects() {
    let desk = county();
    let town = as_account(&desk, "diaodu");
    let page = view_league(&desk, &town, LeagueQuery::default(), TODAY).expect("a league");
    assert_eq!((page.rules.key.as_str(), page.problems.len()), ("yanxi", 0));
    let rows = &page.league.groups[0].rows;
    assert_eq!((page.league.groups.len(), rows.len()), (1, 13));
    let projects: usize = rows.iter().map(|row| row.projects).sum();
    assert_eq!(projects, 62);
    assert!(rows.is_sorted_by_key(|row| row.rank));
    assert!(rows.iter().all(|row| row.change().is_some() && row.constant.is_some()));
    let silent: Vec<_> =
        rows.iter().flat_map(|row| &row.cells).filter(|c| !c.unreported.is_empty()).collect();
    assert_eq!(silent.len(), 1, "one town has not reported in full");
    let all: Vec<i64> = rows.iter().flat_map(|row| row.cells[0].projects.clone()).collect();
    assert_eq!(all.len(), 62);
    // Its money is that of the counting function.
    let sum: i128 = rows.iter().filter_map(|row| row.cells[0].parts).map(|(of, _)| of.num).sum();
    assert_eq!(sum, 3_229_180_000);
}

#[test]
fn given_figures_are_read_or_every_problem_is_told() {
    let desk = county();
    let office = as_account(&desk, "diaodu");
    let league = |text: &str| {
        let query = LeagueQuery {
            rules: league::preset("gaoan"),
            given: Some(("given.csv".into(), text.into())),
            ..LeagueQuery::default()
        };
        view_league(&desk, &office, query, TODAY)
    };
    let good = "place,key,value,source\n石鹿镇,foreign_capital_cash,500.5,商务局\n\
                经开区,foreign_capital_cash,300,\n";
    let page = league(good).expect("a league");
    let rows = &page.league.groups[0].rows;
    let scored = rows.iter().filter(|row| row.total.is_some()).count();
    assert_eq!(scored, 2);
    assert_eq!(rows[0].cells[1].sources, ["商务局"]);
    let bad =
        "place,key,value\n无名镇,foreign_capital_cash,5\n石鹿镇,nothing,5\n石鹿镇,signed_done,五\n";
    let Err(OpsError::Problems(problems)) = league(bad) else { panic!("refused") };
    let found: Vec<_> =
        problems.iter().map(|problem| (problem.cell.as_str(), problem.key.as_str())).collect();
    let expected = [
        ("2:1", "league-given-unknown-place"),
        ("3:1", "league-given-unknown-key"),
        ("4:1", "league-given-not-number"),
    ];
    assert_eq!(found, expected);
    let Err(OpsError::Problems(problems)) = league("a,b\n") else { panic!("refused") };
    assert_eq!(problems[0].key, "league-given-columns");
}

#[test]
fn rules_that_cannot_be_read_are_not_used() {
    let (_, problems) = LightRules::parse("key = \"x\"\n", "x.toml");
    assert!(tici_domain::Problem::any_error(&problems));
}
