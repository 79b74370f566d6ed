//! Back-tests: what leaks is refused, the future is not looked at, baselines are beaten.

use tici_domain::Problem;
use tici_engine::forecast::backtest::day::Order;
use tici_engine::forecast::backtest::history::History;
use tici_engine::forecast::backtest::{
    Columns, Forecast, Method, Settings, Sheet, load, run, summarise,
};

use crate::golden::shared;

const NYC: &str = "data/nyc-capital-projects/NYC_capital_projects_20190901.csv";
const GMPP: &str = "data/uk-gmpp/gmpp_long_2014-2018.csv";

#[test]
fn columns_that_tell_the_future_are_refused_by_name() {
    let Some(sheet) = csv_sheet(NYC) else { return };
    let (_, problems) = load(&sheet, &Columns::default());
    let leaking: Vec<&str> = problems
        .iter()
        .filter(|problem| problem.key == "forecast-backtest-leaking-column")
        .map(|problem| problem.args[0].1.as_str())
        .collect();
    assert_eq!(leaking, ["Total Budget Changes", "Total Schedule Changes"]);
    let (history, problems) = load(&sheet, &without_leaks());
    assert!(!Problem::any_error(&problems), "{problems:?}");
    assert!(has(&problems, "forecast-backtest-survivors"));
    assert_eq!((history.projects.len(), history.dates.len()), (378, 15));
    assert_eq!(history.dates.first(), Order::YearMonthDay.parse("2013-09-01").as_ref());
}

#[test]
fn baselines_are_beaten_on_new_york_capital_projects() {
    let Some(sheet) = csv_sheet(NYC) else { return };
    let (history, _) = load(&sheet, &without_leaks());
    let cutoff = |day| Order::YearMonthDay.parse(day).expect("a day");
    let cutoffs = vec![cutoff("2016-06-01"), cutoff("2017-09-01"), cutoff("2018-08-01")];
    let (run, problems) =
        run(&history, &Settings { cutoffs, horizons: vec![12], ..Settings::default() });
    assert!(problems.is_empty(), "{problems:?}");
    for gain in summarise(&run).gains {
        assert!(gain.brier > 0.0 && gain.crps > 0.0, "{gain:?}");
    }
}

#[test]
fn a_portfolio_linked_by_names_is_read() {
    let Some(sheet) = csv_sheet(GMPP) else { return };
    let columns = Columns { link_names: true, ..Columns::default() };
    let (history, problems) = load(&sheet, &columns);
    assert!(!Problem::any_error(&problems), "{problems:?}");
    assert_eq!(history.dates.len(), 5);
    let closed = history.projects.iter().filter(|project| project.closed_on.is_some()).count();
    assert!((100..200).contains(&closed), "{closed} finished");
}

#[test]
fn tampering_with_the_future_changes_no_forecast() {
    let settings = Settings { horizons: vec![6], ..Settings::default() };
    let truth = made_up(|_, _| 0);
    let cutoff = truth.dates[5];
    let forecasts = |history: &History| -> Vec<(String, Method, f64, f64)> {
        let (run, _) = run(history, &Settings { cutoffs: vec![cutoff], ..settings.clone() });
        let said = |one: &Forecast| (one.project.clone(), one.method, one.p, one.median);
        run.forecasts.iter().map(said).collect()
    };
    let before = forecasts(&truth);
    assert!(before.len() > 100);
    // Every later day is moved, and a kind nobody had heard of appears.
    let tampered = made_up(|report, project| if report > 5 { 200 + 31 * project } else { 0 });
    assert_ne!(truth, tampered);
    assert_eq!(before, forecasts(&tampered));
    // The same done to the past is noticed.
    let rewritten = made_up(|report, project| if report == 4 { 200 + 31 * project } else { 0 });
    assert_ne!(before, forecasts(&rewritten));
}

#[test]
fn what_cannot_be_read_is_named() {
    let sheet = |head: &[&str], rows: &[&[&str]]| Sheet {
        head: head.iter().map(|text| text.to_string()).collect(),
        rows: rows.iter().map(|row| row.iter().map(|text| text.to_string()).collect()).collect(),
    };
    let head = ["id", "report", "end"];
    for (sheet, key) in [
        (sheet(&["who", "when"], &[]), "forecast-backtest-no-column"),
        (sheet(&head, &[&["1", "2020-01-01", "2021-01-01"]]), "forecast-backtest-one-report"),
        (sheet(&head, &[&["1", "soon", "2021-01-01"]]), "forecast-backtest-undated"),
        (
            sheet(&head, &[&["1", "2020", "2021-01-01"], &["1", "2020", "2022-01-01"]]),
            "forecast-backtest-twice",
        ),
    ] {
        let (_, problems) = load(&sheet, &Columns::default());
        assert!(has(&problems, key), "{key}: {problems:?}");
    }
    let (_, problems) = run(&History::default(), &Settings::default());
    assert!(has(&problems, "forecast-backtest-nothing"));
}

fn has(problems: &[Problem], key: &str) -> bool {
    problems.iter().any(|problem| problem.key == key)
}

fn without_leaks() -> Columns {
    let drop = ["Total Budget Changes", "Total Schedule Changes"];
    Columns { drop: drop.map(str::to_owned).to_vec(), ..Columns::default() }
}

fn csv_sheet(path: &str) -> Option<Sheet> {
    let mut reader = csv::Reader::from_path(shared(path)?).expect("the file opens");
    let head = reader.headers().expect("a head").iter().map(str::to_owned).collect();
    let rows = reader.records().map(|row| row.expect("a row").iter().map(str::to_owned).collect());
    Some(Sheet { head, rows: rows.collect() })
}

/// Sixty projects over nine quarterly reports, with days that move a little by turns, and by
/// `more` days for a report and project.
fn made_up(more: impl Fn(i32, i32) -> i32) -> History {
    let first = Order::YearMonthDay.parse("2020-01-01").expect("a day");
    let mut rows = Vec::new();
    for project in 0..60 {
        let mut end = first + 500 + 23 * project;
        for report in 0..9 {
            let slips = (project * 7 + report * 5) % 3 == 0;
            end += if slips { 20 + 13 * (project % 9) } else { 0 };
            let moved = more(report, project);
            let day =
                |number: i32| tici_engine::forecast::backtest::day::of_number(number).to_string();
            let kind = match (moved > 0, project % 2) {
                (true, _) => "a kind unheard of",
                (_, 0) => "road",
                _ => "school",
            };
            rows.push(vec![
                project.to_string(),
                day(first + 91 * report),
                day(end + moved),
                kind.to_owned(),
            ]);
        }
    }
    let head = ["id", "report", "end", "kind"].map(str::to_owned).to_vec();
    load(&Sheet { head, rows }, &Columns::default()).0
}
