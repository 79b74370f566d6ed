//! The commands, with their exit codes as `docs/operate.md` gives them.

use std::path::{Path, PathBuf};

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::run::{tici, tici_reading};

/// The sample county in a folder of its own.
fn demo() -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().to_str().expect("a readable path");
    tici(folder.path(), &["demo", "--no-serve", "--keep", path]).ends(0);
    folder
}

/// An empty ledger with one administrator and one project office.
fn fresh() -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    add(folder.path(), "admin", "administrator");
    add(folder.path(), "office", "project_office");
    folder
}

fn add(folder: &Path, login: &str, role: &str) {
    let password = format!("{login}-password\n");
    tici_reading(folder, &["user", "add", login, "--role", role], &password).ends(0);
}

fn write(folder: &Path, name: &str, text: &str) -> PathBuf {
    let file = folder.join(name);
    std::fs::write(&file, text).expect("written");
    file
}

const TODAY: [&str; 2] = ["--today", "2026-06-18"];

fn on_the_day<'a>(args: &[&'a str]) -> Vec<&'a str> {
    args.iter().copied().chain(TODAY).collect()
}

#[test]
fn the_demonstration_counts_as_it_says() {
    let folder = demo();
    let run = |args: &[&str]| tici(folder.path(), &on_the_day(args)).ends(0);
    let all = run(&["totals", "--listed", "--json"]).json()["all"].clone();
    assert_eq!((&all["projects"], &all["started"]), (&json!(62), &json!(41)));
    let lights = json!({ "red": 14, "amber": 21, "green": 26, "unreported": 1 });
    assert_eq!(all["by_light"], lights);
    let sums = &all["sums"]["CNY"];
    assert_eq!(sums["total"], json!(36_160_000_000_i64));
    assert_eq!(sums["plan_year"], json!(9_623_000_000_i64));
    assert_eq!(sums["done_ytd"], json!(3_229_180_000_i64));
    assert_eq!(run(&["totals", "--json"]).json()["all"]["projects"], 148);

    let by_tier = run(&["totals", "--listed", "--by", "tier", "--json"]).json();
    let count = |group: &Value| (group["key"].clone(), group["projects"].clone());
    let tiers: Vec<_> = by_tier["groups"].as_array().expect("groups").iter().map(count).collect();
    assert!(tiers.contains(&(json!("province"), json!(4))), "{tiers:?}");
    assert!(tiers.contains(&(json!("city"), json!(58))), "{tiers:?}");
    run(&["totals", "--listed"]).says(&["62", "41", "36,160.0", "9,623.0", "3,229.2", "33.6%"]);
    run(&["doctor"]).says(&["SQLite", "All is well"]);
    run(&["verify"]).says(&["Complete"]);
    exports(folder.path());
}

/// The same 62 rows in three formats.
fn exports(folder: &Path) {
    let export = |format| {
        let args = ["export", "projects", "--listed", "--format", format, "--lang", "zh-Hans"];
        tici(folder, &on_the_day(&args)).ends(0)
    };
    let csv = export("csv").text();
    assert_eq!(csv.lines().filter(|line| line.starts_with("YX26-")).count(), 62, "{csv}");
    assert!(csv.lines().last().is_some_and(|line| line.starts_with("合计 62 个")), "{csv}");
    let json = export("json").json();
    let notes = json["notes"].to_string();
    assert!(notes.contains("列省列市"), "the counting rule stands in the file: {notes}");
    assert_eq!(json["tables"][0]["rows"].as_array().expect("rows").len(), 62);
    let xlsx = export("xlsx").out;
    let (workbook, problems) = tici_exchange::sheet::open("out.xlsx", &xlsx, Default::default());
    let workbook = workbook.unwrap_or_else(|| panic!("{problems:?}"));
    assert!(workbook.sheets.iter().any(|sheet| sheet.rows.len() > 62));
}

#[test]
fn every_language_is_spoken() {
    let folder = tempfile::tempdir().expect("a folder");
    let words =
        [("zh-Hans", "里没有台账"), ("zh-Hant", "裏沒有台賬"), ("en", "There is no ledger in")];
    for (language, words) in words {
        let said = tici(folder.path(), &["serve", "--lang", language]).ends(4);
        said.says(&[words, "tici user add"]);
    }
}

