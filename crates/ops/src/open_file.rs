//! Opens a kept file: the evidence of a claim, or the workbook a figure was read from.
//! Only by way of the project it belongs to, so that the account's places hold.

use tici_domain::{Basis, Measure, Period};
use tici_engine::Snapshot;

use crate::view_project::trace_figure;
use crate::{Action, Desk, OpsError, Session};

/// A file with its bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptFile {
    /// Its name as the person gave it.
    pub file: String,
    pub bytes: Vec<u8>,
}

/// A file of evidence of one of the project's claims, stops or re-checks.
pub fn open_evidence(
    desk: &Desk,
    session: &Session,
    project: i64,
    attachment: i64,
) -> Result<KeptFile, OpsError> {
    session.need(Action::ReadLedger)?;
    let snapshot = desk.snapshot()?;
    let entry = snapshot.projects.get(project);
    let entry = entry.filter(|entry| session.covers(&snapshot, entry.project.place));
    let Some(entry) = entry else { return Err(OpsError::not_found("attachment", attachment)) };
    let claims = entry.claims.iter().flat_map(|state| &state.claim.evidence);
    let stops = snapshot.records.side_changes_of(project).flat_map(|kept| &kept.row.evidence);
    let looks = snapshot.records.tasks_of(project).flat_map(|kept| &kept.row.evidence);
    let is_current = claims.chain(stops).chain(looks).any(|id| *id == attachment);
    if !is_current && !was_evidence(desk, project, attachment)? {
        return Err(OpsError::not_found("attachment", attachment));
    }
    open(desk, &snapshot, attachment)
}

/// Whether a claim that was replaced since had the file.
fn was_evidence(desk: &Desk, project: i64, attachment: i64) -> Result<bool, OpsError> {
    let claims = desk.store.claims_of(project)?;
    Ok(claims.iter().any(|dated| dated.row.evidence.contains(&attachment)))
}

/// The file that the newest value of a figure was read from.
pub fn open_source(
    desk: &Desk,
    session: &Session,
    project: i64,
    measure: Measure,
    period: Period,
    basis: Basis,
) -> Result<KeptFile, OpsError> {
    let trace = trace_figure(desk, session, project, measure, period, basis)?;
    let missing = || OpsError::not_found("source", period);
    let source = trace.history.into_iter().next().and_then(|(_, meta)| meta.source);
    let source = source.ok_or_else(missing)?;
    let bytes = desk.store.blob(&source.sha256)?.ok_or_else(missing)?;
    Ok(KeptFile { file: source.file, bytes })
}

fn open(desk: &Desk, snapshot: &Snapshot, id: i64) -> Result<KeptFile, OpsError> {
    let missing = || OpsError::not_found("attachment", id);
    let attachment = snapshot.attachments.get(&id).ok_or_else(missing)?;
    let bytes = desk.store.blob(&attachment.sha256)?.ok_or_else(missing)?;
    Ok(KeptFile { file: attachment.file.clone(), bytes })
}
