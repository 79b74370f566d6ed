//! Foreign layouts on the command line, and a folder that is watched.

use std::path::Path;
use std::process::Stdio;
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tempfile::TempDir;
use tici_testkit::workbook;

use crate::run::{Ran, command, tici, tici_reading};

/// The sample county, and a folder for files.
struct Office {
    ledger: TempDir,
    files: TempDir,
}

impl Office {
    fn new() -> Office {
        let folder = || tempfile::tempdir().expect("a folder");
        let office = Office { ledger: folder(), files: folder() };
        let path = office.ledger.path().to_str().expect("a readable path").to_owned();
        tici(office.ledger.path(), &["demo", "--no-serve", "--keep", &path]).ends(0);
        office
    }

    fn put(&self, name: &str, bytes: &[u8]) -> String {
        let file = self.files.path().join(name);
        std::fs::write(&file, bytes).expect("written");
        file.to_str().expect("a readable path").to_owned()
    }

    fn run(&self, args: &[&str]) -> Ran {
        let all = [&["--today", "2026-06-18", "--as", "diaodu"], args].concat();
        tici(self.ledger.path(), &all)
    }

    fn import(&self, args: &[&str]) -> Ran {
        self.run(&[&["import", "projects"], args].concat())
    }

    /// Takes what is in the folder, and ends.
    fn watch(&self, args: &[&str]) -> Ran {
        let folder = self.files.path().to_str().expect("a readable path");
        self.import(&[&["--watch", folder, "--once", "--every", "1"], args].concat())
    }

    /// Names in a folder of the watched one, in their order.
    fn names(&self, folder: &str) -> Vec<String> {
        let Ok(entries) = std::fs::read_dir(self.files.path().join(folder)) else {
            return Vec::new();
        };
        let names = entries.map(|entry| entry.expect("an entry").file_name());
        let mut names: Vec<String> =
            names.map(|name| name.to_string_lossy().into_owned()).collect();
        names.sort();
        names
    }

    fn heads(&self) -> Value {
        self.run(&["verify", "--json"]).ends(0).json()["entries"].clone()
    }
}

const CORRECTED: [&str; 4] = ["--column", "G=figure.invest_month", "--column", "1—5月口径=x"];

#[test]
fn a_layout_is_corrected_on_the_command_line_and_remembered() {
    let office = Office::new();
    let may = office.put("五月.xlsx", &workbook::progress_of(5));
    office.import(&[&may, "--show-tables"]).ends(0).says(&["[1] 在建项目 A3:I10", "[2] 储备项目"]);
    let wrong = [&[may.as_str()], &CORRECTED[..]].concat();
    office.import(&wrong).ends(1).says(&["There is no field “x”", "docs/import.md"]);
    office.import(&[&may, "--table", "9"]).ends(1).says(&["There is no table “9”"]);
    office.import(&[&may, "--column", "Z=name"]).ends(1).says(&["There is no column “Z”"]);

    let right = ["--column", "G=figure.invest_month", "--column", "H=figure.invest_ytd"];
    let dry = [&[may.as_str(), "--dry-run", "--json"], &right[..]].concat();
    let said = office.import(&dry).ends(0).json();
    assert_eq!((&said["new"], &said["rows"]), (&json!(3), &json!(3)));
    office.import(&[&may, "--json"]).ends(0);
    let map = office.import(&[&may, "--show-map"]).ends(0).text();
    assert!(!map.contains("figure.invest_ytd"), "a dry run keeps nothing: {map}");
    office.import(&[&[may.as_str()], &right[..]].concat()).ends(0).says(&["3 rows"]);

    let june = office.put("六月.xlsx", &workbook::progress_of(6));
    let said = office.import(&[&june]).ends(0).says(&["read as said of this layout before"]);
    let said = said.says(&["H", "figure.invest_ytd", "3 changed"]).text();
    assert!(!said.contains("other tables"), "{said}");
}

#[test]
fn rows_may_be_new_ones_or_known_ones_only() {
    let office = Office::new();
    let may = office.put("五月.xlsx", &workbook::progress_of(5));
    let update = office.import(&[&may, "--mode", "update", "--json"]).ends(0).json();
    assert_eq!((&update["passed"], &update["writes"]), (&json!(3), &json!(0)));
    let create = office.import(&[&may, "--mode", "create", "--json"]).ends(0).json();
    assert_eq!((&create["new"], &create["passed"]), (&json!(3), &json!(0)));
    let june = office.put("六月.xlsx", &workbook::progress_of(6));
    let create = office.import(&[&june, "--mode", "create", "--json"]).ends(0).json();
    assert_eq!((&create["passed"], &create["writes"]), (&json!(3), &json!(0)));
    office.import(&[&june, "--mode", "create"]).ends(0).says(&["3 rows", "left alone"]);
    office.import(&[&june, "--mode", "none"]).ends(2).says(&["both, create, update"]);
}