#[test]
fn what_is_done_behind_its_back_is_named() {
    let folder = demo();
    let file = folder.path().join("tici.sqlite");
    let database = rusqlite::Connection::open(file).expect("the database");
    let change = "UPDATE figure SET value_int = value_int + 1 WHERE id = \
                  (SELECT max(id) FROM figure WHERE value_int IS NOT NULL)";
    assert_eq!(database.execute(change, []).expect("changed"), 1);
    let entry: i64 = database
        .query_row("SELECT entry FROM figure ORDER BY id DESC LIMIT 1", [], |row| row.get(0))
        .expect("its entry");
    let report = tici(folder.path(), &["verify", "--json"]).ends(1).json();
    assert_eq!(report["first_bad"]["table"], "figure");
    assert_eq!(report["first_bad"]["entry"], entry);
    let said = tici(folder.path(), &["verify"]).ends(1).says(&["figure"]).text();
    let number = format!("entry {} on", entry + 1);
    assert!(said.replace(',', "").contains(&number), "people count from 1: {said}");

    // An entry rewritten early is named even though the table is wrong later.
    let change = "UPDATE journal SET payload = replace(payload, '砚溪', '别处') WHERE seq = 3";
    assert_eq!(database.execute(change, []).expect("changed"), 1);
    let report = tici(folder.path(), &["verify", "--json"]).ends(1).json();
    assert_eq!(report["first_bad"]["entry"], 3);
    tici(folder.path(), &["verify", "--lang", "zh-Hans"]).ends(1).says(&["第 4 条起"]);
}

#[test]
fn a_copy_takes_the_place_of_the_ledger() {
    let folder = fresh();
    let at = folder.path();
    let copy = at.join("copy.tici");
    let copy = copy.to_str().expect("a readable path");
    let kept = at.join("june.checkpoint");
    let kept = kept.to_str().expect("a readable path");
    tici(at, &["verify", "--keep", kept]).ends(0);
    tici(at, &["backup", copy]).ends(0).says(&["entries"]);
    tici(at, &["backup", copy]).ends(4);
    add(at, "later", "reader");
    tici(at, &["verify", "--checkpoint", kept]).ends(0).says(&["Continues"]);
    tici(at, &["restore", copy]).ends(0).says(&["Verified and restored", "kept at"]);
    let accounts = tici(at, &["user", "list", "--json"]).ends(0).json();
    let logins: Vec<&str> = accounts.as_array().expect("accounts").iter().map(login).collect();
    assert_eq!(logins, ["admin", "office"], "what came after the copy is not in it");
    tici(at, &["verify"]).ends(0);

    let broken = write(at, "broken.tici", "not a ledger");
    let broken = broken.to_str().expect("a readable path");
    tici(at, &["restore", broken]).ends(1).says(&["backup file", broken]);
    tici(at, &["verify"]).ends(0);
}

/// A copy cut short on its way is said to be the copy's fault, by its name, and the ledger
/// stays as it was.
#[test]
fn a_copy_cut_short_is_named() {
    let folder = fresh();
    let at = folder.path();
    let copy = at.join("copy.tici");
    tici(at, &["backup", copy.to_str().expect("a readable path")]).ends(0);
    let bytes = std::fs::read(&copy).expect("the copy");
    for (part, name) in [(2, "half.tici"), (10, "tenth.tici"), (bytes.len() + 1, "none.tici")] {
        let cut = at.join(name);
        std::fs::write(&cut, &bytes[..bytes.len() / part]).expect("written");
        let path = cut.to_str().expect("a readable path");
        let said = tici(at, &["restore", path]).ends(1);
        let said = said.says(&[&format!("The backup file {path} is damaged or not complete")]);
        assert!(!said.err.contains("tici verify"), "{}", said.err);
        let said = tici(at, &["restore", path, "--lang", "zh-Hant"]).ends(1);
        said.says(&[&format!("備份檔案 {path} 損壞或不完整"), "現有台賬沒有動"]);
        tici(at, &["verify"]).ends(0).says(&["Checked 2 entries"]);
    }
}

/// The first entry is number 1, beside a count of one; one thing is one in English.
#[test]
fn the_command_line_counts_as_people_do() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = folder.path();
    add(at, "admin", "administrator");
    let checked = "Checked 1 entry, 1 signature, ";
    tici(at, &["verify"]).ends(0).says(&[checked, "0 attachments"]);
    let copy = at.join("copy.tici");
    let copy = copy.to_str().expect("a readable path");
    tici(at, &["backup", copy]).ends(0).says(&["copy.tici: 1 entry\n"]);
    let database = rusqlite::Connection::open(at.join("tici.sqlite")).expect("the database");
    let change = "UPDATE journal SET payload = replace(payload, 'admin', 'other')";
    assert_eq!(database.execute(change, []).expect("changed"), 1);
    tici(at, &["verify"]).ends(1).says(&["Wrong from entry 1 on"]);
    assert_eq!(tici(at, &["verify", "--json"]).ends(1).json()["first_bad"]["entry"], 0);
}

