//! Ways out of the ledger and back: tables, schedules, statistics.

use std::collections::BTreeMap;
use std::io::Write;
use std::sync::{Arc, Mutex};

use tici_domain::{Basis, Period, Table};
use tici_exchange::flat::{Datum, Field};
use tici_exchange::schedule::{mspdi_read, mspdi_write};
use tici_exchange::statistics::dhis2_write;
use tici_exchange::statistics::mapping::Mapping;
use tici_ops::export_schedule::{ScheduleWords, export_schedule};
use tici_ops::export_tables::files::{FileSink, TableFormat};
use tici_ops::export_tables::{TABLES, TableSink, TableSpec, export_tables, tables_for};
use tici_ops::import_observations::{import_observations, preview_observations};
use tici_ops::import_schedule::{ScheduleAsk, import_schedule, preview_schedule};
use tici_ops::lens::LensQuery;
use tici_ops::observe::{ObserveAsk, observe};
use tici_ops::read_totals::{TotalsAsk, read_totals};
use tici_ops::view_ledger::LedgerQuery;
use tici_ops::{Desk, OpsError, Session};
use tici_testkit::TODAY;

use crate::desks::{as_account, county, now};

/// Keeps rows by table.
#[derive(Default)]
struct Kept {
    tables: BTreeMap<&'static str, Vec<Vec<Datum>>>,
    now: &'static str,
}

impl TableSink for Kept {
    fn begin(&mut self, table: &'static TableSpec, fields: Vec<Field>) -> std::io::Result<()> {
        assert_eq!(fields.len(), table.columns.len());
        self.now = table.name;
        self.tables.insert(table.name, Vec::new());
        Ok(())
    }

    fn row(&mut self, row: &[Datum]) -> std::io::Result<()> {
        self.tables.get_mut(self.now).expect("begun").push(row.to_vec());
        Ok(())
    }

    fn end(&mut self, rows: u64) -> std::io::Result<()> {
        assert_eq!(self.tables[self.now].len() as u64, rows);
        Ok(())
    }
}

fn taken(desk: &Desk, session: &Session) -> Kept {
    let mut kept = Kept::default();
    let tables = tables_for(session).unwrap();
    export_tables(desk, session, &tables, &mut kept).unwrap();
    kept
}

/// The column of a table by name.
fn column(kept: &Kept, table: &str, name: &str) -> Vec<Datum> {
    let spec = TABLES.iter().find(|spec| spec.name == table).expect("a table");
    let at = spec.columns.iter().position(|column| column.name == name).expect("a column");
    kept.tables[table].iter().map(|row| row[at].clone()).collect()
}

#[test]
fn every_table_of_the_ledger_goes_out() {
    // Assessment has files of its own; its tables do not go out yet.
    const LATER: [&str; 5] =
        ["scheme", "indicator_figure", "assessed_event", "score_run", "objection"];
    for table in Table::ALL.iter().filter(|table| !LATER.contains(&table.name())) {
        let table = *table;
        assert!(TABLES.iter().any(|spec| spec.of == Some(table)), "{table:?} does not go out");
    }
    let mut names: Vec<&str> = TABLES.iter().map(|table| table.name).collect();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), TABLES.len());
    for table in TABLES {
        let mut columns: Vec<&str> = table.columns.iter().map(|column| column.name).collect();
        columns.sort_unstable();
        columns.dedup();
        assert_eq!(columns.len(), table.columns.len(), "{} has a column twice", table.name);
        for column in table.columns {
            if let Some((other, field)) = column.refers {
                let other = TABLES.iter().find(|spec| spec.name == other).expect("a table");
                assert!(other.columns.iter().any(|c| c.name == field), "{}", column.name);
            }
        }
    }
}

