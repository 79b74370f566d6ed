//! Lists of a tier and year, plans of a project, approved excuses: shown and changed.

use std::collections::BTreeMap;

use axum::{
    Json,
    extract::{Path, RawQuery},
};
use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};
use tici_domain::change::{ListMembership, Plan};
use tici_domain::{Excuse, ListTier, Name, Period};
use tici_engine::counting::{Count, ListVersion};
use tici_ops::keep_excuses::{ExcusesPage, NewExcuse, end_excuse, put_excuse, view_excuses};
use tici_ops::keep_lists::{
    ListChange, ListChangeRow, ListPage, NewPlan, PlansPage, change_list, set_plans, view_list,
    view_plans,
};
use tici_ops::view_project::{EntryMeta, project_by_code};

use super::{Sent, Written, body};
use crate::{Failure, Visit, visit::read_pairs};

/// One list on one day.
#[derive(Serialize)]
pub struct List {
    tier: ListTier,
    year: i64,
    on: Date,
    /// In force that day; null before the list was published.
    version: Option<ListVersion>,
    members: Vec<Member>,
    /// Additions and removals after the first version, the latest first.
    changes: Vec<Member>,
    /// The members counted, with the rule.
    count: Count,
}

#[derive(Serialize)]
struct Member {
    code: String,
    name: Name,
    #[serde(flatten)]
    membership: ListMembership,
    written: Option<Author>,
}

/// Who wrote something, when, in which entry.
#[derive(Serialize)]
struct Author {
    by: Name,
    at: Timestamp,
    entry: i64,
}

fn author(meta: &EntryMeta) -> Author {
    Author { by: meta.title.clone(), at: meta.at, entry: meta.seq }
}

/// The list as the API and `tici lists show --json` give it.
pub fn answer(page: &ListPage) -> List {
    let member = |row: &ListChangeRow| Member {
        code: row.row.entry.project.code.clone(),
        name: row.row.entry.project.name.clone(),
        membership: row.membership.clone(),
        written: row.meta.as_ref().map(author),
    };
    List {
        tier: page.tier,
        year: page.year,
        on: page.on,
        version: page.version.clone(),
        members: page.members.iter().map(member).collect(),
        changes: page.changes.iter().map(member).collect(),
        count: page.count.clone(),
    }
}

/// Takes `tier`, `year` and `on`.
pub async fn list(visit: Visit, RawQuery(query): RawQuery) -> Result<Json<List>, Failure> {
    let (mut tier, mut year, mut on) = (ListTier::City, None, None);
    for (name, value) in read_pairs(query.unwrap_or_default().as_bytes()) {
        let bad = || Failure::bad(format!("{name}={value}"));
        match name.as_str() {
            "tier" => tier = ListTier::parse(&value).ok_or_else(bad)?,
            "year" => year = Some(value.parse().map_err(|_| bad())?),
            "on" => on = Some(value.parse().map_err(|_| bad())?),
            _ => {}
        }
    }
    let today = visit.today;
    let run = visit.run(move |desk, session| view_list(desk, session, (tier, year, on), today));
    Ok(Json(answer(&run.await?)))
}

/// One new version of a list.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Change {
    tier: ListTier,
    year: i64,
    /// Codes of projects.
    #[serde(default)]
    add: Vec<String>,
    #[serde(default)]
    remove: Vec<String>,
    on: Date,
    #[serde(default)]
    reason: String,
}

pub async fn change(visit: Visit, asked: Sent<Change>) -> Result<Json<Written>, Failure> {
    let Change { tier, year, add, remove, on, reason } = body(asked)?;
    let change = ListChange { tier, year, add, remove, on, reason };
    let now = visit.state.now();
    let run = visit.run(move |desk, session| change_list(desk, session, &change, now));
    Ok(Json(Written { entries: run.await?.entries }))
}

/// Plans of a project for a year, every version.
#[derive(Serialize)]
pub struct Plans {
    project: i64,
    code: String,
    year: i16,
    currency: String,
    total: Option<i64>,
    /// By period, the newest version first.
    plans: Vec<Version>,
}

#[derive(Serialize)]
struct Version {
    #[serde(flatten)]
    plan: Plan,
    is_current: bool,
    written: Author,
}

/// The plans as the API and `tici plans show --json` give them.
pub fn answer_plans(page: &PlansPage) -> Plans {
    let version = |row: &tici_ops::keep_lists::PlanVersion| Version {
        plan: row.plan.clone(),
        is_current: row.is_current,
        written: author(&row.meta),
    };
    Plans {
        project: page.row.facts.project,
        code: page.row.entry.project.code.clone(),
        year: page.year,
        currency: page.row.facts.currency.to_string(),
        total: page.row.facts.total,
        plans: page.versions.iter().map(version).collect(),
    }
}

