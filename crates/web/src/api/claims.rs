//! Stage claims, verdicts, re-checks and stops. Files come as base64 within the JSON; their
//! bytes are fetched at `/projects/{id}/evidence/{attachment}`, as on the page.

use axum::{
    Json,
    extract::{Path, RawQuery},
};
use base64::{Engine, engine::general_purpose::STANDARD};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use tici_domain::change::{Attachment, StageClaim, Verdict};
use tici_domain::{Finding, Name, Problem, SideState, Stage, Task};
use tici_ops::change_state::{NewState, change_state};
use tici_ops::claim_stage::{EvidenceFile, NewClaim, claim_stage};
use tici_ops::judge_claim::judge_claim;
use tici_ops::keep_rechecks::{NewFinding, record_finding};
use tici_ops::view_claims::{ClaimRow, ClaimsPage, RecheckRow, view_claims};
use tici_ops::view_project::{EntryMeta, view_project};

use super::{Sent, body};
use crate::pages::claims::read_query;
use crate::{Failure, Visit};

/// A page of claims, with the re-checks that are open.
#[derive(Serialize)]
pub struct List {
    found: usize,
    /// From 1.
    page: usize,
    pages: usize,
    claims: Vec<Row>,
    rechecks: Vec<Recheck>,
    rechecks_open: usize,
    /// Starts found stopped whose claim stands.
    stopped: Vec<Recheck>,
    /// Key of the rules of evidence.
    rules: String,
}

/// A claim as it stands.
#[derive(Serialize)]
pub struct Row {
    #[serde(flatten)]
    claim: StageClaim,
    project_code: String,
    project_name: Name,
    /// `verified`, `rejected`, `reversed`; null while it waits.
    verdict: Option<&'static str>,
    reason: Option<String>,
    by: Option<Who>,
    judged_by: Option<Who>,
    files: Vec<Attachment>,
    /// What the rules say of a claim that waits.
    doubts: Vec<Problem>,
}

#[derive(Serialize)]
struct Recheck {
    #[serde(flatten)]
    task: Task,
    project_code: Option<String>,
    started: Option<Date>,
    /// Days past the day of the look; negative is time left.
    days_late: Option<i32>,
}

#[derive(Serialize)]
struct Who {
    entry: i64,
    at: String,
    post: Name,
}

/// Takes `which`, `stage`, `place`, `project` and `page`.
pub async fn list(visit: Visit, RawQuery(query): RawQuery) -> Result<Json<List>, Failure> {
    let asked = read_query(query.as_deref().unwrap_or_default())?;
    let today = visit.today;
    let page = visit.run(move |desk, session| view_claims(desk, session, &asked, today)).await?;
    Ok(Json(list_of(page)))
}

/// The queue as the API and the command line give it.
pub fn list_of(page: ClaimsPage) -> List {
    let today = page.today;
    let looks = |rows: Vec<RecheckRow>| rows.into_iter().map(|row| recheck(row, today)).collect();
    List {
        found: page.found,
        page: page.page + 1,
        pages: page.pages,
        claims: page.rows.into_iter().map(row).collect(),
        rechecks: looks(page.rechecks),
        rechecks_open: page.rechecks_open,
        stopped: looks(page.stopped),
        rules: page.rules.key,
    }
}

fn row(view: ClaimRow) -> Row {
    let (reason, judged_by) = match view.judged {
        Some(judged) => (judged.reason, Some(who(judged.by))),
        None => (None, None),
    };
    let project = &view.row.entry.project;
    Row {
        project_code: project.code.clone(),
        project_name: project.name.clone(),
        verdict: view.state.verdict.map(|(verdict, _)| verdict.code()),
        claim: view.state.claim,
        reason,
        by: view.by.map(who),
        judged_by,
        files: view.evidence,
        doubts: view.doubts,
    }
}

fn recheck(row: RecheckRow, today: Date) -> Recheck {
    let ledger = row.view.project.as_ref();
    Recheck {
        project_code: ledger.map(|row| row.entry.project.code.clone()),
        started: row.claim.map(|state| state.claim.on),
        days_late: row.view.task.days_late(today),
        task: row.view.task,
    }
}

fn who(meta: EntryMeta) -> Who {
    Who { entry: meta.seq, at: meta.at.to_string(), post: meta.title }
}

/// A file within a request.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    kind: String,
    file: String,
    #[serde(default)]
    media_type: String,
    base64: String,
}

