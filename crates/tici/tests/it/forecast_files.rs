//! `tici forecast counts|fan|score|backtest` over files.

use std::io::Write;
use std::path::Path;

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::run::{Ran, tici};

/// Runs a forecast command on `text` as its file.
fn forecast(folder: &TempDir, what: &str, text: &str, more: &[&str]) -> Ran {
    let file = folder.path().join("in.csv");
    std::fs::write(&file, text).expect("a file");
    let file = file.to_str().expect("a readable path");
    tici(folder.path(), &[&["forecast", what, file, "--lang", "en"], more].concat())
}

#[test]
fn a_count_is_printed_and_a_wrong_probability_is_named() {
    let folder = tempfile::tempdir().expect("a folder");
    let found = forecast(&folder, "counts", "p\n0.5\n0.5\n", &["--json", "--at-least", "1"]);
    let found = found.ends(0).json();
    assert_eq!(found["pmf"], json!([0.25, 0.5, 0.25]));
    assert_eq!((&found["interval"], &found["at_least"]), (&json!([0, 2]), &json!(0.75)));
    let wrong = forecast(&folder, "counts", "p\n0.5\n1.5\n", &[]);
    wrong.ends(1).says(&["Row 2: 1.5 is no probability"]);
}

#[test]
fn a_fan_is_the_same_for_the_same_seed() {
    let folder = tempfile::tempdir().expect("a folder");
    let year = "actual,remaining_plan,p,town\n10,90,0.8,a\n20,50,1,b\n0,70,0.4,a\n";
    let run = |seed: &str| {
        let more = ["--goes-on", "p", "--group", "town", "--seed", seed, "--json"];
        forecast(&folder, "fan", year, &more).ends(0).json()
    };
    assert_eq!(run("3"), run("3"));
    assert_ne!(run("3")["quantiles"], run("4")["quantiles"]);
    assert_eq!(run("3")["plan"], json!(240.0));
}

#[test]
fn scores_are_said_in_words() {
    let folder = tempfile::tempdir().expect("a folder");
    let said = forecast(&folder, "score", "p,y\n0.7,1\n0.65,1\n0.75,0\n0.1,0\n", &[]);
    said.ends(0).says(&["Of 3 given 60–80%, 67% happened"]);
    forecast(&folder, "score", "p,y\n0.7,2\n", &[]).ends(1).says(&["Row 2"]);
}

#[test]
fn a_back_test_refuses_leaks_and_writes_its_report() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data");
    let history = root.join("nyc-capital-projects/NYC_capital_projects_20190901.csv");
    if !history.exists() {
        let _ = writeln!(std::io::stderr(), "skipped: ../shared/data/nyc-capital-projects absent");
        return;
    }
    let folder = tempfile::tempdir().expect("a folder");
    let history = history.to_str().expect("a readable path");
    let out = folder.path().join("out");
    let out = out.to_str().expect("a readable path");
    let base = ["forecast", "backtest", "--history", history, "--lang", "en", "--horizons", "12"];
    let refused = tici(folder.path(), &base);
    refused.ends(1).says(&["Total Schedule Changes", "tells the future", "Total Budget Changes"]);
    let drop = ["--drop", "Total Budget Changes", "--drop", "Total Schedule Changes"];
    let more = ["--cutoffs", "2018-08-01", "--out", out, "--json"];
    let scores: Value = tici(folder.path(), &[&base[..], &drop, &more].concat()).ends(0).json();
    assert_eq!(scores["summary"]["cutoffs"], json!(["2018-08-01"]));
    for name in ["scores.json", "forecasts.csv", "report.md", "reliability.svg"] {
        assert!(Path::new(out).join(name).exists(), "{name}");
    }
}
