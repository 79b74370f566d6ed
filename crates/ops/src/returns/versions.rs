//! What has been done to a return, step by step: handed in, sent back, accepted, locked.

use tici_domain::{Period, ReturnSheet, SheetState};

use crate::versions::versions;
use crate::view_project::{EntryMeta, Metas};
use crate::{Desk, OpsError};

/// One version of a sheet and who wrote it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SheetMeta {
    pub sheet: ReturnSheet,
    pub by: EntryMeta,
}

/// Who handed a return in, accepted it and locked it: three people in general, and none of
/// them stands for another. Of the newest time it was handed in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Hands {
    pub submitted: Option<SheetMeta>,
    /// Accepting a return of a locked round locks it as well: it is then both.
    pub accepted: Option<SheetMeta>,
    pub locked: Option<SheetMeta>,
    /// Sent back or unlocked since, with the reason.
    pub returned: Option<SheetMeta>,
}

impl Hands {
    /// `versions` from the newest on.
    pub fn of(versions: &[SheetMeta]) -> Hands {
        let state = |meta: &SheetMeta| meta.sheet.state;
        let came = versions.iter().position(|meta| state(meta) == SheetState::Submitted);
        let since = &versions[..came.unwrap_or(versions.len())];
        let is_returned = |meta: &&SheetMeta| state(meta) == SheetState::Returned;
        let is_locked = |meta: &&SheetMeta| state(meta) == SheetState::Locked;
        let closing = since.iter().rev().find(|meta| is_closed(state(meta)));
        Hands {
            submitted: came.map(|at| versions[at].clone()),
            accepted: closing.filter(|_| came.is_some()).cloned(),
            locked: since.iter().find(is_locked).cloned(),
            returned: versions.first().filter(is_returned).cloned(),
        }
    }
}

/// Every version of a sheet, the newest first.
pub(super) fn sheets(metas: &Metas, sheet: &ReturnSheet) -> Result<Vec<SheetMeta>, OpsError> {
    let versions = versions::<ReturnSheet>(&metas.desk.store, sheet.id);
    let named = |(sheet, meta)| SheetMeta { sheet, by: metas.meta_of(meta) };
    versions.map(|found| found.map(named)).collect()
}

/// The entry that last accepted or locked the sheet, or one it replaced.
pub(super) fn closed_by(desk: &Desk, sheet: &ReturnSheet) -> Result<Option<i64>, OpsError> {
    Ok(walk(desk, sheet, |row| is_closed(row.state))?.map(|meta| meta.seq))
}

/// Who handed in the version that the sheet speaks of.
pub(super) fn handed_in(
    desk: &Desk,
    sheet: &ReturnSheet,
) -> Result<Option<tici_store::EntryMeta>, OpsError> {
    walk(desk, sheet, |row| row.state == SheetState::Submitted)
}

/// The newest version that `is_it` recognises, by the entry that wrote it.
fn walk(
    desk: &Desk,
    sheet: &ReturnSheet,
    is_it: impl Fn(&ReturnSheet) -> bool,
) -> Result<Option<tici_store::EntryMeta>, OpsError> {
    // Most sheets are new: no need to ask the store about those.
    if sheet.replaces.is_none() && !is_it(sheet) {
        return Ok(None);
    }
    let is_found =
        |found: &Result<(ReturnSheet, _), _>| found.as_ref().map_or(true, |(row, _)| is_it(row));
    let found = versions::<ReturnSheet>(&desk.store, sheet.id).find(is_found).transpose()?;
    Ok(found.map(|(_, meta)| meta))
}

pub(super) fn is_closed(state: SheetState) -> bool {
    matches!(state, SheetState::Accepted | SheetState::Locked)
}

/// Who accepted a project's return for a period, and when; `None` unless it stands accepted.
pub fn acceptance(
    metas: &Metas,
    project: i64,
    period: Period,
) -> Result<Option<EntryMeta>, OpsError> {
    let snapshot = metas.snapshot;
    let place = snapshot.projects.get(project).and_then(|entry| entry.project.place);
    let round = snapshot.records.round_of(tici_exchange::form::MONTHLY, period);
    let sheet = round.zip(place).and_then(|(round, place)| {
        snapshot.records.sheet_of(&round.row, place).map(|kept| &kept.row)
    });
    let Some(sheet) = sheet.filter(|sheet| is_closed(sheet.state)) else { return Ok(None) };
    Ok(Hands::of(&sheets(metas, sheet)?).accepted.map(|meta| meta.by))
}
