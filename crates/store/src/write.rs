//! Writing: one operation, one transaction, one entry.

use crate::conn::Conn;
use crate::journal::append::{self, Header};
use crate::journal::{Hash, Signer, canonical};
use crate::tables::{LEDGER, normalise};
use crate::{Store, StoreError, apply, blob};
use jiff::Timestamp;
use std::panic::resume_unwind;
use std::sync::MutexGuard;
use tici_domain::{Change, Source, Table};

/// An operation to be written.
#[derive(Clone, Debug)]
pub struct NewEntry {
    /// Kept to the microsecond.
    pub at: Timestamp,
    /// Account id; 0 is the ledger itself.
    pub actor: i64,
    /// Name of the operation.
    pub op: String,
    pub source: Option<Source>,
    pub changes: Vec<Change>,
}

/// From so many changes another processor is worth asking.
const BESIDE_MIN: usize = 2_000;

/// What a commit gave.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Committed {
    pub seq: i64,
    /// Root of the journal with this entry.
    pub root: Hash,
}

/// The right to write, held by one caller at a time. Dropped without a commit, it leaves
/// no trace. A caller that asks for a second one while it holds the first waits for ever.
pub struct WriteTx<'a> {
    conn: MutexGuard<'a, Conn>,
    signer: &'a Signer,
    done: bool,
    /// An entry was refused half way.
    broken: bool,
}

/// Numbers for new rows: the next free one of each table.
#[derive(Clone, Debug)]
pub struct Ids {
    last: [i64; Table::ALL.len()],
}

impl Ids {
    /// A number that no row of the table has.
    pub fn next(&mut self, table: Table) -> i64 {
        let last = &mut self.last[table as usize];
        *last += 1;
        *last
    }
}

impl Store {
    /// Waits for other writers, then starts a transaction.
    pub fn begin(&self) -> Result<WriteTx<'_>, StoreError> {
        let mut conn = self.writer();
        conn.begin_write()?;
        Ok(WriteTx { conn, signer: self.signer(), done: false, broken: false })
    }

    /// Writes rows outside the journal, in a transaction.
    pub(crate) fn write<T>(
        &self,
        work: impl FnOnce(&mut Conn) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let mut tx = self.begin()?;
        let result = work(&mut tx.conn)?;
        tx.end()?;
        Ok(result)
    }
}

