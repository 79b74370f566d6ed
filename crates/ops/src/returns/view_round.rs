//! Reads a round: who has reported, who is late, and whom to remind.

use std::sync::Arc;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use tici_domain::{Period, Place, ReturnRound, ReturnSheet, SheetState};
use tici_engine::Snapshot;
use tici_engine::reporters::asked;
use tici_exchange::form;

use super::{round_of, sheet_of};
use crate::view_project::{EntryMeta, Metas};
use crate::{Action, Desk, OpsError, Session};

/// A round with its places.
#[derive(Clone, Debug)]
pub struct RoundPage {
    pub snapshot: Arc<Snapshot>,
    pub round: ReturnRound,
    /// In the order the office lists them, within the account's places.
    pub places: Vec<PlaceLine>,
    /// Rounds there are, the newest first.
    pub others: Vec<Period>,
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

/// One version of a sheet and who wrote it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SheetMeta {
    pub sheet: ReturnSheet,
    pub by: EntryMeta,
}

/// One place of a round.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlaceLine {
    pub place: Place,
    pub standing: Standing,
    /// Projects it is asked about, and those it spoke of.
    pub asked: usize,
    pub told: i64,
    /// Days after the due day on which it came, or has not come until today; 0 in time.
    pub days_late: i32,
    /// When it first came, and the last version of the sheet.
    pub first: Option<SheetMeta>,
    pub last: Option<SheetMeta>,
}

impl RoundPage {
    pub fn received(&self) -> usize {
        self.places.iter().filter(|line| line.standing.is_received()).count()
    }

    /// Whom to remind: those that have not come, then those that were sent back.
    pub fn reminders(&self) -> Vec<&PlaceLine> {
        let mut due: Vec<&PlaceLine> =
            self.places.iter().filter(|line| !line.standing.is_received()).collect();
        due.sort_by_key(|line| line.standing);
        due
    }
}

/// Periods with a round, the newest first.
pub fn rounds(desk: &Desk, session: &Session) -> Result<Vec<ReturnRound>, OpsError> {
    session.need(Action::ReadLedger)?;
    let snapshot = desk.snapshot()?;
    Ok(rounds_of(&snapshot).cloned().collect())
}

fn rounds_of(snapshot: &Snapshot) -> impl Iterator<Item = &ReturnRound> {
    let rounds = snapshot.records.rounds.iter().rev();
    rounds.filter(|((form, _), _)| form == form::MONTHLY).map(|(_, kept)| &kept.row)
}

/// Reads a round as it stands, or as it stood after `as_of` entries.
pub fn view_round(
    desk: &Desk,
    session: &Session,
    period: Period,
    as_of: Option<i64>,
    today: Date,
    zone: &TimeZone,
) -> Result<RoundPage, OpsError> {
    session.need(Action::ReadLedger)?;
    let snapshot = match as_of {
        Some(seq) => desk.snapshot_as_of(seq)?,
        None => desk.snapshot()?,
    };
    let round = round_of(&snapshot, period)?.clone();
    let metas = Metas { desk, snapshot: &snapshot };
    let mut places = Vec::new();
    let asked = asked(&snapshot, period);
    let here = asked.iter().filter(|(place, _)| session.covers(&snapshot, Some(**place)));
    for (id, projects) in here {
        let Some(place) = snapshot.places.get(id) else { continue };
        let sheet = sheet_of(&snapshot, &round, *id);
        let versions = match sheet {
            Some(kept) => super::view_place::versions(&metas, &kept.row)?,
            None => Vec::new(),
        };
        let is_in = |meta: &&SheetMeta| meta.sheet.state == SheetState::Submitted;
        let first = versions.iter().rev().find(is_in).cloned();
        let standing = Standing::of(sheet.map(|kept| &kept.row));
        let came = first.as_ref().map(|meta| zone.to_datetime(meta.by.at).date());
        let days = late(round.due, came.unwrap_or(today));
        places.push(PlaceLine {
            place: place.clone(),
            standing,
            asked: projects.len(),
            told: sheet.map_or(0, |kept| kept.row.rows),
            days_late: days,
            first,
            last: versions.into_iter().next(),
        });
    }
    places.sort_by_key(|line| (line.place.rank, line.place.id));
    let others = rounds_of(&snapshot).map(|round| round.period).collect();
    Ok(RoundPage { snapshot: snapshot.clone(), round, places, others })
}

fn late(due: Date, day: Date) -> i32 {
    due.until(day).map_or(0, |span| span.get_days()).max(0)
}
