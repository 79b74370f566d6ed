//! The tables, made again from the journal.

use crate::conn::{Conn, Value};
use crate::journal::{self, Hash, read_payload};
use crate::{Store, StoreError, apply, tables, write};

/// What a rebuild did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RebuildReport {
    pub entries: i64,
    /// Rows written into the tables.
    pub rows: i64,
}

impl Store {
    /// Empties the tables that changes write and replays the journal into them, in one
    /// transaction. An entry whose payload is not the one that was hashed stops it, and
    /// nothing is changed.
    pub fn rebuild(&self) -> Result<RebuildReport, StoreError> {
        self.write(|conn| {
            for spec in tables::rebuilt() {
                write::clear(conn, spec.name)?;
            }
            let entries = journal::head(conn)?;
            for seq in 0..entries {
                replay(conn, seq)?;
            }
            let mut rows = 0;
            for spec in tables::rebuilt() {
                rows += conn.query_int(&format!("SELECT COUNT(*) FROM {}", spec.name), &[])?;
            }
            Ok(RebuildReport { entries, rows })
        })
    }
}

fn replay(conn: &mut Conn, seq: i64) -> Result<(), StoreError> {
    let damaged = |detail: String| StoreError::Damaged { seq: Some(seq), detail };
    let sql = "SELECT payload, payload_sha256 FROM journal WHERE seq = $1";
    let found = conn.query_one(sql, &[Value::Int(seq)], |row| {
        let payload = row.text(0)?;
        if Hash::of(payload.as_bytes()).to_string() != row.text(1)? {
            return Err(damaged("the payload is not the one that was hashed".into()));
        }
        read_payload(payload).map_err(|error| damaged(error.to_string()))
    })?;
    let changes = found.ok_or_else(|| damaged("the entry is missing".into()))?;
    apply::apply(conn, seq, &changes).map_err(|error| damaged(error.to_string()))
}
