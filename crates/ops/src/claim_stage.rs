//! Claims that a project has reached a stage, with the evidence for it.

use jiff::Timestamp;
use jiff::civil::Date;
use tici_domain::change::{Attachment, StageClaim};
use tici_domain::{Change, Problem, Stage, Table};

use crate::import_projects::source_of;
use crate::write::{Draft, Origin, Written, write_all};
use crate::{Action, Desk, OpsError, Session};

/// Files with one claim at most.
pub const EVIDENCE_FILES_MAX: usize = 20;

/// A claim as somebody makes it.
#[derive(Clone, Debug)]
pub struct NewClaim {
    pub project: i64,
    pub stage: Stage,
    pub on: Date,
    pub note: Option<String>,
    /// What it shows (`contract`, `photo`, …), file name, media type and bytes.
    pub evidence: Vec<EvidenceFile>,
}

/// One file of evidence.
#[derive(Clone, Debug)]
pub struct EvidenceFile {
    pub kind: String,
    pub file: String,
    pub media_type: String,
    pub bytes: Vec<u8>,
}

/// Writes a claim, which then waits for a verdict. A claim of a stage that was claimed
/// before replaces the earlier claim; its history stays.
pub fn claim_stage(
    desk: &Desk,
    session: &Session,
    claim: &NewClaim,
    now: Timestamp,
    today: Date,
) -> Result<Written, OpsError> {
    let snapshot = desk.snapshot()?;
    let entry = snapshot.projects.get(claim.project);
    let entry = entry
        .filter(|entry| session.covers(&snapshot, entry.project.place))
        .ok_or_else(|| OpsError::not_found("project", claim.project))?;
    session.need_at(Action::ClaimStage, &snapshot, entry.project.place)?;
    let problems = check(claim, today);
    if !problems.is_empty() {
        return Err(OpsError::Problems(problems));
    }
    let sources: Vec<_> =
        claim.evidence.iter().map(|file| source_of(&file.file, &file.bytes)).collect();
    write_all(desk, session.actor.id, "claim_stage", now, |snapshot, ids| {
        // Each file is an entry of its own, since an entry has one source.
        let mut drafts = Vec::new();
        let mut evidence = Vec::new();
        for (file, source) in claim.evidence.iter().zip(&sources) {
            let id = ids.next(Table::Attachment);
            evidence.push(id);
            let attachment = Attachment {
                id,
                sha256: source.sha256.clone(),
                file: file.file.clone(),
                bytes: file.bytes.len() as i64,
                media_type: file.media_type.clone(),
                kind: file.kind.clone(),
                taken: None,
                location: None,
            };
            let origin = Some(Origin { source, bytes: &file.bytes });
            drafts.push(Draft { origin, changes: vec![Change::Attachment(attachment)] });
        }
        let entry = snapshot.projects.get(claim.project);
        let replaces = entry.and_then(|entry| entry.claim(claim.stage));
        let change = Change::StageClaim(StageClaim {
            id: ids.next(Table::StageClaim),
            project: claim.project,
            stage: claim.stage,
            on: claim.on,
            evidence,
            note: claim.note.clone().filter(|note| !note.trim().is_empty()),
            sheet: None,
            cell: None,
            replaces: replaces.map(|state| state.claim.id),
        });
        drafts.push(Draft { origin: None, changes: vec![change] });
        Ok(drafts)
    })
}

fn check(claim: &NewClaim, today: Date) -> Vec<Problem> {
    let mut problems = Vec::new();
    if claim.on > today {
        problems.push(Problem::error("claim-in-future").arg("on", claim.on));
    }
    if claim.evidence.is_empty() && claim.stage.has_started() {
        problems.push(Problem::error("claim-needs-evidence").arg("stage", claim.stage.code()));
    }
    if claim.evidence.len() > EVIDENCE_FILES_MAX {
        problems.push(Problem::error("claim-too-many-files").arg("max", EVIDENCE_FILES_MAX));
    }
    problems
}
