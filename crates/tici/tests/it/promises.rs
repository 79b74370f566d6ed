//! Promises, events, lists, plans and excuses from the command line, on the sample county.

use std::path::Path;

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::run::{Ran, tici};

/// The sample county in a folder of its own, with one account's rights.
fn demo() -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().to_str().expect("a readable path");
    tici(folder.path(), &["demo", "--no-serve", "--keep", path]).ends(0);
    folder
}

/// As the project office, on the day of the sample.
fn run(folder: &Path, args: &[&str]) -> Ran {
    let day = ["--today", "2026-06-18", "--as", "diaodu"];
    tici(folder, &args.iter().copied().chain(day).collect::<Vec<_>>())
}

fn keys(ran: &Ran) -> Vec<String> {
    let problems = ran.json()["problems"].clone();
    let problems = problems.as_array().expect("problems").iter();
    problems.map(|problem| problem["key"].as_str().unwrap_or_default().to_owned()).collect()
}

#[test]
fn a_promise_is_listed_shown_made_moved_and_withdrawn() {
    let folder = demo();
    let at = folder.path();
    let list = run(at, &["promises", "list", "--json"]).ends(0).json();
    let all = list["promises"].as_array().expect("promises");
    let county = all.iter().find(|row| row["standing"]["cohort"] == 62).expect("the 62");
    assert_eq!(county["standing"]["done"].as_array().map(Vec::len), Some(41));
    let series = county["series"].to_string();
    let one = run(at, &["promises", "show", &series, "--json"]).ends(0).json();
    assert_eq!(one["versions"].as_array().map(Vec::len), Some(1));
    run(at, &["promises", "show", &series, "--lang", "zh-Hans"]).ends(0).says(&["41 / 62", "21"]);
    let add = ["promises", "add", "县城道路年底前完工", "--stage", "completed"];
    let due = ["--due", "2026-12-31", "--project", "YX26-001", "--project", "YX26-016"];
    let made = run(at, &[&add[..], &due, &["--json"]].concat()).ends(0).json();
    let series = made["series"].to_string();
    let unknown = ["--due", "2026-12-31", "--project", "YX99-001", "--json"];
    let refused = run(at, &[&add[..], &unknown].concat()).ends(1);
    assert_eq!(keys(&refused), ["event-unknown-code"]);
    let revise = ["promises", "revise", &series, "--due", "2027-03-31", "--reason", "汛期"];
    run(at, &revise).ends(0).says(&["Written as no."]);
    let again = run(at, &[&revise[..], &["--json"]].concat()).ends(1);
    assert_eq!(keys(&again), ["promise-unchanged"]);
    let withdraw = ["promises", "revise", &series, "--withdraw", "--reason", "并入年度目标"];
    run(at, &withdraw).ends(0);
    let one = run(at, &["promises", "show", &series, "--json"]).ends(0).json();
    assert_eq!((&one["withdrawn"], &one["due_original"]), (&json!(true), &json!("2026-12-31")));
    assert_eq!(one["versions"].as_array().map(Vec::len), Some(3));
    tici(at, &[&withdraw[..], &["--as", "lingdao"]].concat()).ends(3);
}

#[test]
fn an_event_counts_a_project_once() {
    let folder = demo();
    let at = folder.path();
    let list = run(at, &["events", "list", "--json"]).ends(0).json();
    let spring = &list["events"][0];
    assert_eq!(spring["sums"]["CNY"]["projects"], 18);
    assert_eq!(spring["sums"]["CNY"]["total"], 15_068_000_000_i64);
    let series = spring["series"].to_string();
    let shown = run(at, &["events", "show", &series, "--lang", "zh-Hans"]).ends(0);
    shown.says(&["18", "150.68"]);
    let add = |code: &str, on: &str| {
        let args =
            ["events", "add", "秋季集中开工", "--kind", "start", "--on", on, "--projects", code];
        run(at, &[&args[..], &["--json"]].concat())
    };
    let refused = add("YX26-002", "2026-06-18").ends(1);
    let problem = refused.json()["problems"][0].clone();
    assert_eq!(problem["key"], "event-project-counted");
    assert!(problem.to_string().contains("集中开工"), "names the event: {problem}");
    assert_eq!(
        keys(&add("YX26-002", "2019-01-01").ends(1)).last().map(String::as_str),
        Some("event-before-signing")
    );
    run(at, &["events", "withdraw", &series, "--reason", "重复登记"]).ends(0);
    add("YX26-002", "2026-06-18").ends(0);
}