#[test]
fn forms_and_chosen_tables_are_imported() {
    let office = Office::new();
    let cards = office.put("卡片.xlsx", &workbook::cards(5));
    let said = office.import(&[&cards, "--json"]).ends(0).json();
    assert_eq!(said["new"], 2, "{said}");
    let may = office.put("五月.xlsx", &workbook::progress_of(5));
    let said = office
        .import(&[&may, "--table", "储备项目", "--period", "2026-05", "--json"])
        .ends(0)
        .json();
    assert_eq!(said["new"], 2, "{said}");
    let turned = office.put("横表.xlsx", &workbook::turned());
    let said = office
        .import(&[&turned, "--period", "2026-05", "--leave-out-bad-rows", "--json"])
        .ends(0)
        .json();
    assert_eq!((&said["new"], &said["left_out"]), (&json!(2), &json!(1)), "{said}");
}

#[test]
fn a_watched_folder_is_emptied_into_the_ledger() {
    let office = Office::new();
    office.put("五月.xlsx", &workbook::progress_of(5));
    office.put("~$五月.xlsx", b"an open workbook's mark");
    office.put("说明.pdf", b"no list");
    let said = office.watch(&[]).ends(1).says(&["Nobody has imported this layout", "failed"]);
    drop(said);
    assert_eq!(office.names("failed"), ["五月.marked.xlsx", "五月.problems.csv", "五月.xlsx"]);
    assert_eq!(office.names(""), [".tici-watch", "failed", "~$五月.xlsx", "说明.pdf"]);

    // Known once, it passes; the same content is not imported again.
    let file = office.put("五月.xlsx", &workbook::progress_of(5));
    let right = ["--column", "G=figure.invest_month", "--column", "H=figure.invest_ytd"];
    office.import(&[&[file.as_str()], &right[..]].concat()).ends(0);
    let june = workbook::progress_of(6);
    office.put("六月.xlsx", &june);
    let entries = office.heads();
    let said = office.watch(&["--json"]).ends(0).text();
    let lines: Vec<Value> =
        said.lines().map(|line| serde_json::from_str(line).expect("a line of JSON")).collect();
    assert_eq!(lines.len(), 2, "{said}");
    assert!(lines.iter().all(|line| line["fate"] == "done"), "{said}");
    assert!(said.contains("the same content was imported before"), "{said}");
    assert_eq!(office.heads(), json!(entries.as_i64().expect("a number") + 1));
    office.put("六月.xlsx", &june);
    office.watch(&[]).ends(0).says(&["imported before"]);
    assert!(
        office.names("done").contains(&"六月 (2).xlsx".to_owned()),
        "{:?}",
        office.names("done")
    );
}

#[test]
fn a_faulty_file_comes_out_marked() {
    let office = Office::new();
    office.put("横表.xlsx", &workbook::turned());
    office.put("坏.xlsx", b"PK\x03\x04 no workbook");
    office.watch(&["--trust-guess"]).ends(1).says(&["约三千", "failed"]);
    let failed = office.names("failed");
    for name in ["横表.xlsx", "横表.marked.xlsx", "横表.problems.csv", "坏.xlsx", "坏.problems.csv"]
    {
        assert!(failed.contains(&name.to_owned()), "{name} of {failed:?}");
    }
    let list = std::fs::read_to_string(office.files.path().join("failed/横表.problems.csv"));
    assert!(list.expect("a list").contains("D6"));
    assert_eq!(office.names("done"), Vec::<String>::new());
    office.put("横表.xlsx", &workbook::turned());
    office.watch(&["--trust-guess", "--leave-out-bad-rows"]).ends(0).says(&["1 left out"]);
}

/// A file that is still being written is waited for; a second watch is refused; what a killed
/// watch left is taken by the next.
#[test]
fn only_complete_files_are_taken_and_a_restart_goes_on() {
    let office = Office::new();
    let folder = office.files.path().to_str().expect("a readable path").to_owned();
    let head = "项目编号,项目名称,属地,总投资（万元）\n";
    let file = office.put("长表.csv", head.as_bytes());
    let unasked = ["--trust-guess", "--period", "2026-06"];
    let args = ["import", "projects", "--watch", &folder, "--every", "1"];
    let args = [&["--today", "2026-06-18", "--as", "diaodu"], &args[..], &unasked[..]].concat();
    let mut child = command(office.ledger.path(), &args)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("the binary runs");
    let mut text = head.to_owned();
    for n in 0..6 {
        text.push_str(&format!("WX-{n},长表项目{n},经开区,{}\n", 1_000 + n));
        std::fs::write(&file, &text).expect("written");
        assert!(Path::new(&file).exists(), "it is taken when it stands still");
        std::thread::sleep(Duration::from_millis(500));
    }
    let done = office.files.path().join("done/长表.csv");
    wait_for(&done);
    assert_eq!(std::fs::read_to_string(&done).expect("the file"), text, "all of it");
    let second = [&args[..], &["--once"]].concat();
    tici_reading(office.ledger.path(), &second, "").ends(1).says(&["is being watched already"]);
    child.kill().expect("killed");
    child.wait().expect("ended");
    office.put("又一张.csv", text.replace("WX-", "WY-").replace("长表", "又一张").as_bytes());
    office.watch(&unasked).ends(0).says(&["又一张.csv", "6 new"]);
}

fn wait_for(path: &Path) {
    let started = Instant::now();
    while !path.exists() {
        assert!(started.elapsed() < Duration::from_secs(60), "no {}", path.display());
        std::thread::sleep(Duration::from_millis(100));
    }
}
