//! Reads a round: who has reported, who is late, and whom to remind.

use std::sync::Arc;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use tici_domain::{Period, Place, ReturnRound, SheetState};
use tici_engine::Snapshot;
use tici_engine::reporters::{Reporting, Standing, reporting};
use tici_exchange::form;

use super::{Hands, SheetMeta, round_of, sheet_of};
use crate::view_project::Metas;
use crate::{Action, Desk, OpsError, Session};

/// A round with its places.
#[derive(Clone, Debug)]
pub struct RoundPage {
    pub snapshot: Arc<Snapshot>,
    pub round: ReturnRound,
    /// Who has reported, of the account's places.
    pub reporting: Reporting,
    /// In the order the office lists them, within the account's places.
    pub places: Vec<PlaceLine>,
    /// Rounds there are, the newest first.
    pub others: Vec<Period>,
}

/// One place of a round.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlaceLine {
    pub place: Place,
    pub standing: Standing,
    /// Projects it is asked about, and those of them with a figure of the month.
    pub asked: usize,
    pub told: usize,
    /// Days after the due day on which it came, or has not come until today; 0 in time.
    pub days_late: i32,
    /// When it first came, and the last version of the sheet.
    pub first: Option<SheetMeta>,
    pub last: Option<SheetMeta>,
    pub hands: Hands,
}

impl RoundPage {
    pub fn received(&self) -> usize {
        self.reporting.received()
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

/// Reads a round.
pub fn view_round(
    desk: &Desk,
    session: &Session,
    period: Period,
    today: Date,
    zone: &TimeZone,
) -> Result<RoundPage, OpsError> {
    session.need(Action::ReadLedger)?;
    let snapshot = desk.snapshot()?;
    let round = round_of(&snapshot, period)?.clone();
    let metas = Metas { desk, snapshot: &snapshot };
    let mut places = Vec::new();
    let reporting = reporting(&snapshot, period, |place| session.covers(&snapshot, Some(place)));
    for report in &reporting.places {
        let Some(place) = snapshot.places.get(&report.place) else { continue };
        let sheet = sheet_of(&snapshot, &round, report.place);
        let versions = match sheet {
            Some(kept) => super::versions::sheets(&metas, &kept.row)?,
            None => Vec::new(),
        };
        let is_in = |meta: &&SheetMeta| meta.sheet.state == SheetState::Submitted;
        let first = versions.iter().rev().find(is_in).cloned();
        let came = first.as_ref().map(|meta| zone.to_datetime(meta.by.at).date());
        places.push(PlaceLine {
            place: place.clone(),
            standing: Standing::of(sheet.map(|kept| &kept.row)),
            asked: report.asked,
            told: report.told,
            days_late: late(round.due, came.unwrap_or(today)),
            first,
            hands: Hands::of(&versions),
            last: versions.into_iter().next(),
        });
    }
    places.sort_by_key(|line| (line.place.rank, line.place.id));
    let others = rounds_of(&snapshot).map(|round| round.period).collect();
    Ok(RoundPage { snapshot: snapshot.clone(), round, reporting, places, others })
}

fn late(due: Date, day: Date) -> i32 {
    due.until(day).map_or(0, |span| span.get_days()).max(0)
}
