//! The list that was handed in before this one: found in the journal, its bytes kept by
//! their hash.

use std::collections::BTreeSet;

use jiff::Timestamp;
use tici_exchange::list_rows;
use tici_exchange::sheet::{Workbook, open};
use tici_store::{EntryFilter, EntryMeta};

use crate::{Action, Desk, OpsError, Session};

/// Which earlier list a new one is compared with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Against {
    /// The last one of the same layout, or of the same name but for its numbers.
    Last,
    /// The last one that was handed in before this moment.
    Before(Timestamp),
}

/// A list that was handed in before.
#[derive(Clone, Debug)]
pub struct EarlierList {
    pub file: String,
    pub at: Timestamp,
    /// The entry it was written by.
    pub seq: i64,
    pub bytes: Vec<u8>,
}

/// Entries looked through for the list before.
const ENTRIES_LOOKED_AT: i64 = 400;
/// Files opened to see whether they have the same layout.
const FILES_OPENED_MAX: usize = 12;

/// Finds the list before `file`: one with the same headers (but for the numbers in them), or
/// else one whose name is the same but for its numbers. An account that may not read the
/// journal is shown only what it handed in itself.
pub fn earlier_list(
    desk: &Desk,
    session: &Session,
    (file, sha256, workbook): (&str, &str, &Workbook),
    against: Against,
) -> Result<Option<EarlierList>, OpsError> {
    session.need(Action::ImportProjects)?;
    let until = match against {
        Against::Last => None,
        Against::Before(moment) => Some(moment),
    };
    let reads_all = session.need(Action::ReadJournal).is_ok() && session.actor.place.is_none();
    let filter = EntryFilter {
        actor: (!reads_all).then_some(session.actor.id),
        op: Some("import_projects".into()),
        until,
        ..EntryFilter::default()
    };
    let entries = desk.store.entry_list(&filter, 0, ENTRIES_LOOKED_AT)?;
    let layout = layout_of(workbook);
    let mut seen = BTreeSet::from([sha256.to_owned()]);
    let mut by_name: Option<EarlierList> = None;
    let mut opened = 0;
    for meta in &entries {
        let Some(source) = &meta.source else { continue };
        if opened == FILES_OPENED_MAX {
            break;
        }
        if !seen.insert(source.sha256.clone()) {
            continue;
        }
        let Some(bytes) = desk.store.blob(&source.sha256)? else { continue };
        opened += 1;
        let (found, _) = open(&source.file, &bytes, Default::default());
        let same_layout = found.as_ref().and_then(layout_of).is_some_and(|of| Some(of) == layout);
        let same_name = without_numbers(&source.file) == without_numbers(file);
        if same_layout {
            return Ok(Some(kept(meta, &source.file, bytes)));
        }
        if same_name && by_name.is_none() {
            by_name = Some(kept(meta, &source.file, bytes));
        }
    }
    Ok(by_name)
}

fn kept(meta: &EntryMeta, file: &str, bytes: Vec<u8>) -> EarlierList {
    EarlierList { file: file.to_owned(), at: meta.at, seq: meta.seq, bytes }
}

fn layout_of(workbook: &Workbook) -> Option<String> {
    list_rows::read(workbook, None).map(|list| list.fingerprint)
}

/// A file's name without digits, blanks and its ending.
fn without_numbers(file: &str) -> String {
    let stem = file.split('.').next().unwrap_or(file);
    stem.chars().filter(|c| c.is_alphabetic()).flat_map(char::to_lowercase).collect()
}
