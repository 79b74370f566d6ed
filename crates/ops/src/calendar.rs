//! A person's own calendar behind a secret address: promises, milestones, tasks and meetings
//! of what the account may see. Programs that read calendars cannot sign in, so whoever has
//! the address may read; only its hash is kept, and it can be renewed and revoked.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry as Slot;

use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};
use tici_domain::change::Milestone;
use tici_domain::{Commitment, Meeting, Name, Stage, Task, TaskState};
use tici_engine::Snapshot;

use crate::accounts::{hash_token, random_hex};
use crate::keep_tasks::sees;
use crate::{Action, Desk, OpsError, Session};

pub use tici_exchange::export::ical::{Calendar, DayEvent, write as to_ical};

/// Entries of a calendar at most; the nearest to today are kept.
pub const CALENDAR_ENTRIES_MAX: usize = 2_000;
/// What lies further back than so many days is left out.
const DAYS_BACK: i64 = 92;
/// What lies further ahead.
const DAYS_AHEAD: i64 = 550;

/// Under which the hash of the secret is kept with the account's preferences.
const KEPT_AS: &str = "calendar";

/// What falls on a day.
#[derive(Clone, Debug)]
pub enum Due {
    Promise(Commitment),
    /// Of a project: code and name.
    Milestone(Milestone, String, Name),
    Task(Task, Option<String>),
    Meeting(Meeting),
}

/// One entry of a calendar.
#[derive(Clone, Debug)]
pub struct Entry {
    /// The same for the same thing, for ever: its kind and number, and the ledger's mark.
    pub uid: String,
    /// When the ledger took it down as it is now.
    pub stamp: Timestamp,
    pub on: Date,
    pub due: Due,
}

/// A calendar as an account's programs read it.
#[derive(Clone, Debug)]
pub struct Feed {
    pub session: Session,
    /// Tag of the language the account reads.
    pub lang: Option<String>,
    pub entries: Vec<Entry>,
}

/// Whether the account has a secret address.
pub fn has_calendar(desk: &Desk, session: &Session) -> Result<bool, OpsError> {
    Ok(desk.store.preferences(session.actor.id)?.contains_key(KEPT_AS))
}

/// Makes a secret address in place of any before; it is told this once.
pub fn renew_calendar(desk: &Desk, session: &Session) -> Result<String, OpsError> {
    session.need(Action::ReadLedger)?;
    let secret = random_hex()?;
    desk.store.set_preference(session.actor.id, KEPT_AS, &hash_token(&secret))?;
    Ok(secret)
}

/// From now on the address leads nowhere.
pub fn revoke_calendar(desk: &Desk, session: &Session) -> Result<(), OpsError> {
    Ok(desk.store.delete_preference(session.actor.id, KEPT_AS)?)
}

/// The calendar of a secret. An unknown secret and a closed account are told alike.
pub fn read_calendar(desk: &Desk, secret: &str, today: Date) -> Result<Feed, OpsError> {
    let unknown = || OpsError::not_found("calendar", "");
    let actor = desk.store.actor_preferring(KEPT_AS, &hash_token(secret))?.ok_or_else(unknown)?;
    let snapshot = desk.snapshot()?;
    let actor = snapshot.actors.get(&actor).filter(|actor| actor.active).ok_or_else(unknown)?;
    let session = Session::local(actor.clone());
    session.need(Action::ReadLedger).map_err(|_| unknown())?;
    let lang = desk.store.preferences(session.actor.id)?.remove("lang");
    let mark = mark(desk)?;
    let mut found = due(&snapshot, &session);
    let from = today.saturating_sub(DAYS_BACK.days());
    let until = today.saturating_add(DAYS_AHEAD.days());
    found.retain(|(_, on, _, _)| (from..=until).contains(on));
    found.sort_by_key(|(key, on, _, _)| ((*on - today).get_days().abs(), key.clone()));
    found.truncate(CALENDAR_ENTRIES_MAX);
    found.sort_by(|a, b| (a.1, &a.0).cmp(&(b.1, &b.0)));
    let mut stamps = BTreeMap::new();
    let mut entries = Vec::with_capacity(found.len());
    for (key, on, entry, due) in found {
        let stamp = match stamps.entry(entry) {
            Slot::Occupied(known) => *known.get(),
            Slot::Vacant(slot) => {
                let at = desk.store.entry(entry)?.map(|record| record.meta.at);
                *slot.insert(at.unwrap_or_default())
            }
        };
        entries.push(Entry { uid: format!("{key}@{mark}"), stamp, on, due });
    }
    Ok(Feed { session, lang, entries })
}

/// Tells this ledger from any other: the beginning of the hash of its first entry.
fn mark(desk: &Desk) -> Result<String, OpsError> {
    let first = desk.store.entry(0)?.map(|record| record.leaf_hash.to_string());
    Ok(first.unwrap_or_default().chars().take(16).collect())
}

type Found = (String, Date, i64, Due);

fn due(snapshot: &Snapshot, session: &Session) -> Vec<Found> {
    let records = &snapshot.records;
    let mut found = Vec::new();
    for kept in records.commitments.values().filter(|kept| !kept.row.withdrawn) {
        let row = &kept.row;
        if row.place.is_none() || session.covers(snapshot, row.place) {
            let key = format!("promise-{}", row.series);
            found.push((key, row.due, kept.entry, Due::Promise(row.clone())));
        }
    }
    for kept in records.tasks.values().filter(|kept| kept.row.state == TaskState::Open) {
        let row = &kept.row;
        let (Some(due), true) = (row.due, sees(session, snapshot, row)) else { continue };
        let project = row.project.and_then(|id| snapshot.projects.get(id));
        let code = project.map(|entry| entry.project.code.clone());
        found.push((format!("task-{}", row.series), due, kept.entry, Due::Task(row.clone(), code)));
    }
    for kept in records.meetings.values() {
        let row = &kept.row;
        let key = format!("meeting-{}", row.series);
        found.push((key, row.on, kept.entry, Due::Meeting(row.clone())));
    }
    milestones(snapshot, session, &mut found);
    found
}

/// Steps of projects in force that have not been reached: on the day their people expect
/// them, or else the planned one.
fn milestones(snapshot: &Snapshot, session: &Session, found: &mut Vec<Found>) {
    for entry in snapshot.projects.iter() {
        let project = &entry.project;
        let is_live = project.state == tici_domain::SideState::Active;
        if !is_live || !session.covers(snapshot, project.place) {
            continue;
        }
        for (row, seq) in entry.milestones.iter().filter(|(row, _)| row.actual.is_none()) {
            let stage = Stage::parse(&row.key);
            let reached =
                stage.and_then(|stage| entry.claim(stage)).is_some_and(|claim| claim.stands());
            let (Some(on), false) = (row.expected.or(row.planned), reached) else { continue };
            let key = format!("milestone-{}-{}", project.id, row.key);
            let due = Due::Milestone(row.clone(), project.code.clone(), project.name.clone());
            found.push((key, on, *seq, due));
        }
    }
}
