//! Who is asked for a month's return, about which projects, and who has reported. Every page
//! that says how many have reported counts here.

use std::collections::BTreeMap;

use tici_domain::{Basis, Period, ReturnSheet, SheetState, SideState, Stage};

use crate::Snapshot;
use crate::facts::done_ytd;
use crate::snapshot::ProjectEntry;

/// The form that a round of monthly returns asks for.
pub const MONTHLY: &str = "monthly";

/// Who has reported for a month.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reporting {
    pub period: Period,
    pub counted: Counted,
    /// Places that are asked, by id.
    pub places: Vec<PlaceReport>,
}

/// By what a place counts as having reported.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Counted {
    /// A round was opened: the return was handed in and has not been sent back. Figures that
    /// came another way, in a list that was imported, are none.
    Returns,
    /// No round was opened: each project on a list of the year with a plan has a figure.
    Figures,
}

impl Counted {
    pub fn code(self) -> &'static str {
        match self {
            Counted::Returns => "returns",
            Counted::Figures => "figures",
        }
    }
}

/// One place in a month.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PlaceReport {
    pub place: i64,
    /// Where its return stands; `None` where no round was opened.
    pub standing: Option<Standing>,
    /// Projects it is asked about.
    pub asked: usize,
    /// Those of them with a reported figure of the month, however it came.
    pub told: usize,
}

/// Where a place stands in a round.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// Nothing has come.
    Missing,
    /// Sent back, and not come again.
    Returned,
    Submitted,
    Accepted,
    Locked,
}

impl Standing {
    /// In the order a return goes through them.
    pub const ALL: [Standing; 5] = [
        Standing::Missing,
        Standing::Returned,
        Standing::Submitted,
        Standing::Accepted,
        Standing::Locked,
    ];

    /// The stored code of the sheet's state; `missing` without a sheet.
    pub fn code(self) -> &'static str {
        match self {
            Standing::Missing => "missing",
            Standing::Returned => SheetState::Returned.code(),
            Standing::Submitted => SheetState::Submitted.code(),
            Standing::Accepted => SheetState::Accepted.code(),
            Standing::Locked => SheetState::Locked.code(),
        }
    }

    /// The standing of a sheet, or of none.
    pub fn of(sheet: Option<&ReturnSheet>) -> Standing {
        match sheet.map(|sheet| sheet.state) {
            None => Standing::Missing,
            Some(SheetState::Returned) => Standing::Returned,
            Some(SheetState::Submitted) => Standing::Submitted,
            Some(SheetState::Accepted) => Standing::Accepted,
            Some(SheetState::Locked) => Standing::Locked,
        }
    }

    /// Whether the place has said what it has to say.
    pub fn is_received(self) -> bool {
        self >= Standing::Submitted
    }
}

impl PlaceReport {
    /// Whether the place has reported.
    pub fn is_in(&self) -> bool {
        self.standing.map_or(self.told >= self.asked, Standing::is_received)
    }
}

impl Reporting {
    pub fn received(&self) -> usize {
        self.places.iter().filter(|place| place.is_in()).count()
    }

    /// Places that have not reported.
    pub fn missing(&self) -> impl Iterator<Item = &PlaceReport> {
        self.places.iter().filter(|place| !place.is_in())
    }

    /// Places whose return stands so; together with the others they make all places.
    pub fn count(&self, standing: Standing) -> usize {
        self.places.iter().filter(|place| place.standing == Some(standing)).count()
    }
}

/// Counts who has reported for a month, of the places that `covers` lets through, as the
/// snapshot knows it.
pub fn reporting(snapshot: &Snapshot, period: Period, covers: impl Fn(i64) -> bool) -> Reporting {
    let round = snapshot.records.round_of(MONTHLY, period).map(|kept| &kept.row);
    let (counted, asked) = match round {
        Some(_) => (Counted::Returns, asked(snapshot, period)),
        None => (Counted::Figures, planned(snapshot, period)),
    };
    let has_figure =
        |project: &&i64| done_ytd(snapshot, Basis::Reported, period, **project).is_some();
    let here = asked.into_iter().filter(|(place, _)| covers(*place));
    let report = |(place, projects): (i64, Vec<i64>)| PlaceReport {
        place,
        standing: round.map(|round| {
            Standing::of(snapshot.records.sheet_of(round, place).map(|kept| &kept.row))
        }),
        asked: projects.len(),
        told: projects.iter().filter(has_figure).count(),
    };
    Reporting { period, counted, places: here.map(report).collect() }
}

/// Live projects on a list of the year with a plan for it, by place.
fn planned(snapshot: &Snapshot, period: Period) -> Asked {
    let (year, end) = (period.calendar_year(), period.last_day());
    let is_planned = |entry: &ProjectEntry| {
        let is_live = matches!(entry.project.state, SideState::Active | SideState::Suspended);
        is_live
            && entry.project.parent.is_none()
            && entry.tier(year.into(), end).is_some()
            && snapshot.plan(entry.project.id, Period::year(year)).is_some()
    };
    by_place(snapshot, is_planned)
}

/// Projects each place is asked about, in the order of their ids.
pub type Asked = BTreeMap<i64, Vec<i64>>;

/// A place answers for its live projects that have been signed by the period's end, stand
/// on a list of its year or have a plan for it. A lead is asked nothing, and a package is
/// told of by its project.
pub fn asked(snapshot: &Snapshot, period: Period) -> Asked {
    by_place(snapshot, |entry| is_asked(snapshot, entry, period))
}

/// Projects one place is asked about.
pub fn asked_of(snapshot: &Snapshot, place: i64, period: Period) -> Vec<i64> {
    let at = |entry: &&std::sync::Arc<ProjectEntry>| entry.project.place == Some(place);
    let here = snapshot.projects.iter().filter(at);
    let asked = here.filter(|entry| is_asked(snapshot, entry, period));
    asked.map(|entry| entry.project.id).collect()
}

fn by_place(snapshot: &Snapshot, is_wanted: impl Fn(&ProjectEntry) -> bool) -> Asked {
    let mut wanted = Asked::new();
    for entry in snapshot.projects.iter() {
        if let Some(place) = entry.project.place.filter(|_| is_wanted(entry)) {
            wanted.entry(place).or_default().push(entry.project.id);
        }
    }
    wanted
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
