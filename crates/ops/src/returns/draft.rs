//! A return that is being filled in: kept aside, outside the journal, until it is handed in.

use jiff::{SignedDuration, Timestamp};
use tici_domain::{Period, Problem};
use tici_exchange::form;
use tici_store::Staged;

use super::submit_return::check_head;
use super::{Filled, need_place, round_of};
use crate::{Action, Desk, OpsError, Session};

/// What is kept aside is forgotten two days after its time; a return is filled in over
/// weeks, so its time lies ahead.
const KEEP_DAYS: i64 = 60;

/// A draft as it is kept: what was filled in, and the workbook it came from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Kept {
    pub filled: Filled,
    /// Name and bytes; an empty name when it was filled in by hand.
    pub file: String,
    pub bytes: Vec<u8>,
}

/// Reads an uploaded workbook into the account's draft of a place's return, with what is to
/// be said of the reading. A workbook for another period, place or ledger is refused and
/// changes nothing.
pub fn stage_return(
    desk: &Desk,
    session: &Session,
    (period, place): (Period, i64),
    file: &str,
    bytes: Vec<u8>,
    now: Timestamp,
) -> Result<Vec<Problem>, OpsError> {
    let snapshot = desk.snapshot()?;
    need_place(&snapshot, session, Action::SubmitReturn, place)?;
    round_of(&snapshot, period)?;
    let (read, mut problems) = form::read(file, &bytes);
    let Some(read) = read else { return Err(OpsError::Problems(problems)) };
    let wrong = check_head(&snapshot, &read, Some((period, place)));
    if Problem::any_error(&wrong) {
        problems.extend(wrong.into_iter().map(|problem| problem.at(file, "", "")));
        return Err(OpsError::Problems(problems));
    }
    let filled = Filled { read: problems.clone(), ..Filled::of_read(&read) };
    let kept = Kept { filled, file: file.to_owned(), bytes };
    keep(desk, session, (period, place), &kept, now)?;
    Ok(problems)
}

/// Changes the account's draft; `fresh` is what it begins with.
pub fn choose_draft(
    desk: &Desk,
    session: &Session,
    (period, place): (Period, i64),
    fresh: impl FnOnce() -> Filled,
    change: impl FnOnce(&mut Filled),
    now: Timestamp,
) -> Result<(), OpsError> {
    let snapshot = desk.snapshot()?;
    need_place(&snapshot, session, Action::SubmitReturn, place)?;
    let found = find(desk, session, (period, place))?;
    let mut kept = found.unwrap_or_else(|| Kept { filled: fresh(), ..Kept::default() });
    change(&mut kept.filled);
    keep(desk, session, (period, place), &kept, now)
}

/// Forgets the account's draft; nothing of it was written.
pub fn drop_draft(
    desk: &Desk,
    session: &Session,
    (period, place): (Period, i64),
) -> Result<(), OpsError> {
    session.need(Action::SubmitReturn)?;
    Ok(desk.store.unstage(&id_of(session, (period, place)))?)
}

/// The workbook that the account's draft was read from, when there is one.
pub fn draft_file(
    desk: &Desk,
    session: &Session,
    at: (Period, i64),
) -> Result<Option<Vec<u8>>, OpsError> {
    session.need(Action::SubmitReturn)?;
    let kept = find(desk, session, at)?;
    Ok(kept.filter(|kept| !kept.file.is_empty()).map(|kept| kept.bytes))
}

/// The account's draft, when it has one.
pub(super) fn find(
    desk: &Desk,
    session: &Session,
    at: (Period, i64),
) -> Result<Option<Kept>, OpsError> {
    let staged = desk.store.staged(&id_of(session, at))?;
    let own = staged.filter(|staged| staged.actor == session.actor.id);
    Ok(own.and_then(|staged| {
        let filled = serde_json::from_str(&staged.map).ok()?;
        Some(Kept { filled, file: staged.file, bytes: staged.bytes })
    }))
}

fn keep(
    desk: &Desk,
    session: &Session,
    at: (Period, i64),
    kept: &Kept,
    now: Timestamp,
) -> Result<(), OpsError> {
    let staged = Staged {
        id: id_of(session, at),
        actor: session.actor.id,
        created: now + SignedDuration::from_hours(24 * KEEP_DAYS),
        file: kept.file.clone(),
        map: serde_json::to_string(&kept.filled).expect("a draft is plain text and lists of it"),
        bytes: kept.bytes.clone(),
    };
    Ok(desk.store.stage(&staged)?)
}

/// One draft for each account, place and period.
fn id_of(session: &Session, (period, place): (Period, i64)) -> String {
    format!("return-{period}-{place}-{}", session.actor.id)
}
