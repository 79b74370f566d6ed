//! Reads the journal: entries, one entry whole, and the proof that it is in the tree.

use tici_domain::Change;
use tici_store::{EntryHeader, EntryQuery, Proof};

use crate::view_project::{EntryMeta, Metas};
use crate::{Action, Desk, OpsError, Session};

/// Rows of one page of the journal.
pub const JOURNAL_PAGE_ROWS: usize = 50;

/// One page of the journal, newest first.
#[derive(Clone, Debug)]
pub struct JournalPage {
    pub rows: Vec<JournalRow>,
    /// Entries in the whole journal.
    pub head: i64,
    /// Entries that the query lets through.
    pub matching: i64,
    pub page: usize,
    /// The newest signed checkpoint, as text in signed-note form.
    pub checkpoint: Option<String>,
    /// Names of the operations that occur, for the filter.
    pub ops: Vec<String>,
}

#[derive(Clone, Debug)]
pub struct JournalRow {
    pub meta: EntryMeta,
    /// How many rows the entry wrote.
    pub changes: i64,
    /// What it is about, as `project:12`; at most a few.
    pub subjects: Vec<String>,
    pub leaf_hash: String,
}

/// One entry, whole.
#[derive(Clone, Debug)]
pub struct EntryPage {
    pub meta: EntryMeta,
    pub header: EntryHeader,
    pub changes: Vec<Change>,
    /// The bytes that were hashed into the leaf.
    pub leaf_text: String,
    pub proof: Proof,
    pub checkpoint: Option<String>,
}

/// Reads a page of the journal.
pub fn view_journal(
    desk: &Desk,
    session: &Session,
    query: &EntryQuery,
    page: usize,
) -> Result<JournalPage, OpsError> {
    session.need(Action::ReadJournal)?;
    let snapshot = desk.snapshot()?;
    let metas = Metas { desk, snapshot: &snapshot };
    let list = desk.store.entry_list(query, page * JOURNAL_PAGE_ROWS, JOURNAL_PAGE_ROWS)?;
    let row = |header: EntryHeader| JournalRow {
        changes: header.changes,
        subjects: header.subjects.clone(),
        leaf_hash: header.leaf_hash.clone(),
        meta: metas.meta_of(header),
    };
    Ok(JournalPage {
        rows: list.rows.into_iter().map(row).collect(),
        head: desk.store.head()?,
        matching: list.matching,
        page,
        checkpoint: desk.store.checkpoint()?.map(|checkpoint| checkpoint.note),
        ops: desk.store.entry_ops()?,
    })
}

/// Reads one entry with its proof.
pub fn view_entry(desk: &Desk, session: &Session, seq: i64) -> Result<EntryPage, OpsError> {
    session.need(Action::ReadJournal)?;
    let snapshot = desk.snapshot()?;
    let header = desk.store.entry_header(seq)?.ok_or_else(|| OpsError::not_found("entry", seq))?;
    let entry = desk.store.entry(seq)?.ok_or_else(|| OpsError::not_found("entry", seq))?;
    let metas = Metas { desk, snapshot: &snapshot };
    Ok(EntryPage {
        meta: metas.meta_of(header.clone()),
        leaf_text: header.leaf_text(),
        header,
        changes: entry.changes,
        proof: desk.store.prove(seq)?,
        checkpoint: desk.store.checkpoint()?.map(|checkpoint| checkpoint.note),
    })
}
