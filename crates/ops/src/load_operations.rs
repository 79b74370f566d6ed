//! Writes operations made elsewhere, in order: a sample ledger, or one taken over from
//! another office. Only into an empty ledger, so that no permission is gone round.

use jiff::Timestamp;
use tici_domain::{Change, Source};
use tici_store::NewEntry;

use crate::{Desk, OpsError};

/// An operation with the bytes of the files it came from.
#[derive(Clone, Debug)]
pub struct LoadedOperation {
    pub at: Timestamp,
    pub actor: i64,
    pub op: String,
    pub source: Option<Source>,
    pub blobs: Vec<Vec<u8>>,
    pub changes: Vec<Change>,
}

/// Writes all operations in one transaction; gives how many.
pub fn load_operations(
    desk: &Desk,
    operations: impl IntoIterator<Item = LoadedOperation>,
) -> Result<usize, OpsError> {
    let mut tx = desk.store.begin()?;
    let snapshot = desk.snapshot_at(tx.next_seq()?)?;
    if snapshot.seq != 0 {
        return Err(OpsError::Conflict);
    }
    let mut after = (*snapshot).clone();
    let (mut count, mut changed) = (0, 0);
    for operation in operations {
        for bytes in &operation.blobs {
            tx.put_blob(bytes)?;
        }
        changed += operation.changes.len();
        operation.changes.iter().for_each(|change| after.apply(count, change));
        tx.append(NewEntry {
            at: operation.at,
            actor: operation.actor,
            op: operation.op,
            source: operation.source,
            changes: operation.changes,
        })?;
        count += 1;
    }
    tx.finish()?;
    after.finish(count);
    desk.adopt(after, changed);
    Ok(count as usize)
}