impl WriteTx<'_> {
    /// The number the entry will have.
    pub fn next_seq(&mut self) -> Result<i64, StoreError> {
        crate::journal::head(&mut self.conn)
    }

    /// Numbers for the rows of this entry. Ask once: a second answer begins where the
    /// first did.
    pub fn ids(&mut self) -> Result<Ids, StoreError> {
        let tables: Vec<String> = LEDGER
            .iter()
            .filter(|ledger| ledger.spec.key == ["id"])
            .map(|ledger| format!("(SELECT COALESCE(MAX(id), 0) FROM {})", ledger.spec.name))
            .collect();
        let sql = format!("SELECT {}", tables.join(", "));
        let mut ids = Ids { last: [0; Table::ALL.len()] };
        self.conn.query(&sql, &[], &mut |row| {
            let with_id = LEDGER.iter().filter(|ledger| ledger.spec.key == ["id"]);
            for (column, ledger) in with_id.enumerate() {
                ids.last[ledger.table as usize] = row.int(column)?;
            }
            Ok(())
        })?;
        Ok(ids)
    }

    /// Keeps the bytes of an attachment, once for each content; gives their SHA-256. They
    /// stay only if the transaction commits.
    pub fn put_blob(&mut self, bytes: &[u8]) -> Result<String, StoreError> {
        blob::put(&mut self.conn, bytes)
    }

    /// Appends one entry and makes it durable. On any error nothing is written.
    pub fn commit(mut self, entry: NewEntry) -> Result<Committed, StoreError> {
        let committed = self.append(entry)?;
        self.end()?;
        Ok(committed)
    }

    /// Applies the changes, appends the entry and signs the new checkpoint. All of it, with
    /// every other entry of the transaction, becomes durable with [`WriteTx::finish`].
    pub fn append(&mut self, entry: NewEntry) -> Result<Committed, StoreError> {
        self.append_beside(entry, |_| {})
    }

    /// As [`WriteTx::append`]; `beside` is given the changes as they are written. Where
    /// there are many, it and the payload are made on another processor meanwhile. What it
    /// does counts for nothing when the append fails.
    pub fn append_beside(
        &mut self,
        entry: NewEntry,
        beside: impl FnOnce(&[Change]) + Send,
    ) -> Result<Committed, StoreError> {
        let appended = self.try_append(entry, beside);
        self.broken |= appended.is_err();
        appended
    }

    /// Makes durable what was written in the transaction. Refused after an error: half of
    /// an entry must not stay.
    pub fn finish(mut self) -> Result<(), StoreError> {
        self.end()
    }

    fn try_append(
        &mut self,
        entry: NewEntry,
        beside: impl FnOnce(&[Change]) + Send,
    ) -> Result<Committed, StoreError> {
        let conn = &mut *self.conn;
        let mut frontier = append::frontier(conn)?;
        let mut changes = entry.changes;
        changes.iter_mut().for_each(normalise);
        let seq = frontier.size() as i64;
        let digest = || {
            let digest = Digest::of(&changes);
            beside(&changes);
            digest
        };
        let digest = if changes.len() < BESIDE_MIN {
            apply::apply(conn, seq, &changes)?;
            digest()
        } else {
            std::thread::scope(|scope| {
                let digest = scope.spawn(digest);
                let applied = apply::apply(conn, seq, &changes);
                let digest = digest.join().unwrap_or_else(|panic| resume_unwind(panic));
                applied.map(|()| digest)
            })?
        };
        drop_beside(changes);
        let header = Header {
            seq,
            at: to_the_microsecond(entry.at),
            actor: entry.actor,
            op: &entry.op,
            source: entry.source.as_ref(),
            subjects: &digest.subjects,
            payload_sha256: &digest.payload_sha256,
        };
        frontier.push(append::write_row(conn, &header, &digest.payload)?);
        let root = append::write_checkpoint(conn, &frontier, self.signer)?;
        Ok(Committed { seq, root })
    }

    fn end(&mut self) -> Result<(), StoreError> {
        if self.broken {
            return Err(StoreError::conflict("an earlier part of the same write was refused"));
        }
        self.conn.commit()?;
        self.done = true;
        Ok(())
    }
}

/// What an entry's header and its row in the journal hold of the changes.
struct Digest {
    payload: String,
    payload_sha256: String,
    subjects: Vec<String>,
}

impl Digest {
    fn of(changes: &[Change]) -> Digest {
        let payload = canonical::payload(changes);
        let payload_sha256 = Hash::of(payload.as_bytes()).to_string();
        Digest { payload_sha256, payload, subjects: append::subjects(changes) }
    }
}

/// Gives many changes back to the system while the journal is written; a few at once.
fn drop_beside(changes: Vec<Change>) {
    if changes.len() >= BESIDE_MIN {
        // Without another thread the closure is dropped here, and the changes with it.
        let dropping = std::thread::Builder::new().name("drop-changes".into());
        drop(dropping.spawn(move || drop(changes)));
    }
}

impl Drop for WriteTx<'_> {
    fn drop(&mut self) {
        // A connection that cannot roll back is broken, and the database rolls back itself.
        if !self.done
            && let Err(error) = self.conn.rollback()
        {
            tracing::warn!(%error, "rolling back");
        }
    }
}

fn to_the_microsecond(at: Timestamp) -> Timestamp {
    Timestamp::from_microsecond(at.as_microsecond()).unwrap_or(at)
}

/// Empties a table.
pub(crate) fn clear(conn: &mut Conn, table: &str) -> Result<(), StoreError> {
    conn.execute(&format!("DELETE FROM {table}"), &[]).map(|_| ())
}
