//! Closes a round, and opens it again with a reason: as a whole, or for one place.

use jiff::Timestamp;
use tici_domain::{
    Change, Period, Problem, ReturnRound, ReturnSheet, RoundState, SheetState, Table,
};
use tici_engine::Snapshot;
use tici_engine::reporters::asked;

use super::{need_place, next_sheet, round_of, sheet_of};
use crate::import::Ids;
use crate::write::{Written, write};
use crate::{Action, Desk, OpsError, Session};

/// Locks a round with every accepted return in it. A return that waits for the office stops
/// it; a place that has not reported does not: it stays shown as missing.
pub fn lock_round(
    desk: &Desk,
    session: &Session,
    period: Period,
    now: Timestamp,
) -> Result<Written, OpsError> {
    session.need(Action::RunReturns)?;
    write(desk, session.actor.id, "lock_round", now, |snapshot, ids| {
        let round = round_of(snapshot, period)?;
        let sheets = sheets_of(snapshot, round);
        let waiting = sheets.iter().filter(|sheet| sheet.state == SheetState::Submitted).count();
        let mut problems = Vec::new();
        if round.state == RoundState::Locked {
            problems.push(Problem::error("round-locked-already").arg("period", period));
        }
        if waiting > 0 {
            problems.push(Problem::error("round-not-judged").arg("n", waiting));
        }
        if !problems.is_empty() {
            return Err(OpsError::Problems(problems));
        }
        let mut changes = vec![next_round(ids, round, RoundState::Locked, None)];
        let accepted = sheets.into_iter().filter(|sheet| sheet.state == SheetState::Accepted);
        changes.extend(accepted.map(|sheet| {
            let at = (round, sheet.place);
            Change::ReturnSheet(next_sheet(ids, at, Some(sheet), SheetState::Locked))
        }));
        Ok(changes)
    })
}

/// Opens one place's return again, or the whole round, with the reason for it. What changes
/// after that is shown as a correction.
pub fn unlock_return(
    desk: &Desk,
    session: &Session,
    period: Period,
    place: Option<i64>,
    reason: &str,
    now: Timestamp,
) -> Result<Written, OpsError> {
    session.need(Action::RunReturns)?;
    if let Some(place) = place {
        need_place(&desk.snapshot()?.clone(), session, Action::RunReturns, place)?;
    }
    let reason = reason.trim();
    write(desk, session.actor.id, "unlock_return", now, |snapshot, ids| {
        let round = round_of(snapshot, period)?;
        let problems = check(snapshot, round, place, reason);
        if !problems.is_empty() {
            return Err(OpsError::Problems(problems));
        }
        let Some(place) = place else {
            return Ok(vec![next_round(ids, round, RoundState::Open, Some(reason))]);
        };
        let before = sheet_of(snapshot, round, place).map(|kept| &kept.row);
        let row = next_sheet(ids, (round, place), before, SheetState::Returned);
        Ok(vec![Change::ReturnSheet(ReturnSheet { reason: Some(reason.to_owned()), ..row })])
    })
}

fn check(
    snapshot: &Snapshot,
    round: &ReturnRound,
    place: Option<i64>,
    reason: &str,
) -> Vec<Problem> {
    let mut problems = Vec::new();
    if reason.is_empty() {
        problems.push(Problem::error("return-needs-reason"));
    }
    let is_locked = match place {
        None => round.state == RoundState::Locked,
        Some(place) => match sheet_of(snapshot, round, place).map(|kept| kept.row.state) {
            Some(state) => matches!(state, SheetState::Locked | SheetState::Accepted),
            // A place that came too late has no sheet to open, but asks for the same.
            None => {
                let is_asked = asked(snapshot, round.period).contains_key(&place);
                round.state == RoundState::Locked && is_asked
            }
        },
    };
    if !is_locked {
        problems.push(Problem::error("return-not-locked").arg("period", round.period));
    }
    problems
}

/// Sheets of a round, by place.
pub(super) fn sheets_of<'a>(snapshot: &'a Snapshot, round: &ReturnRound) -> Vec<&'a ReturnSheet> {
    let of_round = (round.series, i64::MIN)..=(round.series, i64::MAX);
    snapshot.records.sheets.range(of_round).map(|(_, kept)| &kept.row).collect()
}

fn next_round(
    ids: &mut Ids,
    round: &ReturnRound,
    state: RoundState,
    reason: Option<&str>,
) -> Change {
    Change::ReturnRound(ReturnRound {
        id: ids.next(Table::ReturnRound),
        state,
        reason: reason.map(str::to_owned),
        replaces: Some(round.id),
        ..round.clone()
    })
}
