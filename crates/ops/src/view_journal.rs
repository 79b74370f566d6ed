//! Reads the journal: entries, one entry whole, and the proof that it is in the tree.

use tici_domain::{Change, Subject};
use tici_engine::Snapshot;
pub use tici_store::EntryFilter;
use tici_store::{EntryRecord, Hash, StoreError, tree};

use crate::view_project::{EntryMeta, Metas};
use crate::{Action, Desk, OpsError, Session};

/// Rows of one page of the journal.
pub const JOURNAL_PAGE_ROWS: i64 = 50;

/// One page of the journal, newest first.
#[derive(Clone, Debug)]
pub struct JournalPage {
    pub rows: Vec<JournalRow>,
    /// Entries in the whole journal.
    pub head: i64,
    /// Entries that the filter lets through.
    pub matching: i64,
    /// From 0.
    pub page: i64,
    /// The newest signed checkpoint, as text in signed-note form.
    pub checkpoint: Option<String>,
}

#[derive(Clone, Debug)]
pub struct JournalRow {
    pub meta: EntryMeta,
    /// What it is about, as `project:12`; beyond fifty only counted, as `+2950`.
    pub subjects: Vec<String>,
}

/// One entry, whole.
#[derive(Clone, Debug)]
pub struct EntryPage {
    pub meta: EntryMeta,
    pub record: EntryRecord,
    pub changes: Vec<Change>,
    pub proof: EntryProof,
    pub checkpoint: Option<String>,
}

/// The proof that one entry is in the journal that a signed checkpoint vouches for.
#[derive(Clone, Debug)]
pub struct EntryProof {
    pub seq: i64,
    pub leaf: Hash,
    /// Size and root of the newest checkpoint.
    pub size: i64,
    pub root: Hash,
    /// Hashes from the leaf's neighbour up to below the root.
    pub path: Vec<Hash>,
    /// The checkpoint carries the ledger's own signature.
    pub is_signed: bool,
}

impl EntryProof {
    /// Works the path up from the leaf: whether it ends at the signed root.
    pub fn holds(&self) -> bool {
        self.is_signed
            && tree::verify_inclusion(
                self.leaf,
                self.seq as u64,
                self.size as u64,
                &self.path,
                self.root,
            )
    }
}

/// Reads a page of the journal.
pub fn view_journal(
    desk: &Desk,
    session: &Session,
    filter: &EntryFilter,
    page: i64,
) -> Result<JournalPage, OpsError> {
    session.need(Action::ReadJournal)?;
    let snapshot = desk.snapshot()?;
    let metas = Metas { desk, snapshot: &snapshot };
    let page = page.max(0);
    let head = desk.head()?;
    let below = desk.looks_back().then_some(head);
    let filter = &EntryFilter { below, ..filter.clone() };
    let list = desk.store.entry_list(filter, page * JOURNAL_PAGE_ROWS, JOURNAL_PAGE_ROWS)?;
    let row = |meta: tici_store::EntryMeta| JournalRow {
        subjects: meta.subjects.clone(),
        meta: metas.meta_of(meta),
    };
    Ok(JournalPage {
        rows: list.into_iter().map(row).collect(),
        head,
        matching: desk.store.entry_count(filter)?,
        page,
        checkpoint: desk.checkpoint()?.map(|note| note.to_string()),
    })
}

/// Reads one entry with its proof. Without the journal's right an account sees the entries
/// that are about its own projects alone: a town can prove what it reported.
pub fn view_entry(desk: &Desk, session: &Session, seq: i64) -> Result<EntryPage, OpsError> {
    session.need(Action::ReadLedger)?;
    let snapshot = desk.snapshot()?;
    let missing = || OpsError::not_found("entry", seq);
    let record = desk.store.entry(seq)?.filter(|_| desk.knows(seq)).ok_or_else(missing)?;
    let entry = desk.store.entries(seq, seq + 1)?.pop();
    let entry = entry.ok_or_else(missing)?;
    if !entry.changes.iter().all(|change| is_own(&snapshot, session, change)) {
        session.need(Action::ReadJournal)?;
    }
    let metas = Metas { desk, snapshot: &snapshot };
    Ok(EntryPage {
        meta: metas.meta_of(record.meta.clone()),
        record,
        changes: entry.changes,
        proof: prove_entry(desk, seq)?,
        checkpoint: desk.checkpoint()?.map(|note| note.to_string()),
    })
}

/// Whether a change concerns a project within the account's places, or a file, which shows
/// no more than its name.
fn is_own(snapshot: &Snapshot, session: &Session, change: &Change) -> bool {
    let project = match change {
        Change::Attachment(_) => return true,
        Change::Project(row) => Some(row.id),
        Change::ListMembership(row) => Some(row.project),
        Change::Plan(row) => Some(row.project),
        Change::StageClaim(row) => Some(row.project),
        Change::StageVerdict(row) => snapshot.projects.project_of_claim(row.claim),
        Change::Milestone(row) => Some(row.project),
        Change::Figure(row) => match row.subject {
            Subject::Project(project) => Some(project),
            _ => None,
        },
        Change::SideChange(row) => Some(row.project),
        Change::PackageChange(row) => Some(row.project),
        Change::PairDecision(row) => Some(row.first),
        Change::Excuse(row) => Some(row.project),
        Change::Task(row) => row.project,
        Change::ReturnSheet(row) => return session.covers(snapshot, Some(row.place)),
        _ => None,
    };
    let entry = project.and_then(|project| snapshot.projects.get(project));
    entry.is_some_and(|entry| session.covers(snapshot, entry.project.place))
}

/// The proof of one entry against the newest checkpoint. Whoever may see a figure may see
/// that it is proved; only the entries around it need the journal's own right.
pub(crate) fn prove_entry(desk: &Desk, seq: i64) -> Result<EntryProof, OpsError> {
    let record = desk.store.entry(seq)?.ok_or_else(|| OpsError::not_found("entry", seq))?;
    let note = desk.checkpoint()?.ok_or_else(|| {
        OpsError::Store(StoreError::Damaged { seq: Some(seq), detail: "no checkpoint".into() })
    })?;
    let size = note.checkpoint.size as i64;
    Ok(EntryProof {
        seq,
        leaf: record.leaf_hash,
        size,
        root: note.checkpoint.root,
        path: desk.store.inclusion_proof(seq, size)?,
        is_signed: note.verify(desk.store.signer()),
    })
}
