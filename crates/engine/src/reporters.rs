//! Who is asked for a month's return, and about which projects.

use std::collections::BTreeMap;

use tici_domain::{Period, SideState, Stage};

use crate::Snapshot;
use crate::snapshot::ProjectEntry;

/// Projects each place is asked about, in the order of their ids.
pub type Asked = BTreeMap<i64, Vec<i64>>;

/// A place answers for its live projects that have been signed by the period's end, stand
/// on a list of its year or have a plan for it. A lead is asked nothing, and a package is
/// told of by its project.
pub fn asked(snapshot: &Snapshot, period: Period) -> Asked {
    let mut asked = Asked::new();
    for entry in snapshot.projects.iter() {
        if let Some(place) = entry.project.place.filter(|_| is_asked(snapshot, entry, period)) {
            asked.entry(place).or_default().push(entry.project.id);
        }
    }
    asked
}

/// Projects one place is asked about.
pub fn asked_of(snapshot: &Snapshot, place: i64, period: Period) -> Vec<i64> {
    let at = |entry: &&std::sync::Arc<ProjectEntry>| entry.project.place == Some(place);
    let here = snapshot.projects.iter().filter(at);
    let asked = here.filter(|entry| is_asked(snapshot, entry, period));
    asked.map(|entry| entry.project.id).collect()
}

fn is_asked(snapshot: &Snapshot, entry: &ProjectEntry, period: Period) -> bool {
    let project = &entry.project;
    let is_live = matches!(project.state, SideState::Active | SideState::Suspended);
    if !is_live || project.parent.is_some() {
        return false;
    }
    let end = period.last_day();
    let signed = entry
        .claims
        .iter()
        .any(|state| state.stands() && state.claim.stage >= Stage::Signed && state.claim.on <= end);
    let year = period.calendar_year();
    signed
        || entry.tier(year.into(), end).is_some()
        || snapshot.plan(project.id, Period::year(year)).is_some()
}
