//! Real lists go in whole, and come to the sums that a plain reading of the files gives.
//! The files are beside the repository, not in it.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use tici_domain::intake::{Intake, ProjectRow};
use tici_domain::{Measure, Period, Problem, Stage};
use tici_exchange::map::{Links, Map};
use tici_exchange::propose::propose_links;
use tici_exchange::read::read_projects;
use tici_exchange::{guess, preview, sheet};

fn shared(path: &str) -> Option<PathBuf> {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data");
    let path = root.join(path);
    if !path.exists() {
        println!("skipped: {} absent", path.display());
        return None;
    }
    Some(path)
}

fn map(name: &str) -> Map {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../samples/maps").join(name);
    let text = std::fs::read_to_string(&path).unwrap();
    Map::parse(name, &text).unwrap_or_else(|problems| panic!("{problems:?}"))
}

fn counts(rows: &[ProjectRow]) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    for row in rows {
        *counts.entry(row.period.unwrap().to_string()).or_insert(0) += 1;
    }
    counts
}

fn figure(row: &ProjectRow, measure: Measure) -> Option<&tici_domain::figure::Value> {
    row.figures.iter().find(|figure| figure.0 == measure).map(|figure| &figure.1.value)
}

fn sum(rows: &[ProjectRow], measure: Measure) -> (usize, i64) {
    let values = rows.iter().filter_map(|row| figure(row, measure)?.as_int());
    values.fold((0, 0), |(count, sum), value| (count + 1, sum + value))
}

/// Hundredths of a decimal such as `1,234.5`, by hand.
fn hundredths(text: &str) -> i64 {
    let plain = text.replace([',', '£', 'm'], "");
    let (whole, fraction) = plain.split_once('.').unwrap_or((&plain, ""));
    let negative = whole.starts_with('-');
    let fraction: i64 = format!("{fraction:0<2}")[..2].parse().unwrap();
    let whole: i64 = whole.trim_start_matches('-').parse().unwrap_or(0);
    let value = whole * 100 + fraction;
    if negative { -value } else { value }
}

#[test]
fn new_york_goes_in_whole() {
    let Some(path) = shared("nyc-capital-projects/NYC_capital_projects_20190901.csv") else {
        return;
    };
    let bytes = std::fs::read(path).unwrap();
    let map = map("nyc-capital-projects.toml");
    let files = [("nyc.csv", bytes.as_slice())];
    let (intake, problems) = read_projects(&files, &map, &Links::default());
    assert!(!Problem::any_error(&problems), "{problems:?}");
    let plain: Vec<BTreeMap<String, String>> =
        csv::Reader::from_reader(bytes.as_slice()).deserialize().map(Result::unwrap).collect();
    assert_eq!(intake.rows.len(), 2_259);
    assert_eq!(intake.rows.len(), plain.len());
    let codes: BTreeSet<&str> =
        intake.rows.iter().map(|row| row.code.as_ref().unwrap().value.as_str()).collect();
    assert_eq!(codes.len(), 378);
    let mut expected = BTreeMap::new();
    for row in &plain {
        let day = &row["Date Reported As Of"];
        *expected.entry(format!("{}-{}", &day[6..10], &day[..2])).or_insert(0) += 1;
    }
    assert_eq!(expected.len(), 15);
    assert_eq!(counts(&intake.rows), expected);
    let filled = |name: &str| plain.iter().filter(|row| !row[name].trim().is_empty()).count();
    let budgets = plain.iter().map(|row| row["Budget Forecast"].trim()).filter(|b| !b.is_empty());
    // Some budgets have three decimals or more only if the city changes its file.
    let budget_sum: i64 = budgets.map(hundredths).sum();
    let found = sum(&intake.rows, Measure::TOTAL_INVESTMENT);
    assert_eq!(found, (filled("Budget Forecast"), budget_sum));
    assert_eq!(found.0, 2_259 - 106);
    let has = |measure| intake.rows.iter().filter(|row| figure(row, measure).is_some()).count();
    assert_eq!(has(Measure::PHASE_TEXT), 2_259 - 105);
    assert_eq!(has(Measure::COMPLETION_FORECAST), 2_259 - 122);
    assert_eq!(intake.rows.iter().filter(|row| row.milestones.len() == 1).count(), 2_259 - 122);
    let building = |row: &&ProjectRow| row.stages.iter().any(|at| at.value.0 == Stage::InProgress);
    assert_eq!(intake.rows.iter().filter(building).count(), 900);
    for (row, plain) in intake.rows.iter().zip(&plain) {
        check_new_york_row(row, plain);
    }
    let dropped = problems.iter().filter(|problem| problem.key == "column-dropped");
    let dropped: BTreeSet<&str> = dropped.map(|problem| problem.args[0].1.as_str()).collect();
    assert!(dropped.contains("Total Budget Changes") && dropped.contains("Total Schedule Changes"));
}

