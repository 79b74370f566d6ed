//! Ceremonies: listed, shown, written down, corrected, taken back.

use std::collections::BTreeMap;

use axum::{Json, extract::Path};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use tici_domain::{Event, EventKind};
use tici_engine::ceremony::Sum;
use tici_ops::keep_events::{
    EventLine, EventPage, EventProject, EventsPage, NewEvent, put_event, view_event, view_events,
    withdraw_event,
};

use super::{Opened, Sent, Written, body};
use crate::{Failure, Visit, i18n::T};

#[derive(Serialize)]
pub struct List {
    events: Vec<Row>,
}

/// An event with its sums, by currency.
#[derive(Serialize)]
pub struct Row {
    #[serde(flatten)]
    event: Event,
    sums: BTreeMap<String, Sum>,
    /// As a bulletin would print it, in the reader's language.
    sentence: String,
}

/// One event with its sums by part. A blank key is none stated.
#[derive(Serialize)]
pub struct One {
    #[serde(flatten)]
    row: Row,
    by_sector: Vec<Part>,
    by_tier: Vec<Part>,
    by_band: Vec<Part>,
    projects: Vec<Project>,
}

#[derive(Serialize)]
struct Part {
    key: String,
    currency: String,
    #[serde(flatten)]
    sum: Sum,
}

/// A project of the event that the account may see.
#[derive(Serialize)]
struct Project {
    id: i64,
    code: String,
    stage_now: Option<&'static str>,
}

/// The list as the API and `tici events list --json` give it.
pub fn answer(t: T, page: &EventsPage) -> List {
    List { events: page.lines.iter().map(|line| row(t, line)).collect() }
}

fn row(t: T, line: &EventLine) -> Row {
    let sums = line.totals.all.iter().map(|(currency, sum)| (currency.to_string(), *sum));
    Row { event: line.event.clone(), sums: sums.collect(), sentence: t.words(&line.said) }
}

/// One event as the API and `tici events show --json` give it.
pub fn answer_one(t: T, page: &EventPage) -> One {
    let totals = &page.line.totals;
    let part = |key: Option<String>, currency: tici_domain::Currency, sum: &Sum| Part {
        key: key.unwrap_or_default(),
        currency: currency.to_string(),
        sum: *sum,
    };
    let project = |row: &tici_ops::keep_events::EventRow| {
        let row = row.row.as_ref()?;
        let code = row.entry.project.code.clone();
        let stage_now = row.facts.stage.map(|stage| stage.code());
        Some(Project { id: row.facts.project, code, stage_now })
    };
    let sectors = totals.by_sector.iter();
    let sectors = sectors.map(|((key, currency), sum)| part(key.clone(), *currency, sum));
    let tiers = totals.by_tier.iter();
    let tier = |key: &Option<tici_domain::ListTier>| key.map(|tier| tier.code().to_owned());
    let tiers = tiers.map(|((key, currency), sum)| part(tier(key), *currency, sum));
    let bands = totals.by_band.iter();
    let bands =
        bands.map(|((key, currency), sum)| part(key.map(|band| band.code()), *currency, sum));
    One {
        row: row(t, &page.line),
        by_sector: sectors.collect(),
        by_tier: tiers.collect(),
        by_band: bands.collect(),
        projects: page.rows.iter().filter_map(project).collect(),
    }
}

pub async fn list(visit: Visit) -> Result<Json<List>, Failure> {
    let (t, today) = (visit.t, visit.today);
    let page = visit.run(move |desk, session| view_events(desk, session, today)).await?;
    Ok(Json(answer(t, &page)))
}

pub async fn one(visit: Visit, Path(series): Path<i64>) -> Result<Json<One>, Failure> {
    let (t, today) = (visit.t, visit.today);
    let page = visit.run(move |desk, session| view_event(desk, session, series, today)).await?;
    Ok(Json(answer_one(t, &page)))
}

/// An event to be written down; with `series`, the correction of an earlier one, which owes
/// a reason.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct New {
    series: Option<i64>,
    /// `signing`, `start` or `completion`.
    kind: EventKind,
    name: String,
    on: Date,
    #[serde(default)]
    site: String,
    place: Option<i64>,
    projects: Vec<NewProject>,
    #[serde(default)]
    reason: String,
}

/// Amounts in stored units; the ledger's where none is given.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewProject {
    code: String,
    total: Option<i64>,
    plan_year: Option<i64>,
    sector: Option<String>,
}

pub async fn put(visit: Visit, asked: Sent<New>) -> Result<Json<Opened>, Failure> {
    let New { series, kind, name, on, site, place, projects, reason } = body(asked)?;
    let project = |row: NewProject| {
        let NewProject { code, total, plan_year, sector } = row;
        EventProject { code, total, plan_year, sector }
    };
    let projects = projects.into_iter().map(project).collect();
    let (now, today) = (visit.state.now(), visit.today);
    let place = place.or(visit.session.actor.place);
    let new = NewEvent { series, kind, name, on, site, place, projects, reason };
    let run = visit.run(move |desk, session| put_event(desk, session, &new, now, today));
    let (written, series) = run.await?;
    Ok(Json(Opened { series, entries: written.entries }))
}

/// Why an event is taken back.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Withdraw {
    reason: String,
}

pub async fn withdraw(
    visit: Visit,
    Path(series): Path<i64>,
    asked: Sent<Withdraw>,
) -> Result<Json<Written>, Failure> {
    let Withdraw { reason } = body(asked)?;
    let now = visit.state.now();
    let run = visit.run(move |desk, session| withdraw_event(desk, session, series, &reason, now));
    Ok(Json(Written { entries: run.await?.entries }))
}
