//! The forecast's methods as commands over files, against published figures where those are.

use std::path::{Path, PathBuf};

use serde_json::Value;
use tempfile::TempDir;

use crate::run::tici;

const SPANS: &str = "month,started,kind,size\n2,1,road,1\n3,0,school,2\n5,1,road,3\n8,0,school,4\n\
                     4,1,road,2\n6,1,school,1\n";

fn golden() -> Option<PathBuf> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/golden/forecast");
    if folder.exists() {
        return Some(folder);
    }
    let must = std::env::var("TICI_TEST_REQUIRE_ALL").is_ok_and(|value| value == "1");
    assert!(!must, "../shared/golden/forecast is absent");
    println!("skipped: ../shared/golden/forecast absent");
    None
}

fn case(folder: &Path, name: &str) -> Value {
    let text = std::fs::read_to_string(folder.join(name)).expect("a golden file");
    serde_json::from_str(&text).expect("JSON")
}

fn near(what: &str, found: &Value, expected: &Value) {
    let (found, expected) = (found.as_f64(), expected.as_f64());
    let (Some(found), Some(expected)) = (found, expected) else {
        panic!("{what}: {found:?} instead of {expected:?}");
    };
    let off = (found - expected).abs() / expected.abs().max(1.0);
    assert!(off < 1e-8, "{what}: {found} instead of {expected}");
}

#[test]
fn published_cases_agree_through_the_commands() {
    let Some(folder) = golden() else { return };
    let home = TempDir::new().expect("a folder");
    let lung = folder.join("data/lung.csv");
    let lung = lung.to_str().expect("a path");
    let expected = &case(&folder, "km.json")["lung"]["km_log"];
    let said = tici(home.path(), &["forecast", "km", lung, "--event", "status=1", "--json"]);
    let curve = &said.ends(0).json()["curves"][0];
    for (index, step) in curve["steps"].as_array().expect("steps").iter().enumerate() {
        for (ours, theirs) in
            [("survival", "surv"), ("lower", "lower"), ("upper", "upper"), ("at_risk", "n_risk")]
        {
            near(ours, &step[ours], &expected[theirs][index]);
        }
    }
    near("median", &curve["median"]["time"], &expected["median"][0]);

    let expected = &case(&folder, "cox.json")["lung_efron"];
    let args = ["forecast", "cox", lung, "--event", "status=1", "--json"];
    let with = [&args[..], &["--covariates", "age,sex,ph.ecog"]].concat();
    let said = tici(home.path(), &with).ends(0).json();
    for coefficient in said["coefficients"].as_array().expect("coefficients") {
        let name = coefficient["name"].as_str().expect("a name");
        near(name, &coefficient["value"], &expected["coef"][name]);
        near(name, &coefficient["std_err"], &expected["se"][name]);
    }
    near("likelihood", &said["log_likelihood"][1], &expected["loglik"][1]);
    near("concordance", &said["concordance"]["share"], &expected["concordance"]);
    // The row whose ph.ecog is not written is left out, and named.
    assert_eq!(said["problems"][0]["key"], "forecast-not-a-number");
}

#[test]
fn published_hazards_agree_through_the_command() {
    let Some(folder) = golden() else { return };
    let home = TempDir::new().expect("a folder");
    // The published months are of the rows on which all is written.
    let text = std::fs::read_to_string(folder.join("data/lung.csv")).expect("data");
    let whole = text.lines().filter(|line| {
        let cells: Vec<&str> = line.split(',').collect();
        !cells[0].is_empty() && !cells[5].is_empty() && cells[0] != "NA" && cells[5] != "NA"
    });
    let file = home.path().join("lung.csv");
    std::fs::write(&file, whole.collect::<Vec<_>>().join("\n")).expect("written");
    let file = file.to_str().expect("a path");
    let expected = &case(&folder, "discrete_hazard.json")["logit"];
    let args = ["forecast", "hazard", file, "--event", "status=1", "--month", "90", "--ridge", "0"];
    let with = ["--covariates", "age,sex,ph.ecog", "--waits", "1,2,3,4,5,6,7,8", "--json"];
    let said = tici(home.path(), &[&args[..], &with[..]].concat()).ends(0).json();
    near("deviance", &said["deviance"], &expected["deviance"]);
    near("intercept", &said["intercept"], &expected["coef"]["(Intercept)"]);
    for coefficient in said["coefficients"].as_array().expect("coefficients") {
        let name = coefficient["name"].as_str().expect("a name");
        let theirs = name.replace("waited=", "factor(pcap)");
        near(name, &coefficient["value"], &expected["coef"][theirs]);
    }
}

#[test]
fn a_small_file_is_answered_in_words() {
    let home = TempDir::new().expect("a folder");
    let file = home.path().join("spans.csv");
    std::fs::write(&file, SPANS).expect("written");
    let file = file.to_str().expect("a path");
    let ask = |args: &[&str]| {
        let spans = ["--time", "month", "--event", "started"];
        tici(home.path(), &[&["forecast", args[0], file], &spans[..], &args[1..]].concat())
    };
    ask(&["km", "--by", "kind"]).ends(0).says(&["road", "school", "0.6667", "Half after"]);
    ask(&["cox", "--covariates", "size"]).ends(0).says(&["size", "6 rows, 4 events"]);
    let hazard = ["hazard", "--covariates", "size", "--groups", "kind", "--ahead", "3"];
    let said = ask(&hazard).ends(0).says(&["28 months looked at", "Row 2:", "Row 4:"]);
    assert!(!said.text().contains("Row 1:"), "only open rows have a forecast");
    let json = ask(&[&hazard[..], &["--json"]].concat()).ends(0).json();
    let open = &json["open"][0];
    assert!(open["next"]["reasons"].as_array().is_some_and(|reasons| !reasons.is_empty()));
    assert!(open["within"].as_f64().is_some_and(|p| p > 0.0 && p < 1.0));

    ask(&["cox", "--covariates", "colour"]).ends(1).says(&["colour", "month, started, kind, size"]);
    let silent = home.path().join("silent.csv");
    std::fs::write(&silent, "time,event\n3,0\n4,0\n").expect("written");
    let silent = silent.to_str().expect("a path");
    tici(home.path(), &["forecast", "km", silent]).ends(0).says(&["Nothing happened in 2 rows"]);
    tici(home.path(), &["forecast", "cox", silent, "--covariates", "time"]).ends(1);
    tici(home.path(), &["forecast", "km", "nowhere.csv"]).ends(1);
    tici(home.path(), &["forecast", "km"]).ends(2);
}