/// The forecast of completion of each row, day by day.
fn check_new_york_row(row: &ProjectRow, plain: &BTreeMap<String, String>) {
    let day = plain["Forecast Completion"].as_str();
    let expected = (!day.is_empty()).then(|| format!("{}-{}-{}", &day[6..], &day[..2], &day[3..5]));
    let found = figure(row, Measure::COMPLETION_FORECAST);
    assert_eq!(found.map(|value| value.as_date().unwrap().to_string()), expected);
    assert_eq!(row.code.as_ref().unwrap().value, plain["PID"]);
}

const GMPP: [(i16, usize); 5] = [(2014, 199), (2015, 188), (2016, 143), (2017, 143), (2018, 133)];

fn read_gmpp(links: &Links) -> Option<(Intake, Vec<Problem>)> {
    let folder = shared("uk-gmpp/raw")?;
    let read = |year: i16| {
        let name = format!("uk_{year}.csv.gz");
        let bytes = std::fs::read(folder.join(&name)).unwrap();
        (name, bytes)
    };
    let files: Vec<(String, Vec<u8>)> = (2014..=2018).map(read).collect();
    let files: Vec<(&str, &[u8])> =
        files.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();
    let (mut intake, mut problems) =
        read_projects(&files[..4], &map("uk-gmpp-2014-2017.toml"), links);
    let (last, more) = read_projects(&files[4..], &map("uk-gmpp-2018.toml"), links);
    let before = intake.files.len();
    intake.files.extend(last.files);
    intake.rows.extend(last.rows.into_iter().map(|mut row| {
        row.file += before;
        row
    }));
    problems.extend(more);
    Some((intake, problems))
}

#[test]
fn british_portfolio_goes_in_whole() {
    let Some((intake, problems)) = read_gmpp(&Links::default()) else { return };
    let Some(long) = shared("uk-gmpp/gmpp_long_2014-2018.csv") else { return };
    assert!(!Problem::any_error(&problems), "{problems:?}");
    let expected = GMPP.iter().map(|(year, rows)| (year.to_string(), *rows)).collect();
    assert_eq!(counts(&intake.rows), expected);
    let bytes = std::fs::read(long).unwrap();
    let plain: Vec<BTreeMap<String, String>> =
        csv::Reader::from_reader(bytes.as_slice()).deserialize().map(Result::unwrap).collect();
    for (year, _) in GMPP {
        let rows: Vec<ProjectRow> = intake
            .rows
            .iter()
            .filter(|row| row.period == Some(Period::year(year)))
            .cloned()
            .collect();
        let year = year.to_string();
        let plain: Vec<_> = plain.iter().filter(|row| row["year"] == year).collect();
        check_gmpp_year(&year, &rows, &plain);
    }
}

fn check_gmpp_year(year: &str, rows: &[ProjectRow], plain: &[&BTreeMap<String, String>]) {
    let name = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let found: Vec<String> =
        rows.iter().map(|row| row.name.as_ref().unwrap().value.text.clone()).collect();
    let expected: Vec<String> = plain.iter().map(|row| name(&row["name"])).collect();
    assert_eq!(found, expected, "{year}");
    let measures = [
        ("wlc", Measure::TOTAL_INVESTMENT),
        ("fy_budget", Measure::YEAR_BUDGET),
        ("fy_forecast", Measure::YEAR_FORECAST),
    ];
    for (column, measure) in measures {
        let is_amount = |text: &&str| text.bytes().any(|b| b.is_ascii_digit()) && text.len() < 16;
        let amounts = plain.iter().map(|row| row[column].as_str()).filter(is_amount);
        // Hundredths of a million pounds are ten thousands, in pence a million.
        let amounts: Vec<i64> = amounts.map(exact_pence).collect();
        let expected = (amounts.len(), amounts.iter().sum());
        assert_eq!(sum(rows, measure), expected, "{year} {column}");
    }
    let is_rating = |text: &&str| text.contains("Amber") || matches!(*text, "Green" | "Red");
    let rated = plain.iter().filter(|row| is_rating(&row["dca"].as_str())).count();
    let texts = rows.iter().filter_map(|row| figure(row, Measure::CONFIDENCE_TEXT)?.as_text());
    let ratings: Vec<&str> = texts.filter(is_rating).collect();
    assert_eq!(ratings.len(), rated, "{year}");
    assert!(ratings.iter().all(|rating| !rating.contains("/ ") && !rating.contains("/r")));
    let dated = |column: &str| {
        let is_day = |text: &str| {
            let parts: Vec<&str> = text.split(['/', '.']).collect();
            parts.len() == 3 && parts.iter().all(|p| p.len() <= 4 && p.len() != 3)
        };
        plain.iter().filter(|row| is_day(&row[column])).count()
    };
    assert_eq!(
        rows.iter().filter(|row| row.build_from.is_some()).count(),
        dated("start"),
        "{year}"
    );
    assert_eq!(rows.iter().filter(|row| row.build_to.is_some()).count(), dated("end"), "{year}");
    assert_eq!(rows.iter().filter(|row| !row.milestones.is_empty()).count(), dated("end"));
}

