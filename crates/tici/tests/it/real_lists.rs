//! Two public portfolios, imported by the commands that `docs/import.md` gives. The files
//! stand beside the repository; where they do not, that is said.

use std::io::Write;
use std::path::{Path, PathBuf};

use serde_json::Value;
use tempfile::TempDir;

use crate::run::{Ran, tici, tici_reading};

fn beside(path: &str) -> Option<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data");
    let file = root.join(path);
    if !file.exists() {
        // Written past the capture of tests, so that it is heard.
        let _ = writeln!(std::io::stderr(), "skipped: ../shared/data/{path} absent");
        return None;
    }
    Some(file)
}

fn map(name: &str) -> String {
    crate::stories::sample(&format!("maps/{name}")).display().to_string()
}

fn ledger() -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let add = ["user", "add", "office", "--role", "administrator"];
    tici_reading(folder.path(), &add, "office-password\n").ends(0);
    let add = ["user", "add", "projects", "--role", "project_office", "--no-password"];
    tici(folder.path(), &add).ends(0);
    folder
}

fn import(ledger: &TempDir, files: &[PathBuf], map: &str, more: &[&str]) -> Ran {
    let files: Vec<String> = files.iter().map(|file| file.display().to_string()).collect();
    let mut args = vec!["import", "projects"];
    args.extend(files.iter().map(String::as_str));
    args.extend(["--map", map, "--json"]);
    args.extend(more);
    tici(ledger.path(), &args)
}

/// Count and sum of a measure over all periods.
fn figure(totals: &Value, measure: &str, currency: &str) -> (i64, i64) {
    let found = &totals["figures"][measure];
    let sum = found["sums"][currency].as_i64().unwrap_or_default();
    (found["count"].as_i64().unwrap_or_default(), sum)
}

#[test]
fn new_york_goes_in_whole() {
    let Some(file) = beside("nyc-capital-projects/NYC_capital_projects_20190901.csv") else {
        return;
    };
    let budgets = column(&file, "Budget Forecast");
    let ledger = ledger();
    let map = map("nyc-capital-projects.toml");
    let files = [file];
    let done = import(&ledger, &files, &map, &["--create-places"]).ends(0).json();
    assert_eq!(done["rows"], 2_259);
    assert_eq!(done["left_out"], 0);
    let totals = tici(ledger.path(), &["totals", "--json"]).ends(0).json();
    assert_eq!(totals["all"]["projects"], 378);
    assert_eq!(totals["periods"], 15);
    assert_eq!(figure(&totals, "total_investment", "USD"), budgets);
    assert_eq!(budgets.0, 2_259 - 106);
    let again = import(&ledger, &files, &map, &["--create-places"]).ends(0).json();
    assert_eq!(again["entries"], Value::Array(Vec::new()), "the same file again");
    tici(ledger.path(), &["verify"]).ends(0);
}

/// Count and sum in hundredths of a column of plain amounts.
fn column(file: &Path, name: &str) -> (i64, i64) {
    let mut plain = csv::Reader::from_path(file).expect("readable");
    let at = plain.headers().expect("a header").iter().position(|head| head == name).expect(name);
    let amounts = plain.records().map(|row| row.expect("a row")[at].trim().to_owned());
    let filled = amounts.filter(|text| !text.is_empty());
    filled.fold((0, 0), |(count, sum), text| (count + 1, sum + hundredths(&text)))
}

fn hundredths(text: &str) -> i64 {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let cents: i64 = format!("{fraction:0<2}")[..2].parse().expect("cents");
    let sum = whole.trim_start_matches('-').parse::<i64>().expect("an amount") * 100 + cents;
    if whole.starts_with('-') { -sum } else { sum }
}

#[test]
fn the_british_portfolio_goes_in_whole() {
    let years: Option<Vec<PathBuf>> =
        (2014..=2018).map(|year| beside(&format!("uk-gmpp/raw/uk_{year}.csv.gz"))).collect();
    let Some(years) = years else { return };
    let ledger = ledger();
    let early = import(&ledger, &years[..4], &map("uk-gmpp-2014-2017.toml"), &[]).ends(0).json();
    assert_eq!(early["rows"], 199 + 188 + 143 + 143);
    let links = ledger.path().join("links.toml");
    let propose = ["--propose-links", links.to_str().expect("a readable path")];
    import(&ledger, &years[4..], &map("uk-gmpp-2018.toml"), &propose).ends(0);
    let proposed = std::fs::read_to_string(&links).expect("links");
    assert!(proposed.contains("[[link]]") && proposed.contains("confirmed = false"));
    let late = import(&ledger, &years[4..], &map("uk-gmpp-2018.toml"), &[]).ends(0).json();
    assert_eq!(late["rows"], 133);
    let totals = tici(ledger.path(), &["totals", "--json"]).ends(0).json();
    assert_eq!(totals["periods"], 5);
    assert!(figure(&totals, "total_investment", "GBP").0 > 600, "{totals}");
    tici(ledger.path(), &["verify"]).ends(0);
}