/// Takes `year`.
pub async fn plans(
    visit: Visit,
    Path(project): Path<i64>,
    RawQuery(query): RawQuery,
) -> Result<Json<Plans>, Failure> {
    let pairs = read_pairs(query.unwrap_or_default().as_bytes());
    let year = pairs.iter().find(|(name, _)| name == "year").map(|(_, year)| year.parse());
    let year = year.transpose().map_err(|_| Failure::bad("year"))?;
    let today = visit.today;
    let run = visit.run(move |desk, session| view_plans(desk, session, project, year, today));
    Ok(Json(answer_plans(&run.await?)))
}

/// Plans to be set, all or none.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SetPlans {
    plans: Vec<SetPlan>,
    #[serde(default)]
    reason: String,
    #[serde(default)]
    approver: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SetPlan {
    /// Code of the project.
    code: String,
    /// A year or a month, such as `2026` or `2026-06`.
    period: String,
    /// In stored units of the project's currency.
    amount: i64,
}

pub async fn set(visit: Visit, asked: Sent<SetPlans>) -> Result<Json<Written>, Failure> {
    let SetPlans { plans, reason, approver } = body(asked)?;
    let plan = |row: SetPlan| {
        let period = Period::parse(&row.period).ok_or_else(|| Failure::bad(&row.period))?;
        Ok(NewPlan { code: row.code, period, amount: row.amount })
    };
    let plans: Vec<NewPlan> = plans.into_iter().map(plan).collect::<Result<_, Failure>>()?;
    let (now, today) = (visit.state.now(), visit.today);
    let run = visit.run(move |desk, session| {
        set_plans(desk, session, &plans, (&reason, &approver), now, today)
    });
    Ok(Json(Written { entries: run.await?.entries }))
}

/// All excuses the account sees, counted.
#[derive(Serialize)]
pub struct Excuses {
    /// Projects with an excuse in force.
    projects: usize,
    by_rule: BTreeMap<String, usize>,
    by_approver: BTreeMap<String, usize>,
    /// In force first, the nearest end before the later.
    excuses: Vec<ExcuseRow>,
}

#[derive(Serialize)]
struct ExcuseRow {
    code: String,
    /// `in-force`, `ahead`, `ended` or `withdrawn`.
    standing: &'static str,
    #[serde(flatten)]
    excuse: Excuse,
    written: Option<Author>,
}

/// The excuses as the API and `tici excuses list --json` give them.
pub fn answer_excuses(page: &ExcusesPage) -> Excuses {
    let row = |line: &tici_ops::keep_excuses::ExcuseLine| ExcuseRow {
        code: line.row.entry.project.code.clone(),
        standing: line.standing.code(),
        excuse: line.excuse.clone(),
        written: line.meta.as_ref().map(author),
    };
    Excuses {
        projects: page.projects,
        by_rule: page.by_rule.clone(),
        by_approver: page.by_approver.clone(),
        excuses: page.lines.iter().map(row).collect(),
    }
}

pub async fn excuses(visit: Visit) -> Result<Json<Excuses>, Failure> {
    let today = visit.today;
    let page = visit.run(move |desk, session| view_excuses(desk, session, today)).await?;
    Ok(Json(answer_excuses(&page)))
}

/// An excuse to be entered.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Excused {
    /// Code of the project.
    code: String,
    /// Key of a light's rule; `*` is all.
    rule: String,
    from: Date,
    /// Last day on which it holds.
    until: Date,
    reason: String,
    approver: String,
}

pub async fn excuse(visit: Visit, asked: Sent<Excused>) -> Result<Json<Written>, Failure> {
    let Excused { code, rule, from, until, reason, approver } = body(asked)?;
    let now = visit.state.now();
    let run = visit.run(move |desk, session| {
        let project = project_by_code(desk, session, &code)?;
        let withdrawn = false;
        let new = NewExcuse { project, rule, from, until, reason, approver, withdrawn };
        put_excuse(desk, session, &new, now)
    });
    Ok(Json(Written { entries: run.await?.entries }))
}

/// An excuse to be ended.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct End {
    code: String,
    rule: String,
    /// Last day on which it holds.
    last: Date,
    reason: String,
}

pub async fn end(visit: Visit, asked: Sent<End>) -> Result<Json<Written>, Failure> {
    let End { code, rule, last, reason } = body(asked)?;
    let now = visit.state.now();
    let run = visit.run(move |desk, session| {
        let project = project_by_code(desk, session, &code)?;
        end_excuse(desk, session, (project, &rule), (last, &reason), now)
    });
    Ok(Json(Written { entries: run.await?.entries }))
}
