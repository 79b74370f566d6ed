//! The day by which a year's listed projects must have started. A ledger that has promised
//! it goes by the promise, wherever a start is called late; a setting serves until then.

use jiff::civil::Date;
use tici_domain::{Commitment, Stage};

use crate::snapshot::Snapshot;

/// Setting with the day, for a ledger that has made no promise.
pub const SETTING: &str = "deadline.start";

/// How a promise names a cohort of all listed projects.
const ALL_LISTED: (&str, &str) = ("listed", "");

/// A year's day, and what moved it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StartDeadline {
    pub due: Date,
    /// As promised first.
    pub due_original: Date,
    /// Series of the promise; `None` for a setting.
    pub promise: Option<i64>,
}

/// The day of a calendar year. Of several promises that all listed projects start, the one
/// made last counts; one moved into the next year still belongs to the year it was made for.
///
/// ```
/// use tici_engine::{Snapshot, promise::start_deadline};
///
/// assert_eq!(start_deadline(&Snapshot::default(), 2026), None);
/// ```
pub fn start_deadline(snapshot: &Snapshot, year: i16) -> Option<StartDeadline> {
    promised(snapshot, year).or_else(|| set(snapshot, year))
}

fn promised(snapshot: &Snapshot, year: i16) -> Option<StartDeadline> {
    let rows = snapshot.records.commitments.values().rev().map(|kept| &kept.row);
    let row = rows.into_iter().find(|row| row.due_original.year() == year && is_of_all(row))?;
    Some(StartDeadline { due: row.due, due_original: row.due_original, promise: Some(row.series) })
}

fn is_of_all(row: &Commitment) -> bool {
    let cohort: Vec<_> = row.cohort.iter().map(|(key, value)| (&**key, &**value)).collect();
    let speaks_of_starts = row.stage == Some(Stage::Started) && row.place.is_none();
    !row.withdrawn && speaks_of_starts && cohort == [ALL_LISTED]
}

fn set(snapshot: &Snapshot, year: i16) -> Option<StartDeadline> {
    let day = snapshot.setting(SETTING)?.parse::<Date>().ok()?;
    let due = (day.year() == year).then_some(day)?;
    Some(StartDeadline { due, due_original: due, promise: None })
}