#[test]
fn tables_hold_what_the_ledger_holds() {
    let desk = county();
    let office = as_account(&desk, "diaodu");
    let kept = taken(&desk, &office);
    let snapshot = desk.snapshot().unwrap();
    assert_eq!(kept.tables.len(), TABLES.len());
    assert_eq!(kept.tables["projects"].len(), snapshot.projects.len());
    assert_eq!(kept.tables["journal"].len() as i64, snapshot.seq);
    // Figures that nothing replaced are those of the snapshot.
    let replaced = column(&kept, "figures", "replaced_by");
    let current = replaced.iter().filter(|datum| **datum == Datum::Missing).count();
    let figures =
        [&snapshot.project_figures, &snapshot.enterprise_figures, &snapshot.place_figures];
    assert_eq!(current, figures.iter().map(|set| set.len()).sum::<usize>());
    // What came from a file says from which cell, and who sent it.
    for name in ["entry", "written_at", "written_by"] {
        let blanks = column(&kept, "figures", name);
        assert!(blanks.iter().all(|datum| *datum != Datum::Missing), "{name}");
    }
    for (table, rows) in &kept.tables {
        let spec = TABLES.iter().find(|spec| spec.name == *table).unwrap();
        for row in rows {
            for (column, datum) in spec.columns.iter().zip(row) {
                assert!(datum.fits(column.kind), "{table}.{}: {datum:?}", column.name);
                if let (Some(codes), Datum::Text(code)) = (column.codes, datum) {
                    assert!(
                        codes.all().contains(&code.as_str()),
                        "{table}.{}: {code}",
                        column.name
                    );
                }
            }
        }
    }
}

#[test]
fn tables_are_as_known_then_and_only_ones_own() {
    let desk = county();
    let office = as_account(&desk, "diaodu");
    let now = taken(&desk, &office);
    let half = desk.head().unwrap() / 2;
    let then = taken(&desk.looking_back(half), &office);
    assert_eq!(then.tables["journal"].len() as i64, half);
    assert!(then.tables["figures"].len() < now.tables["figures"].len());
    // What was replaced later stood then.
    let (before, after) =
        (column(&then, "figures", "replaced_by"), column(&now, "figures", "replaced_by"));
    let replaced = |all: &[Datum]| all.iter().filter(|datum| **datum != Datum::Missing).count();
    assert!(replaced(&before) <= replaced(&after));

    let reporter = as_account(&desk, "luting");
    let own = taken(&desk, &reporter);
    assert!(!own.tables.contains_key("journal") && !own.tables.contains_key("accounts"));
    let place = reporter.actor.place.unwrap();
    let snapshot = desk.snapshot().unwrap();
    let places = column(&own, "projects", "place");
    assert!(!places.is_empty());
    for datum in places {
        let Datum::Integer(id) = datum else { panic!("{datum:?}") };
        assert!(snapshot.place_within(id, place));
    }
    assert!(own.tables["figures"].len() < now.tables["figures"].len());
    let tables = tables_for(&office).unwrap();
    let refused = export_tables(&desk, &reporter, &tables, &mut Kept::default());
    assert!(matches!(refused, Err(OpsError::NotFound { .. })));
}

#[test]
fn files_are_the_same_twice_and_hashed() {
    let desk = county();
    let office = as_account(&desk, "diaodu");
    let tables = tables_for(&office).unwrap();
    let files = |format| {
        let written = Arc::new(Mutex::new(BTreeMap::<String, Vec<u8>>::new()));
        let mut open = |name: &str| -> std::io::Result<Box<dyn Write>> {
            Ok(Box::new(File { name: name.to_owned(), all: written.clone() }))
        };
        let mut sink = FileSink::new(format, "t", &mut open).unwrap();
        export_tables(&desk, &office, &tables, &mut sink).unwrap();
        let sums: Vec<(String, u64)> =
            sink.files.iter().map(|file| (file.path.clone(), file.bytes)).collect();
        sink.finish(Vec::new()).unwrap();
        let all = written.lock().unwrap().clone();
        (all, sums)
    };
    for format in [TableFormat::Csv, TableFormat::Parquet] {
        let (all, sums) = files(format);
        assert_eq!(all.len(), TABLES.len());
        for (path, bytes) in sums {
            assert_eq!(all[&path].len() as u64, bytes, "{path}");
        }
        assert_eq!(all, files(format).0, "{format:?}");
    }
}

