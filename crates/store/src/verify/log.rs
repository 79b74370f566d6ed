//! The journal alone: sequence, hashes, roots, signatures, and whether it replays.

use super::{Bad, BadKind, Findings};
use crate::conn::{Conn, Row};
use crate::journal::append::Header;
use crate::journal::tree::{Frontier, empty_root};
use crate::journal::{Hash, META_COLUMNS, SignedNote, Signer, read_meta, read_payload};
use crate::{StoreError, apply};

/// What the journal gave.
pub(super) struct Log {
    pub entries: i64,
    pub root: Hash,
    pub checkpoints: i64,
    pub continues: Option<u64>,
    /// The entries before this one were replayed.
    pub replayed_to: i64,
}

/// Streams the journal once.
pub(super) fn check(
    live: &mut Conn,
    replayed: &mut Conn,
    signer: &Signer,
    against: Option<&SignedNote>,
    findings: &mut Findings,
) -> Result<Log, StoreError> {
    let mut pass = Pass {
        signer,
        against,
        findings,
        replayed,
        frontier: Frontier::default(),
        next: 0,
        checkpoints: 0,
        stopped_at: None,
        root_then: against.and_then(|note| (note.checkpoint.size == 0).then(empty_root)),
    };
    let sql = format!(
        "SELECT {META_COLUMNS}, j.payload_sha256, j.leaf_hash, j.payload, c.root, c.note \
         FROM journal j LEFT JOIN checkpoint c ON c.size = j.seq + 1 ORDER BY j.seq"
    );
    live.query(&sql, &[], &mut |row| pass.row(row))?;
    let covered = live.query_int("SELECT MAX(size) FROM checkpoint", &[])?;
    pass.end(covered);
    Ok(Log {
        entries: pass.frontier.size() as i64,
        root: pass.frontier.root(),
        checkpoints: pass.checkpoints,
        continues: pass.continues(),
        replayed_to: pass.stopped_at.unwrap_or(i64::MAX),
    })
}

struct Pass<'a> {
    signer: &'a Signer,
    against: Option<&'a SignedNote>,
    findings: &'a mut Findings,
    replayed: &'a mut Conn,
    frontier: Frontier,
    /// Number the next entry should have.
    next: i64,
    checkpoints: i64,
    /// The first entry that could not be replayed.
    stopped_at: Option<i64>,
    /// Root of the journal when it had the size of `against`.
    root_then: Option<Hash>,
}

impl Pass<'_> {
    fn row(&mut self, row: &Row<'_>) -> Result<(), StoreError> {
        let seq = row.int(0)?;
        if seq != self.next {
            let detail = format!("entry {} follows entry {}", seq + 1, self.next);
            self.missing(self.next.min(seq), detail);
        }
        self.next = seq + 1;
        match self.check(seq, row) {
            // A column that cannot be read was not written by this program.
            Err(StoreError::Damaged { detail, .. }) => self.bad(seq, BadKind::Leaf, detail),
            other => other?,
        }
        self.replay(seq, row)
    }

    fn check(&mut self, seq: i64, row: &Row<'_>) -> Result<(), StoreError> {
        let meta = read_meta(row, 0)?;
        let (payload_sha256, leaf, payload) = (row.text(8)?, row.text(9)?, row.text(10)?);
        if Hash::of(payload.as_bytes()).to_string() != payload_sha256 {
            self.bad(seq, BadKind::Payload, "the changes do not have the hash of the header");
        }
        let header = Header {
            seq,
            at: meta.at,
            actor: meta.actor,
            op: &meta.op,
            source: meta.source.as_ref(),
            subjects: &meta.subjects,
            payload_sha256,
        };
        let computed = header.leaf();
        if computed.to_string() != leaf {
            self.bad(seq, BadKind::Leaf, format!("leaf {leaf}, computed {computed}"));
        }
        self.frontier.push(computed);
        if self.against.is_some_and(|note| note.checkpoint.size == self.frontier.size()) {
            self.root_then = Some(self.frontier.root());
        }
        self.check_checkpoint(seq, row.opt_text(11)?, row.opt_text(12)?);
        Ok(())
    }

    fn check_checkpoint(&mut self, seq: i64, root: Option<&str>, note: Option<&str>) {
        let (Some(root), Some(note)) = (root, note) else {
            return self.bad(seq, BadKind::Unsigned, "no checkpoint covers it");
        };
        self.checkpoints += 1;
        let computed = self.frontier.root();
        if computed.to_string() != root {
            self.bad(seq, BadKind::Root, format!("root {root}, computed {computed}"));
        }
        match SignedNote::parse(note) {
            Ok(note) if !note.verify(self.signer) => {
                self.bad(seq, BadKind::Signature, "not signed by a known key");
            }
            Ok(note) if note.checkpoint.root != computed => {
                let signed = note.checkpoint.root;
                self.bad(seq, BadKind::Root, format!("signed {signed}, computed {computed}"));
            }
            Ok(note) if note.checkpoint.size as i64 != seq + 1 => {
                self.bad(seq, BadKind::Signature, "signed for another size");
            }
            Ok(_) => {}
            Err(error) => self.bad(seq, BadKind::Signature, error.to_string()),
        }
    }

    /// Applies the entry to the scratch tables, until one cannot be applied.
    fn replay(&mut self, seq: i64, row: &Row<'_>) -> Result<(), StoreError> {
        if self.stopped_at.is_some() {
            return Ok(());
        }
        let changes = row.text(10).and_then(read_payload);
        let applied = changes.and_then(|changes| apply::apply(self.replayed, seq, &changes));
        match applied {
            Ok(()) => Ok(()),
            Err(StoreError::Conflict { detail } | StoreError::Damaged { detail, .. }) => {
                self.stopped_at = Some(seq);
                self.bad(seq, BadKind::Replay, detail);
                Ok(())
            }
            Err(other) => Err(other),
        }
    }

    fn end(&mut self, covered: i64) {
        if covered > self.next {
            let detail = format!("a checkpoint covers {covered} entries, {} are there", self.next);
            self.missing(self.next, detail);
        }
        let Some(note) = self.against else { return };
        let (size, root) = (note.checkpoint.size as i64, note.checkpoint.root);
        match self.root_then {
            None => {
                let detail = format!("{size} entries were signed, {} are there", self.next);
                self.bad(self.next, BadKind::NotContinued, detail);
            }
            Some(then) if then != root => {
                let detail = format!("signed {root} at {size} entries, computed {then}");
                self.bad((size - 1).max(0), BadKind::NotContinued, detail);
            }
            Some(_) => {}
        }
    }

    /// What comes behind a gap cannot be replayed: it may build on what is missing.
    fn missing(&mut self, seq: i64, detail: String) {
        self.stopped_at = Some(self.stopped_at.map_or(seq, |stopped| stopped.min(seq)));
        self.bad(seq, BadKind::EntryMissing, detail);
    }

    fn continues(&self) -> Option<u64> {
        let note = self.against?;
        (self.root_then == Some(note.checkpoint.root)).then_some(note.checkpoint.size)
    }

    fn bad(&mut self, seq: i64, what: BadKind, detail: impl Into<String>) {
        self.findings.add(Bad::new(seq, what, detail));
    }
}
