//! Accepts a return, or sends it back with a reason. Never by whoever handed it in.

use jiff::Timestamp;
use tici_domain::{Change, Period, Problem, ReturnSheet, RoundState, SheetState};

use super::{need_place, next_sheet, round_of, sheet_of};
use crate::write::{Written, write};
use crate::{Action, Desk, OpsError, Session};

/// What the office says of a return.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Judgement {
    Accept,
    Return { reason: String },
}

/// Writes what the office says. An accepted return of a locked round is locked with it.
/// Accepting copies no figure: what the office verified is a series of its own.
pub fn judge_return(
    desk: &Desk,
    session: &Session,
    (period, place): (Period, i64),
    judgement: &Judgement,
    now: Timestamp,
) -> Result<Written, OpsError> {
    let snapshot = desk.snapshot()?;
    need_place(&snapshot, session, Action::RunReturns, place)?;
    write(desk, session.actor.id, "judge_return", now, |snapshot, ids| {
        let round = round_of(snapshot, period)?;
        let kept = sheet_of(snapshot, round, place);
        let sheet = kept.map(|kept| &kept.row);
        let handed_in = match sheet {
            Some(sheet) => super::versions::handed_in(desk, sheet)?,
            None => None,
        };
        let is_own = handed_in.is_some_and(|meta| meta.actor == session.actor.id);
        let problems = check(period, sheet, judgement, is_own);
        if !problems.is_empty() {
            return Err(OpsError::Problems(problems));
        }
        let (state, reason) = match judgement {
            Judgement::Accept if round.state == RoundState::Locked => (SheetState::Locked, None),
            Judgement::Accept => (SheetState::Accepted, None),
            Judgement::Return { reason } => (SheetState::Returned, Some(reason.trim().to_owned())),
        };
        let row = next_sheet(ids, (round, place), sheet, state);
        Ok(vec![Change::ReturnSheet(ReturnSheet { reason, ..row })])
    })
}

fn check(
    period: Period,
    sheet: Option<&ReturnSheet>,
    judgement: &Judgement,
    is_own: bool,
) -> Vec<Problem> {
    let mut problems = Vec::new();
    let state = sheet.map(|sheet| sheet.state);
    let may = match judgement {
        Judgement::Accept => state == Some(SheetState::Submitted),
        Judgement::Return { .. } => {
            matches!(state, Some(SheetState::Submitted | SheetState::Accepted))
        }
    };
    if !may {
        let key = match state {
            None => "return-not-there",
            Some(SheetState::Locked) => "return-locked",
            _ => "return-judged-already",
        };
        problems.push(Problem::error(key).arg("period", period));
    }
    if is_own && *judgement == Judgement::Accept {
        problems.push(Problem::error("return-own"));
    }
    if let Judgement::Return { reason } = judgement
        && reason.trim().is_empty()
    {
        problems.push(Problem::error("return-needs-reason"));
    }
    problems
}