struct File {
    name: String,
    all: Arc<Mutex<BTreeMap<String, Vec<u8>>>>,
}

impl Write for File {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        let mut all = self.all.lock().unwrap();
        all.entry(self.name.clone()).or_default().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

fn xml(desk: &Desk, session: &Session, project: i64) -> String {
    let words =
        ScheduleWords { stage: &|stage| stage.code().to_owned(), name: &|name| name.text.clone() };
    mspdi_write::write(&export_schedule(desk, session, project, &words, TODAY).unwrap())
}

#[test]
fn a_schedule_comes_back_without_a_change_and_with_those_that_were_made() {
    let desk = county();
    let office = as_account(&desk, "diaodu");
    let ask = ScheduleAsk::default();
    let projects: Vec<i64> =
        desk.snapshot().unwrap().projects.iter().map(|entry| entry.project.id).collect();
    let mut lines = 0;
    for project in &projects {
        let text = xml(&desk, &office, *project);
        let file = ("p.xml", text.as_bytes());
        let outcome = preview_schedule(&desk, &office, *project, file, &ask).unwrap();
        assert_eq!((outcome.changes(), outcome.problems), (0, vec![]), "{text}");
        lines += outcome.lines.len();
    }
    assert!(lines > 500, "{lines}");
    let project = projects[0];
    let text = xml(&desk, &office, project);
    let (mut read, _) = mspdi_read::read("p.xml", text.as_bytes()).unwrap();
    let at = read.tasks.iter().position(|task| task.actual.is_none() && task.planned.is_some());
    let task = &mut read.tasks[at.expect("a step ahead")];
    let (key, moved) = (task.key.clone(), task.planned.unwrap().tomorrow().unwrap());
    task.planned = Some(moved);
    let changed = mspdi_write::write(&read);
    let file = ("p.xml", changed.as_bytes());
    let before = desk.head().unwrap();
    let outcome = import_schedule(&desk, &office, project, file, &ask, now()).unwrap();
    assert_eq!((outcome.changes(), outcome.entries.len()), (1, 1));
    let snapshot = desk.snapshot().unwrap();
    let entry = snapshot.projects.get(project).unwrap();
    assert_eq!(entry.milestone(&key).unwrap().planned, Some(moved));
    // The same file again changes nothing.
    let again = import_schedule(&desk, &office, project, file, &ask, now()).unwrap();
    assert_eq!((again.changes(), again.entries.len()), (0, 0));
    assert_eq!(desk.head().unwrap(), before + 1);
    assert_eq!(xml(&desk, &office, project), changed);
}

#[test]
fn a_foreign_schedule_gives_milestones_and_no_stage_without_its_claim() {
    let desk = county();
    let office = as_account(&desk, "diaodu");
    let case = |name| {
        let cases = concat!(env!("CARGO_MANIFEST_DIR"), "/../exchange/cases/schedule/");
        std::fs::read(format!("{cases}{name}")).unwrap()
    };
    let snapshot = desk.snapshot().unwrap();
    let fresh = snapshot.projects.iter().find(|entry| entry.milestones.is_empty());
    let entry = fresh.or(snapshot.projects.iter().next()).unwrap();
    let project = entry.project.id;
    for (name, all_tasks) in [("plant.xml", false), ("plant.xml", true), ("dock.xer", true)] {
        let bytes = case(name);
        let ask = ScheduleAsk { all_tasks, ..ScheduleAsk::default() };
        let file = (name, bytes.as_slice());
        let dry = preview_schedule(&desk, &office, project, file, &ask).unwrap();
        let done = import_schedule(&desk, &office, project, file, &ask, now()).unwrap();
        assert_eq!(dry.lines, done.lines);
        assert!(done.changes() > 0 && !done.problems.is_empty(), "{name}");
        let again = import_schedule(&desk, &office, project, file, &ask, now()).unwrap();
        assert_eq!(again.changes(), 0, "{name}: {:?}", again.lines);
    }
    let snapshot = desk.snapshot().unwrap();
    let entry = snapshot.projects.get(project).unwrap();
    let permit = entry.milestone("ms-1").expect("a milestone of its own key");
    assert_eq!(permit.actual.map(|day| day.to_string()).as_deref(), Some("2026-04-09"));
    let reporter = as_account(&desk, "luting");
    let elsewhere = snapshot.projects.iter().find(|entry| {
        entry
            .project
            .place
            .is_some_and(|p| !snapshot.place_within(p, reporter.actor.place.unwrap()))
    });
    let elsewhere = elsewhere.unwrap().project.id;
    let bytes = case("plant.xml");
    let ask = ScheduleAsk::default();
    let refused =
        preview_schedule(&desk, &reporter, elsewhere, ("plant.xml", bytes.as_slice()), &ask);
    assert!(matches!(refused, Err(OpsError::NotPermitted { .. })));
}

#[test]
fn statistics_are_what_is_counted_and_come_back() {
    let desk = county();
    let office = as_account(&desk, "diaodu");
    let may = Period::parse("2026-05").unwrap();
    let ask = ObserveAsk { periods: vec![may], basis: Some(Basis::Reported) };
    let values = observe(&desk, &office, &ask, TODAY).unwrap();
    let lens = LensQuery { period: Some(may), basis: Some(Basis::Reported), ..Default::default() };
    let query = LedgerQuery { lens, ..LedgerQuery::default() };
    let totals = read_totals(&desk, &office, &query, &TotalsAsk::default(), TODAY).unwrap();
    let all = &totals.count.all.totals;
    let most = |measure: &str| {
        let of = values.iter().filter(|value| value.measure == measure);
        of.filter_map(|value| value.value).max()
    };
    assert_eq!(most("count_projects"), Some(all.projects as i64));
    let sums = all.sums.values().next().unwrap();
    assert_eq!(most("sum_done_ytd").map(i128::from), Some(sums.done_ytd));

    let place = desk.snapshot().unwrap().places.values().next().unwrap().code.code.clone();
    let text = format!(
        "dataelement,period,orgunit,value\nworkers,202605,{place},1200\n\
         invest_ytd,202605,{place},1234567\nprogress_percent,2026Q1,{place},36.9\n"
    );
    let (file, mapping) = (("v.csv", text.as_bytes()), Mapping::default());
    let dry = preview_observations(&desk, &office, file, &mapping).unwrap();
    assert_eq!((dry.new, dry.changed, dry.unchanged), (3, 0, 0));
    let done = import_observations(&desk, &office, file, &mapping, (None, now())).unwrap();
    assert_eq!((done.new, done.entries.len()), (3, 1));
    let again = import_observations(&desk, &office, file, &mapping, (None, now())).unwrap();
    assert_eq!((again.unchanged, again.entries.len()), (3, 0));
    // Out again, and in again: the same. Counts are not taken.
    let ask = ObserveAsk { periods: vec![may], basis: None };
    let values = observe(&desk, &office, &ask, TODAY).unwrap();
    let (json, _) = dhis2_write::json(&values, &mapping);
    let back = preview_observations(&desk, &office, ("v.json", &json), &mapping).unwrap();
    assert_eq!((back.new, back.changed, back.unchanged), (0, 0, 2));
    assert!(back.problems.iter().all(|problem| problem.key == "observations-counted"));
    let wrong = format!(
        "dataelement,period,orgunit,value\nworkers,202605,{place},1.5\nworkers,202605,nowhere,1\n\
         nothing,202605,{place},1\nworkers,202604,{place},1\nworkers,202604,{place},2\n"
    );
    let file = ("w.csv", wrong.as_bytes());
    let head = desk.head().unwrap();
    match import_observations(&desk, &office, file, &mapping, (None, now())) {
        Err(OpsError::Problems(problems)) => {
            let keys: Vec<&str> = problems.iter().map(|problem| problem.key.as_str()).collect();
            let expected = ["value", "place", "element", "duplicate"];
            assert_eq!(keys, expected.map(|key| format!("observations-{key}")));
        }
        other => panic!("{other:?}"),
    }
    assert_eq!(desk.head().unwrap(), head, "nothing is written while there is an error");
}
