//! Writing tasks: each write is a whole new row that replaces the one before.

use jiff::Timestamp;
use jiff::civil::Date;
use tici_domain::{Change, Name, Problem, Table, Task, TaskKind, TaskState};
use tici_engine::Snapshot;
use tici_engine::agenda::closed_as;

use super::{TASK_NOTE_CHARS_MAX, TASK_OWNER_CHARS_MAX, TASK_TITLE_CHARS_MAX, office, sees, words};
use crate::import::Ids;
use crate::write::{Written, write};
use crate::{Action, Desk, OpsError, Session};

/// A task as somebody opens it outside a meeting.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NewTask {
    /// A blocker or a request; decisions come from meetings, re-checks from starts.
    pub is_blocker: bool,
    pub project: Option<i64>,
    pub title: String,
    pub owner: String,
    pub due: Option<Date>,
    pub note: String,
}

/// How an open task goes on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TaskUpdate {
    /// A new promise.
    pub due: Option<Date>,
    /// How it stands; empty leaves what was said before.
    pub note: String,
    pub close: Option<Close>,
}

/// The end of a task.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Close {
    /// Done on a day: kept or broken follows from the day first promised.
    Done(Date),
    /// Will not be done; the promise is broken.
    GivenUp,
    /// No longer needed.
    Dropped,
}

/// Opens a task; gives its series.
pub fn open_task(
    desk: &Desk,
    session: &Session,
    new: &NewTask,
    now: Timestamp,
    today: Date,
) -> Result<(Written, i64), OpsError> {
    session.need(Action::UpdateTask)?;
    let mut series = 0;
    let written = write(desk, session.actor.id, "open_task", now, |snapshot, ids| {
        let place = place_of(session, snapshot, new.project)?;
        session.need_at(Action::UpdateTask, snapshot, place)?;
        let task = task_of(snapshot, new, ids, today)?;
        series = task.series;
        Ok(vec![Change::Task(task)])
    })?;
    Ok((written, series))
}

/// Says how a task stands, promises another day, or closes it.
pub fn update_task(
    desk: &Desk,
    session: &Session,
    series: i64,
    update: &TaskUpdate,
    now: Timestamp,
    today: Date,
) -> Result<Written, OpsError> {
    session.need(Action::UpdateTask)?;
    write(desk, session.actor.id, "update_task", now, |snapshot, ids| {
        let kept = snapshot.records.tasks.get(&series);
        let old = kept.map(|kept| &kept.row).filter(|task| sees(session, snapshot, task));
        let old = old.ok_or_else(|| OpsError::not_found("task", series))?;
        let place = place_of(session, snapshot, old.project)?;
        session.need_at(Action::UpdateTask, snapshot, place)?;
        if old.kind == TaskKind::Recheck && (update.close.is_some() || update.due.is_some()) {
            // A look ends with what was found, and not on the day that suits the builder.
            return Err(OpsError::problem(Problem::error("recheck-needs-finding")));
        }
        Ok(vec![Change::Task(updated(old, update, ids, today)?)])
    })
}

fn place_of(
    session: &Session,
    snapshot: &Snapshot,
    project: Option<i64>,
) -> Result<Option<i64>, OpsError> {
    let Some(id) = project else { return Ok(None) };
    let entry = snapshot.projects.get(id);
    let entry = entry.filter(|entry| session.covers(snapshot, entry.project.place));
    Ok(entry.ok_or_else(|| OpsError::not_found("project", id))?.project.place)
}

fn task_of(
    snapshot: &Snapshot,
    new: &NewTask,
    ids: &mut Ids,
    today: Date,
) -> Result<Task, OpsError> {
    let mut problems = Vec::new();
    let title = words(&new.title, TASK_TITLE_CHARS_MAX, "task-title-long", &mut problems);
    let owner = words(&new.owner, TASK_OWNER_CHARS_MAX, "task-owner-long", &mut problems);
    let note = words(&new.note, TASK_NOTE_CHARS_MAX, "task-note-long", &mut problems);
    if title.is_none() {
        problems.push(Problem::error("task-needs-title"));
    }
    if new.is_blocker && new.project.is_none() {
        problems.push(Problem::error("task-blocks-nothing"));
    }
    if let Some(due) = new.due.filter(|due| *due < today) {
        problems.push(Problem::error("task-due-past").arg("day", due));
    }
    let Some(title) = title.filter(|_| problems.is_empty()) else {
        return Err(OpsError::Problems(problems));
    };
    let id = ids.next(Table::Task);
    Ok(Task {
        id,
        series: id,
        kind: if new.is_blocker { TaskKind::Blocker } else { TaskKind::Request },
        project: new.project,
        meeting: None,
        commitment: None,
        claim: None,
        title: Name::new(title),
        owner: owner.map(|owner| office(snapshot, &owner)),
        opened: today,
        due: new.due,
        due_original: new.due,
        state: TaskState::Open,
        closed_on: None,
        note,
        finding: None,
        evidence: Vec::new(),
        replaces: None,
    })
}

fn updated(old: &Task, update: &TaskUpdate, ids: &mut Ids, today: Date) -> Result<Task, OpsError> {
    let mut problems = Vec::new();
    let note = words(&update.note, TASK_NOTE_CHARS_MAX, "task-note-long", &mut problems);
    if old.state != TaskState::Open {
        problems.push(Problem::error("task-closed"));
    }
    let new_day = update.due.filter(|due| Some(*due) != old.due && update.close.is_none());
    if let Some(due) = new_day.filter(|due| *due < today) {
        problems.push(Problem::error("task-due-past").arg("day", due));
    }
    // Who moves a promise, gives up or drops a task owes the next meeting a reason.
    let owes_reason = new_day.is_some() && old.due.is_some()
        || matches!(update.close, Some(Close::GivenUp | Close::Dropped));
    if owes_reason && note.is_none() {
        problems.push(Problem::error("task-needs-reason"));
    }
    if let Some(Close::Done(on)) = update.close {
        if on > today {
            problems.push(Problem::error("task-done-in-future").arg("day", on));
        }
        if on < old.opened {
            problems.push(Problem::error("task-done-before-opened").arg("day", old.opened));
        }
    }
    if new_day.is_none() && note.is_none() && update.close.is_none() {
        problems.push(Problem::error("task-unchanged"));
    }
    if !problems.is_empty() {
        return Err(OpsError::Problems(problems));
    }
    let due = new_day.or(old.due);
    let (state, closed_on) = match update.close {
        None => (TaskState::Open, None),
        Some(Close::Done(on)) => (closed_as(old, on), Some(on)),
        Some(Close::GivenUp) => (TaskState::Broken, Some(today)),
        Some(Close::Dropped) => (TaskState::Dropped, Some(today)),
    };
    Ok(Task {
        id: ids.next(Table::Task),
        due,
        due_original: old.due_original.or(due),
        state,
        closed_on,
        note: note.or_else(|| old.note.clone()),
        replaces: Some(old.id),
        ..old.clone()
    })
}
