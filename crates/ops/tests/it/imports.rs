//! Importing: nothing or everything, the same file twice, what supersedes what.

use tici_domain::{Basis, Measure, Period, Stage};
use tici_ops::files::map::{Links, Map};
use tici_ops::files::read::read_projects;
use tici_ops::import::{ImportOptions, RowFate};
use tici_ops::import_projects::{ImportOutcome, import_projects, preview_import};
use tici_ops::view_project::{project_by_code, trace_figure};
use tici_ops::{Desk, OpsError, Session};

use crate::desks::{as_account, load_county, now, on_both};

const MAP: &str = r#"
unit = "万元"
[[columns]]
header = ["代码"]
field = "code"
[[columns]]
header = ["项目名称"]
field = "name"
[[columns]]
header = ["属地"]
field = "place"
[[columns]]
header = ["累计完成"]
field = "figure.invest_ytd"
"#;

const HEAD: &str = "代码,项目名称,属地,累计完成\n";

struct Upload<'a> {
    desk: &'a Desk,
    session: &'a Session,
    options: ImportOptions,
}

impl Upload<'_> {
    fn run(&self, rows: &str, dry: bool) -> Result<ImportOutcome, OpsError> {
        self.run_with(MAP, format!("{HEAD}{rows}"), dry)
    }

    fn run_with(&self, map: &str, text: String, dry: bool) -> Result<ImportOutcome, OpsError> {
        let map = Map::parse("map.toml", map).expect("a map");
        let bytes = text.into_bytes();
        let files = [("旬报.csv".to_owned(), bytes)];
        let borrowed = [(files[0].0.as_str(), files[0].1.as_slice())];
        let (intake, problems) = read_projects(&borrowed, &map, &Links::default());
        let (desk, session, options) = (self.desk, self.session, &self.options);
        if dry {
            return preview_import(desk, session, &intake, &problems, options);
        }
        import_projects(desk, session, (intake, &files), &problems, options, now())
    }
}

fn june() -> ImportOptions {
    ImportOptions { period: Period::parse("2026-06"), ..ImportOptions::default() }
}

fn keys(error: OpsError) -> Vec<String> {
    match error {
        OpsError::Problems(problems) => problems.into_iter().map(|p| p.key).collect(),
        other => panic!("problems were expected, not {other}"),
    }
}

#[test]
fn a_list_goes_in_whole_once_and_supersedes() {
    on_both(|desk| {
        load_county(desk);
        let office = as_account(desk, "diaodu");
        let upload = Upload { desk, session: &office, options: june() };
        let head = desk.store.head().expect("a head");
        let rows = "YX26-001,,经开区,40518\nNEW-1,新材料中试基地,澄湾镇,0\n";
        let preview = upload.run(rows, true).expect("a preview");
        assert_eq!((preview.count(RowFate::New), preview.count(RowFate::Changed)), (1, 1));
        assert_eq!(desk.store.head().expect("a head"), head, "a preview writes nothing");

        let written = upload.run(rows, false).expect("written");
        assert_eq!(written.entries, [head]);
        let again = upload.run(rows, false).expect("read again");
        assert!(again.entries.is_empty(), "the same file changes nothing");
        assert_eq!(again.count(RowFate::Unchanged), 2);

        upload.run("YX26-001,,经开区,40600\n", false).expect("corrected");
        let project = project_by_code(desk, &office, "YX26-001").expect("a project");
        let period = Period::parse("2026-06").expect("a period");
        let trace =
            trace_figure(desk, &office, project, Measure::INVEST_YTD, period, Basis::Reported);
        let trace = trace.expect("a figure");
        let values: Vec<_> = trace.history.iter().map(|(f, _)| f.value.as_int()).collect();
        assert_eq!(values, [Some(406_000_000), Some(405_180_000)]);
        let (newest, meta) = &trace.history[0];
        assert_eq!((newest.cell.as_deref(), newest.raw.as_deref()), (Some("2:4"), Some("40600")));
        assert_eq!(meta.source.as_ref().map(|s| s.file.as_str()), Some("旬报.csv"));
        assert!(trace.proof_holds, "the entry is in the signed tree");
        assert!(trace.attachment.is_some(), "the file itself is kept");
        assert_eq!(desk.store.verify(None).expect("a report").first_bad, None);
    });
}

const MONTHS_MAP: &str = r#"
unit = "万元"
[period.column]
header = ["月份"]
kind = "month"
[[columns]]
header = ["代码"]
field = "code"
[[columns]]
header = ["项目名称"]
field = "name"
[[columns]]
header = ["年度计划"]
field = "plan"
[[columns]]
header = ["签约时间"]
field = "stage.signed"
[[columns]]
header = ["开工时间"]
field = "stage.started"
"#;

