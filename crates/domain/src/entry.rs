//! One entry of the journal: one operation by one actor in one transaction.

use crate::Change;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// The file a write came from.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    /// File name as the person gave it.
    pub file: String,
    /// SHA-256 of the bytes, lower-case hex.
    pub sha256: String,
    pub bytes: u64,
}

/// An operation to be written: what `ops` hands to the store.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Position in the journal, from 0. Given by the store.
    pub seq: i64,
    pub at: Timestamp,
    /// Account id; 0 is the ledger itself (first set-up).
    pub actor: i64,
    /// Name of the operation: the file name in `ops`.
    pub op: String,
    pub source: Option<Source>,
    pub changes: Vec<Change>,
}