#[test]
fn totals_say_unit_and_rule_once_and_whole() {
    let folder = fresh();
    let at = folder.path();
    let list = "项目编号,项目名称,币种,总投资（百万）\nA1,One,USD,3.5\nA2,Two,CNY,7\n";
    let list = write(at, "list.csv", list);
    let list = list.to_str().expect("a readable path");
    let import = ["import", "projects", list, "--as", "office", "--period", "2026-05"];
    tici(at, &import).ends(0).says(&["journal entry 3"]);
    let said = tici(at, &["totals"]).ends(0).text();
    assert!(said.contains("USD m") && !said.contains("USD USD"), "{said}");
    assert!(said.contains("CNY m") && said.contains("7.0"), "{said}");
    assert!(said.contains("Packages") && said.contains("a project counts once"), "{said}");
    let said = tici(at, &["totals", "--state", "withdrawn", "--lang", "zh-Hans"]).ends(0).text();
    assert!(said.contains("范围") && said.contains("撤回"), "{said}");
    let refused = tici(at, &["totals", "--state", "lost"]).ends(2).err;
    assert!(refused.contains("lost") && refused.contains("withdrawn"), "{refused}");
}

fn login(account: &Value) -> &str {
    account["login"].as_str().expect("a login")
}

const LIST: &str = "\
项目编号,项目名称,属地,总投资(万元),1-5月累计完成(万元)\n\
A-1,泵站改造,东镇,1200,300\n\
A-2,幼儿园迁建,西镇,3400.5,\n";

#[test]
fn a_list_goes_in_once() {
    let folder = fresh();
    let at = folder.path();
    let file = write(at, "list.csv", LIST);
    let file = file.to_str().expect("a readable path");
    let import = |more: &[&str]| {
        let base = ["import", "projects", file, "--period", "2026-05", "--json"];
        tici(at, &on_the_day(&[&base, more].concat()))
    };
    let stopped = import(&[]).ends(1).json();
    let cells = ["2:3", "3:3"].map(|cell| json!(cell));
    let found = stopped["problems"].as_array().expect("problems").iter();
    let found: Vec<&Value> = found.map(|problem| &problem["cell"]).collect();
    assert_eq!(found, cells.iter().collect::<Vec<_>>(), "places that are not known stop it");

    let dry = import(&["--create-places", "--dry-run"]).ends(0).json();
    assert_eq!((&dry["new"], &dry["entries"]), (&json!(2), &json!([])));
    let written = import(&["--create-places"]).ends(0).json();
    assert_eq!(written["new"], 2);
    assert!(!written["entries"].as_array().expect("entries").is_empty());
    let again = import(&["--create-places"]).ends(0).json();
    assert_eq!((&again["unchanged"], &again["entries"]), (&json!(2), &json!([])));

    let all = tici(at, &on_the_day(&["totals", "--json"])).ends(0).json()["all"].clone();
    assert_eq!(all["projects"], 2);
    assert_eq!(all["sums"]["CNY"]["total"], 46_005_000);
    assert_eq!(all["sums"]["CNY"]["done_ytd"], 3_000_000, "a blank is nothing, not zero");
    tici(at, &["verify"]).ends(0);
}

#[test]
fn problems_are_named_by_cell_and_left_out_on_request() {
    let folder = fresh();
    let at = folder.path();
    let bad = LIST.replace("3400.5", "0.34亿");
    let file = write(at, "bad.csv", &bad);
    let file = file.to_str().expect("a readable path");
    let base = ["import", "projects", file, "--period", "2026-05", "--create-places"];
    for (language, words) in
        [("zh-Hans", "可改为 3400"), ("zh-Hant", "可改為 3400"), ("en", "Change it to 3400")]
    {
        let said = tici(at, &[&base[..], &["--lang", language]].concat()).ends(1);
        said.says(&["3:4", words]);
    }
    let left = tici(at, &[&base[..], &["--leave-out-bad-rows", "--json"]].concat()).ends(0).json();
    assert_eq!((&left["new"], &left["left_out"]), (&json!(1), &json!(1)));
}

