//! What people do on a project's page: claim a stage, judge a claim, stop and restart it.

use axum::{
    extract::{Multipart, Path},
    response::{IntoResponse, Response},
};
use tici_domain::{Problem, SideState, Stage, change::Verdict};
use tici_engine::evidence::PAPERS;
use tici_ops::{
    change_state::{NewState, change_state},
    claim_stage::{NewClaim, claim_stage},
    judge_claim::judge_claim,
};

use super::{Asked, project_id, render};
use crate::{
    Failure, Posted, T, Visit,
    done::lead_to,
    pages::{
        claims::{said, upload::Upload},
        dispatch::problems_apart,
    },
};

/// What evidence may show, and its word.
pub fn evidence_kinds(t: T) -> Vec<(&'static str, String)> {
    PAPERS.iter().map(|kind| (*kind, t.code("evidence", kind))).collect()
}

pub fn stages(t: T) -> Vec<(&'static str, String)> {
    Stage::ALL.map(|stage| (stage.code(), t.stage(stage))).to_vec()
}

pub async fn claim(
    visit: Visit,
    Path(id): Path<String>,
    multipart: Multipart,
) -> Result<Response, Failure> {
    let id = project_id(&id)?;
    let form = read(&visit, multipart).await?;
    let claim = match read_claim(form, id) {
        Ok(claim) => claim,
        Err(problem) => return render(visit, id, Asked::default(), vec![*problem]).await,
    };
    let (now, today) = (visit.state.now(), visit.today);
    let problems = visit
        .run(move |desk, session| problems_apart(claim_stage(desk, session, &claim, now, today)))
        .await?;
    answer(visit, (id, "claims"), (problems, "claim-made")).await
}

pub async fn judge(
    Path((id, claim)): Path<(String, String)>,
    posted: Posted,
) -> Result<Response, Failure> {
    let (id, claim) = (project_id(&id)?, project_id(&claim)?);
    let Posted { visit, fields } = posted;
    let code = fields.get("verdict");
    let verdict = Verdict::parse(code).ok_or_else(|| Failure::bad(format!("verdict={code}")))?;
    let (reason, now) = (fields.get("reason").to_owned(), visit.state.now());
    let today = visit.today;
    let problems = visit
        .run(move |desk, session| {
            let said = judge_claim(desk, session, claim, verdict, Some(&reason), now, today);
            problems_apart(said)
        })
        .await?;
    answer(visit, (id, "claims"), (problems, said(verdict))).await
}

/// Suspends, restarts or ends the project.
pub async fn change(
    visit: Visit,
    Path(id): Path<String>,
    multipart: Multipart,
) -> Result<Response, Failure> {
    let id = project_id(&id)?;
    let form = read(&visit, multipart).await?;
    let new = match read_state(form, id) {
        Ok(new) => new,
        Err(problem) => return render(visit, id, Asked::default(), vec![*problem]).await,
    };
    let (now, today) = (visit.state.now(), visit.today);
    let problems = visit
        .run(move |desk, session| problems_apart(change_state(desk, session, &new, now, today)))
        .await?;
    answer(visit, (id, "stops"), (problems, "state-changed")).await
}

/// Back to the part of the page the form stood in; with problems the page is shown again.
pub async fn answer(
    visit: Visit,
    (id, part): (i64, &str),
    (problems, done): (Vec<Problem>, &'static str),
) -> Result<Response, Failure> {
    if problems.is_empty() {
        return Ok(lead_to(&format!("/projects/{id}#{part}"), done).into_response());
    }
    render(visit, id, Asked::default(), problems).await
}

async fn read(visit: &Visit, multipart: Multipart) -> Result<Upload, Failure> {
    let form = Upload::read(multipart, visit.state.config.upload_bytes_max).await?;
    visit.check_csrf(form.fields.get("csrf"))?;
    Ok(form)
}

fn read_claim(mut form: Upload, project: i64) -> Result<NewClaim, Box<Problem>> {
    let evidence = form.evidence("other")?;
    let code = form.fields.get("stage");
    let stage = Stage::parse(code)
        .ok_or_else(|| Box::new(Problem::error("claim-stage-unknown").arg("stage", code)))?;
    let on = form.day("on")?;
    let note = Some(form.fields.get("note").to_owned()).filter(|note| !note.is_empty());
    Ok(NewClaim { project, stage, on, note, evidence })
}

fn read_state(mut form: Upload, project: i64) -> Result<NewState, Box<Problem>> {
    let evidence = form.evidence("other")?;
    let code = form.fields.get("state");
    let state = SideState::parse(code)
        .ok_or_else(|| Box::new(Problem::error("state-unknown").arg("state", code)))?;
    let on = form.day("on")?;
    let reason = form.fields.get("reason").to_owned();
    Ok(NewState { project, state, on, reason, evidence })
}