#[test]
fn a_list_of_several_months_has_its_last_word_once() {
    const HEAD: &str = "月份,代码,项目名称,年度计划,签约时间,开工时间\n";
    const JANUARY: &str = "2026-01,N-1,中试基地,1000,2025-11-03,2026-03-01\n\
                           2026-01,N-2,冷链园,300,2025-12-01,2026-02-01\n";
    const LATER: &str = "2026-02,N-1,中试基地,1200,2025-11-03,2026-03-05\n\
                         2026-02,N-2,冷链园,350,2025-12-08,2026-02-09\n\
                         2026-03,N-1,中试基地,1150,2025-11-03,2026-03-08\n\
                         2026-03,N-2,冷链园,300,2025-12-01,2026-02-01\n";
    let words = |desk: &Desk| {
        let snapshot = desk.snapshot().expect("a snapshot");
        let find = |code: &str| {
            snapshot.projects.iter().find(|entry| entry.project.code == code).expect("a project")
        };
        ["N-1", "N-2"].map(|code| {
            let entry = find(code);
            let day = |stage| entry.claim(stage).map(|state| state.claim.on.to_string());
            let plan = snapshot.plan(entry.project.id, Period::year(2026));
            (day(Stage::Signed), day(Stage::Started), plan.map(|cell| cell.number / 10_000))
        })
    };
    let said = |signed: &str, started: &str, plan| {
        (Some(signed.to_owned()), Some(started.to_owned()), Some(plan))
    };
    let last = [said("2025-11-03", "2026-03-08", 1150), said("2025-12-01", "2026-02-01", 300)];
    on_both(|desk| {
        load_county(desk);
        let office = as_account(desk, "diaodu");
        let upload = Upload { desk, session: &office, options: june() };
        let run = |rows: &str| upload.run_with(MONTHS_MAP, format!("{HEAD}{rows}"), false);
        let first = run(JANUARY).expect("January");
        assert_eq!(first.count(RowFate::New), 2);
        // The ledger's word is replaced once, and only where the last month says otherwise.
        let all = run(&format!("{JANUARY}{LATER}")).expect("three months");
        assert_eq!(all.writes, 2, "a day and a plan of N-1");
        let fates: Vec<RowFate> = all.plan.rows.iter().map(|row| row.fate).collect();
        let changed = fates.iter().position(|fate| *fate == RowFate::Changed);
        assert_eq!((all.count(RowFate::Changed), changed), (1, Some(4)), "March, N-1");
        let cells = &all.plan.rows[4].cells;
        let told: Vec<_> = cells.iter().map(|c| (c.field.as_str(), c.old.as_deref())).collect();
        assert_eq!(told, [("plan", Some("1,000")), ("started", Some("2026-03-01"))]);
        assert_eq!(words(desk), last);
        for again in [format!("{JANUARY}{LATER}"), LATER.to_owned()] {
            let again = run(&again).expect("read again");
            assert_eq!((again.writes, again.entries.len()), (0, 0), "nothing new is said");
        }
        assert_eq!(words(desk), last);
        assert_eq!(desk.store.verify(None).expect("a report").first_bad, None);
    });
    // In one go as well: whatever a first reading writes, a second adds nothing.
    on_both(|desk| {
        load_county(desk);
        let office = as_account(desk, "diaodu");
        let upload = Upload { desk, session: &office, options: june() };
        let run = || upload.run_with(MONTHS_MAP, format!("{HEAD}{JANUARY}{LATER}"), false);
        assert_ne!(run().expect("three months").writes, 0);
        assert_eq!(words(desk), last);
        assert_eq!(run().expect("read again").writes, 0);
        assert_eq!(words(desk), last);
        assert_eq!(desk.store.verify(None).expect("a report").first_bad, None);
    });
}

#[test]
fn one_error_stops_all_of_it_unless_bad_rows_are_left_out() {
    on_both(|desk| {
        load_county(desk);
        let office = as_account(desk, "diaodu");
        let head = desk.store.head().expect("a head");
        // Falls below May's 36,218; an unknown place; one good row.
        let rows = "YX26-001,,经开区,30000\nNEW-2,某项目,无此镇,10\nYX26-002,,经开区,38440\n";
        let strict = Upload { desk, session: &office, options: june() };
        let error = strict.run(rows, false).expect_err("errors");
        assert_eq!(keys(error), ["import-cumulative-falls", "import-unknown-place"]);
        assert_eq!(desk.store.head().expect("a head"), head, "nothing was written");

        let lenient = ImportOptions { leave_out_bad_rows: true, ..june() };
        let lenient = Upload { desk, session: &office, options: lenient };
        let outcome = lenient.run(rows, false).expect("written");
        assert_eq!(outcome.count(RowFate::LeftOut), 2);
        assert_eq!(outcome.count(RowFate::Changed), 1);
        assert_eq!(outcome.entries.len(), 1);
    });
}

#[test]
fn a_reporter_writes_only_for_its_own_town() {
    on_both(|desk| {
        load_county(desk);
        let town = as_account(desk, "luting");
        let upload = Upload { desk, session: &town, options: june() };
        let error = upload.run("YX26-001,,经开区,40518\n", false).expect_err("another town");
        assert_eq!(keys(error), ["import-place-not-yours"]);
    });
}
