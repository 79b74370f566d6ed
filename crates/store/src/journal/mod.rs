//! The journal: a Merkle log of what was written, with signed checkpoints.

pub(crate) mod append;
pub(crate) mod canonical;
mod entry;
mod hash;
mod json;
mod list;
pub(crate) mod note;
mod registers;
mod signer;
pub mod tree;

pub use entry::{EntryMeta, EntryRecord};
pub(crate) use entry::{META_COLUMNS, each as each_entry, read_meta, read_payload, read_time};
pub use hash::Hash;
pub use list::EntryFilter;
pub use note::{Checkpoint, SignedNote};
pub(crate) use registers::read_registers;
pub use signer::{PublicKey, Signer};

use crate::conn::{Conn, Value};
use crate::{Store, StoreError};
use tici_domain::Entry;

impl Store {
    /// Number of entries in the journal.
    pub fn head(&self) -> Result<i64, StoreError> {
        head(&mut *self.reader()?)
    }

    /// The latest signed checkpoint, or `None` while the journal is empty.
    pub fn checkpoint(&self) -> Result<Option<SignedNote>, StoreError> {
        let sql = "SELECT note FROM checkpoint ORDER BY size DESC LIMIT 1";
        let note = self.reader()?.query_one(sql, &[], |row| Ok(row.text(0)?.to_string()))?;
        note.map(|note| SignedNote::parse(&note)).transpose()
    }

    /// The signed checkpoint written when the journal had `size` entries.
    pub fn checkpoint_at(&self, size: i64) -> Result<Option<SignedNote>, StoreError> {
        let sql = "SELECT note FROM checkpoint WHERE size = $1";
        let mut conn = self.reader()?;
        let note = conn.query_one(sql, &[Value::Int(size)], |row| Ok(row.text(0)?.to_string()))?;
        note.map(|note| SignedNote::parse(&note)).transpose()
    }

    /// Proof that the entry `seq` is in the journal of the first `size` entries.
    /// Reads one hash for each of them.
    pub fn inclusion_proof(&self, seq: i64, size: i64) -> Result<Vec<Hash>, StoreError> {
        let leaves = self.leaves(size)?;
        if seq < 0 || seq >= size {
            return Err(StoreError::damaged(format!("there is no entry {} among {size}", seq + 1)));
        }
        Ok(tree::inclusion_proof(&leaves, seq as usize))
    }

    /// Proof that the journal of `old` entries is the beginning of the journal of `new`.
    pub fn consistency_proof(&self, old: i64, new: i64) -> Result<Vec<Hash>, StoreError> {
        let leaves = self.leaves(new)?;
        if old < 0 || old > new {
            return Err(StoreError::damaged(format!("{old} is not a beginning of {new}")));
        }
        Ok(tree::consistency_proof(&leaves, old as usize))
    }

    /// The entries `from..to`, with their changes.
    pub fn entries(&self, from: i64, to: i64) -> Result<Vec<Entry>, StoreError> {
        let mut entries = Vec::new();
        self.each_entry(from, to, &mut |entry| entries.push(entry))?;
        Ok(entries)
    }

    /// Streams the entries `from..to`, with their changes, in order.
    pub fn each_entry(
        &self,
        from: i64,
        to: i64,
        each: &mut dyn FnMut(Entry),
    ) -> Result<(), StoreError> {
        each_entry(&mut *self.reader()?, from, to, each)
    }

    /// What the journal knows of one entry, without its changes.
    pub fn entry(&self, seq: i64) -> Result<Option<EntryRecord>, StoreError> {
        entry::record(&mut *self.reader()?, seq)
    }

    /// The canonical JSON of an entry's changes, as it was hashed.
    pub fn entry_payload(&self, seq: i64) -> Result<Option<String>, StoreError> {
        let sql = "SELECT payload FROM journal WHERE seq = $1";
        let mut conn = self.reader()?;
        conn.query_one(sql, &[Value::Int(seq)], |row| Ok(row.text(0)?.to_string()))
    }

    fn leaves(&self, size: i64) -> Result<Vec<Hash>, StoreError> {
        let sql = "SELECT leaf_hash FROM journal WHERE seq < $1 ORDER BY seq";
        let mut conn = self.reader()?;
        let leaves = conn.query_vec(sql, &[Value::Int(size)], |row| {
            Hash::parse(row.text(0)?).ok_or_else(|| StoreError::damaged("a leaf is not a hash"))
        })?;
        if leaves.len() as i64 != size {
            let found = leaves.len();
            return Err(StoreError::damaged(format!("{found} of {size} entries are there")));
        }
        Ok(leaves)
    }
}

/// Number of entries in the journal.
pub(crate) fn head(conn: &mut Conn) -> Result<i64, StoreError> {
    conn.query_int("SELECT MAX(seq) + 1 FROM journal", &[])
}
