//! A list beside the one that was handed in before it: what is proposed, what a person
//! decides, and what is written then.

use std::collections::BTreeMap;

use tici_domain::intake::Intake;
use tici_domain::{ListTier, Problem, SideState};
use tici_ops::compare_lists::{
    Against, LedgerComparison, RenameReason, VanishedChoice, VanishedFate, compare_with_earlier,
    settle_vanished,
};
use tici_ops::files::map::{Links, Map};
use tici_ops::files::read::read_projects;
use tici_ops::files::sheet;
use tici_ops::import::{ImportOptions, Mode, RowFate};
use tici_ops::import_projects::{import_projects, preview_import};
use tici_ops::{Desk, OpsError, Session};

use crate::desks::{as_account, load_county, now, on_both};

const MAP: &str = r#"
unit = "万元"
year = 2026
tier = "county"
[[columns]]
header = ["代码"]
field = "code"
optional = true
[[columns]]
header = ["项目名称"]
field = "name"
[[columns]]
header = ["属地"]
field = "place"
[[columns]]
header = ["总投资"]
field = "figure.total_investment"
"#;

const MAY: &str = "代码,项目名称,属地,总投资\n\
    D-1,城北水厂扩建,云埠镇,32000\nD-2,滨江路改造,云埠镇,8000\n\
    D-3,新材料中试基地,云埠镇,15600\nD-4,老旧小区改造,云埠镇,900\n";

const JUNE: &str = "代码,项目名称,属地,总投资\n\
    D-1,城北水厂扩建,云埠镇,33000\nD-2,滨江路改造,云埠镇,8000\n\
    E-9,新材料中试基地,云埠镇,15600\nE-10,轨道车辆段,云埠镇,70000\n";

struct Read {
    name: &'static str,
    bytes: Vec<u8>,
    map: Map,
    intake: Intake,
    problems: Vec<Problem>,
}

fn read(name: &'static str, text: &str) -> Read {
    let map = Map::parse("map.toml", MAP).expect("a map");
    let bytes = text.as_bytes().to_vec();
    let (intake, problems) = read_projects(&[(name, &bytes)], &map, &Links::default());
    Read { name, bytes, map, intake, problems }
}

fn options(mode: Mode) -> ImportOptions {
    let period = tici_domain::Period::parse("2026-06");
    ImportOptions { period, mode, ..ImportOptions::default() }
}

fn import(desk: &Desk, session: &Session, list: &Read, options: &ImportOptions) {
    let files = [(list.name.to_owned(), list.bytes.clone())];
    let read_from = (list.intake.clone(), files.as_slice());
    import_projects(desk, session, read_from, &list.problems, options, now()).expect("an import");
}

fn compare(desk: &Desk, session: &Session, list: &Read) -> Option<LedgerComparison> {
    let (workbook, _) = sheet::open(list.name, &list.bytes, Default::default());
    let workbook = workbook.expect("a workbook");
    let new = (list.name, &workbook, &list.map, &list.intake);
    let today = jiff::civil::date(2026, 6, 18);
    compare_with_earlier(desk, session, new, Against::Last, today).expect("a comparison")
}

#[test]
fn a_list_beside_the_one_before_it() {
    on_both(|desk| {
        load_county(desk);
        let office = as_account(desk, "diaodu");
        let (may, june) = (read("名单5月.csv", MAY), read("名单6月.csv", JUNE));
        assert!(compare(desk, &office, &may).is_none(), "nothing like it before");
        import(desk, &office, &may, &options(Mode::Both));
        let found = compare(desk, &office, &june).expect("May's list");
        assert_eq!(found.earlier.file, "名单5月.csv");
        let diff = &found.compared.diff;
        assert_eq!([diff.new.len(), diff.vanished.len(), diff.changed.len()], [2, 2, 1]);
        let [rename] = found.renames.as_slice() else { panic!("{:?}", found.renames) };
        assert_eq!(rename.rename.reason, RenameReason::SameName);
        assert_eq!(rename.code.as_deref(), Some("D-3"));
        let gone = found.vanished.iter().find(|row| row.code.as_deref() == Some("D-4"));
        let gone = gone.expect("it is gone");
        assert_eq!(gone.proposal, VanishedFate::LeaveList);
        assert_eq!(gone.lists, [(ListTier::County, 2026)]);
        take_up(desk, &office, &june, rename.cell.clone().expect("a cell"));
        settle(desk, &office);
    });
}

/// The rename is taken up: no project is made for it, and July finds it by its new code.
fn take_up(desk: &Desk, office: &Session, june: &Read, cell: String) {
    let mut chosen = options(Mode::Both);
    chosen.same = BTreeMap::from([(cell, "D-3".to_owned())]);
    let preview = |options: &ImportOptions| {
        let preview = preview_import(desk, office, &june.intake, &june.problems, options);
        let preview = preview.expect("a preview");
        let fates = [RowFate::New, RowFate::Changed, RowFate::Unchanged, RowFate::Passed];
        fates.map(|fate| preview.count(fate))
    };
    assert_eq!(preview(&chosen), [1, 2, 1, 0]);
    assert_eq!(preview(&ImportOptions { mode: Mode::Create, ..chosen.clone() }), [1, 0, 0, 3]);
    assert_eq!(preview(&ImportOptions { mode: Mode::Update, ..chosen.clone() }), [0, 2, 1, 1]);
    import(desk, office, june, &chosen);
    let snapshot = desk.snapshot().expect("a snapshot");
    let kept = snapshot.projects.iter().find(|entry| entry.project.code == "D-3");
    assert!(kept.expect("D-3").project.aliases.contains(&"E-9".to_owned()));
    let july = read("名单7月.csv", &JUNE.replace("15600", "16000"));
    let found = compare(desk, office, &july).expect("June's list");
    assert!(found.renames.is_empty() && found.vanished.is_empty());
    let preview = preview_import(desk, office, &july.intake, &july.problems, &options(Mode::Both));
    assert_eq!(preview.expect("a preview").count(RowFate::New), 0);
}

/// What is gone leaves its list with a reason, or is withdrawn; without a reason nothing is
/// written, and nothing is ever deleted.
fn settle(desk: &Desk, office: &Session) {
    let today = jiff::civil::date(2026, 6, 25);
    let choice = |fate: VanishedFate, reason: &str| {
        let choice = VanishedChoice { fate: fate.code().into(), reason: reason.into() };
        BTreeMap::from([("D-4".to_owned(), choice)])
    };
    let run = |choices: &BTreeMap<String, VanishedChoice>| {
        settle_vanished(desk, office, choices, now(), today)
    };
    match run(&choice(VanishedFate::LeaveList, " ")) {
        Err(OpsError::Problems(problems)) => assert_eq!(problems[0].key, "diff-needs-reason"),
        other => panic!("{other:?}"),
    }
    let ignored = run(&choice(VanishedFate::Ignore, "")).expect("nothing to do");
    assert!(ignored.entries.is_empty());
    let left = run(&choice(VanishedFate::LeaveList, "调出名单")).expect("a removal");
    assert_eq!((left.left_lists, left.entries.len()), (1, 1));
    let withdrawn = run(&choice(VanishedFate::Withdraw, "业主放弃")).expect("a withdrawal");
    assert_eq!(withdrawn.withdrawn, 1);
    let snapshot = desk.snapshot().expect("a snapshot");
    let entry = snapshot.projects.iter().find(|entry| entry.project.code == "D-4").expect("D-4");
    assert_eq!(entry.project.state, SideState::Withdrawn);
    assert_eq!(entry.lists[0].0.until, Some(today));
}
