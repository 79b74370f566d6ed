//! Opens a period for returns.

use jiff::civil::Date;
use jiff::{Span, Timestamp};
use tici_domain::period::Kind;
use tici_domain::{Change, Period, Problem, ReturnRound, RoundState, Table};
use tici_engine::Snapshot;
use tici_exchange::form;

use crate::lens::key;
use crate::write::{Written, write};
use crate::{Action, Desk, OpsError, Session};

/// Days after the month's end on which returns are due, where no setting says otherwise.
const DUE_DAY: i64 = 3;

/// The last day on which a return of `period` is in time: the day of the next month that
/// the setting `return.due_day` names.
pub fn due_day(snapshot: &Snapshot, period: Period) -> Date {
    let day = snapshot.setting(key::RETURN_DUE_DAY).and_then(|text| text.parse().ok());
    let day: i64 = day.filter(|day| (1..=28).contains(day)).unwrap_or(DUE_DAY);
    period.last_day() + Span::new().days(day)
}

/// Opens the monthly round of a month for all places. A round is opened once: a later day
/// for it, or more time, is an unlocking with its reason.
pub fn open_round(
    desk: &Desk,
    session: &Session,
    period: Period,
    due: Option<Date>,
    now: Timestamp,
    today: Date,
) -> Result<Written, OpsError> {
    session.need(Action::RunReturns)?;
    write(desk, session.actor.id, "open_round", now, |snapshot, ids| {
        let due = due.unwrap_or_else(|| due_day(snapshot, period));
        let problems = check(snapshot, period, due, today);
        if !problems.is_empty() {
            return Err(OpsError::Problems(problems));
        }
        let id = ids.next(Table::ReturnRound);
        Ok(vec![Change::ReturnRound(ReturnRound {
            id,
            series: id,
            form: form::MONTHLY.into(),
            period,
            opened: today,
            due,
            state: RoundState::Open,
            reason: None,
            replaces: None,
        })])
    })
}

fn check(snapshot: &Snapshot, period: Period, due: Date, today: Date) -> Vec<Problem> {
    let mut problems = Vec::new();
    if period.kind() != Kind::Month {
        problems.push(Problem::error("round-not-a-month").arg("period", period));
    }
    if snapshot.records.round_of(form::MONTHLY, period).is_some() {
        problems.push(Problem::error("round-already-open").arg("period", period));
    }
    if period.first_day() > today {
        problems.push(Problem::error("round-in-future").arg("period", period));
    }
    if due < period.first_day() {
        problems.push(Problem::error("round-due-early").arg("due", due).arg("period", period));
    }
    problems
}
