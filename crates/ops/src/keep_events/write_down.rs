//! Writing events. Amounts that are not given are those of the ledger on that day, and stay
//! as announced whatever the ledger says later.

use jiff::Timestamp;
use jiff::civil::Date;
use tici_domain::{Change, Event, EventItem, EventKind, Name, Problem, Table};
use tici_engine::{FactsTable, Snapshot, ceremony};

use super::{EVENT_NAME_CHARS_MAX, EVENT_PROJECTS_MAX};
use crate::keep_tasks::words;
use crate::lens::{LensQuery, lens};
use crate::write::{Written, write};
use crate::{Action, Desk, OpsError, Session};

/// A project of an event, by its code.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EventProject {
    pub code: String,
    /// In stored units; the ledger's where none is given.
    pub total: Option<i64>,
    pub plan_year: Option<i64>,
    pub sector: Option<String>,
}

/// An event as somebody writes it down.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewEvent {
    /// The event that this corrects.
    pub series: Option<i64>,
    pub kind: EventKind,
    pub name: String,
    pub on: Date,
    pub site: String,
    pub place: Option<i64>,
    pub projects: Vec<EventProject>,
    /// Owed by a correction.
    pub reason: String,
}

/// Writes an event down, or corrects one; gives its series.
pub fn put_event(
    desk: &Desk,
    session: &Session,
    new: &NewEvent,
    now: Timestamp,
    today: Date,
) -> Result<(Written, i64), OpsError> {
    session.need(Action::KeepEvents)?;
    let mut series = 0;
    let written = write(desk, session.actor.id, "put_event", now, |snapshot, ids| {
        session.need_at(Action::KeepEvents, snapshot, new.place.or(session.actor.place))?;
        let old = match new.series {
            Some(series) => Some(current(snapshot, series)?),
            None => None,
        };
        // One of the whole region is not for an office of one place.
        if let Some(old) = old {
            session.need_at(Action::KeepEvents, snapshot, old.place)?;
        }
        let mut problems = check_words(new, old.is_some());
        let table = desk.facts(snapshot, &lens(snapshot, LensQuery::default(), today));
        let items = items(snapshot, &table, session, new, &mut problems);
        let id = ids.next(Table::Event);
        let event = Event {
            id,
            series: old.map_or(id, |old| old.series),
            kind: new.kind,
            name: Name::new(new.name.trim()),
            on: new.on,
            site: some_name(&new.site),
            place: new.place,
            items,
            withdrawn: false,
            reason: Some(new.reason.trim().to_owned()).filter(|text| !text.is_empty()),
            replaces: old.map(|old| old.id),
        };
        problems.extend(ceremony::check(snapshot, &event));
        if !problems.is_empty() {
            return Err(OpsError::Problems(problems));
        }
        series = event.series;
        Ok(vec![Change::Event(event)])
    })?;
    Ok((written, series))
}

/// Takes an event back; its projects may then be counted in another.
pub fn withdraw_event(
    desk: &Desk,
    session: &Session,
    series: i64,
    reason: &str,
    now: Timestamp,
) -> Result<Written, OpsError> {
    session.need(Action::KeepEvents)?;
    write(desk, session.actor.id, "withdraw_event", now, |snapshot, ids| {
        let old = current(snapshot, series)?;
        session.need_at(Action::KeepEvents, snapshot, old.place)?;
        let reason = reason.trim();
        if reason.is_empty() {
            return Err(OpsError::problem(Problem::error("event-needs-reason")));
        }
        Ok(vec![Change::Event(Event {
            id: ids.next(Table::Event),
            withdrawn: true,
            reason: Some(reason.to_owned()),
            replaces: Some(old.id),
            ..old.clone()
        })])
    })
}

fn current(snapshot: &Snapshot, series: i64) -> Result<&Event, OpsError> {
    let kept = snapshot.records.events.get(&series).filter(|kept| !kept.row.withdrawn);
    Ok(&kept.ok_or_else(|| OpsError::not_found("event", series))?.row)
}

fn some_name(text: &str) -> Option<Name> {
    Some(text.trim()).filter(|text| !text.is_empty()).map(Name::new)
}

fn check_words(new: &NewEvent, is_correction: bool) -> Vec<Problem> {
    let mut problems = Vec::new();
    let name = words(&new.name, EVENT_NAME_CHARS_MAX, "event-name-long", &mut problems);
    words(&new.site, EVENT_NAME_CHARS_MAX, "event-name-long", &mut problems);
    if name.is_none() {
        problems.push(Problem::error("event-needs-name"));
    }
    if is_correction && new.reason.trim().is_empty() {
        problems.push(Problem::error("event-needs-reason"));
    }
    if new.projects.len() > EVENT_PROJECTS_MAX {
        let count = new.projects.len();
        problems.push(
            Problem::error("event-too-many-projects")
                .arg("count", count)
                .arg("limit", EVENT_PROJECTS_MAX),
        );
    }
    problems
}

fn items(
    snapshot: &Snapshot,
    table: &FactsTable,
    session: &Session,
    new: &NewEvent,
    problems: &mut Vec<Problem>,
) -> Vec<EventItem> {
    let mut items = Vec::new();
    for project in new.projects.iter().take(EVENT_PROJECTS_MAX) {
        let code = project.code.trim();
        let of_code = snapshot.projects.iter().find(|entry| entry.project.code == code);
        let entry = of_code.filter(|entry| session.covers(snapshot, entry.project.place));
        let Some(entry) = entry else {
            problems.push(Problem::error("event-unknown-code").arg("project", code));
            continue;
        };
        let facts = table.get(entry.project.id);
        items.push(EventItem {
            project: entry.project.id,
            total: project.total.or_else(|| facts.and_then(|facts| facts.total)),
            plan_year: project.plan_year.or_else(|| facts.and_then(|facts| facts.plan_year)),
            sector: project.sector.clone(),
        });
    }
    items
}
