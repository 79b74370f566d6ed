//! Promises as they stand, with every day they were given.

use std::sync::Arc;

use jiff::civil::Date;
use tici_domain::Commitment;
use tici_engine::promise::{Standing, standing};
use tici_engine::{FactsTable, Lens, Snapshot};

use super::commit::filter_of;
use crate::lens::{LensQuery, lens};
use crate::versions::versions;
use crate::view_ledger::{LedgerRow, ledger_row};
use crate::view_project::{EntryMeta, Metas};
use crate::{Action, Desk, OpsError, Session};

/// One promise in the list.
#[derive(Clone, Debug)]
pub struct PromiseLine {
    pub promise: Commitment,
    pub standing: Standing,
}

/// All promises an account sees, the nearest day first, withdrawn ones last.
#[derive(Clone, Debug)]
pub struct PromisesPage {
    pub snapshot: Arc<Snapshot>,
    pub lens: Lens,
    pub lines: Vec<PromiseLine>,
}

/// One row a promise has had: its day, and why it was changed.
#[derive(Clone, Debug)]
pub struct PromiseVersion {
    pub promise: Commitment,
    pub meta: EntryMeta,
}

/// One promise with its projects.
#[derive(Clone, Debug)]
pub struct PromisePage {
    pub snapshot: Arc<Snapshot>,
    pub lens: Lens,
    pub line: PromiseLine,
    /// Rows of its projects, done ones first, in the order of the standing.
    pub done: Vec<Option<LedgerRow>>,
    pub pending: Vec<Option<LedgerRow>>,
    pub joined: Vec<LedgerRow>,
    pub left: Vec<LedgerRow>,
    /// Oldest first.
    pub versions: Vec<PromiseVersion>,
}

/// Reads all promises.
pub fn view_promises(
    desk: &Desk,
    session: &Session,
    query: LensQuery,
    today: Date,
) -> Result<PromisesPage, OpsError> {
    session.need(Action::ReadLedger)?;
    let snapshot = desk.snapshot()?;
    let lens = lens(&snapshot, query, today);
    let table = desk.facts(&snapshot, &lens);
    let rows = snapshot.records.commitments.values().map(|kept| &kept.row);
    let seen = rows.filter(|row| sees(session, &snapshot, row));
    let mut lines: Vec<PromiseLine> =
        seen.map(|row| look(&snapshot, &table, session, row)).collect();
    lines.sort_by_key(|line| (line.promise.withdrawn, line.promise.due, line.promise.series));
    Ok(PromisesPage { snapshot, lens, lines })
}

/// Reads one promise with its projects and its history.
pub fn view_promise(
    desk: &Desk,
    session: &Session,
    series: i64,
    query: LensQuery,
    today: Date,
) -> Result<PromisePage, OpsError> {
    session.need(Action::ReadLedger)?;
    let snapshot = desk.snapshot()?;
    let lens = lens(&snapshot, query, today);
    let table = desk.facts(&snapshot, &lens);
    let kept = snapshot.records.commitments.get(&series);
    let kept = kept.filter(|kept| sees(session, &snapshot, &kept.row));
    let kept = kept.ok_or_else(|| OpsError::not_found("commitment", series))?;
    let line = look(&snapshot, &table, session, &kept.row);
    // What lies outside the account's places is counted, and not named.
    let row_of = |id: i64| {
        let facts = table.get(id)?;
        session.covers(&snapshot, facts.place).then(|| ledger_row(&snapshot, facts))
    };
    let standing = &line.standing;
    Ok(PromisePage {
        done: standing.done.iter().map(|row| row_of(row.project)).collect(),
        pending: standing.pending.iter().map(|row| row_of(row.project)).collect(),
        joined: standing.joined.iter().filter_map(|id| row_of(*id)).collect(),
        left: standing.left.iter().filter_map(|id| row_of(*id)).collect(),
        versions: history(desk, &snapshot, &kept.row)?,
        line,
        lens,
        snapshot: snapshot.clone(),
    })
}

/// A promise of a place is seen by who sees the place; one of the whole region by everybody.
fn sees(session: &Session, snapshot: &Snapshot, promise: &Commitment) -> bool {
    promise.place.is_none() || session.covers(snapshot, promise.place)
}

fn look(
    snapshot: &Snapshot,
    table: &FactsTable,
    session: &Session,
    promise: &Commitment,
) -> PromiseLine {
    let today = (!promise.cohort.is_empty()).then(|| {
        let rows = filter_of(&promise.cohort, None).apply(snapshot, table);
        rows.into_iter().map(|index| table.rows[index].project).collect::<Vec<i64>>()
    });
    let mut standing = standing(snapshot, table, promise, today.as_deref());
    let visible = |id: &i64| {
        let place = table.get(*id).and_then(|facts| facts.place);
        session.covers(snapshot, place)
    };
    standing.joined.retain(visible);
    PromiseLine { promise: promise.clone(), standing }
}

/// Oldest first.
fn history(
    desk: &Desk,
    snapshot: &Snapshot,
    now: &Commitment,
) -> Result<Vec<PromiseVersion>, OpsError> {
    let metas = Metas { desk, snapshot };
    let version = |(promise, meta)| PromiseVersion { promise, meta: metas.meta_of(meta) };
    let newest_first = versions::<Commitment>(&desk.store, now.id);
    let mut history =
        newest_first.map(|found| found.map(version)).collect::<Result<Vec<_>, _>>()?;
    history.reverse();
    Ok(history)
}
