//! How fast a large ledger is written, read, verified and rebuilt.
//!
//! `cargo run -p tici-store --example bulk --release --features private-postgres`; the
//! number of figures may be given, 200,000 by default.

use jiff::Timestamp;
use std::time::Instant;
use tici_domain::figure::Value;
use tici_domain::{Basis, Change, Figure, Measure, Period, Subject, Table};
use tici_store::pg_private::PgSchema;
use tici_store::{Location, NewEntry, Scope, Signer, Store, StoreError};

/// Figures of one month's return.
const FIGURES_PER_ENTRY: i64 = 50_000;

fn main() -> Result<(), StoreError> {
    let figures = std::env::args().nth(1).and_then(|count| count.parse().ok()).unwrap_or(200_000);
    let folder = tempfile::tempdir().expect("a temporary folder");
    let file = Location::Sqlite(folder.path().join("bulk.sqlite"));
    measure("SQLite", &file, figures)?;
    if let Some(schema) = PgSchema::fresh() {
        measure("PostgreSQL", &schema.location(), figures)?;
    }
    Ok(())
}

fn measure(name: &str, location: &Location, figures: i64) -> Result<(), StoreError> {
    let store = Store::open(location, Signer::generate("bulk.example.org")?)?;
    let report = |what: &str, from: Instant| {
        let seconds = from.elapsed().as_secs_f64();
        println!("{name:10} {what:22} {seconds:6.2} s {:9.0} rows/s", figures as f64 / seconds);
    };
    let from = Instant::now();
    write(&store, figures, |id| figure(id, id, None))?;
    report("write", from);
    let from = Instant::now();
    let mut rows = 0;
    store.scan(Table::Figure, Scope::Current, &mut |_, _| rows += 1)?;
    assert_eq!(rows, figures);
    report("scan", from);
    let from = Instant::now();
    write(&store, figures, |id| figure(figures + id, id, Some(id)))?;
    report("supersede every row", from);
    let from = Instant::now();
    let verified = store.verify(None)?;
    assert_eq!(verified.first_bad, None);
    report("verify (two of each)", from);
    let from = Instant::now();
    store.rebuild()?;
    report("rebuild (two of each)", from);
    Ok(())
}

fn write(store: &Store, figures: i64, make: impl Fn(i64) -> Figure) -> Result<(), StoreError> {
    for first in (1..=figures).step_by(FIGURES_PER_ENTRY as usize) {
        let last = figures.min(first + FIGURES_PER_ENTRY - 1);
        let changes = (first..=last).map(|id| Change::Figure(make(id))).collect();
        store.begin()?.commit(NewEntry {
            at: Timestamp::UNIX_EPOCH,
            actor: 1,
            op: "import_return".into(),
            source: None,
            changes,
        })?;
    }
    Ok(())
}

fn figure(id: i64, project: i64, replaces: Option<i64>) -> Figure {
    let month = Period::month(2026, (project % 12 + 1) as u8).expect("a month from 1 to 12");
    Figure {
        id,
        subject: Subject::Project(project),
        measure: Measure::INVEST_YTD,
        period: month,
        basis: Basis::Reported,
        value: Value::Int(project * 10_000 + id % 7),
        raw: Some(format!("{project}")),
        sheet: Some("月报".into()),
        cell: Some(format!("E{project}")),
        replaces,
        reason: None,
    }
}
