//! What people do on a project's page: claim a stage, judge a claim.

use axum::{
    extract::{Multipart, Path},
    response::{IntoResponse, Redirect, Response},
};
use jiff::civil::Date;
use tici_domain::{Problem, Stage, change::Verdict};
use tici_ops::{
    OpsError,
    claim_stage::{EvidenceFile, NewClaim, claim_stage},
    judge_claim::judge_claim,
};

use super::{Asked, project_id, render};
use crate::{Failure, Posted, T, Visit};

/// What evidence may show, and its word.
pub fn evidence_kinds(t: T) -> Vec<(&'static str, String)> {
    let kinds = ["photo", "contract", "permit", "licence", "acceptance", "invoice", "other"];
    kinds.map(|kind| (kind, t.t(&format!("evidence-{kind}")))).to_vec()
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
    let form = ClaimForm::read(multipart, visit.state.config.upload_bytes_max).await?;
    visit.check_csrf(&form.csrf)?;
    let claim = match form.claim(id) {
        Ok(claim) => claim,
        Err(problem) => return render(visit, id, Asked::default(), vec![*problem]).await,
    };
    let (now, today) = (visit.state.now(), visit.today);
    let written = visit
        .run(move |desk, session| {
            let written = claim_stage(desk, session, &claim, now, today);
            problems_apart(written)
        })
        .await?;
    answer(visit, id, written).await
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
    let written = visit
        .run(move |desk, session| {
            problems_apart(judge_claim(desk, session, claim, verdict, Some(&reason), now, today))
        })
        .await?;
    answer(visit, id, written).await
}

/// Problems of the input are shown on the page itself; anything else fails the request.
fn problems_apart<R>(written: Result<R, OpsError>) -> Result<Vec<Problem>, OpsError> {
    match written {
        Ok(_) => Ok(Vec::new()),
        Err(OpsError::Problems(problems)) => Ok(problems),
        Err(error) => Err(error),
    }
}

async fn answer(visit: Visit, id: i64, problems: Vec<Problem>) -> Result<Response, Failure> {
    if problems.is_empty() {
        return Ok(Redirect::to(&format!("/projects/{id}#claims")).into_response());
    }
    render(visit, id, Asked::default(), problems).await
}

/// The claim form as it was sent.
#[derive(Default)]
struct ClaimForm {
    csrf: String,
    stage: String,
    on: String,
    note: String,
    kind: String,
    files: Vec<(String, String, Vec<u8>)>,
}

impl ClaimForm {
    async fn read(mut multipart: Multipart, bytes_max: usize) -> Result<ClaimForm, Failure> {
        let mut form = ClaimForm::default();
        let too_large = |_| Failure::TooLarge(bytes_max);
        while let Some(field) = multipart.next_field().await.map_err(too_large)? {
            let name = field.name().unwrap_or_default().to_owned();
            if name == "files" {
                let file = field.file_name().unwrap_or_default().to_owned();
                let media_type = field.content_type().unwrap_or_default().to_owned();
                let bytes = field.bytes().await.map_err(too_large)?.to_vec();
                // A field without a chosen file is sent as an empty one.
                if !file.is_empty() && !bytes.is_empty() {
                    form.files.push((file, media_type, bytes));
                }
                continue;
            }
            let text = field.text().await.map_err(too_large)?.trim().to_owned();
            match name.as_str() {
                "csrf" => form.csrf = text,
                "stage" => form.stage = text,
                "on" => form.on = text,
                "note" => form.note = text,
                "kind" => form.kind = text,
                _ => {}
            }
        }
        Ok(form)
    }

    fn claim(self, project: i64) -> Result<NewClaim, Box<Problem>> {
        let files = self.files.iter().flat_map(|(file, media_type, _)| [file, media_type]);
        if files.chain([&self.note, &self.kind]).any(|text| text.contains('\0')) {
            return Err(Box::new(Problem::error("text-has-nul")));
        }
        let stage = Stage::parse(&self.stage).ok_or_else(|| {
            Box::new(Problem::error("claim-stage-unknown").arg("stage", &self.stage))
        })?;
        let on: Date = self
            .on
            .parse()
            .map_err(|_| Box::new(Problem::error("claim-day-unreadable").arg("day", &self.on)))?;
        let kind = if self.kind.is_empty() { "other".to_owned() } else { self.kind };
        let evidence = self.files.into_iter().map(|(file, media_type, bytes)| EvidenceFile {
            kind: kind.clone(),
            file,
            media_type,
            bytes,
        });
        let note = Some(self.note).filter(|note| !note.is_empty());
        Ok(NewClaim { project, stage, on, note, evidence: evidence.collect() })
    }
}
