//! Writing meetings and their decisions.

use std::collections::BTreeSet;

use jiff::Timestamp;
use jiff::civil::Date;
use tici_domain::{AgendaItem, Change, Meeting, Name, Problem, Table, Task, TaskKind, TaskState};
use tici_engine::Snapshot;
use tici_engine::agenda::{ITEMS_MAX, Why};

use super::{DECISIONS_MAX, MEETING_TITLE_CHARS_MAX, MINUTES_CHARS_MAX};
use crate::keep_tasks::{TASK_OWNER_CHARS_MAX, TASK_TITLE_CHARS_MAX, office, words};
use crate::write::{Written, write};
use crate::{Action, Desk, OpsError, Session};

/// A meeting being prepared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewMeeting {
    pub title: String,
    pub on: Date,
    /// The post that chairs it.
    pub chair: String,
    /// Projects in their order, and why each is here.
    pub items: Vec<(i64, Why)>,
}

/// Something decided: what, who, by when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewDecision {
    pub title: String,
    pub owner: String,
    pub due: Option<Date>,
}

/// Writes a meeting with its agenda; gives its series.
pub fn prepare_meeting(
    desk: &Desk,
    session: &Session,
    new: &NewMeeting,
    now: Timestamp,
) -> Result<(Written, i64), OpsError> {
    session.need(Action::RunMeeting)?;
    let mut series = 0;
    let written = write(desk, session.actor.id, "prepare_meeting", now, |snapshot, ids| {
        let mut problems = Vec::new();
        let title = words(&new.title, MEETING_TITLE_CHARS_MAX, "meeting-title-long", &mut problems);
        let chair = words(&new.chair, TASK_OWNER_CHARS_MAX, "task-owner-long", &mut problems);
        if title.is_none() {
            problems.push(Problem::error("meeting-needs-title"));
        }
        if new.items.is_empty() {
            problems.push(Problem::error("meeting-without-items"));
        }
        let mut seen = BTreeSet::new();
        let items = new.items.iter().filter(|(project, _)| seen.insert(*project));
        let items: Vec<_> = items.collect();
        if items.len() as i64 > ITEMS_MAX {
            let problem = Problem::error("meeting-too-many").arg("count", items.len());
            problems.push(problem.arg("limit", ITEMS_MAX));
        }
        for (project, _) in &items {
            needs_project(session, snapshot, *project)?;
        }
        let Some(title) = title.filter(|_| problems.is_empty()) else {
            return Err(OpsError::Problems(problems));
        };
        let agenda = items.into_iter().map(|(project, why)| item(*project, *why));
        let id = ids.next(Table::Meeting);
        series = id;
        Ok(vec![Change::Meeting(Meeting {
            id,
            series,
            title: Name::new(title),
            on: new.on,
            chair: chair.map(Name::new),
            agenda: agenda.collect(),
            closed: false,
            minutes: None,
            replaces: None,
        })])
    })?;
    Ok((written, series))
}

fn item(project: i64, why: Why) -> AgendaItem {
    AgendaItem { project, why: why.code().to_owned(), done: false }
}

/// Puts another project at the end of the agenda.
pub fn add_item(
    desk: &Desk,
    session: &Session,
    series: i64,
    project: i64,
    now: Timestamp,
) -> Result<Written, OpsError> {
    session.need(Action::RunMeeting)?;
    write(desk, session.actor.id, "add_agenda_item", now, |snapshot, ids| {
        let old = open_meeting(snapshot, series)?;
        needs_project(session, snapshot, project)?;
        if old.agenda.iter().any(|item| item.project == project) {
            return Err(OpsError::problem(Problem::error("meeting-has-project")));
        }
        if old.agenda.len() as i64 >= ITEMS_MAX {
            let problem = Problem::error("meeting-too-many").arg("count", old.agenda.len() + 1);
            return Err(OpsError::problem(problem.arg("limit", ITEMS_MAX)));
        }
        let mut agenda = old.agenda.clone();
        agenda.push(item(project, Why::Asked));
        let id = ids.next(Table::Meeting);
        Ok(vec![Change::Meeting(Meeting { id, agenda, replaces: Some(old.id), ..old.clone() })])
    })
}

