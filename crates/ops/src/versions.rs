//! A row and those it replaced, one after the other.

use tici_domain::{Change, Commitment, ReturnSheet, Table, Task};
use tici_store::{EntryMeta, Store};

use crate::OpsError;

/// Versions gone back on at most: a promise or a return is changed a few times.
const VERSIONS_MAX: usize = 64;

/// A kind of row of which a later one names the one it replaces.
pub(crate) trait Versioned: Sized {
    const TABLE: Table;
    fn of(change: Change) -> Option<Self>;
    fn replaces(&self) -> Option<i64>;
}

macro_rules! versioned {
    ($($row:ident),*) => {$(
        impl Versioned for $row {
            const TABLE: Table = Table::$row;
            fn of(change: Change) -> Option<Self> {
                match change {
                    Change::$row(row) => Some(row),
                    _ => None,
                }
            }
            fn replaces(&self) -> Option<i64> {
                self.replaces
            }
        }
    )*};
}

versioned!(Commitment, ReturnSheet, Task);

/// The row of an id and every version before it, the newest first, each with the entry that
/// wrote it. They are read as they are asked for.
pub(crate) fn versions<T: Versioned>(
    store: &Store,
    id: i64,
) -> impl Iterator<Item = Result<(T, EntryMeta), OpsError>> {
    let mut next = Some(id);
    let mut step = move || -> Result<Option<(T, EntryMeta)>, OpsError> {
        let Some(id) = next.take() else { return Ok(None) };
        let Some(dated) = store.row(T::TABLE, id)? else { return Ok(None) };
        let Some(row) = T::of(dated.row) else { return Ok(None) };
        next = row.replaces();
        Ok(Some((row, dated.entry)))
    };
    std::iter::from_fn(move || step().transpose()).take(VERSIONS_MAX)
}
