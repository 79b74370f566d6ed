//! Suspends, restarts, terminates and withdraws a project: with a reason, a day and, where
//! there is some, evidence. The project's own row says how it stands; the history stays.

use jiff::Timestamp;
use jiff::civil::Date;
use tici_domain::change::Project;
use tici_domain::scrutiny::SideChange;
use tici_domain::{Change, Problem, SideState, Stage, Table, TaskKind, TaskState};
use tici_engine::Snapshot;
use tici_engine::snapshot::ProjectEntry;

use crate::evidence_files::{EvidenceFile, Read};
use crate::import::Ids;
use crate::keep_rechecks::dropped;
use crate::keep_tasks::words;
use crate::write::{Draft, Written, write_all};
use crate::{Action, Desk, OpsError, Session};

/// Longest reason, in characters.
pub const STATE_REASON_CHARS_MAX: usize = 400;

/// What becomes of a project.
#[derive(Clone, Debug)]
pub struct NewState {
    pub project: i64,
    /// `Active` sets it going again.
    pub state: SideState,
    pub on: Date,
    pub reason: String,
    pub evidence: Vec<EvidenceFile>,
}

/// Writes the change. Packages that stood as their project did go with it; open re-checks of
/// a project that has ended are dropped.
pub fn change_state(
    desk: &Desk,
    session: &Session,
    new: &NewState,
    now: Timestamp,
    today: Date,
) -> Result<Written, OpsError> {
    session.need(Action::StopProject)?;
    let files = Read::of(&new.evidence);
    write_all(desk, session.actor.id, op(new.state), now, |snapshot, ids| {
        let missing = || OpsError::not_found("project", new.project);
        let entry = snapshot.projects.get(new.project);
        let entry = entry.filter(|entry| session.covers(snapshot, entry.project.place));
        let entry = entry.ok_or_else(missing)?;
        session.need_at(Action::StopProject, snapshot, entry.project.place)?;
        let mut problems = Vec::new();
        let reason = check(snapshot, entry, new, today, &mut problems);
        files.check(&mut problems);
        let Some(reason) = reason.filter(|_| !Problem::any_error(&problems)) else {
            return Err(OpsError::Problems(problems));
        };
        let (mut drafts, evidence) = files.drafts(ids);
        let changes = stopping(snapshot, ids, entry, (new, &reason, &evidence), today);
        drafts.push(Draft { origin: None, changes });
        Ok(drafts)
    })
}

/// The rows that put a project, and the packages that stood as it did, into a state.
pub(crate) fn stopping(
    snapshot: &Snapshot,
    ids: &mut Ids,
    entry: &ProjectEntry,
    (new, reason, evidence): (&NewState, &str, &[i64]),
    today: Date,
) -> Vec<Change> {
    let packages = snapshot.projects.iter().map(|package| &**package).filter(|package| {
        package.project.parent == Some(new.project) && package.project.state == entry.project.state
    });
    let mut changes = Vec::new();
    for stopped in std::iter::once(entry).chain(packages) {
        let change = SideChange {
            id: ids.next(Table::SideChange),
            project: stopped.project.id,
            state: new.state,
            on: new.on,
            reason: reason.to_owned(),
            evidence: evidence.to_vec(),
        };
        let row = Project { state: new.state, ..stopped.project.clone() };
        changes.extend([Change::Project(row), Change::SideChange(change)]);
        changes.extend(no_more_rechecks(snapshot, ids, stopped, (new, reason), today));
    }
    changes
}

/// What the journal calls it.
fn op(state: SideState) -> &'static str {
    match state {
        SideState::Active => "restart_project",
        SideState::Suspended => "suspend_project",
        SideState::Terminated => "terminate_project",
        SideState::Withdrawn => "withdraw_project",
    }
}

fn check(
    snapshot: &Snapshot,
    entry: &ProjectEntry,
    new: &NewState,
    today: Date,
    problems: &mut Vec<Problem>,
) -> Option<String> {
    let reason = words(&new.reason, STATE_REASON_CHARS_MAX, "state-reason-long", problems);
    if reason.is_none() {
        problems.push(Problem::error("state-needs-reason"));
    }
    if new.reason.contains('\0') {
        problems.push(Problem::error("text-has-nul"));
    }
    problems.extend(out_of_turn(entry.project.state, new.state));
    if new.on > today {
        problems.push(Problem::error("state-in-future").arg("on", new.on));
    }
    let before = snapshot.records.side_changes_of(entry.project.id).map(|kept| kept.row.on).max();
    if let Some(before) = before.filter(|before| new.on < *before) {
        let problem = Problem::error("state-before-last").arg("on", new.on);
        problems.push(problem.arg("day", before));
    }
    let signed = entry.claim(Stage::Signed).filter(|state| state.stands());
    if let Some(signed) = signed.filter(|state| new.on < state.claim.on) {
        let problem = Problem::error("state-before-signing").arg("on", new.on);
        problems.push(problem.arg("signed", signed.claim.on));
    }
    let parent = entry.project.parent.and_then(|id| snapshot.projects.get(id));
    if let Some(parent) = parent.filter(|parent| {
        new.state == SideState::Active && parent.project.state != SideState::Active
    }) {
        let problem = Problem::error("state-parent-stopped").arg("code", &parent.project.code);
        problems.push(problem.arg("state", parent.project.state.code()));
    }
    reason
}

/// A project in force is suspended or ended, a suspended one set going or ended, and one that
/// has ended can only be taken up again.
fn out_of_turn(from: SideState, to: SideState) -> Option<Problem> {
    use SideState as S;
    let key = match (from, to) {
        (S::Active, S::Active) => "state-nothing-to-restart",
        (from, to) if from == to => "state-unchanged",
        (S::Terminated | S::Withdrawn, S::Suspended | S::Terminated | S::Withdrawn) => {
            "state-ended"
        }
        _ => return None,
    };
    Some(Problem::error(key).arg("state", from.code()))
}

fn no_more_rechecks(
    snapshot: &Snapshot,
    ids: &mut Ids,
    stopped: &ProjectEntry,
    (new, reason): (&NewState, &str),
    today: Date,
) -> Vec<Change> {
    if !matches!(new.state, SideState::Terminated | SideState::Withdrawn) {
        return Vec::new();
    }
    let tasks = snapshot.records.tasks_of(stopped.project.id).map(|kept| &kept.row);
    let open = tasks.filter(|task| task.kind == TaskKind::Recheck && task.state == TaskState::Open);
    open.map(|task| dropped(task, ids, Some(reason), today)).collect()
}
