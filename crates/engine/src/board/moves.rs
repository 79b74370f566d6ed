//! What crossed from stage to stage in the month, by the days of the claims that count.

use std::collections::BTreeMap;

use jiff::civil::Date;
use tici_domain::{SideState, Stage};

use super::{Column, column_of};
use crate::facts::{Facts, Lens};
use crate::snapshot::Snapshot;

/// First day of the month of `today`.
pub fn month_start(today: Date) -> Date {
    today.first_of_month()
}

/// Counts a project's steps of the month into every column it came to or through. A
/// project that jumped two stages crossed two boundaries.
pub(super) fn count(snapshot: &Snapshot, lens: &Lens, facts: &Facts, columns: &mut [Column]) {
    let from = month_start(lens.today);
    if facts.stage_since.is_none_or(|since| since < from) {
        // The highest stage is older than the month: nothing moved.
        return;
    }
    let Some(entry) = snapshot.projects.get(facts.project) else { return };
    let Ok(last_month) = from.yesterday() else { return };
    let then = Lens { today: last_month, ..lens.clone() };
    let (before, _) = crate::facts::stage(entry, &then);
    let first = before.and_then(column_of).map_or(0, |column| column + 1);
    let Some(now) = facts.stage.and_then(column_of) else { return };
    for column in columns.iter_mut().take(now + 1).skip(first) {
        column.arrived += 1;
    }
}

/// Counts projects that ended this month into the column they stood at.
pub(super) fn count_ended(
    snapshot: &Snapshot,
    today: Date,
    ended: &[&Facts],
    known: &BTreeMap<i64, Date>,
    columns: &mut [Column],
) {
    let from = month_start(today);
    for facts in ended {
        let on = ended_on(snapshot, facts.project).or_else(|| known.get(&facts.project).copied());
        let Some(column) = facts.stage.and_then(column_of) else { continue };
        if on.is_some_and(|on| from <= on && on <= today) {
            columns[column].ended += 1;
        }
    }
}

/// The day a project ended, where its stops are on record.
pub(super) fn ended_on(snapshot: &Snapshot, project: i64) -> Option<Date> {
    let ends = snapshot
        .records
        .side_changes_of(project)
        .filter(|kept| matches!(kept.row.state, SideState::Terminated | SideState::Withdrawn));
    ends.map(|kept| kept.row.on).max()
}

/// The first day on which a project had come at least as far as `stage`.
pub(super) fn reached(
    entry: &crate::snapshot::ProjectEntry,
    lens: &Lens,
    stage: Stage,
) -> Option<Date> {
    let counts = |state: &&crate::snapshot::ClaimState| match lens.stage_status {
        crate::rule::StageStatus::Claimed => state.stands(),
        crate::rule::StageStatus::Verified => state.is_verified(),
    };
    let steps = entry.claims.iter().filter(counts).filter(|state| {
        state.claim.stage != Stage::StatEntered
            && state.claim.stage >= stage
            && state.claim.on <= lens.today
    });
    steps.map(|state| state.claim.on).min()
}
