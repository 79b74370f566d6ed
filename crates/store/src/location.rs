//! Where a ledger is kept.

use std::path::PathBuf;

/// Where a ledger is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Location {
    /// One file of an embedded SQLite; its two companions (`-wal`, `-shm`) stand beside it.
    Sqlite(PathBuf),
    /// A SQLite of this process alone, gone when the last [`crate::Store`] of it is dropped.
    Memory,
    /// A PostgreSQL server: `postgres://user:password@host/database`.
    Postgres(String),
}
