//! What became of one project of the cohort, read once and asked many times.

use jiff::Span;
use jiff::civil::Date;
use tici_domain::event::EventKind;
use tici_domain::{Period, SideState, Stage};

use super::{Class, Pick};
use crate::facts::{Facts, FactsTable};
use crate::rule::StageStatus;
use crate::snapshot::{ProjectEntry, Snapshot};

/// Months after a start in which it has to be entered into statistics.
const ENTRY_MONTHS: i32 = 2;

/// Days of one project, and its class.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Story {
    started: Option<Date>,
    completed: Option<Date>,
    producing: Option<Date>,
    is_entered: bool,
    is_suspended: bool,
    planned_start: Option<Date>,
    in_event: bool,
    /// Index of its class.
    pub class: Option<usize>,
}

/// The days that a story is read against.
#[derive(Clone, Copy, Debug)]
pub(super) struct Clock {
    pub year_first: Date,
    pub year_last: Date,
    pub until: Date,
}

impl Clock {
    pub fn new(period: Period) -> Clock {
        let year = Period::year(period.calendar_year());
        let until = period.last_day();
        Clock { year_first: year.first_day(), year_last: year.last_day(), until }
    }
}

/// Projects of the start events of the year, up to the month's end.
pub(super) fn event_projects(snapshot: &Snapshot, clock: Clock) -> Vec<i64> {
    let mut projects: Vec<i64> = start_events(snapshot, clock)
        .flat_map(|event| event.items.iter().map(|item| item.project))
        .collect();
    projects.sort_unstable();
    projects.dedup();
    projects
}

pub(super) fn start_events(
    snapshot: &Snapshot,
    clock: Clock,
) -> impl Iterator<Item = &tici_domain::Event> {
    let events = snapshot.records.events.values().map(|kept| &kept.row);
    events.filter(move |event| {
        event.kind == EventKind::Start
            && !event.withdrawn
            && event.on >= clock.year_first
            && event.on <= clock.until
    })
}

pub(super) fn story(
    entry: &ProjectEntry,
    facts: &Facts,
    (table, clock): (&FactsTable, Clock),
    (classes, events): (&[Class], &[i64]),
) -> Story {
    let verified = table.lens.stage_status == StageStatus::Verified;
    let mut story = Story {
        is_suspended: facts.state == SideState::Suspended,
        in_event: events.binary_search(&facts.project).is_ok(),
        class: classes.iter().position(|class| fits(class, entry)),
        ..Story::default()
    };
    let counted = entry.claims.iter().filter(|state| {
        let counts = if verified { state.is_verified() } else { state.stands() };
        counts && state.claim.on <= clock.until
    });
    for claim in counted.map(|state| &state.claim) {
        if claim.stage == Stage::StatEntered {
            story.is_entered = true;
            continue;
        }
        let first = |day: &mut Option<Date>| *day = Some(day.map_or(claim.on, |d| d.min(claim.on)));
        if claim.stage.has_started() {
            first(&mut story.started);
        }
        if claim.stage >= Stage::Completed {
            first(&mut story.completed);
        }
        if claim.stage >= Stage::InProduction {
            first(&mut story.producing);
        }
    }
    let start = entry.milestone(Stage::Started.code());
    story.planned_start = start.and_then(|row| row.planned);
    story
}

fn fits(class: &Class, entry: &ProjectEntry) -> bool {
    let industry = entry.project.industry.as_deref().unwrap_or("");
    let sector = entry.project.sector.as_deref().unwrap_or("");
    class.others
        || class.industries.iter().any(|letter| industry.starts_with(letter.as_str()))
        || class.sectors.iter().any(|word| word == sector)
}

impl Story {
    pub fn is(&self, pick: Pick, clock: Clock) -> bool {
        let before_year = |day: Option<Date>| day.is_some_and(|day| day < clock.year_first);
        let this_year = |day: Option<Date>| day.is_some_and(|day| day >= clock.year_first);
        let planned = |by: Date| {
            self.planned_start.is_some_and(|day| day >= clock.year_first && day <= by)
                && !before_year(self.started)
        };
        let late_start =
            self.planned_start.is_some_and(|day| day <= clock.until) && self.started.is_none();
        match pick {
            Pick::All => true,
            Pick::NewStart => this_year(self.started),
            Pick::Continuing => before_year(self.started) && !before_year(self.completed),
            Pick::Started => self.started.is_some(),
            Pick::PlannedStart => planned(clock.year_last),
            Pick::DueStart => planned(clock.until),
            Pick::PlannedStarted => planned(clock.year_last) && self.started.is_some(),
            Pick::DueStarted => planned(clock.until) && self.started.is_some(),
            Pick::LateStart => late_start,
            Pick::LateEntry => self.is_entry_late(clock),
            Pick::LateStartOrEntry => late_start || self.is_entry_late(clock),
            Pick::Completed => this_year(self.completed),
            Pick::Producing => this_year(self.producing),
            Pick::Suspended => self.is_suspended,
            Pick::EventStart => self.in_event && !planned(clock.year_last),
        }
    }

    fn is_entry_late(&self, clock: Clock) -> bool {
        let due =
            self.started.and_then(|day| day.checked_add(Span::new().months(ENTRY_MONTHS)).ok());
        !self.is_entered && due.is_some_and(|due| due <= clock.until)
    }
}
