//! An opened ledger: the store, the newest snapshot and the facts made from it.

use std::sync::{Arc, Mutex, PoisonError, RwLock};

use tici_domain::{Change, Table};
use tici_engine::{FactsTable, Lens, Snapshot};
use tici_store::{Scope, Store};

use crate::OpsError;
use crate::view_ledger::Listing;

/// Tables of facts kept for reuse; one for each lens that people look through.
const FACTS_KEPT_MAX: usize = 8;

/// Listings kept for reuse: turning a page of 50,000 projects must not sort them again.
const LISTINGS_KEPT_MAX: usize = 16;

/// Everything an operation needs. Shared by all requests.
pub struct Desk {
    pub store: Store,
    snapshot: RwLock<Arc<Snapshot>>,
    /// Held while a snapshot is being brought up to date, so that it is done once.
    advancing: Mutex<()>,
    facts: Mutex<Vec<Arc<FactsTable>>>,
    listings: Mutex<Vec<Arc<Listing>>>,
}

impl Desk {
    /// Opens the desk on a store and loads the snapshot from its tables.
    pub fn open(store: Store) -> Result<Desk, OpsError> {
        let snapshot = snapshot_from_tables(&store)?;
        Ok(Desk {
            store,
            snapshot: RwLock::new(Arc::new(snapshot)),
            advancing: Mutex::new(()),
            facts: Mutex::new(Vec::new()),
            listings: Mutex::new(Vec::new()),
        })
    }

    /// The ledger as it stands now, whoever wrote it: this process or another.
    pub fn snapshot(&self) -> Result<Arc<Snapshot>, OpsError> {
        let current = self.current();
        let head = self.store.head()?;
        if current.seq == head {
            return Ok(current);
        }
        let _one_at_a_time = self.advancing.lock().unwrap_or_else(PoisonError::into_inner);
        let current = self.current();
        let head = self.store.head()?;
        if current.seq == head {
            return Ok(current);
        }
        let mut next = (*current).clone();
        // A ledger that was restored from a copy is shorter than what is in memory.
        if head < current.seq {
            next = snapshot_from_tables(&self.store)?;
            // What was made of the entries that are gone must not answer for new ones.
            self.facts.lock().unwrap_or_else(PoisonError::into_inner).clear();
            self.listings.lock().unwrap_or_else(PoisonError::into_inner).clear();
        } else {
            self.store.each_entry(current.seq, head, &mut |entry| {
                for change in &entry.changes {
                    next.apply(entry.seq, change);
                }
            })?;
            next.finish(head);
        }
        let next = Arc::new(next);
        *self.snapshot.write().unwrap_or_else(PoisonError::into_inner) = next.clone();
        Ok(next)
    }

    /// The snapshot at exactly `seq`, which is the head while the writer's turn is held.
    pub(crate) fn snapshot_at(&self, seq: i64) -> Result<Arc<Snapshot>, OpsError> {
        let snapshot = self.snapshot()?;
        if snapshot.seq == seq { Ok(snapshot) } else { Err(OpsError::Conflict) }
    }

    /// Takes over the snapshot after entries that this process has just written.
    pub(crate) fn adopt(&self, next: Snapshot) -> Arc<Snapshot> {
        let next = Arc::new(next);
        let mut current = self.snapshot.write().unwrap_or_else(PoisonError::into_inner);
        if current.seq < next.seq {
            *current = next.clone();
        }
        next
    }

    fn current(&self) -> Arc<Snapshot> {
        self.snapshot.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// The ledger as it was known after `seq` entries.
    pub fn snapshot_as_of(&self, seq: i64) -> Result<Arc<Snapshot>, OpsError> {
        let now = self.snapshot()?;
        if seq >= now.seq {
            return Ok(now);
        }
        let mut then = Snapshot::default();
        self.store.each_entry(0, seq, &mut |entry| {
            for change in &entry.changes {
                then.apply(entry.seq, change);
            }
        })?;
        then.finish(seq);
        Ok(Arc::new(then))
    }

    /// Facts of a snapshot under a lens, made once.
    pub fn facts(&self, snapshot: &Snapshot, lens: &Lens) -> Arc<FactsTable> {
        let mut kept = self.facts.lock().unwrap_or_else(PoisonError::into_inner);
        let found = kept.iter().position(|t| t.seq == snapshot.seq && t.lens == *lens);
        if let Some(index) = found {
            let table = kept.remove(index);
            kept.push(table.clone());
            return table;
        }
        let table = Arc::new(FactsTable::new(snapshot, lens));
        if kept.len() == FACTS_KEPT_MAX {
            kept.remove(0);
        }
        kept.push(table.clone());
        table
    }

    /// A listing that `is_asked` recognises, or the one that `make` gives. Whoever asks for
    /// the same at the same time waits for the first.
    pub(crate) fn listing(
        &self,
        is_asked: impl Fn(&Listing) -> bool,
        make: impl FnOnce() -> Listing,
    ) -> Arc<Listing> {
        let mut kept = self.listings.lock().unwrap_or_else(PoisonError::into_inner);
        let found = kept.iter().position(|listing| is_asked(listing));
        let listing = match found {
            Some(index) => kept.remove(index),
            None => Arc::new(make()),
        };
        if kept.len() == LISTINGS_KEPT_MAX {
            kept.remove(0);
        }
        kept.push(listing.clone());
        listing
    }
}

/// Reads the current rows of every table into a snapshot.
pub fn snapshot_from_tables(store: &Store) -> Result<Snapshot, OpsError> {
    let mut snapshot = Snapshot::default();
    let mut moment = store.read()?;
    let head = moment.head()?;
    for table in Table::ALL {
        moment.scan(table, Scope::Current, &mut |entry: i64, change: Change| {
            snapshot.apply(entry, &change);
        })?;
    }
    snapshot.finish(head);
    Ok(snapshot)
}