#[test]
fn lists_and_plans_keep_their_versions() {
    let folder = demo();
    let at = folder.path();
    let show = |on: &str| {
        let args = ["lists", "show", "city", "--on", on, "--json"];
        run(at, &args).ends(0).json()
    };
    let members = |list: &Value| list["members"].as_array().map(Vec::len);
    let before = show("2026-06-18");
    assert_eq!(members(&before), Some(58));
    let version = before["version"]["version"].as_i64().expect("a version");
    let remove = ["lists", "remove", "city", "YX26-024", "--on", "2026-06-18"];
    let refused = run(at, &[&remove[..], &["--json"]].concat()).ends(1);
    assert_eq!(keys(&refused), ["list-needs-reason"]);
    run(at, &[&remove[..], &["--reason", "年中调整"]].concat()).ends(0);
    let after = show("2026-06-18");
    assert_eq!(members(&after), Some(57));
    assert_eq!(after["version"]["version"], version + 1);
    assert_eq!(after["count"]["all"]["projects"], 57);
    assert_eq!(members(&show("2026-06-17")), Some(58), "as of the day before");
    run(at, &["lists", "show", "city", "--lang", "en"]).ends(0).says(&["Removed", "年中调整"]);

    let set = |amount: &str, rest: &[&str]| {
        let args = ["plans", "set", "YX26-001", "2026", amount, "--json"];
        run(at, &[&args[..], rest].concat())
    };
    assert_eq!(keys(&set("1万", &[]).ends(1)), ["plan-needs-reason", "plan-needs-approver"]);
    let why = ["--reason", "设备提前", "--approver", "分管副县长"];
    assert_eq!(keys(&set("9000亿", &why).ends(1)), ["plan-over-total"]);
    assert_eq!(keys(&set("USD:5", &why).ends(1)), ["plan-currency"]);
    for bare in ["120000000", "12000"] {
        set(bare, &why).ends(2).says(&["say the unit"]);
    }
    set("10000万元", &why).ends(0);
    let plans = run(at, &["plans", "show", "YX26-001", "--json"]).ends(0).json();
    let newest = &plans["plans"][0];
    assert_eq!(newest["amount"], 100_000_000);
    assert_eq!((&newest["is_current"], &newest["approver"]), (&json!(true), &json!("分管副县长")));
    assert_eq!(plans["plans"][1]["is_current"], false);
    run(at, &["plans", "show", "YX26-001", "--lang", "zh-Hant"])
        .ends(0)
        .says(&["设备提前", "現行"]);
}

#[test]
fn an_excuse_has_an_end_and_is_counted() {
    let folder = demo();
    let at = folder.path();
    let count = || run(at, &["excuses", "list", "--json"]).ends(0).json()["excuses"].clone();
    let before = count().as_array().map_or(0, Vec::len);
    let add = |rule: &str, until: &str| {
        let args = ["excuses", "add", "YX26-001", "--rule", rule, "--until", until, "--json"];
        run(at, &[&args[..], &["--reason", "汛期停工", "--approver", "分管副县长"]].concat())
    };
    assert_eq!(keys(&add("luck", "2026-08-31").ends(1)), ["excuse-unknown-rule"]);
    assert_eq!(keys(&add("progress", "2026-06-01").ends(1)), ["excuse-ends-first"]);
    add("progress", "2026-08-31").ends(0);
    let rows = count();
    assert_eq!(rows.as_array().map(Vec::len), Some(before + 1));
    let end = ["excuses", "end", "YX26-001", "--rule", "progress", "--reason", "已复工"];
    run(at, &[&end[..], &["--last", "2026-07-10"]].concat()).ends(0);
    let own = |rows: &Value| {
        let mut rows = rows.as_array().expect("rows").iter();
        rows.find(|row| row["code"] == "YX26-001").cloned().expect("the excuse")
    };
    assert_eq!(own(&count())["until"], "2026-07-10");
    run(at, &end).ends(0);
    assert_eq!(own(&count())["standing"], "withdrawn", "it never held by yesterday");
    let again = run(at, &[&end[..], &["--json"]].concat()).ends(1);
    assert_eq!(keys(&again), ["excuse-not-there"]);
}
