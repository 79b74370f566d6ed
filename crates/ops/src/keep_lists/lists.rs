//! Additions to and removals from a list in mid-year. Each is dated, has a reason, and makes
//! a new version of the list; a project that leaves keeps its row with the day it left.

use jiff::Timestamp;
use jiff::civil::Date;
use tici_domain::change::ListMembership;
use tici_domain::{Change, ListTier, Problem, Table};
use tici_engine::Snapshot;

use super::{LIST_REASON_CHARS_MAX, LIST_ROWS_MAX};
use crate::import::Ids;
use crate::keep_tasks::words;
use crate::write::{Written, write};
use crate::{Action, Desk, OpsError, Session};

/// A change of one list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListChange {
    pub tier: ListTier,
    pub year: i64,
    /// Codes of projects.
    pub add: Vec<String>,
    pub remove: Vec<String>,
    /// First day on which the additions are listed and the removals are not.
    pub on: Date,
    pub reason: String,
}

/// Changes a list; the whole change is one new version of it.
pub fn change_list(
    desk: &Desk,
    session: &Session,
    change: &ListChange,
    now: Timestamp,
) -> Result<Written, OpsError> {
    session.need(Action::KeepLists)?;
    write(desk, session.actor.id, "change_list", now, |snapshot, ids| {
        session.need_at(Action::KeepLists, snapshot, session.actor.place)?;
        let mut problems = Vec::new();
        let reason =
            words(&change.reason, LIST_REASON_CHARS_MAX, "list-reason-long", &mut problems);
        let version = next_version(snapshot, change);
        if version > 1 && reason.is_none() {
            problems.push(Problem::error("list-needs-reason"));
        }
        if i64::from(change.on.year()) != change.year {
            problems.push(Problem::error("list-day-of-another-year").arg("on", change.on));
        }
        let count = change.add.len() + change.remove.len();
        if count == 0 || count > LIST_ROWS_MAX {
            problems
                .push(Problem::error("list-rows").arg("count", count).arg("limit", LIST_ROWS_MAX));
        }
        let mut rows = Vec::new();
        let codes = change.add.iter().map(|code| (code, true));
        let codes = codes.chain(change.remove.iter().map(|code| (code, false)));
        for (code, is_added) in codes.take(LIST_ROWS_MAX) {
            match row(snapshot, session, change, (code.trim(), is_added), ids) {
                Ok(row) => rows.push(ListMembership { version, reason: reason.clone(), ..row }),
                Err(problem) => problems.push(*problem),
            }
        }
        if !problems.is_empty() {
            return Err(OpsError::Problems(problems));
        }
        Ok(rows.into_iter().map(Change::ListMembership).collect())
    })
}

/// One more than the highest version of the list so far.
fn next_version(snapshot: &Snapshot, change: &ListChange) -> i64 {
    let rows = snapshot.projects.iter().flat_map(|entry| entry.lists.iter().map(|(row, _)| row));
    let of_list = rows.filter(|row| row.tier == change.tier && row.year == change.year);
    of_list.map(|row| row.version).max().unwrap_or(0) + 1
}

fn row(
    snapshot: &Snapshot,
    session: &Session,
    change: &ListChange,
    (code, is_added): (&str, bool),
    ids: &mut Ids,
) -> Result<ListMembership, Box<Problem>> {
    let entry = snapshot.projects.iter().find(|entry| entry.project.code == code);
    let entry = entry.filter(|entry| session.covers(snapshot, entry.project.place));
    let entry = entry.ok_or_else(|| refused("list-unknown-code", code))?;
    let mut rows = entry.lists.iter().map(|(row, _)| row);
    let old = rows.find(|row| row.tier == change.tier && row.year == change.year);
    let is_listed = old.is_some_and(|row| row.until.is_none_or(|until| change.on < until));
    match (is_added, is_listed) {
        (true, true) => Err(refused("list-already-on", code)),
        (false, false) => Err(refused("list-not-on", code)),
        (false, true) if old.is_some_and(|row| change.on <= row.from) => {
            Err(refused("list-leaves-before-entering", code))
        }
        _ => Ok(ListMembership {
            id: ids.next(Table::ListMembership),
            project: entry.project.id,
            tier: change.tier,
            year: change.year,
            version: 0,
            from: match (is_added, old) {
                (false, Some(old)) => old.from,
                _ => change.on,
            },
            until: (!is_added).then_some(change.on),
            reason: None,
            replaces: old.map(|old| old.id),
        }),
    }
}

/// A problem of the project that was named by `code`.
fn refused(key: &str, code: &str) -> Box<Problem> {
    Box::new(Problem::error(key).arg("project", code))
}
