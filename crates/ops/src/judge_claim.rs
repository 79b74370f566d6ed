//! Verifies, rejects or reverses a claim. Never by the claimant.

use jiff::Timestamp;
use jiff::civil::Date;
use tici_domain::change::{StageVerdict, Verdict};
use tici_domain::{Change, Problem, Table};
use tici_engine::snapshot::ClaimState;

use crate::keep_rechecks::{drop_rechecks, open_rechecks};
use crate::keep_tasks::words;
use crate::write::{Written, write};
use crate::{Action, Desk, OpsError, Session};

/// Longest reason of a verdict, in characters.
pub const VERDICT_REASON_CHARS_MAX: usize = 400;

/// Writes a verdict on a current claim. A verified start opens its re-checks in the same
/// entry; a reversed one drops those that are still open.
pub fn judge_claim(
    desk: &Desk,
    session: &Session,
    claim: i64,
    verdict: Verdict,
    reason: Option<&str>,
    now: Timestamp,
    today: Date,
) -> Result<Written, OpsError> {
    session.need(Action::JudgeClaim)?;
    write(desk, session.actor.id, "judge_claim", now, |snapshot, ids| {
        let missing = || OpsError::not_found("claim", claim);
        let project = snapshot.projects.project_of_claim(claim).ok_or_else(missing)?;
        let entry = snapshot.projects.get(project).ok_or_else(missing)?;
        session.need_at(Action::JudgeClaim, snapshot, entry.project.place)?;
        let state = entry.claims.iter().find(|state| state.claim.id == claim);
        let state = state.ok_or_else(missing)?;
        let claimed_by = desk.store.entry(state.entry)?.map(|record| record.meta.actor);
        let mut problems = Vec::new();
        let reason = reason.unwrap_or_default();
        let reason = words(reason, VERDICT_REASON_CHARS_MAX, "verdict-reason-long", &mut problems);
        if claimed_by == Some(session.actor.id) {
            problems.push(Problem::error("verdict-on-own-claim"));
        }
        if verdict != Verdict::Verified && reason.is_none() {
            problems.push(Problem::error("verdict-needs-reason"));
        }
        problems.extend(out_of_turn(state, verdict));
        if !problems.is_empty() {
            return Err(OpsError::Problems(problems));
        }
        let tasks = match verdict {
            Verdict::Verified => open_rechecks(snapshot, ids, &state.claim, today),
            Verdict::Rejected => Vec::new(),
            Verdict::Reversed => drop_rechecks(snapshot, ids, (claim, reason.as_deref()), today),
        };
        let id = ids.next(Table::StageVerdict);
        let mut changes = vec![Change::StageVerdict(StageVerdict { id, claim, verdict, reason })];
        changes.extend(tasks);
        Ok(changes)
    })
}

/// A waiting claim is verified or rejected, a verified one reversed; after that it takes
/// another claim.
fn out_of_turn(state: &ClaimState, verdict: Verdict) -> Option<Problem> {
    let said = state.verdict.map(|(said, _)| said);
    match (said, verdict) {
        (None, Verdict::Verified | Verdict::Rejected) => None,
        (Some(Verdict::Verified), Verdict::Reversed) => None,
        (None | Some(Verdict::Rejected | Verdict::Reversed), Verdict::Reversed) => {
            Some(Problem::error("verdict-reverses-nothing"))
        }
        (Some(said), _) => Some(Problem::error("verdict-already").arg("verdict", said.code())),
    }
}
