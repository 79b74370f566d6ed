//! Writes the image of the snapshot beside the ledger now and then, behind the requests.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;

use tici_engine::Snapshot;
use tici_store::{Hash, Store};

use crate::OpsError;
use crate::snapshot_file::SnapshotFile;

/// A smaller ledger is read from its tables as fast, and gets no file.
const FIGURES_MIN: usize = 100_000;

/// So many changes since the last image are worth another while the server runs,
const CHANGES_RUNNING_MIN: usize = 20_000;

/// and no fewer than this part of all figures, so that a ledger that is being filled does
/// not write itself out again and again.
const FIGURES_PER_CHANGE: usize = 50;

/// The same at the end: what the next start would have to read from the journal.
const CHANGES_CLOSING_MIN: usize = 1_000;

/// Keeps the image of one ledger's snapshot.
pub(crate) struct SnapshotKeeper {
    file: SnapshotFile,
    /// The journal the snapshot was loaded from: an entry count and the root at it. Were
    /// another ledger put under the running server, the roots would differ.
    loaded: Option<(i64, Hash)>,
    state: Mutex<State>,
}

struct State {
    /// Changes since the last image; `None` while there is none.
    ahead: Option<usize>,
    writing: Option<JoinHandle<()>>,
}

impl SnapshotKeeper {
    /// A keeper for a snapshot just loaded, so many changes ahead of the file.
    pub fn new(
        file: SnapshotFile,
        store: &Store,
        snapshot: &Snapshot,
        ahead: Option<usize>,
    ) -> Result<SnapshotKeeper, OpsError> {
        let root = root_at(store, snapshot.seq)?;
        let state = State { ahead, writing: None };
        let loaded = root.map(|root| (snapshot.seq, root));
        Ok(SnapshotKeeper { file, loaded, state: Mutex::new(state) })
    }

    /// Hears of a newer snapshot, and writes its image in the background when it is time.
    pub fn changed(&self, store: &Store, snapshot: &Arc<Snapshot>, changes: usize) {
        let mut state = self.state();
        state.ahead = state.ahead.map(|ahead| ahead + changes);
        let enough = CHANGES_RUNNING_MIN.max(snapshot.project_figures.len() / FIGURES_PER_CHANGE);
        let is_due = state.ahead.is_none_or(|ahead| ahead >= enough);
        if !is_due || !is_large(snapshot) {
            return;
        }
        if let Some(writing) = state.writing.take_if(|writing| writing.is_finished()) {
            // A writer that panicked has said so already.
            let _ = writing.join();
        }
        let Some(root) = self.root_of(store, snapshot).filter(|_| state.writing.is_none()) else {
            return;
        };
        state.ahead = Some(0);
        let (file, snapshot) = (self.file.clone(), snapshot.clone());
        let thread = std::thread::Builder::new().name("keep-snapshot".into());
        // Without a thread there is no image this time.
        state.writing = thread.spawn(move || write(&file, &snapshot, &root)).ok();
    }

    /// Waits for an image in the making, and writes another where much came after it.
    pub fn close(&self, store: &Store, snapshot: &Snapshot) {
        let mut state = self.state();
        if let Some(writing) = state.writing.take() {
            let _ = writing.join();
        }
        let is_due = state.ahead.is_none_or(|ahead| ahead >= CHANGES_CLOSING_MIN);
        if is_due
            && is_large(snapshot)
            && let Some(root) = self.root_of(store, snapshot)
        {
            write(&self.file, snapshot, &root);
        }
    }

    /// The root the snapshot stands under, if the store is still of the journal it is of.
    fn root_of(&self, store: &Store, snapshot: &Snapshot) -> Option<Hash> {
        let (seq, root) = match &self.loaded {
            Some(loaded) => loaded,
            // Loaded empty: everything since was written here, or read from this journal.
            None => return root_at(store, snapshot.seq).ok()?,
        };
        let same = root_at(store, *seq).ok()?.is_some_and(|found| found == *root);
        same.then(|| root_at(store, snapshot.seq).ok()?)?
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn is_large(snapshot: &Snapshot) -> bool {
    snapshot.project_figures.len() >= FIGURES_MIN
}

fn root_at(store: &Store, seq: i64) -> Result<Option<Hash>, OpsError> {
    Ok(store.checkpoint_at(seq)?.map(|note| note.checkpoint.root))
}

fn write(file: &SnapshotFile, snapshot: &Snapshot, root: &Hash) {
    if let Err(error) = file.write(snapshot, root) {
        tracing::warn!("the snapshot could not be kept beside the ledger: {error}");
    }
}
