//! Claims that a project has reached a stage, with the evidence for it.

use std::collections::BTreeSet;

use jiff::Timestamp;
use jiff::civil::{Date, date};
use tici_domain::change::StageClaim;
use tici_domain::{Change, Problem, SideState, Stage, Table};
use tici_engine::Snapshot;
use tici_engine::evidence::{Case, EvidenceRules, Paper, Uses, judge};
use tici_engine::snapshot::{ClaimState, ProjectEntry};

use crate::evidence_files::Read;
pub use crate::evidence_files::{EVIDENCE_BYTES_MAX, EVIDENCE_FILES_MAX, EvidenceFile};
use crate::keep_rechecks::drop_rechecks;
use crate::keep_tasks::words;
use crate::write::{Draft, Written, write_all};
use crate::{Action, Desk, OpsError, Session};

/// Longest note of a claim, in characters.
pub const CLAIM_NOTE_CHARS_MAX: usize = 400;

/// No project of a living ledger reached anything before this day; a slip of the pen is told.
const FIRST_DAY: Date = date(1980, 1, 1);

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

/// A claim that has been written.
#[derive(Clone, Debug)]
pub struct Claimed {
    pub written: Written,
    pub claim: i64,
    /// What gives pause; whoever judges the claim is shown the same.
    pub warnings: Vec<Problem>,
}

/// Writes a claim, which then waits for a verdict. A claim of a stage that was claimed
/// before replaces the earlier claim; its history stays.
pub fn claim_stage(
    desk: &Desk,
    session: &Session,
    claim: &NewClaim,
    now: Timestamp,
    today: Date,
) -> Result<Claimed, OpsError> {
    let missing = || OpsError::not_found("project", claim.project);
    let snapshot = desk.snapshot()?;
    let entry = snapshot.projects.get(claim.project);
    let entry = entry.filter(|entry| session.covers(&snapshot, entry.project.place));
    let entry = entry.ok_or_else(missing)?;
    session.need_at(Action::ClaimStage, &snapshot, entry.project.place)?;
    let files = Read::of(&claim.evidence);
    let (mut id, mut warnings) = (0, Vec::new());
    let written = write_all(desk, session.actor.id, "claim_stage", now, |snapshot, ids| {
        let entry = snapshot.projects.get(claim.project).ok_or_else(missing)?;
        let earlier = entry.claim(claim.stage);
        let note = check(snapshot, entry, (claim, &files), today, &mut warnings)?;
        // Each file is an entry of its own, since an entry has one source.
        let (mut drafts, evidence) = files.drafts(ids);
        id = ids.next(Table::StageClaim);
        let change = Change::StageClaim(StageClaim {
            id,
            project: claim.project,
            stage: claim.stage,
            on: claim.on,
            evidence,
            note,
            sheet: None,
            cell: None,
            replaces: earlier.map(|state| state.claim.id),
        });
        let mut changes = vec![change];
        if let Some(earlier) = earlier {
            changes.extend(drop_rechecks(snapshot, ids, (earlier.claim.id, None), today));
        }
        drafts.push(Draft { origin: None, changes });
        Ok(drafts)
    })?;
    Ok(Claimed { written, claim: id, warnings })
}

/// What the rules say of a claim that is kept: for whoever judges it. `uses` must have been
/// looked up for its files.
pub fn doubts(
    snapshot: &Snapshot,
    rules: &EvidenceRules,
    entry: &ProjectEntry,
    state: &ClaimState,
    uses: &Uses,
) -> Vec<Problem> {
    let kept = state.claim.evidence.iter().filter_map(|id| snapshot.attachments.get(id));
    let papers = kept.map(Paper::from).collect();
    judge(rules, &case(snapshot, entry, (state.claim.stage, state.claim.on), papers, uses))
}

fn check(
    snapshot: &Snapshot,
    entry: &ProjectEntry,
    (claim, files): (&NewClaim, &Read),
    today: Date,
    warnings: &mut Vec<Problem>,
) -> Result<Option<String>, OpsError> {
    let mut problems = Vec::new();
    let note = claim.note.as_deref().unwrap_or_default();
    let note = words(note, CLAIM_NOTE_CHARS_MAX, "claim-note-long", &mut problems);
    if claim.on > today {
        problems.push(Problem::error("claim-in-future").arg("on", claim.on));
    }
    if claim.on < FIRST_DAY {
        problems.push(Problem::error("claim-long-ago").arg("on", claim.on));
    }
    stands_in_the_way(entry, claim, note.as_deref(), &mut problems);
    files.check(&mut problems);
    let papers = files.papers();
    let wanted: BTreeSet<&str> = papers.iter().map(|paper| paper.sha256).collect();
    let uses = Uses::of(snapshot, &wanted);
    let case = case(snapshot, entry, (claim.stage, claim.on), papers, &uses);
    problems.extend(judge(&EvidenceRules::of(snapshot, today), &case));
    if Problem::any_error(&problems) {
        return Err(OpsError::Problems(problems));
    }
    *warnings = problems;
    Ok(note)
}

/// The project's own state, and a claim of the stage that somebody has verified.
fn stands_in_the_way(
    entry: &ProjectEntry,
    claim: &NewClaim,
    note: Option<&str>,
    problems: &mut Vec<Problem>,
) {
    match entry.project.state {
        SideState::Active => {}
        SideState::Suspended => problems.push(Problem::warning("claim-while-suspended")),
        state @ (SideState::Terminated | SideState::Withdrawn) => {
            problems.push(Problem::error("claim-of-ended").arg("state", state.code()));
        }
    }
    let Some(earlier) = entry.claim(claim.stage).filter(|state| state.is_verified()) else {
        return;
    };
    if earlier.claim.on == claim.on {
        let problem = Problem::error("claim-verified-already").arg("on", claim.on);
        problems.push(problem.arg("stage", claim.stage.code()));
    } else if note.is_none() {
        let problem = Problem::error("claim-correction-needs-note").arg("on", earlier.claim.on);
        problems.push(problem.arg("stage", claim.stage.code()));
    }
}

fn case<'a>(
    snapshot: &Snapshot,
    entry: &ProjectEntry,
    (stage, on): (Stage, Date),
    papers: Vec<Paper<'a>>,
    uses: &Uses,
) -> Case<'a> {
    let others = entry.claims.iter().filter(|state| state.stands() && state.claim.stage != stage);
    let of = (entry.project.id, stage);
    let mut seen = BTreeSet::new();
    let distinct = papers.iter().map(|paper| paper.sha256).filter(|sha256| seen.insert(*sha256));
    let uses = distinct.filter_map(|sha256| {
        // One other use is enough to say so.
        Some((sha256, uses.elsewhere(snapshot, sha256, of).into_iter().next()?))
    });
    Case {
        stage,
        on,
        place: entry.project.location,
        steps: others.map(|state| (state.claim.stage, state.claim.on)).collect(),
        uses: uses.collect(),
        papers,
    }
}
