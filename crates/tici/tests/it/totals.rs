//! `tici totals` on the sample county: its rule, its groups, its sentence, its past.

use std::path::Path;

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::run::tici;

fn demo() -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().to_str().expect("a readable path");
    tici(folder.path(), &["demo", "--no-serve", "--keep", path]).ends(0);
    folder
}

fn totals(at: &Path, args: &[&str]) -> Value {
    let base = ["totals", "--json", "--lang", "zh-Hans"];
    let today: &[&str] = if args.contains(&"--as-of") { &[] } else { &["--today", "2026-06-18"] };
    tici(at, &[&base, args, today].concat()).ends(0).json()
}

#[test]
fn a_field_to_split_by_is_one_of_those_listed() {
    let folder = demo();
    let fields = ["place", "tier", "stage", "chain", "sector", "size", "light"];
    tici(folder.path(), &["totals", "--help"]).ends(0).says(&fields);
    tici(folder.path(), &["totals", "--by", "colour"]).ends(2).says(&fields);
}

#[test]
fn running_totals_are_not_added_over_periods() {
    let folder = demo();
    let printed = tici(folder.path(), &["totals", "--lang", "en"]).ends(0);
    let printed = printed.says(&["running totals and stocks are not added over periods"]);
    let line = |measure: &str| {
        let text = printed.text();
        let found = text.lines().find(|line| line.contains(measure)).map(str::to_owned);
        found.unwrap_or_else(|| panic!("no line of {measure}:\n{text}"))
    };
    assert!(line(" invest_ytd ").contains('—'), "{}", line(" invest_ytd "));
    assert!(line(" invest_month ").contains("CNY"), "{}", line(" invest_month "));
}

#[test]
fn a_kept_county_keeps_its_day() {
    let folder = demo();
    let lists = tici(folder.path(), &["lists", "show", "city", "--lang", "en"]).ends(0);
    lists.says(&["as of 2026-06-18"]);
    let lists =
        tici(folder.path(), &["lists", "show", "city", "--lang", "en", "--today", "2026-06-20"]);
    lists.ends(0).says(&["as of 2026-06-20"]);
}

#[test]
fn every_total_says_its_rule_and_can_be_had_as_it_was() {
    let folder = demo();
    let at = folder.path();
    let projects = |args: &[&str]| totals(at, args)["all"]["projects"].as_i64().expect("a count");
    let now = totals(at, &["--listed"]);
    assert_eq!(now["all"]["projects"], 62);
    let city = |answer: &Value| {
        let lists = answer["all"]["rule"]["lists"].as_array().expect("lists").clone();
        lists.into_iter().find(|list| list["tier"] == "city").expect("the city's list")
    };
    // The second version joined some in April; the first list had others.
    assert_eq!(city(&now)["version"], 2);
    assert!(city(&now)["added"].as_i64() > Some(0), "{now}");
    let first = totals(at, &["--listed", "--cohort-on", "year-start"]);
    assert_eq!(city(&first)["version"], 1);
    assert_ne!(first["all"]["projects"], 62);
    assert!(projects(&["--listed", "--cohort-on", "constant"]) < 62);
    let words = now["rule_in_words"].as_str().expect("words");
    for part in ["市列2026年第2版", "年度计划", "第1版", "第2版", "当日在列"] {
        assert!(words.contains(part), "{part} is not in {words}");
    }
    // As known at the end of February: before the second version and most of the reports.
    let then = totals(at, &["--listed", "--as-of", "2026-02-28"]);
    assert_eq!(then["all"]["rule"]["on"], "2026-02-28");
    assert_eq!(city(&then)["version"], 1);
    assert!(then["all"]["rule"]["as_of"].as_i64() < now["all"]["rule"]["as_of"].as_i64());
    let entries = then["all"]["rule"]["as_of"].to_string();
    let by_entries =
        tici(at, &["totals", "--json", "--listed", "--as-of", &entries, "--today", "2026-02-28"]);
    assert_eq!(by_entries.ends(0).json()["all"], then["all"], "a time is so many entries");
}

#[test]
fn totals_are_narrowed_split_and_said() {
    let folder = demo();
    let at = folder.path();
    let projects = |args: &[&str]| totals(at, args)["all"]["projects"].as_i64().expect("a count");
    let five = projects(&["--threshold", "5亿"]);
    assert!(five > 0 && projects(&["--threshold", "500000000"]) == five);
    let between = projects(&["--threshold", "1亿", "--below", "5亿"]);
    assert_eq!(projects(&["--threshold", "1亿"]), five + between);
    assert!(projects(&["--threshold", "5亿", "--exclusive"]) <= five);
    let entered = ["yes", "no"].map(|asked| projects(&["--stat-entered", asked]));
    assert_eq!(entered.iter().sum::<i64>(), projects(&[]));

    let sizes = totals(at, &["--by", "size", "--bands", "1亿,5亿"]);
    let keys: Vec<&Value> =
        sizes["groups"].as_array().expect("groups").iter().map(|group| &group["key"]).collect();
    assert_eq!(keys[0], &json!("500000000.."));
    let said = totals(at, &["--listed", "--say"])["sentence"].clone();
    let said = said.as_str().expect("a sentence");
    let parts = ["62个在列项目完成投资32.29亿元，占年度计划的33.6%，落后序时进度8.1个百分点。"];
    parts.iter().for_each(|part| assert!(said.contains(part), "{said}"));
    let grown = totals(at, &["--year-before"]);
    assert!(grown["year_before"]["projects"].is_number());
}

#[test]
fn what_totals_cannot_read_is_refused() {
    let folder = demo();
    let cases: [(&[&str], i32); 8] = [
        (&["--threshold", "much"], 2),
        (&["--exclusive"], 2),
        (&["--cohort-on", "yesterday"], 2),
        (&["--packages", "none"], 2),
        (&["--reached", "signed"], 2),
        (&["--as-of", "spring"], 1),
        (&["--say", "nothing"], 1),
        (&["--by", "size", "--bands", "5亿,1亿"], 1),
    ];
    for (args, code) in cases {
        tici(folder.path(), &[&["totals"], args].concat()).ends(code);
    }
}