fn files(sent: Vec<File>) -> Result<Vec<EvidenceFile>, Failure> {
    let file = |File { kind, file, media_type, base64 }: File| {
        let bytes = STANDARD.decode(&base64);
        let bytes = bytes.map_err(|_| Failure::bad(format!("base64 of {file}")))?;
        Ok(EvidenceFile { kind, file, media_type, bytes })
    };
    sent.into_iter().map(file).collect()
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewBody {
    project: i64,
    stage: Stage,
    on: Date,
    note: Option<String>,
    #[serde(default)]
    evidence: Vec<File>,
}

#[derive(Serialize)]
pub struct Claimed {
    claim: i64,
    entries: Vec<i64>,
    warnings: Vec<Problem>,
}

pub async fn claim(visit: Visit, asked: Sent<NewBody>) -> Result<Json<Claimed>, Failure> {
    let NewBody { project, stage, on, note, evidence } = body(asked)?;
    let claim = NewClaim { project, stage, on, note, evidence: files(evidence)? };
    let (now, today) = (visit.state.now(), visit.today);
    let run = visit.run(move |desk, session| claim_stage(desk, session, &claim, now, today));
    let done = run.await?;
    Ok(Json(Claimed { claim: done.claim, entries: done.written.entries, warnings: done.warnings }))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VerdictBody {
    /// `verified`, `rejected` or `reversed`.
    verdict: Verdict,
    #[serde(default)]
    reason: String,
}

#[derive(Serialize)]
pub struct Written {
    entries: Vec<i64>,
}

pub async fn judge(
    visit: Visit,
    Path(claim): Path<i64>,
    asked: Sent<VerdictBody>,
) -> Result<Json<Written>, Failure> {
    let VerdictBody { verdict, reason } = body(asked)?;
    let (now, today) = (visit.state.now(), visit.today);
    let run = visit.run(move |desk, session| {
        judge_claim(desk, session, claim, verdict, Some(&reason), now, today)
    });
    Ok(Json(Written { entries: run.await?.entries }))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FindingBody {
    /// `building` or `stopped`.
    finding: Finding,
    /// The day of the visit; today when left out.
    on: Option<Date>,
    #[serde(default)]
    note: String,
    #[serde(default)]
    evidence: Vec<File>,
}

pub async fn find(
    visit: Visit,
    Path(series): Path<i64>,
    asked: Sent<FindingBody>,
) -> Result<Json<Written>, Failure> {
    let FindingBody { finding, on, note, evidence } = body(asked)?;
    let (now, today) = (visit.state.now(), visit.today);
    let evidence = files(evidence)?;
    let new = NewFinding { finding, on: on.unwrap_or(today), note, evidence };
    let run =
        visit.run(move |desk, session| record_finding(desk, session, series, &new, now, today));
    Ok(Json(Written { entries: run.await?.entries }))
}

/// How a project stands beside its stages, and how it came to that.
#[derive(Serialize)]
pub struct State {
    state: &'static str,
    /// Newest first.
    history: Vec<Stop>,
    /// Day of statistical entry, as claimed and not turned down.
    stat_entered: Option<Date>,
    stat_verified: bool,
    /// Days from the start to the entry, or to today while there is none; negative when the
    /// entry came first.
    stat_lag_days: Option<i32>,
}

#[derive(Serialize)]
struct Stop {
    state: &'static str,
    on: Date,
    reason: String,
    by: Option<Who>,
    files: Vec<Attachment>,
}

pub async fn state(visit: Visit, Path(id): Path<i64>) -> Result<Json<State>, Failure> {
    let today = visit.today;
    let page = visit
        .run(move |desk, session| view_project(desk, session, id, Default::default(), today))
        .await?;
    Ok(Json(state_of(page)))
}

/// A project's state as the API and the command line give it.
pub fn state_of(page: tici_ops::view_project::ProjectPage) -> State {
    let entered = &page.scrutiny.entered;
    let claim = entered.claim.as_ref().filter(|state| state.stands());
    State {
        state: page.row.facts.state.code(),
        stat_entered: claim.map(|state| state.claim.on),
        stat_verified: claim.is_some_and(|state| state.is_verified()),
        stat_lag_days: entered.lag_days,
        history: page
            .scrutiny
            .stops
            .into_iter()
            .map(|stop| Stop {
                state: stop.change.state.code(),
                on: stop.change.on,
                reason: stop.change.reason,
                by: stop.by.map(who),
                files: stop.evidence,
            })
            .collect(),
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StateBody {
    /// `active`, `suspended`, `terminated` or `withdrawn`.
    state: SideState,
    /// Today when left out.
    on: Option<Date>,
    reason: String,
    #[serde(default)]
    evidence: Vec<File>,
}

pub async fn change(
    visit: Visit,
    Path(project): Path<i64>,
    asked: Sent<StateBody>,
) -> Result<Json<Written>, Failure> {
    let StateBody { state, on, reason, evidence } = body(asked)?;
    let (now, today) = (visit.state.now(), visit.today);
    let evidence = files(evidence)?;
    let new = NewState { project, state, on: on.unwrap_or(today), reason, evidence };
    let run = visit.run(move |desk, session| change_state(desk, session, &new, now, today));
    Ok(Json(Written { entries: run.await?.entries }))
}
