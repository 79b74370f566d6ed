//! The assessment: runs listed, shown, started, taken on; objections filed and answered.

use axum::Json;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Value, to_value};
use tici_domain::{Objection, ObjectionState, Period, RunPurpose, ScoreRun};
use tici_ops::assess::{
    NewObjection, NewRun, RunLine, RunPage, RunQuery, Step, answer_objection, file_objection,
    list_runs, open_run, start_run, step_run, view_objections,
};

use super::describe::{Endpoint, get, post};
use super::{At, Opened, Sent, Written, body};
use crate::{Failure, Visit};

pub fn endpoints() -> Vec<Endpoint> {
    let (all, one) = ("/api/assessment/runs", "/api/assessment/runs/{run}");
    let objections = "/api/assessment/runs/{run}/objections";
    let settled = "/api/assessment/objections/{series}";
    vec![
        get(all, "listRuns", "Runs of schemes, with their states.", list),
        post(all, "startRun", "Reckons a run and freezes it with its scheme and inputs.", start),
        get(one, "showRun", "A run with its result and how far each rank moves.", show),
        post(one, "stepRun", "Reviews, publishes, finishes or withdraws a run.", step),
        get(objections, "listObjections", "Objections to a run.", objections_to),
        post(objections, "fileObjection", "Objects to the score of a place.", object),
        post(settled, "answerObjection", "Answers an objection; upheld, it is reckoned.", settle),
    ]
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "RunsList")]
pub struct List {
    runs: Vec<Line>,
}

/// A run with its objections.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "RunsLine")]
pub struct Line {
    #[serde(flatten)]
    run: ScoreRun,
    objections: usize,
    open_objections: usize,
}

/// A run with its result and how far each rank moves.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "RunsOne")]
pub struct One {
    #[serde(flatten)]
    run: ScoreRun,
    /// Made again from the frozen files, byte for byte the frozen result.
    is_same: bool,
    result_sha256: String,
    /// Of the grades, best first; the result names them by their place here.
    grades: Vec<String>,
    result: Value,
    /// In the order of the result's units.
    spreads: Value,
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
pub fn answer_one(page: &RunPage) -> One {
    let grading = page.opened.rules.grading.as_ref();
    let grades = grading.map_or(&[][..], |grading| &grading.grades);
    One {
        run: page.row.clone(),
        is_same: page.opened.is_same,
        result_sha256: page.opened.result_sha256.clone(),
        grades: grades.iter().map(|grade| grade.key.clone()).collect(),
        result: to_value(&page.opened.run).unwrap_or_default(),
        spreads: to_value(page.opened.spreads()).unwrap_or_default(),
    }
}

pub async fn list(visit: Visit) -> Result<Json<List>, Failure> {
    Ok(Json(answer(visit.run(list_runs).await?)))
}

pub async fn show(visit: Visit, At(run): At<i64>) -> Result<Json<One>, Failure> {
    let read = visit.run(move |desk, session| {
        let page = open_run(desk, session, &RunQuery { run: Some(run) })?;
        Ok(answer_one(&page))
    });
    Ok(Json(read.await?))
}

/// A run to be reckoned.
#[derive(Deserialize, JsonSchema)]
#[schemars(rename = "RunsNew")]
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
#[derive(Deserialize, JsonSchema)]
#[schemars(rename = "RunsOrder")]
#[serde(deny_unknown_fields)]
pub struct Order {
    /// `review`, `publish`, `finish` or `withdraw`.
    step: String,
    #[serde(default)]
    reason: String,
}

pub async fn step(
    visit: Visit,
    At(run): At<i64>,
    asked: Sent<Order>,
) -> Result<Json<Written>, Failure> {
    let Order { step, reason } = body(asked)?;
    let step = Step::parse(&step).ok_or_else(|| Failure::bad(step.clone()))?;
    let now = (visit.state.now(), visit.today);
    let run = visit.run(move |desk, session| step_run(desk, session, (run, step, &reason), now));
    Ok(Json(Written { entries: run.await?.entries }))
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "RunsObjections")]
pub struct Objections {
    objections: Vec<Objection>,
}

pub async fn objections_to(visit: Visit, At(run): At<i64>) -> Result<Json<Objections>, Failure> {
    let read = visit.run(move |desk, session| view_objections(desk, session, Some(run)));
    let (_, views) = read.await?;
    Ok(Json(Objections { objections: views.into_iter().map(|view| view.row).collect() }))
}

/// An objection to a published run.
#[derive(Deserialize, JsonSchema)]
#[schemars(rename = "RunsClaim")]
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
    At(run): At<i64>,
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
#[derive(Deserialize, JsonSchema)]
#[schemars(rename = "RunsAnswer")]
#[serde(deny_unknown_fields)]
pub struct Answer {
    /// `upheld`, `rejected`, or `withdrawn` by who filed it.
    state: ObjectionState,
    #[serde(default)]
    answer: String,
}

/// What an answer wrote, and the run it led to.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "RunsAnswered")]
pub struct Answered {
    entries: Vec<i64>,
    run: Option<i64>,
}

pub async fn settle(
    visit: Visit,
    At(series): At<i64>,
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
