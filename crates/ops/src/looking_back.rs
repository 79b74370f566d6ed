//! The desk that operations work at: at the ledger as it stands, or looking back at it as it
//! was known after so many entries. Whoever looks back reads and does not write.

use std::ops::Deref;
use std::path::Path;
use std::sync::Arc;

use tici_domain::Problem;
use tici_engine::Snapshot;
use tici_store::{SignedNote, Store};

use crate::OpsError;
use crate::desk::Shared;

/// An opened ledger. Shared by all requests.
pub struct Desk {
    shared: Arc<Shared>,
    /// As many entries as are known; `None` for all, whoever writes them.
    known: Option<i64>,
}

impl Desk {
    /// Opens the desk on a store and loads the snapshot from its tables.
    pub fn open(store: Store) -> Result<Desk, OpsError> {
        Ok(Desk { shared: Arc::new(Shared::open(store)?), known: None })
    }

    /// Opens the desk on a store whose snapshot is kept in a file in `folder`, the one the
    /// ledger's key lies in, and keeps it there for the next time.
    pub fn open_beside(store: Store, folder: &Path) -> Result<Desk, OpsError> {
        Ok(Desk { shared: Arc::new(Shared::open_beside(store, folder)?), known: None })
    }

    /// The same ledger as it was known after `entries` entries. Every reading operation
    /// answers from that moment; every writing one refuses.
    pub fn looking_back(&self, entries: i64) -> Desk {
        Desk { shared: self.shared.clone(), known: Some(entries.max(0)) }
    }

    /// The ledger as it stands now, whoever wrote it, or as it was known then.
    pub fn snapshot(&self) -> Result<Arc<Snapshot>, OpsError> {
        match self.known {
            Some(entries) => self.shared.snapshot_as_of(entries),
            None => self.shared.snapshot(),
        }
    }

    /// Whether this desk knows of entry number `seq`, counted from 0.
    pub fn knows(&self, seq: i64) -> bool {
        self.known.is_none_or(|known| seq < known)
    }

    /// How many entries this desk knows of.
    pub fn head(&self) -> Result<i64, OpsError> {
        let head = self.store.head()?;
        Ok(self.known.map_or(head, |known| known.min(head)))
    }

    /// The newest signed checkpoint that this desk knows of.
    pub fn checkpoint(&self) -> Result<Option<SignedNote>, OpsError> {
        Ok(match self.known {
            Some(_) => self.store.checkpoint_at(self.head()?)?,
            None => self.store.checkpoint()?,
        })
    }

    /// Whether this desk looks back.
    pub fn looks_back(&self) -> bool {
        self.known.is_some()
    }

    /// Refuses to write into the past.
    pub(crate) fn needs_now(&self) -> Result<(), OpsError> {
        match self.known {
            Some(_) => Err(OpsError::Problems(vec![Problem::error("looking-back-writes")])),
            None => Ok(()),
        }
    }
}

impl Deref for Desk {
    type Target = Shared;

    fn deref(&self) -> &Shared {
        &self.shared
    }
}