/// Millions of pounds as pence, however many decimals there are.
fn exact_pence(text: &str) -> i64 {
    let plain = text.replace([',', '£', 'm', ' '], "");
    let negative = plain.starts_with('-');
    let (whole, fraction) = plain
        .trim_start_matches('-')
        .split_once('.')
        .unwrap_or((plain.trim_start_matches('-'), ""));
    let fraction = format!("{fraction:0<9}");
    let (kept, rest) = fraction.split_at(8);
    let round_up = rest.starts_with(['5', '6', '7', '8', '9']);
    let value = whole.parse::<i64>().unwrap() * 100_000_000
        + kept.parse::<i64>().unwrap()
        + i64::from(round_up);
    if negative { -value } else { value }
}

#[test]
fn renamed_british_projects_are_proposed() {
    let Some((intake, _)) = read_gmpp(&Links::default()) else { return };
    let names = |intake: &Intake, year: i16| -> BTreeSet<String> {
        let rows = intake.rows.iter().filter(|row| row.period == Some(Period::year(year)));
        rows.map(|row| row.name.as_ref().unwrap().value.text.clone()).collect()
    };
    let mut links = Vec::new();
    for year in 2014..2018 {
        let earlier: Vec<ProjectRow> = intake
            .rows
            .iter()
            .filter(|row| row.period == Some(Period::year(year)))
            .cloned()
            .collect();
        let later: Vec<String> = names(&intake, year + 1).into_iter().collect();
        let mut proposed = propose_links(&earlier, &later);
        // A project that is still there under its own name was not renamed.
        let gone = |name: &str| !later.iter().any(|l| l.eq_ignore_ascii_case(name));
        proposed.retain(|link| gone(&link.old));
        links.extend(proposed);
    }
    if std::env::var_os("SHOW_LINKS").is_some() {
        for link in &links {
            println!("{} {} | {} | {}", link.confidence, link.reason, link.old, link.new);
        }
    }
    let reasons = |reason: &str| links.iter().filter(|link| link.reason == reason).count();
    assert!(reasons("formerly") >= 1, "{links:#?}");
    assert!(reasons("spelling") >= 8, "{links:#?}");
    for link in &mut links {
        link.confirmed = link.confidence >= 95;
    }
    let all = |intake: &Intake| -> BTreeSet<String> {
        (2014..=2018).flat_map(|year| names(intake, year)).map(|n| n.to_lowercase()).collect()
    };
    let confirmed = Links::from_confirmed(&links);
    let (linked, problems) = read_gmpp(&confirmed).unwrap();
    let twice: Vec<&Problem> = problems.iter().filter(|p| p.key == "project-twice").collect();
    assert!(twice.is_empty(), "{twice:?}");
    assert!(all(&linked).len() + 10 < all(&intake).len());
    assert_eq!(linked.rows.len(), 806);
}

#[test]
fn messy_tables_open_and_are_guessed() {
    let Some(folder) = shared("messy-tables") else { return };
    let mut seen = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap().to_string();
        if !["xls", "xlsx", "csv"].iter().any(|end| name.ends_with(end)) || name == "index.csv" {
            continue;
        }
        seen += 1;
        let bytes = std::fs::read(&path).unwrap();
        let (workbook, problems) = sheet::open(&name, &bytes, sheet::OpenOptions::default());
        let workbook = workbook.unwrap_or_else(|| panic!("{name}: {problems:?}"));
        for sheet in &workbook.sheets {
            let preview = preview::preview(&workbook, Some(&sheet.name), None, 0, 50).unwrap();
            assert!(preview.rows.len() <= 50);
        }
        let Some(guess) = guess::guess(&workbook, &name, None) else { continue };
        let toml = guess.map.to_toml();
        // Some of these tables name no project; a guess of theirs is no map yet.
        if let Ok(map) = Map::parse(&name, &toml) {
            let (intake, _) = read_projects(&[(&name, &bytes)], &map, &Links::default());
            println!("{name} {}: {} rows", guess.sheet, intake.rows.len());
        }
    }
    assert_eq!(seen, 14);
}
