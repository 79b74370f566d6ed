//! Plans of a year or a month: each change is a new version with reason and approver.

use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::Date;
use tici_domain::change::Plan;
use tici_domain::period::Kind;
use tici_domain::{Change, Period, Problem, Table};
use tici_engine::{FactsTable, Snapshot};

use super::{LIST_REASON_CHARS_MAX, LIST_ROWS_MAX};
use crate::import::Ids;
use crate::keep_tasks::words;
use crate::lens::{LensQuery, lens};
use crate::view_ledger::{LedgerRow, ledger_row};
use crate::view_project::{EntryMeta, Metas};
use crate::write::{Written, write};
use crate::{Action, Desk, OpsError, Session};

/// One planned amount, by the project's code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewPlan {
    pub code: String,
    pub period: Period,
    /// In stored units of the project's currency.
    pub amount: i64,
}

/// Sets plans, all or none. A plan that stands already is left as it is.
pub fn set_plans(
    desk: &Desk,
    session: &Session,
    plans: &[NewPlan],
    (reason, approver): (&str, &str),
    now: Timestamp,
    today: Date,
) -> Result<Written, OpsError> {
    session.need(Action::KeepLists)?;
    write(desk, session.actor.id, "set_plans", now, |snapshot, ids| {
        session.need_at(Action::KeepLists, snapshot, session.actor.place)?;
        let mut problems = Vec::new();
        let reason = words(reason, LIST_REASON_CHARS_MAX, "list-reason-long", &mut problems);
        let approver = words(approver, LIST_REASON_CHARS_MAX, "list-reason-long", &mut problems);
        if plans.is_empty() || plans.len() > LIST_ROWS_MAX {
            let count = plans.len();
            problems
                .push(Problem::error("list-rows").arg("count", count).arg("limit", LIST_ROWS_MAX));
        }
        let table = desk.facts(snapshot, &lens(snapshot, LensQuery::default(), today));
        let mut rows: Vec<Plan> = Vec::new();
        for plan in plans.iter().take(LIST_ROWS_MAX) {
            match row(snapshot, &table, session, plan, ids) {
                Ok(Some(row)) => rows.push(row),
                Ok(None) => {}
                Err(problem) => problems.push(*problem),
            }
        }
        for row in &mut rows {
            row.version = 1 + row.replaces.map_or(Ok(0), |old| version_of(desk, old))?;
        }
        if rows.iter().any(|row| row.version > 1) {
            let missing = [(&reason, "plan-needs-reason"), (&approver, "plan-needs-approver")];
            let missing = missing.into_iter().filter(|(given, _)| given.is_none());
            problems.extend(missing.map(|(_, key)| Problem::error(key)));
        }
        if !problems.is_empty() {
            return Err(OpsError::Problems(problems));
        }
        let with =
            |row| Change::Plan(Plan { reason: reason.clone(), approver: approver.clone(), ..row });
        Ok(rows.into_iter().map(with).collect())
    })
}

/// One version of one plan.
#[derive(Clone, Debug)]
pub struct PlanVersion {
    pub plan: Plan,
    pub meta: EntryMeta,
    /// No later version stands in its place.
    pub is_current: bool,
}

/// The plans of a project for a year: of the year, then of its months.
#[derive(Clone, Debug)]
pub struct PlansPage {
    pub snapshot: Arc<Snapshot>,
    pub row: LedgerRow,
    pub year: i16,
    /// By period, the newest version first.
    pub versions: Vec<PlanVersion>,
}

/// Reads every version of a project's plans.
pub fn view_plans(
    desk: &Desk,
    session: &Session,
    project: i64,
    year: Option<i16>,
    today: Date,
) -> Result<PlansPage, OpsError> {
    session.need(Action::ReadLedger)?;
    let snapshot = desk.snapshot()?;
    let table = desk.facts(&snapshot, &lens(&snapshot, LensQuery::default(), today));
    let facts = table.get(project).filter(|facts| session.covers(&snapshot, facts.place));
    let facts = facts.ok_or_else(|| OpsError::not_found("project", project))?;
    let row = ledger_row(&snapshot, facts);
    let year = year.unwrap_or(today.year());
    let metas = Metas { desk, snapshot: &snapshot };
    let of_year = desk.store.plans_of(project)?.into_iter();
    let of_year = of_year.filter(|dated| dated.row.period.calendar_year() == year);
    let mut versions: Vec<PlanVersion> = of_year
        .map(|dated| PlanVersion {
            is_current: dated.superseded_by.is_none(),
            meta: metas.meta_of(dated.entry),
            plan: dated.row,
        })
        .collect();
    versions.sort_by_key(|row| {
        let period = row.plan.period;
        (period.kind() != Kind::Year, period.first_day(), std::cmp::Reverse(row.plan.version))
    });
    Ok(PlansPage { row, year, versions, snapshot: snapshot.clone() })
}

fn version_of(desk: &Desk, plan: i64) -> Result<i64, OpsError> {
    Ok(match desk.store.row(Table::Plan, plan)?.map(|dated| dated.row) {
        Some(Change::Plan(old)) => old.version,
        _ => 0,
    })
}

fn row(
    snapshot: &Snapshot,
    table: &FactsTable,
    session: &Session,
    plan: &NewPlan,
    ids: &mut Ids,
) -> Result<Option<Plan>, Box<Problem>> {
    let code = plan.code.trim();
    let entry = snapshot.projects.iter().find(|entry| entry.project.code == code);
    let entry = entry.filter(|entry| session.covers(snapshot, entry.project.place));
    let entry = entry.ok_or_else(|| refused("list-unknown-code", code))?;
    let id = entry.project.id;
    if plan.amount < 0 {
        return Err(refused("plan-negative", code));
    }
    if !matches!(plan.period.kind(), Kind::Year | Kind::Month) {
        return Err(Box::new(Problem::error("plan-period").arg("period", plan.period)));
    }
    let total = table.get(id).and_then(|facts| facts.total);
    if total.is_some_and(|total| plan.amount > total) {
        return Err(refused("plan-over-total", code));
    }
    let old = snapshot.plan(id, plan.period);
    if old.is_some_and(|cell| cell.number == plan.amount) {
        return Ok(None);
    }
    Ok(Some(Plan {
        id: ids.next(Table::Plan),
        project: id,
        period: plan.period,
        amount: plan.amount,
        version: 0,
        reason: None,
        approver: None,
        sheet: None,
        cell: None,
        replaces: old.map(|cell| cell.id),
    }))
}

/// A problem of the project that was named by `code`.
fn refused(key: &str, code: &str) -> Box<Problem> {
    Box::new(Problem::error(key).arg("project", code))
}
