//! What all desks of an opened ledger share: the store, the newest snapshot and what has
//! been made from it.

use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError, RwLock};

use tici_engine::{FactsTable, Lens, Snapshot};
use tici_store::Store;

use crate::OpsError;
use crate::kept::Kept;
use crate::load_snapshot::{Loaded, load};
use crate::read_totals::{TotalsAnswer, TotalsKey};
use crate::rewind_snapshot::rewind;
use crate::snapshot_file::SnapshotFile;
use crate::snapshot_keeper::SnapshotKeeper;
use crate::view_board::{BoardKey, BoardPage};
use crate::view_cockpit::{CockpitPage, PlaceKey};
use crate::view_league::LeaguePage;
use crate::view_ledger::{Listing, ListingKey, ViewCounts};
use crate::view_lights::{Lights, LightsKey, LightsPage, MonthKey};

pub use crate::load_snapshot::snapshot_from_tables;

/// Tables of facts kept for reuse; one for each lens that people look through.
const FACTS_KEPT_MAX: usize = 8;

/// Listings kept for reuse: turning a page of 50,000 projects must not sort them again.
const LISTINGS_KEPT_MAX: usize = 16;

/// First pages kept for reuse: the office's and those of the places.
const COCKPITS_KEPT_MAX: usize = 16;

/// Leagues, boards and pages of lights kept for reuse.
const LEAGUES_KEPT_MAX: usize = 8;
const BOARDS_KEPT_MAX: usize = 8;
const TOTALS_KEPT_MAX: usize = 8;
const LIGHTS_KEPT_MAX: usize = 8;

/// Months of lights kept for reuse: three years, and as many looked back to.
const MONTHS_KEPT_MAX: usize = 80;

/// Earlier snapshots kept for reuse: the one somebody leafs through, and yesterday's. Each
/// may be as large as the newest.
const EARLIER_KEPT_MAX: usize = 2;

/// Everything an operation needs, behind a `Desk`.
pub struct Shared {
    pub store: Store,
    snapshot: RwLock<Arc<Snapshot>>,
    /// Held while a snapshot is being brought up to date, so that it is done once.
    advancing: Mutex<()>,
    facts: Kept<(i64, Lens), FactsTable>,
    pub(crate) listings: Kept<ListingKey, Listing>,
    pub(crate) cockpits: Kept<PlaceKey, CockpitPage>,
    pub(crate) views: Kept<PlaceKey, ViewCounts>,
    pub(crate) leagues: Kept<(i64, Lens), LeaguePage>,
    pub(crate) boards: Kept<BoardKey, BoardPage>,
    pub(crate) totals: Kept<TotalsKey, TotalsAnswer>,
    pub(crate) lights: Kept<LightsKey, LightsPage>,
    pub(crate) light_months: Kept<MonthKey, Lights>,
    earlier: Kept<i64, Snapshot>,
    keeper: Option<SnapshotKeeper>,
}

impl Shared {
    /// Opens the desk on a store and loads the snapshot from its tables.
    pub fn open(store: Store) -> Result<Shared, OpsError> {
        let loaded = load(&store, None)?;
        Ok(Shared::with(store, loaded.snapshot, None))
    }

    /// Opens the desk on a store whose snapshot is kept in a file in `folder`, the one the
    /// ledger's key lies in, and keeps it there for the next time.
    pub fn open_beside(store: Store, folder: &Path) -> Result<Shared, OpsError> {
        let file = SnapshotFile::in_folder(folder);
        let Loaded { snapshot, ahead } = load(&store, Some(&file))?;
        let keeper = SnapshotKeeper::new(file, &store, &snapshot, ahead)?;
        let desk = Shared::with(store, snapshot, Some(keeper));
        desk.keep_snapshot(&desk.current(), 0);
        Ok(desk)
    }

    fn with(store: Store, snapshot: Snapshot, keeper: Option<SnapshotKeeper>) -> Shared {
        Shared {
            store,
            snapshot: RwLock::new(Arc::new(snapshot)),
            advancing: Mutex::new(()),
            facts: Kept::new(FACTS_KEPT_MAX),
            listings: Kept::new(LISTINGS_KEPT_MAX),
            cockpits: Kept::new(COCKPITS_KEPT_MAX),
            views: Kept::new(COCKPITS_KEPT_MAX),
            leagues: Kept::new(LEAGUES_KEPT_MAX),
            boards: Kept::new(BOARDS_KEPT_MAX),
            totals: Kept::new(TOTALS_KEPT_MAX),
            lights: Kept::new(LIGHTS_KEPT_MAX),
            light_months: Kept::new(MONTHS_KEPT_MAX),
            earlier: Kept::new(EARLIER_KEPT_MAX),
            keeper,
        }
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
        let mut changes = 0;
        // A ledger that was restored from a copy is shorter than what is in memory.
        if head < current.seq {
            next = snapshot_from_tables(&self.store)?;
            // What was made of the entries that are gone must not answer for new ones.
            self.forget();
        } else {
            self.store.each_entry(current.seq, head, &mut |entry| {
                changes += entry.changes.len();
                for change in &entry.changes {
                    next.apply(entry.seq, change);
                }
            })?;
            next.finish(head);
        }
        let next = Arc::new(next);
        *self.snapshot.write().unwrap_or_else(PoisonError::into_inner) = next.clone();
        self.keep_snapshot(&next, changes);
        Ok(next)
    }

    /// Forgets all that was made of the ledger but its newest snapshot.
    pub fn forget(&self) {
        self.facts.clear();
        self.listings.clear();
        self.cockpits.clear();
        self.views.clear();
        self.leagues.clear();
        self.boards.clear();
        self.totals.clear();
        self.lights.clear();
        self.light_months.clear();
        self.earlier.clear();
    }

    /// The snapshot at exactly `seq`, which is the head while the writer's turn is held.
    pub(crate) fn snapshot_at(&self, seq: i64) -> Result<Arc<Snapshot>, OpsError> {
        let snapshot = self.snapshot()?;
        if snapshot.seq == seq { Ok(snapshot) } else { Err(OpsError::Conflict) }
    }

    /// Takes over the snapshot after entries that this process has just written, which made
    /// so many changes.
    pub(crate) fn adopt(&self, next: Snapshot, changes: usize) -> Arc<Snapshot> {
        let next = Arc::new(next);
        {
            let mut current = self.snapshot.write().unwrap_or_else(PoisonError::into_inner);
            if current.seq < next.seq {
                *current = next.clone();
            }
        }
        self.keep_snapshot(&next, changes);
        next
    }

    fn keep_snapshot(&self, snapshot: &Arc<Snapshot>, changes: usize) {
        if let Some(keeper) = &self.keeper {
            keeper.changed(&self.store, snapshot, changes);
        }
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
        self.earlier.get_or_make(seq, || rewind(&self.store, &now, seq))
    }

    /// Facts of a snapshot under a lens, made once, from those of an earlier snapshot where
    /// there are such.
    pub fn facts(&self, snapshot: &Snapshot, lens: &Lens) -> Arc<FactsTable> {
        let make = || {
            let earlier = self.facts.find(|(_, known)| known == lens);
            Ok::<_, std::convert::Infallible>(match earlier {
                Some(earlier) => earlier.advance(snapshot),
                None => FactsTable::new(snapshot, lens),
            })
        };
        let Ok(table) = self.facts.get_or_make((snapshot.seq, lens.clone()), make);
        table
    }
}

impl Drop for Shared {
    fn drop(&mut self) {
        let current = self.current();
        if let Some(keeper) = &self.keeper {
            keeper.close(&self.store, &current);
        }
    }
}