#[test]
fn accounts_come_and_go() {
    let folder = fresh();
    let at = folder.path();
    let reporter = ["user", "add", "east", "--role", "reporter", "--title", "东镇统计岗"];
    tici_reading(at, &reporter, "short\n").ends(1);
    tici_reading(at, &reporter, "long enough\n").ends(0).says(&["east"]);
    tici_reading(at, &["user", "password", "east"], "longer than before\n").ends(0);
    tici(at, &["user", "list"]).ends(0).says(&["east", "东镇统计岗", "open"]);
    tici(at, &["user", "close", "east"]).ends(0);
    tici(at, &["user", "list"]).ends(0).says(&["closed"]);
    tici(at, &["user", "close", "admin"]).ends(1);
    tici(at, &["user", "close", "nobody"]).ends(1);
    let said = tici(at, &["user", "close", "nobody", "--lang", "zh-Hans"]).ends(1);
    said.says(&["没有找到：账号 nobody"]);
}

/// Each command with its exit code, in a ledger with an administrator and a project office.
const EXITS: [(&[&str], i32); 14] = [
    (&["verify"], 0),
    (&["migrate"], 0),
    (&["--help"], 0),
    (&["export", "projects", "--place", "nowhere"], 1),
    (&["import", "projects", "empty.csv"], 1),
    (&[], 2),
    (&["count"], 2),
    (&["totals", "--by", "luck"], 2),
    (&["totals", "--period", "2026-13"], 2),
    (&["user", "add", "east", "--role", "king"], 2),
    (&["user", "close", "office", "--as", "office"], 3),
    (&["backup", "copy.tici", "--as", "office"], 3),
    (&["import", "projects", "absent.csv"], 4),
    (&["export", "projects", "--out", "no/such/folder/out.csv"], 4),
];

#[test]
fn exit_codes_are_as_documented() {
    let folder = fresh();
    write(folder.path(), "empty.csv", "");
    for (args, code) in EXITS {
        let mut command = crate::run::command(folder.path(), args);
        let done = command.current_dir(folder.path()).output().expect("the binary runs");
        let said = String::from_utf8_lossy(&done.stderr);
        assert_eq!(done.status.code(), Some(code), "tici {}\n{said}", args.join(" "));
    }
}

#[test]
fn a_folder_that_is_no_folder_is_said() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = write(folder.path(), "file", "in the way");
    tici(&file, &["doctor"]).ends(4);
    tici(&file, &["doctor", "--lang", "zh-Hans"]).ends(4);
}

const MONTHS: &str = "\
月份,编号,名称,行业,总投资,预计完工\n\
2026-03,A-1,泵站改造,水利,1200,2026-09-30\n\
2026-04,A-1,泵站扩建,水务,1300,2026-10-31\n\
2026-05,A-1,泵站扩建,水务,1350,2026-12-31\n";

const MONTHS_MAP: &str = r#"
title = "months"
unit = "万元"
currency = "CNY"
key = "code"
[period.column]
header = ["月份"]
kind = "month"
[[columns]]
header = ["编号"]
field = "code"
[[columns]]
header = ["名称"]
field = "name"
[[columns]]
header = ["行业"]
field = "sector"
[[columns]]
header = ["总投资"]
field = "figure.total_investment"
[[columns]]
header = ["预计完工"]
field = "milestone.completed.expected"
"#;

/// A list with the same project in several months says its last word once, and nothing
/// when it comes again.
#[test]
fn a_list_of_many_months_goes_in_once() {
    let folder = fresh();
    let at = folder.path();
    let list = write(at, "months.csv", MONTHS).display().to_string();
    let map = write(at, "months.toml", MONTHS_MAP).display().to_string();
    let import = || {
        let args = ["import", "projects", &list, "--map", &map, "--json"];
        tici(at, &on_the_day(&args)).ends(0).json()
    };
    assert_eq!(import()["new"], 1);
    let again = import();
    assert_eq!((&again["unchanged"], &again["entries"]), (&json!(3), &json!([])), "{again}");
    let rows = tici(at, &on_the_day(&["export", "projects", "--format", "csv"])).ends(0).text();
    assert!(rows.contains("泵站扩建") && !rows.contains("泵站改造"), "{rows}");
    let found = ["export", "projects", "--format", "csv", "--text", "泵站改造"];
    tici(at, &on_the_day(&found)).ends(0).says(&["A-1"]);
    tici(at, &["verify"]).ends(0);
}
