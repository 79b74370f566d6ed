//! The journal proves itself, and the tables against it.

mod blobs;
mod compare;
mod log;
mod page;

use crate::conn::{Conn, open_scratch};
use crate::journal::{Hash, SignedNote, Signer};
use crate::{Store, StoreError, migrate, tables};

/// What a verification found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VerifyReport {
    /// Entries whose payload and leaf were hashed again.
    pub entries: i64,
    /// Root of the journal, computed from the entries.
    pub root: Hash,
    /// Signed checkpoints that were checked.
    pub checkpoints: i64,
    /// Rows compared with a replay of the journal.
    pub rows: u64,
    /// Attachments whose bytes were hashed again.
    pub blobs: u64,
    /// Attachments whose bytes are not kept, or were erased.
    pub blobs_missing: u64,
    /// Size of the earlier checkpoint that the journal continues, when one was given.
    pub continues: Option<u64>,
    /// The earliest entry that something is wrong with.
    pub first_bad: Option<Bad>,
}

/// Something that is not as it was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bad {
    /// The entry it belongs to.
    pub seq: i64,
    pub what: BadKind,
    /// Table and row, when a row differs.
    pub table: Option<String>,
    pub id: Option<String>,
    /// The difference, for an expert.
    pub detail: String,
}

/// What is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BadKind {
    /// An entry is missing from the sequence.
    EntryMissing,
    /// The changes of an entry are not those that were hashed.
    Payload,
    /// The header of an entry is not the one that was hashed.
    Leaf,
    /// An entry was written without a signed checkpoint.
    Unsigned,
    /// The entries up to this one do not give the root that was signed.
    Root,
    /// A checkpoint is not signed by this ledger's key.
    Signature,
    /// The changes of an entry cannot be applied.
    Replay,
    /// A row of a table differs from what the journal says.
    RowChanged,
    RowMissing,
    RowExtra,
    /// The bytes of an attachment are not those that were attached.
    Blob,
    /// The journal does not continue the earlier checkpoint.
    NotContinued,
}

impl BadKind {
    pub const ALL: [BadKind; 12] = [
        BadKind::EntryMissing,
        BadKind::Payload,
        BadKind::Leaf,
        BadKind::Unsigned,
        BadKind::Root,
        BadKind::Signature,
        BadKind::Replay,
        BadKind::RowChanged,
        BadKind::RowMissing,
        BadKind::RowExtra,
        BadKind::Blob,
        BadKind::NotContinued,
    ];

    /// The message key in `locales/*/store.ftl`.
    pub fn message_key(self) -> &'static str {
        match self {
            BadKind::EntryMissing => "verify-entry-missing",
            BadKind::Payload => "verify-payload",
            BadKind::Leaf => "verify-leaf",
            BadKind::Unsigned => "verify-unsigned",
            BadKind::Root => "verify-root",
            BadKind::Signature => "verify-signature",
            BadKind::Replay => "verify-replay",
            BadKind::RowChanged => "verify-row-changed",
            BadKind::RowMissing => "verify-row-missing",
            BadKind::RowExtra => "verify-row-extra",
            BadKind::Blob => "verify-blob",
            BadKind::NotContinued => "verify-not-continued",
        }
    }
}

impl Bad {
    fn new(seq: i64, what: BadKind, detail: impl Into<String>) -> Bad {
        Bad { seq, what, table: None, id: None, detail: detail.into() }
    }
}

impl Store {
    /// Hashes every entry again, checks every signed checkpoint, replays the journal and
    /// compares every row. `against` is a note that was signed and sent earlier: the
    /// journal has to continue it. Sees one moment of the ledger while others write.
    pub fn verify(&self, against: Option<&str>) -> Result<VerifyReport, StoreError> {
        let against = against.map(SignedNote::parse).transpose()?;
        if let Some(note) = &against
            && !note.verify(self.signer())
        {
            return Err(StoreError::key("the checkpoint is not signed by this ledger's key"));
        }
        let mut tx = self.read()?;
        verify(tx.conn(), self.signer(), against.as_ref())
    }
}

/// Verifies the ledger of a connection, which should stand in a read transaction.
pub(crate) fn verify(
    live: &mut Conn,
    signer: &Signer,
    against: Option<&SignedNote>,
) -> Result<VerifyReport, StoreError> {
    let mut replayed = open_scratch()?;
    migrate::run(&mut replayed)?;
    replayed.begin_write()?;
    let mut findings = Findings::default();
    let log = log::check(live, &mut replayed, signer, against, &mut findings)?;
    let mut rows = 0;
    for spec in tables::rebuilt() {
        rows += compare::table(live, &mut replayed, spec, log.replayed_to, &mut findings)?;
    }
    let (blobs, blobs_missing) = blobs::check(live, &mut findings)?;
    Ok(VerifyReport {
        entries: log.entries,
        root: log.root,
        checkpoints: log.checkpoints,
        rows,
        blobs,
        blobs_missing,
        continues: log.continues,
        first_bad: findings.first,
    })
}

/// Keeps the finding of the earliest entry; of two about one entry, the first found.
#[derive(Default)]
struct Findings {
    first: Option<Bad>,
}

impl Findings {
    fn add(&mut self, bad: Bad) {
        if self.first.as_ref().is_none_or(|first| bad.seq < first.seq) {
            self.first = Some(bad);
        }
    }
}
