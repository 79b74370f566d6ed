//! The one path every write takes: the writer's turn, the snapshot at the head, the
//! decision, the entries, commit.

use std::sync::Arc;

use jiff::Timestamp;
use tici_domain::{Change, Source};
use tici_engine::Snapshot;
use tici_store::NewEntry;

use crate::import::Ids;
use crate::{Desk, OpsError};

/// What was written.
#[derive(Clone, Debug)]
pub struct Written {
    /// Sequences of the entries; empty when there was nothing to write.
    pub entries: Vec<i64>,
    /// The ledger after it.
    pub snapshot: Arc<Snapshot>,
}

/// A file that a write comes from; its bytes are kept by their hash in the same
/// transaction.
#[derive(Clone, Copy, Debug)]
pub struct Origin<'a> {
    pub source: &'a Source,
    pub bytes: &'a [u8],
}

/// One entry to be written.
#[derive(Clone, Debug, Default)]
pub struct Draft<'a> {
    pub origin: Option<Origin<'a>>,
    pub changes: Vec<Change>,
}

/// Writes one entry with what `decide` gives, or nothing when it gives no change.
pub fn write(
    desk: &Desk,
    actor: i64,
    op: &str,
    at: Timestamp,
    decide: impl FnOnce(&Snapshot, &mut Ids) -> Result<Vec<Change>, OpsError>,
) -> Result<Written, OpsError> {
    write_all(desk, actor, op, at, |snapshot, ids| {
        Ok(vec![Draft { origin: None, changes: decide(snapshot, ids)? }])
    })
}

/// Decides under the writer's lock, then writes all drafts that hold a change, one entry
/// each, in one transaction. An error writes nothing.
pub fn write_all<'a>(
    desk: &Desk,
    actor: i64,
    op: &str,
    at: Timestamp,
    decide: impl FnOnce(&Snapshot, &mut Ids) -> Result<Vec<Draft<'a>>, OpsError>,
) -> Result<Written, OpsError> {
    desk.needs_now()?;
    let mut tx = desk.store.begin()?;
    let snapshot = desk.snapshot_at(tx.next_seq()?)?;
    let mut stored = tx.ids()?;
    let mut ids = Ids::after(|table| stored.next(table) - 1);
    let drafts = decide(&snapshot, &mut ids)?;
    let mut after = (*snapshot).clone();
    let mut entries = Vec::new();
    let mut changed = 0;
    for Draft { origin, changes } in drafts {
        if changes.is_empty() {
            continue;
        }
        if let Some(origin) = origin {
            tx.put_blob(origin.bytes)?;
        }
        let seq = snapshot.seq + entries.len() as i64;
        changed += changes.len();
        let source = origin.map(|origin| origin.source.clone());
        let entry = NewEntry { at, actor, op: op.to_owned(), source, changes };
        let apply = |changes: &[Change]| changes.iter().for_each(|row| after.apply(seq, row));
        entries.push(tx.append_beside(entry, apply)?.seq);
    }
    if entries.is_empty() {
        return Ok(Written { entries, snapshot });
    }
    tx.finish()?;
    after.finish(snapshot.seq + entries.len() as i64);
    Ok(Written { entries, snapshot: desk.adopt(after, changed) })
}
