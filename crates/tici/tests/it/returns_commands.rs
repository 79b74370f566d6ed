//! `tici template return` and `tici returns …` as a shell runs them: what they print with
//! and without `--json`, and their exit codes.

use std::path::Path;

use serde_json::{Value, json};
use tempfile::TempDir;
use tici_ops::returns::read_form;
use tici_testkit::forms::{Typed, retype};

use crate::run::{Ran, tici};

struct Shell {
    folder: TempDir,
}

impl Shell {
    fn demo() -> Shell {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().to_str().expect("a readable path");
        tici(folder.path(), &["demo", "--no-serve", "--keep", path]).ends(0);
        Shell { folder }
    }

    fn run(&self, who: &str, args: &[&str]) -> Ran {
        let rest = ["--as", who, "--today", "2026-06-18", "--lang", "zh-Hans"];
        tici(self.folder.path(), &[args, &rest[..]].concat())
    }

    fn path(&self, name: &str) -> String {
        self.folder.path().join(name).to_str().expect("a readable path").to_owned()
    }

    /// Luting's workbook of May with figures typed into the row that has none of May.
    fn typed(&self, name: &str, typed: &[(&str, Typed)]) -> String {
        let from = std::fs::read(self.path("芦汀镇.xlsx")).expect("the form");
        let form = read_form(name, &from).0.expect("a form");
        let row = form.rows.iter().find(|row| row.code == SILENT).expect("its row");
        let cells: Vec<(&str, Typed)> = typed
            .iter()
            .map(|(key, typed)| (row.cells[*key].cell.as_str(), typed.clone()))
            .collect();
        std::fs::write(Path::new(&self.path(name)), retype(&from, &cells)).expect("written");
        self.path(name)
    }
}

/// The project of Luting that nobody has reported for May.
const SILENT: &str = "YX26-044";
const MAY: [&str; 2] = ["--period", "2026-05"];
const LUTING: [&str; 4] = ["--period", "2026-05", "--place", "芦汀镇"];

#[test]
fn a_month_is_run_from_a_shell() {
    let shell = Shell::demo();
    who_is_missing(&shell);
    a_workbook_is_taken_filled_and_handed_in(&shell);
    judged_locked_and_unlocked(&shell);
}

fn who_is_missing(shell: &Shell) {
    let list = shell.run("diaodu", &["returns", "list", "--json"]).ends(0).json();
    assert_eq!((&list["period"], &list["received"]), (&json!("2026-05"), &json!(12)));
    assert_eq!(list["places"].as_array().map(Vec::len), Some(13));
    shell.run("diaodu", &["returns", "list"]).ends(0).says(&["芦汀镇", "未报", "12/13"]);
    let line = shell.run("diaodu", &["returns", "remind"]).ends(0).text();
    assert_eq!(line.lines().count(), 1, "{line}");
    assert!(line.starts_with("芦汀镇：2026年5月月报6月3日截止，已晚 15 天"), "{line}");
    let remind = shell.run("diaodu", &["returns", "remind", "--json"]).ends(0).json();
    assert_eq!(remind["reminders"][0]["days_late"], 15);
    let april = ["returns", "remind", "--period", "2026-04"];
    shell.run("diaodu", &april).ends(0).says(&["都已报齐"]);
    let none = ["returns", "list", "--period", "2031-01"];
    shell.run("diaodu", &none).ends(1);
    shell.run("diaodu", &["returns", "list", "--period", "soon"]).ends(2);

    let again = ["returns", "open", "--period", "2026-05"];
    shell.run("diaodu", &again).ends(1).says(&["已经开放过"]);
    shell.run("luting", &["returns", "open", "--period", "2026-06"]).ends(3);
    let june = ["returns", "open", "--period", "2026-06", "--due", "2026-07-03", "--json"];
    let opened = shell.run("diaodu", &june).ends(0).json();
    assert_eq!(opened["entries"].as_array().map(Vec::len), Some(1));
}