/// Takes down what was decided on item `index` (from 0) and marks it as spoken of: the tasks
/// and the meeting's row are one entry. Without a decision it is only marked.
pub fn decide(
    desk: &Desk,
    session: &Session,
    (series, index): (i64, usize),
    decisions: &[NewDecision],
    now: Timestamp,
    today: Date,
) -> Result<Written, OpsError> {
    session.need(Action::RunMeeting)?;
    write(desk, session.actor.id, "decide", now, |snapshot, ids| {
        let old = open_meeting(snapshot, series)?;
        let found = old.agenda.get(index).map(|item| item.project);
        let project = found.ok_or_else(|| OpsError::not_found("agenda item", index + 1))?;
        needs_project(session, snapshot, project)?;
        let checked = check(decisions, today)?;
        let task = |(title, owner, due): (String, String, Date)| {
            let id = ids.next(Table::Task);
            Change::Task(Task {
                id,
                series: id,
                kind: TaskKind::Decision,
                project: Some(project),
                meeting: Some(old.series),
                commitment: None,
                claim: None,
                title: Name::new(title),
                owner: Some(office(snapshot, &owner)),
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
        let mut changes: Vec<Change> = checked.into_iter().map(task).collect();
        if !old.agenda[index].done {
            let mut agenda = old.agenda.clone();
            agenda[index].done = true;
            let id = ids.next(Table::Meeting);
            let row = Meeting { id, agenda, replaces: Some(old.id), ..old.clone() };
            changes.insert(0, Change::Meeting(row));
        }
        Ok(changes)
    })
}

/// Every decision has all three parts; each problem names its line.
fn check(decisions: &[NewDecision], today: Date) -> Result<Vec<(String, String, Date)>, OpsError> {
    let mut problems = Vec::new();
    if decisions.len() > DECISIONS_MAX {
        let problem = Problem::error("decision-too-many").arg("count", decisions.len());
        problems.push(problem.arg("limit", DECISIONS_MAX));
    }
    let mut checked = Vec::new();
    for (line, decision) in decisions.iter().take(DECISIONS_MAX).enumerate() {
        let lacks = |key: &str| Problem::error(key).arg("line", line + 1);
        let (title, owner) = (&decision.title, &decision.owner);
        let title = words(title, TASK_TITLE_CHARS_MAX, "task-title-long", &mut problems);
        let owner = words(owner, TASK_OWNER_CHARS_MAX, "task-owner-long", &mut problems);
        if title.is_none() {
            problems.push(lacks("decision-needs-title"));
        }
        if owner.is_none() {
            problems.push(lacks("decision-needs-owner"));
        }
        match decision.due {
            None => problems.push(lacks("decision-needs-day")),
            Some(due) if due < today => problems.push(lacks("decision-day-past").arg("day", due)),
            Some(_) => {}
        }
        if let (Some(title), Some(owner), Some(due)) = (title, owner, decision.due) {
            checked.push((title, owner, due));
        }
    }
    if problems.is_empty() { Ok(checked) } else { Err(OpsError::Problems(problems)) }
}

/// Closes a meeting; nothing more is decided in it. Its tasks go on.
pub fn close_meeting(
    desk: &Desk,
    session: &Session,
    series: i64,
    minutes: &str,
    now: Timestamp,
) -> Result<Written, OpsError> {
    session.need(Action::RunMeeting)?;
    write(desk, session.actor.id, "close_meeting", now, |snapshot, ids| {
        let old = open_meeting(snapshot, series)?;
        let minutes = minutes.trim();
        let count = minutes.chars().count();
        if count > MINUTES_CHARS_MAX {
            let problem = Problem::error("meeting-minutes-long").arg("count", count);
            return Err(OpsError::problem(problem.arg("limit", MINUTES_CHARS_MAX)));
        }
        let id = ids.next(Table::Meeting);
        Ok(vec![Change::Meeting(Meeting {
            id,
            closed: true,
            minutes: Some(minutes.to_owned()).filter(|text| !text.is_empty()),
            replaces: Some(old.id),
            ..old.clone()
        })])
    })
}

fn open_meeting(snapshot: &Snapshot, series: i64) -> Result<&Meeting, OpsError> {
    let kept = snapshot.records.meetings.get(&series);
    let meeting = kept.map(|kept| &kept.row);
    let meeting = meeting.ok_or_else(|| OpsError::not_found("meeting", series))?;
    if meeting.closed {
        return Err(OpsError::problem(Problem::error("meeting-closed")));
    }
    Ok(meeting)
}

fn needs_project(session: &Session, snapshot: &Snapshot, project: i64) -> Result<(), OpsError> {
    let entry = snapshot.projects.get(project);
    let entry = entry.filter(|entry| session.covers(snapshot, entry.project.place));
    let entry = entry.ok_or_else(|| OpsError::not_found("project", project))?;
    session.need_at(Action::RunMeeting, snapshot, entry.project.place)
}
