//! Promises: listed, shown, made, revised.

use axum::{Json, extract::Path};
use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};
use tici_domain::{Commitment, ListTier, Name, Stage};
use tici_engine::promise::Standing;
use tici_ops::keep_promises::{
    NewPromise, PromiseLine, PromisePage, PromisesPage, Revision, make_promise, projects_by_code,
    revise_promise, view_promise, view_promises,
};
use tici_ops::lens::LensQuery;
use tici_ops::view_ledger::LedgerRow;

use super::{Opened, Sent, Written, body};
use crate::{Failure, Visit};

#[derive(Serialize)]
pub struct List {
    promises: Vec<Row>,
}

/// A promise, and how it stands today.
#[derive(Serialize)]
pub struct Row {
    #[serde(flatten)]
    promise: Commitment,
    standing: Standing,
    /// Done of the cohort in percent, one decimal.
    rate: Option<String>,
}

/// One promise with the projects the account may see, and the days it was given.
#[derive(Serialize)]
pub struct One {
    #[serde(flatten)]
    row: Row,
    named: Vec<Project>,
    versions: Vec<Version>,
}

#[derive(Serialize)]
struct Project {
    id: i64,
    code: String,
    name: Name,
}

/// Oldest first.
#[derive(Serialize)]
struct Version {
    due: Date,
    withdrawn: bool,
    reason: Option<String>,
    by: Name,
    at: Timestamp,
    entry: i64,
}

/// The list as the API and `tici promises list --json` give it.
pub fn answer(page: &PromisesPage) -> List {
    List { promises: page.lines.iter().map(row).collect() }
}

fn row(line: &PromiseLine) -> Row {
    let (promise, standing) = (line.promise.clone(), line.standing.clone());
    Row { promise, rate: standing.rate().map(|rate| rate.to_string()), standing }
}

/// One promise as the API and `tici promises show --json` give it.
pub fn answer_one(page: &PromisePage) -> One {
    let both = page.done.iter().chain(&page.pending).flatten();
    let project = |row: &LedgerRow| {
        let project = &row.entry.project;
        Project { id: project.id, code: project.code.clone(), name: project.name.clone() }
    };
    let version = |version: &tici_ops::keep_promises::PromiseVersion| Version {
        due: version.promise.due,
        withdrawn: version.promise.withdrawn,
        reason: version.promise.reason.clone(),
        by: version.meta.title.clone(),
        at: version.meta.at,
        entry: version.meta.seq,
    };
    One {
        row: row(&page.line),
        named: both.chain(&page.joined).map(project).collect(),
        versions: page.versions.iter().map(version).collect(),
    }
}

pub async fn list(visit: Visit) -> Result<Json<List>, Failure> {
    let today = visit.today;
    let run = visit.run(move |desk, session| {
        view_promises(desk, session, LensQuery::default(), today).map(|page| answer(&page))
    });
    Ok(Json(run.await?))
}

pub async fn one(visit: Visit, Path(series): Path<i64>) -> Result<Json<One>, Failure> {
    let today = visit.today;
    let run = visit.run(move |desk, session| {
        let page = view_promise(desk, session, series, LensQuery::default(), today)?;
        Ok(answer_one(&page))
    });
    Ok(Json(run.await?))
}

/// A promise to be made. The cohort is what stands on the lists named, within `place`, or
/// else `projects`, by their codes.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct New {
    name: String,
    stage: Option<Stage>,
    milestone: Option<String>,
    due: Date,
    #[serde(default)]
    tiers: Vec<ListTier>,
    #[serde(default)]
    listed: bool,
    place: Option<i64>,
    #[serde(default)]
    projects: Vec<String>,
    #[serde(default)]
    owner: String,
}

pub async fn make(visit: Visit, asked: Sent<New>) -> Result<Json<Opened>, Failure> {
    let New { name, stage, milestone, due, tiers, listed, place, projects, owner } = body(asked)?;
    let (now, today) = (visit.state.now(), visit.today);
    let run = visit.run(move |desk, session| {
        let projects = projects_by_code(desk, session, &projects)?;
        let place = place.or(session.actor.place);
        let due = Some(due);
        let new = NewPromise { name, stage, milestone, due, tiers, listed, place, projects, owner };
        make_promise(desk, session, &new, now, today)
    });
    let (written, series) = run.await?;
    Ok(Json(Opened { series, entries: written.entries }))
}

/// Another day for a promise, or its end.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Revise {
    due: Option<Date>,
    #[serde(default)]
    withdraw: bool,
    reason: String,
}

pub async fn revise(
    visit: Visit,
    Path(series): Path<i64>,
    asked: Sent<Revise>,
) -> Result<Json<Written>, Failure> {
    let Revise { due, withdraw, reason } = body(asked)?;
    let revision = Revision { due, withdrawn: withdraw, reason };
    let (now, today) = (visit.state.now(), visit.today);
    let run = visit
        .run(move |desk, session| revise_promise(desk, session, series, &revision, now, today));
    Ok(Json(Written { entries: run.await?.entries }))
}
