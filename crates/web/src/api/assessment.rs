//! The assessment: runs listed, shown, started, taken on; objections filed and answered.

use axum::{Json, extract::Path};
use serde::{Deserialize, Serialize};
use tici_domain::{Objection, ObjectionState, Period, RunPurpose, ScoreRun};
use tici_engine::assess::robustness::RankSpread;
use tici_engine::assess::run::Run;
use tici_ops::assess::{
    NewObjection, NewRun, RunLine, RunPage, RunQuery, Step, answer_objection, file_objection,
    list_runs, open_run, start_run, step_run, view_objections,
};

use super::{Opened, Sent, Written, body};
use crate::{Failure, Visit};

#[derive(Serialize)]
pub struct List {
    runs: Vec<Line>,
}

/// A run with its objections.
#[derive(Serialize)]
pub struct Line {
    #[serde(flatten)]
    run: ScoreRun,
    objections: usize,
    open_objections: usize,
}

/// A run with its result and how far each rank moves.
#[derive(Serialize)]
pub struct One<'a> {
    #[serde(flatten)]
    run: &'a ScoreRun,
    /// Made again from the frozen files, byte for byte the frozen result.
    is_same: bool,
    result_sha256: &'a str,
    /// Of the grades, best first; the result names them by their place here.
    grades: Vec<&'a str>,
    result: &'a Run,
    /// In the order of the result's units.
    spreads: &'a [RankSpread],
}

/// The list as the API and `tici assess list --json` give it.
pub fn answer(lines: Vec<RunLine>) -> List {
    let line = |line: RunLine| Line {
        run: line.row,
        objections: line.objections,
        open_objections: line.open_objections,
    };
    List { runs: lines.into_iter().map(line).collect() }
}

/// One run as the API and `tici assess show --json` give it.
pub fn answer_one(page: &RunPage) -> One<'_> {
    let grading = page.opened.rules.grading.as_ref();
    let grades = grading.map_or(&[][..], |grading| &grading.grades);
    One {
        run: &page.row,
        is_same: page.opened.is_same,
        result_sha256: &page.opened.result_sha256,
        grades: grades.iter().map(|grade| grade.key.as_str()).collect(),
        result: &page.opened.run,
        spreads: page.opened.spreads(),
    }
}

pub async fn list(visit: Visit) -> Result<Json<List>, Failure> {
    Ok(Json(answer(visit.run(list_runs).await?)))
}

pub async fn one(visit: Visit, Path(run): Path<i64>) -> Result<Json<serde_json::Value>, Failure> {
    let read = visit.run(move |desk, session| {
        let page = open_run(desk, session, &RunQuery { run: Some(run) })?;
        Ok(serde_json::to_value(answer_one(&page)).unwrap_or_default())
    });
    Ok(Json(read.await?))
}

/// A run to be reckoned.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct New {
    /// Key of the scheme.
    scheme: String,
    /// `2026-Q2`, `2026-05`.
    period: String,
    /// `regular`, `monitoring` or `estimate`.
    purpose: Option<RunPurpose>,
    /// The run it reckons again.
    again: Option<i64>,
    #[serde(default)]
    reason: String,
}

pub async fn start(visit: Visit, asked: Sent<New>) -> Result<Json<Opened>, Failure> {
    let New { scheme, period, purpose, again, reason } = body(asked)?;
    let period = Period::parse(&period).ok_or_else(|| Failure::bad(period.clone()))?;
    let purpose = purpose.unwrap_or(RunPurpose::Regular);
    let new = NewRun { scheme, period, purpose, again, reason };
    let now = (visit.state.now(), visit.today);
    let started = visit.run(move |desk, session| start_run(desk, session, &new, now)).await?;
    Ok(Json(Opened { series: started.run, entries: started.written.entries }))
}

/// What is done with a run.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Order {
    /// `review`, `publish`, `finish` or `withdraw`.
    step: String,
    #[serde(default)]
    reason: String,
}

pub async fn step(
    visit: Visit,
    Path(run): Path<i64>,
    asked: Sent<Order>,
) -> Result<Json<Written>, Failure> {
    let Order { step, reason } = body(asked)?;
    let step = Step::parse(&step).ok_or_else(|| Failure::bad(step.clone()))?;
    let now = (visit.state.now(), visit.today);
    let run = visit.run(move |desk, session| step_run(desk, session, (run, step, &reason), now));
    Ok(Json(Written { entries: run.await?.entries }))
}

#[derive(Serialize)]
pub struct Objections {
    objections: Vec<Objection>,
}

pub async fn objections(visit: Visit, Path(run): Path<i64>) -> Result<Json<Objections>, Failure> {
    let read = visit.run(move |desk, session| view_objections(desk, session, Some(run)));
    let (_, views) = read.await?;
    Ok(Json(Objections { objections: views.into_iter().map(|view| view.row).collect() }))
}

/// An objection to a published run.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewClaim {
    /// The account's own place where not said.
    place: Option<i64>,
    /// Key of the item; blank for the whole.
    #[serde(default)]
    about: String,
    claim: String,
}

pub async fn object(
    visit: Visit,
    Path(run): Path<i64>,
    asked: Sent<NewClaim>,
) -> Result<Json<Written>, Failure> {
    let NewClaim { place, about, claim } = body(asked)?;
    let place = place.or(visit.session.actor.place);
    let place = place.ok_or_else(|| Failure::bad("place".to_owned()))?;
    let new = NewObjection { run, place, about, claim };
    let now = (visit.state.now(), visit.today);
    let filed = visit.run(move |desk, session| file_objection(desk, session, &new, now));
    Ok(Json(Written { entries: filed.await?.entries }))
}

/// The answer to an objection.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Answer {
    /// `upheld`, `rejected`, or `withdrawn` by who filed it.
    state: ObjectionState,
    #[serde(default)]
    answer: String,
}

/// What an answer wrote, and the run it led to.
#[derive(Serialize)]
pub struct Answered {
    entries: Vec<i64>,
    run: Option<i64>,
}

pub async fn settle(
    visit: Visit,
    Path(series): Path<i64>,
    asked: Sent<Answer>,
) -> Result<Json<Answered>, Failure> {
    let Answer { state, answer } = body(asked)?;
    let now = (visit.state.now(), visit.today);
    let run = visit
        .run(move |desk, session| answer_objection(desk, session, (series, state, &answer), now));
    let (written, started) = run.await?;
    let mut entries = written.entries;
    entries.extend(started.iter().flat_map(|started| &started.written.entries));
    Ok(Json(Answered { entries, run: started.map(|started| started.run) }))
}