fn a_workbook_is_taken_filled_and_handed_in(shell: &Shell) {
    let file = shell.path("芦汀镇.xlsx");
    let take = [&["template", "return"], &LUTING[..], &["--out", &file]].concat();
    shell.run("luting", &take).ends(0).says(&["芦汀镇.xlsx"]);
    let theirs = ["template", "return", "--period", "2026-05", "--place", "经开区"];
    shell.run("luting", &[&theirs[..], &["--out", &file]].concat()).ends(1);
    let forms = shell.path("forms");
    let all = [&["template", "return", "--all", "--out", &forms, "--json"], &MAY[..]].concat();
    let made = shell.run("diaodu", &all).ends(0).json();
    assert_eq!(made["files"].as_array().map(Vec::len), Some(13));

    let unit = shell.typed("带单位.xlsx", &[("month", Typed::Words("6.2亿"))]);
    let refused = shell.run("luting", &["returns", "submit", &unit]).ends(1);
    refused.says(&["带单位.xlsx", "6.2亿", "62000", "没有写入"]);
    let refused = shell.run("luting", &["returns", "submit", &unit, "--json"]).ends(1).json();
    let one = &refused["files"][0];
    assert_eq!((&one["refused"], &one["entry"]), (&json!(true), &Value::Null));
    assert_eq!(one["problems"][0]["key"], "amount-has-unit");

    let right = shell.typed("对.xlsx", &[("month", Typed::Number("0"))]);
    let dry = ["returns", "submit", &right, "--dry-run"];
    shell.run("luting", &dry).ends(0).says(&["会写入 1 个数"]);
    // Of several workbooks, what is wrong with one does not hold up another.
    let other = format!("{forms}/经开区2026年5月月报.xlsx");
    let both = shell.run("luting", &["returns", "submit", &other, &right]).ends(1);
    both.says(&["不归你的账号填报", "写入 1 个数", "未写 1"]);
    shell.run("luting", &["returns", "submit", &right]).ends(0).says(&["没有变化"]);
    let absent = shell.path("没有.xlsx");
    shell.run("luting", &["returns", "submit", &absent]).ends(4);
    shell.run("lingdao", &["returns", "submit", &right]).ends(3);
}

fn judged_locked_and_unlocked(shell: &Shell) {
    let act = |who: &str, what: &str, rest: &[&str]| {
        let args = [&["returns", what], &LUTING[..], rest].concat();
        shell.run(who, &args)
    };
    act("luting", "accept", &[]).ends(3);
    act("diaodu", "return", &["--reason", " "]).ends(1).says(&["要写理由"]);
    act("diaodu", "return", &["--reason", "缺形象进度"]).ends(0).says(&["已退回"]);
    let remind = shell.run("diaodu", &["returns", "remind", "--period", "2026-05"]).ends(0);
    remind.says(&["芦汀镇：2026年5月月报已退回", "缺形象进度"]);
    let again = shell.typed("改.xlsx", &[("progress", Typed::Words("二层封顶"))]);
    shell.run("luting", &["returns", "submit", &again]).ends(0);
    let early = [&["returns", "lock"], &MAY[..]].concat();
    shell.run("diaodu", &early).ends(1).says(&["待审"]);
    act("shenhe", "accept", &[]).ends(0).says(&["审核通过"]);
    shell.run("diaodu", &early).ends(0).says(&["已锁定"]);
    let late = shell.typed("迟.xlsx", &[("workers", Typed::Number("12"))]);
    shell.run("luting", &["returns", "submit", &late]).ends(1).says(&["已锁定"]);
    act("diaodu", "unlock", &["--reason", "漏报人数"]).ends(0).says(&["已解锁"]);
    shell.run("luting", &["returns", "submit", &late]).ends(0);
    shell.run("diaodu", &["verify"]).ends(0);
}
