//! The ledger kept in a database: the only place with SQL.
//!
//! - One [`Store`] over SQLite or PostgreSQL, one SQL text for both.
//! - Every write is one entry of the journal, in one transaction ([`Store::begin`]). The
//!   tables are a reading of the journal: a rebuild gives the same rows, and
//!   [`Store::verify`] proves that they are the rows that were written.
//! - Writes queue; reads never wait for them.
//!
//! Nothing here knows what an operation means, who may do it, or what time it is: the
//! caller says so.

mod accounts;
mod apply;
mod backup;
mod blob;
mod columns;
mod conn;
mod doctor;
mod error;
mod history;
mod journal;
mod location;
mod migrate;
mod past;
#[cfg(feature = "private-postgres")]
pub mod pg_private;
mod read;
mod rebuild;
mod restore;
mod staging;
mod tables;
mod verify;
mod write;

pub use accounts::{SavedView, Session};
pub use columns::{FigureCell, PlanCell, Share};
pub use doctor::DoctorReport;
pub use error::StoreError;
pub use history::Dated;
pub use journal::{
    Checkpoint, EntryFilter, EntryMeta, EntryRecord, Hash, PublicKey, SignedNote, Signer, tree,
};
pub use location::Location;
pub use past::Past;
pub use read::{ReadTx, Scope};
pub use rebuild::RebuildReport;
pub use restore::RestoreReport;
pub use staging::Staged;
pub use verify::{Bad, BadKind, VerifyReport};
pub use write::{Committed, Ids, NewEntry, WriteTx};

use conn::Conn;
use conn::pool::{self, Origin};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// An open ledger. Cheap to clone; every clone is the same ledger.
#[derive(Clone)]
pub struct Store {
    inner: Arc<Inner>,
}

struct Inner {
    readers: r2d2::Pool<Origin>,
    writer: Mutex<Conn>,
    location: Location,
    signer: Signer,
    /// Folder of an in-memory ledger, removed with the last clone. Fields are dropped in
    /// order, so the connections are closed before.
    _memory: Option<tempfile::TempDir>,
}

impl Store {
    /// Opens a ledger, making or migrating it first. Refuses a schema newer than this
    /// program's with [`StoreError::NewerSchema`].
    pub fn open(location: &Location, signer: Signer) -> Result<Store, StoreError> {
        let memory = match location {
            Location::Memory => Some(memory_folder()?),
            _ => None,
        };
        let file = memory.as_ref().map(|folder| folder.path().join("ledger.sqlite"));
        let origin = Origin::of(location, file);
        let mut writer = origin.connect()?;
        migrate::run(&mut writer)?;
        let inner = Inner {
            readers: pool::open(origin),
            writer: Mutex::new(writer),
            location: location.clone(),
            signer,
            _memory: memory,
        };
        Ok(Store { inner: Arc::new(inner) })
    }

    /// Brings a ledger to this program's schema; says from which version to which.
    pub fn migrate(location: &Location) -> Result<(i64, i64), StoreError> {
        match location {
            Location::Memory => Ok((0, migrate::known_version())),
            other => migrate::run(&mut Origin::of(other, None).connect()?),
        }
    }

    /// Version of the open ledger's schema.
    pub fn schema_version(&self) -> Result<i64, StoreError> {
        migrate::version(&mut *self.reader()?)
    }

    /// Where the ledger is kept.
    pub fn location(&self) -> &Location {
        &self.inner.location
    }

    /// Who signs its checkpoints.
    pub fn signer(&self) -> &Signer {
        &self.inner.signer
    }

    fn reader(&self) -> Result<r2d2::PooledConnection<Origin>, StoreError> {
        Ok(self.inner.readers.get()?)
    }

    /// The one connection that writes. A panic of an earlier writer has rolled its
    /// transaction back on the way out, so its poison means nothing.
    fn writer(&self) -> MutexGuard<'_, Conn> {
        self.inner.writer.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Connections of one process cannot share a database in memory without waiting for each
/// other's writes, so an in-memory ledger is a file nobody waits for, in a private folder.
fn memory_folder() -> Result<tempfile::TempDir, StoreError> {
    tempfile::Builder::new()
        .prefix("tici-")
        .tempdir()
        .map_err(|error| StoreError::io(std::env::temp_dir(), error))
}
