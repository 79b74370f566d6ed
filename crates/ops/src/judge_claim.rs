//! Verifies, rejects or reverses a claim. Never by the claimant.

use jiff::Timestamp;
use tici_domain::change::{StageVerdict, Verdict};
use tici_domain::{Change, Problem, Table};

use crate::write::{Written, write};
use crate::{Action, Desk, OpsError, Session};

/// Writes a verdict on a current claim.
pub fn judge_claim(
    desk: &Desk,
    session: &Session,
    claim: i64,
    verdict: Verdict,
    reason: Option<&str>,
    now: Timestamp,
) -> Result<Written, OpsError> {
    session.need(Action::JudgeClaim)?;
    let reason = reason.map(str::trim).filter(|reason| !reason.is_empty());
    write(desk, session.actor.id, "judge_claim", now, |snapshot, ids| {
        let missing = || OpsError::not_found("claim", claim);
        let project = snapshot.projects.project_of_claim(claim).ok_or_else(missing)?;
        let entry = snapshot.projects.get(project).ok_or_else(missing)?;
        session.need_at(Action::JudgeClaim, snapshot, entry.project.place)?;
        let state = entry.claims.iter().find(|state| state.claim.id == claim);
        let state = state.ok_or_else(missing)?;
        let claimed_by = desk.store.entry(state.entry)?.map(|record| record.meta.actor);
        let mut problems = Vec::new();
        if claimed_by == Some(session.actor.id) {
            problems.push(Problem::error("verdict-on-own-claim"));
        }
        if verdict != Verdict::Verified && reason.is_none() {
            problems.push(Problem::error("verdict-needs-reason"));
        }
        if verdict == Verdict::Reversed && !state.is_verified() {
            problems.push(Problem::error("verdict-reverses-nothing"));
        }
        if !problems.is_empty() {
            return Err(OpsError::Problems(problems));
        }
        Ok(vec![Change::StageVerdict(StageVerdict {
            id: ids.next(Table::StageVerdict),
            claim,
            verdict,
            reason: reason.map(str::to_owned),
        })])
    })
}
