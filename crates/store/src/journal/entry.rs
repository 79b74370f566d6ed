//! Reading entries back.

use super::Hash;
use crate::StoreError;
use crate::conn::{Conn, Row, Value};
use crate::tables::normalise;
use jiff::Timestamp;
use tici_domain::{Change, Entry, Source};

/// An entry without its changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EntryMeta {
    pub seq: i64,
    pub at: Timestamp,
    /// Account id; 0 is the ledger itself.
    pub actor: i64,
    pub op: String,
    pub source: Option<Source>,
    /// What it is about: `project:12`; beyond fifty only counted: `+2950`.
    pub subjects: Vec<String>,
}

/// An entry without its changes, with what proves it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EntryRecord {
    pub meta: EntryMeta,
    /// SHA-256 of the canonical JSON of the changes.
    pub payload_sha256: Hash,
    /// The entry's leaf in the tree.
    pub leaf_hash: Hash,
}

/// The columns of [`EntryMeta`], behind the alias `j`.
pub(crate) const META_COLUMNS: &str = "j.seq, j.at, j.actor, j.op, j.source_file, \
     j.source_sha256, j.source_bytes, j.subjects";

/// Reads [`META_COLUMNS`], of which the first stands at `first`.
pub(crate) fn read_meta(row: &Row<'_>, first: usize) -> Result<EntryMeta, StoreError> {
    let source = match row.opt_text(first + 4)? {
        Some(file) => Some(Source {
            file: file.into(),
            sha256: row.text(first + 5)?.into(),
            bytes: row.int(first + 6)? as u64,
        }),
        None => None,
    };
    Ok(EntryMeta {
        seq: row.int(first)?,
        at: read_time(row.int(first + 1)?)?,
        actor: row.int(first + 2)?,
        op: row.text(first + 3)?.into(),
        source,
        subjects: serde_json::from_str(row.text(first + 7)?)
            .map_err(|error| StoreError::damaged(error.to_string()))?,
    })
}

/// Microseconds since 1970 as a time.
pub(crate) fn read_time(microseconds: i64) -> Result<Timestamp, StoreError> {
    Timestamp::from_microsecond(microseconds)
        .map_err(|error| StoreError::damaged(format!("not a time: {error}")))
}

/// The changes in a payload.
pub(crate) fn read_payload(payload: &str) -> Result<Vec<Change>, StoreError> {
    let mut changes: Vec<Change> = serde_json::from_str(payload)
        .map_err(|error| StoreError::damaged(format!("a payload cannot be read: {error}")))?;
    changes.iter_mut().for_each(normalise);
    Ok(changes)
}

/// Streams the entries `from..to`.
pub(crate) fn each(
    conn: &mut Conn,
    from: i64,
    to: i64,
    each: &mut dyn FnMut(Entry),
) -> Result<(), StoreError> {
    let sql = format!(
        "SELECT {META_COLUMNS}, j.payload FROM journal j \
         WHERE j.seq >= $1 AND j.seq < $2 ORDER BY j.seq"
    );
    conn.query(&sql, &[Value::Int(from), Value::Int(to)], &mut |row| {
        let EntryMeta { seq, at, actor, op, source, .. } = read_meta(row, 0)?;
        let changes = read_payload(row.text(8)?)
            .map_err(|error| StoreError::Damaged { seq: Some(seq), detail: error.to_string() })?;
        each(Entry { seq, at, actor, op, source, changes });
        Ok(())
    })
}

/// One entry without its changes.
pub(super) fn record(conn: &mut Conn, seq: i64) -> Result<Option<EntryRecord>, StoreError> {
    let sql = format!(
        "SELECT {META_COLUMNS}, j.payload_sha256, j.leaf_hash FROM journal j WHERE j.seq = $1"
    );
    let hash = |text: &str| Hash::parse(text).ok_or_else(|| StoreError::damaged("not a hash"));
    conn.query_one(&sql, &[Value::Int(seq)], |row| {
        Ok(EntryRecord {
            meta: read_meta(row, 0)?,
            payload_sha256: hash(row.text(8)?)?,
            leaf_hash: hash(row.text(9)?)?,
        })
    })
}
