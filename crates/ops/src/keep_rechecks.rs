//! Starts that are looked at again after 30, 60 and 90 days: the tasks that say so, and what
//! was found.

use jiff::Timestamp;
use jiff::civil::Date;
use tici_domain::change::StageClaim;
use tici_domain::{Change, Finding, Problem, Table, Task, TaskKind, TaskState};
use tici_engine::Snapshot;
use tici_engine::agenda::closed_as;
use tici_engine::evidence::{EvidenceRules, recheck_days};

use crate::evidence_files::{EvidenceFile, Read};
use crate::import::Ids;
use crate::keep_tasks::{TASK_NOTE_CHARS_MAX, words};
use crate::write::{Draft, Written, write_all};
use crate::{Action, Desk, OpsError, Session};

/// What somebody found where a start was looked at again.
#[derive(Clone, Debug)]
pub struct NewFinding {
    pub finding: Finding,
    /// The day on which somebody was there.
    pub on: Date,
    pub note: String,
    pub evidence: Vec<EvidenceFile>,
}

/// Closes a re-check with what was found. Never by whoever claimed the start.
pub fn record_finding(
    desk: &Desk,
    session: &Session,
    series: i64,
    new: &NewFinding,
    now: Timestamp,
    today: Date,
) -> Result<Written, OpsError> {
    session.need(Action::JudgeClaim)?;
    let files = Read::of(&new.evidence);
    write_all(desk, session.actor.id, "record_finding", now, |snapshot, ids| {
        let missing = || OpsError::not_found("task", series);
        let kept = snapshot.records.tasks.get(&series).ok_or_else(missing)?;
        let task = &kept.row;
        let entry = task.project.and_then(|id| snapshot.projects.get(id)).ok_or_else(missing)?;
        if task.kind != TaskKind::Recheck || !session.covers(snapshot, entry.project.place) {
            return Err(missing());
        }
        session.need_at(Action::JudgeClaim, snapshot, entry.project.place)?;
        let claim = entry.claims.iter().find(|state| Some(state.claim.id) == task.claim);
        let claimed_by = match claim {
            Some(state) => desk.store.entry(state.entry)?.map(|record| record.meta.actor),
            None => None,
        };
        let mut problems = Vec::new();
        if claimed_by == Some(session.actor.id) {
            problems.push(Problem::error("finding-on-own-claim"));
        }
        let note = check(task, claim.map(|state| &state.claim), new, today, &mut problems);
        files.check(&mut problems);
        if Problem::any_error(&problems) {
            return Err(OpsError::Problems(problems));
        }
        let (mut drafts, evidence) = files.drafts(ids);
        let closed = Task {
            id: ids.next(Table::Task),
            state: closed_as(task, new.on),
            closed_on: Some(new.on),
            note: note.or_else(|| task.note.clone()),
            finding: Some(new.finding),
            evidence,
            replaces: Some(task.id),
            ..task.clone()
        };
        drafts.push(Draft { origin: None, changes: vec![Change::Task(closed)] });
        Ok(drafts)
    })
}

fn check(
    task: &Task,
    claim: Option<&StageClaim>,
    new: &NewFinding,
    today: Date,
    problems: &mut Vec<Problem>,
) -> Option<String> {
    let note = words(&new.note, TASK_NOTE_CHARS_MAX, "task-note-long", problems);
    if task.state != TaskState::Open {
        problems.push(Problem::error("task-closed"));
    }
    if new.on > today {
        problems.push(Problem::error("task-done-in-future").arg("day", new.on));
    }
    // A look on the day of the start itself, or before it, is no look at what came after.
    if let Some(claim) = claim.filter(|claim| new.on <= claim.on) {
        problems.push(Problem::error("finding-before-start").arg("day", claim.on));
    }
    if new.finding == Finding::Stopped && note.is_none() {
        problems.push(Problem::error("finding-needs-words"));
    }
    note
}

/// The tasks of a start verified on `today`, to be written in the entry of its verdict.
pub(crate) fn open_rechecks(
    snapshot: &Snapshot,
    ids: &mut Ids,
    claim: &StageClaim,
    today: Date,
) -> Vec<Change> {
    let rules = EvidenceRules::of(snapshot, today);
    let owner = snapshot.projects.get(claim.project);
    let owner = owner.and_then(|entry| entry.project.lead_unit.clone());
    let days = recheck_days(&rules, (claim.stage, claim.on), today);
    let rule = rules.recheck.as_ref();
    let task = |(after, due)| {
        let id = ids.next(Table::Task);
        Change::Task(Task {
            id,
            series: id,
            kind: TaskKind::Recheck,
            project: Some(claim.project),
            meeting: None,
            commitment: None,
            claim: Some(claim.id),
            title: rule.map(|rule| rule.title(after)).unwrap_or_default(),
            owner: owner.clone(),
            opened: today,
            due: Some(due),
            due_original: Some(due),
            state: TaskState::Open,
            closed_on: None,
            note: None,
            finding: None,
            evidence: Vec::new(),
            replaces: None,
        })
    };
    days.into_iter().map(task).collect()
}

/// Open re-checks of a claim that no longer stands, dropped with the reason.
pub(crate) fn drop_rechecks(
    snapshot: &Snapshot,
    ids: &mut Ids,
    (claim, reason): (i64, Option<&str>),
    today: Date,
) -> Vec<Change> {
    let tasks = snapshot.records.tasks.values().map(|kept| &kept.row);
    let open = tasks.filter(|task| {
        task.kind == TaskKind::Recheck && task.claim == Some(claim) && task.state == TaskState::Open
    });
    open.map(|task| dropped(task, ids, reason, today)).collect()
}

/// A re-check that is no longer needed.
pub(crate) fn dropped(task: &Task, ids: &mut Ids, reason: Option<&str>, today: Date) -> Change {
    let reason = reason.map(|text| text.chars().take(TASK_NOTE_CHARS_MAX).collect());
    Change::Task(Task {
        id: ids.next(Table::Task),
        state: TaskState::Dropped,
        closed_on: Some(today),
        note: reason.or_else(|| task.note.clone()),
        replaces: Some(task.id),
        ..task.clone()
    })
}
