//! Forecasts from the ledger: what is learnt once a day, and what it says of the ledger as
//! it stands.

use std::sync::Arc;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use tici_domain::{Change, Problem, Table};
use tici_engine::forecast::outlook::{Known, Learned};
use tici_engine::{FactsTable, Lens, Snapshot};
use tici_store::{Scope, Store};

use crate::lens::{LensQuery, lens};
use crate::view_lights::yesterday;
use crate::{Desk, OpsError};

/// What a lesson was made from: entries, and how they were looked at.
pub(crate) type LearnedKey = (i64, Lens);

/// A lesson with what was wrong when it was learnt.
pub struct Lesson {
    pub learned: Learned,
    pub problems: Vec<Problem>,
    /// The last day whose entries it knows.
    pub until: Date,
}

/// What the ledger taught until yesterday began. The same all day, so that a forecast moves
/// with the facts of a project and not with every figure that anybody reports.
pub fn lesson(desk: &Desk, asked: &Lens) -> Result<Arc<Lesson>, OpsError> {
    let (seq, day) = yesterday(desk, asked.today)?;
    let then = desk.snapshot_as_of(seq)?;
    let query = LensQuery { period: None, basis: Some(asked.basis), cohort: asked.cohort };
    let lens = lens(&then, query, day);
    let key = (then.seq, lens.clone());
    desk.lessons.get_or_make(key, || {
        let table = FactsTable::new(&then, &lens);
        learn(&desk.store, &then, &table)
    })
}

/// Learns from a snapshot, and from the promised days that it replaced.
pub(crate) fn learn(
    store: &Store,
    snapshot: &Snapshot,
    table: &FactsTable,
) -> Result<Lesson, OpsError> {
    let known = known(store, snapshot.seq)?;
    let (learned, problems) = Learned::new(snapshot, table, &known);
    Ok(Lesson { learned, problems, until: table.lens.today })
}

/// The days of entries before `seq`, and the milestones among them that were replaced since.
fn known(store: &Store, seq: i64) -> Result<Known, OpsError> {
    let zone = TimeZone::fixed(jiff::tz::offset(8));
    let mut read = store.read()?;
    let times = read.entry_times(seq)?;
    let entry_days = times.into_iter().map(|at| zone.to_datetime(at).date()).collect();
    let mut replaced = Vec::new();
    read.scan(Table::Milestone, Scope::Replaced, &mut |entry, change| {
        if let (true, Change::Milestone(row)) = (entry < seq, change) {
            replaced.push((entry, row));
        }
    })?;
    Ok(Known { entry_days, replaced })
}
