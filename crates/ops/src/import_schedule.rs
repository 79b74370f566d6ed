//! Takes planned and actual days from the schedule of a planning program: what would change
//! is shown first, and everything that a ledger cannot keep is listed.
//!
//! A line without a day says nothing of that day: nothing is taken away. The actual day of a
//! stage is not taken, because a stage needs a claim with its evidence.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use jiff::civil::Date;
use tici_domain::change::Milestone;
use tici_domain::{Change, Name, Problem, Stage, Table};
use tici_engine::Snapshot;
use tici_engine::snapshot::ProjectEntry;
use tici_exchange::read::words::stage as stage_word;
use tici_exchange::schedule::{Losses, Schedule, Task, TaskKind, mspdi_read, xer_read};

use crate::import_projects::{attachment, source_of};
use crate::write::{Draft, Origin, write_all};
use crate::{Action, Desk, OpsError, Session};

/// Lines of one import that are taken, at most.
pub const LINES_MAX: usize = 5_000;

/// What is asked for beside the file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ScheduleAsk {
    /// Code or name of the schedule, in a file of several.
    pub schedule: Option<String>,
    /// Take tasks that last as well as milestones.
    pub all_tasks: bool,
    /// Why days that stood are changed.
    pub reason: Option<String>,
}

/// What an import does, or would do.
#[derive(Clone, Debug)]
pub struct ScheduleOutcome {
    pub lines: Vec<ScheduleLine>,
    /// Losses, as warnings.
    pub problems: Vec<Problem>,
    /// Entries that were written.
    pub entries: Vec<i64>,
}

/// One step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScheduleLine {
    /// Code of its project.
    pub project: String,
    pub key: String,
    pub name: String,
    pub is_new: bool,
    /// Days that change: which, from, to.
    pub days: Vec<(&'static str, Option<Date>, Date)>,
}

impl ScheduleOutcome {
    pub fn changes(&self) -> usize {
        self.lines.iter().filter(|line| !line.days.is_empty()).count()
    }
}

/// Says what a file would change, and writes nothing.
pub fn preview_schedule(
    desk: &Desk,
    session: &Session,
    project: i64,
    (file, bytes): (&str, &[u8]),
    ask: &ScheduleAsk,
) -> Result<ScheduleOutcome, OpsError> {
    let snapshot = desk.snapshot()?;
    let (schedule, mut problems) = read(file, bytes, ask)?;
    let planned = plan(&snapshot, session, project, &schedule, (file, ask))?;
    problems.extend(planned.problems);
    Ok(ScheduleOutcome { lines: planned.lines, problems, entries: Vec::new() })
}

/// Writes what a file changes, as one entry that keeps the file.
pub fn import_schedule(
    desk: &Desk,
    session: &Session,
    project: i64,
    (file, bytes): (&str, &[u8]),
    ask: &ScheduleAsk,
    now: Timestamp,
) -> Result<ScheduleOutcome, OpsError> {
    let (schedule, mut problems) = read(file, bytes, ask)?;
    let source = source_of(file, bytes);
    let mut lines = Vec::new();
    let written = write_all(desk, session.actor.id, "import_schedule", now, |snapshot, ids| {
        let planned = plan(snapshot, session, project, &schedule, (file, ask))?;
        problems.extend(planned.problems);
        lines = planned.lines;
        let mut changes = Vec::new();
        for mut row in planned.rows {
            row.id = ids.next(Table::Milestone);
            changes.push(Change::Milestone(row));
        }
        if !changes.is_empty() {
            changes.splice(0..0, attachment(snapshot, &source, ids));
        }
        Ok(vec![Draft { origin: Some(Origin { source: &source, bytes }), changes }])
    })?;
    Ok(ScheduleOutcome { lines, problems, entries: written.entries })
}

/// Reads either kind of file: a Primavera one says so in its first word.
fn read(file: &str, bytes: &[u8], ask: &ScheduleAsk) -> Result<(Schedule, Vec<Problem>), OpsError> {
    let limit = tici_exchange::limits::FILE_BYTES_MAX;
    if bytes.len() > limit {
        let problem = Problem::error("file-too-large").arg("bytes", bytes.len());
        return Err(OpsError::problem(problem.arg("limit", limit).at(file, "", "")));
    }
    let failed = |problem: Box<Problem>| OpsError::problem(*problem);
    let is_xer = bytes.starts_with(b"ERMHDR") || bytes.starts_with(b"\xef\xbb\xbfERMHDR");
    if !is_xer {
        return mspdi_read::read(file, bytes).map_err(failed);
    }
    let (schedules, problems) = xer_read::read(file, bytes).map_err(failed)?;
    let names: Vec<String> = schedules.iter().map(|schedule| schedule.code.clone()).collect();
    let mut fitting = schedules.into_iter().filter(|schedule| match &ask.schedule {
        Some(name) => schedule.code == *name || schedule.name == *name,
        None => true,
    });
    match (fitting.next(), fitting.next()) {
        (Some(only), None) => Ok((only, problems)),
        _ => {
            let problem = Problem::error("schedule-choose").arg("count", names.len());
            Err(OpsError::problem(problem.arg("names", names.join(", ")).at(file, "", "")))
        }
    }
}

#[derive(Default)]
struct Planned {
    lines: Vec<ScheduleLine>,
    rows: Vec<Milestone>,
    problems: Vec<Problem>,
}

fn plan(
    snapshot: &Snapshot,
    session: &Session,
    project: i64,
    schedule: &Schedule,
    (file, ask): (&str, &ScheduleAsk),
) -> Result<Planned, OpsError> {
    let main = snapshot.projects.get(project);
    let main = main.ok_or_else(|| OpsError::not_found("project", project))?;
    session.need_at(Action::ImportProjects, snapshot, main.project.place)?;
    let mut entries: BTreeMap<&str, &ProjectEntry> = BTreeMap::new();
    let packages = snapshot.projects.iter().filter(|entry| entry.project.parent == Some(project));
    for entry in packages.chain([main]) {
        if session.covers(snapshot, entry.project.place) {
            entries.insert(&entry.project.code, entry);
        }
    }
    let mut losses = losses(schedule);
    let mut planned = Planned::default();
    let mut seen = BTreeSet::new();
    for task in &schedule.tasks {
        if !is_taken(task, ask, &mut losses) {
            continue;
        }
        let code = task.project.as_deref().unwrap_or(&main.project.code);
        let Some(entry) = entries.get(code) else {
            losses.add("schedule-project-unknown", &task.name);
            continue;
        };
        let key = key_of(entry, task);
        if !seen.insert((code.to_owned(), key.clone())) {
            losses.add("schedule-loss-lines", &task.name);
            continue;
        }
        step(entry, task, key, (ask, &mut losses), &mut planned);
    }
    if planned.lines.len() > LINES_MAX {
        let problem = Problem::error("schedule-too-long").arg("limit", LINES_MAX);
        return Err(OpsError::problem(problem.at(file, "", "")));
    }
    planned.problems = losses.problems(file);
    Ok(planned)
}

/// What the whole schedule has that is not kept.
fn losses(schedule: &Schedule) -> Losses {
    let mut losses = Losses::default();
    let is_stage = |task: &&Task| task.is_own && Stage::parse(&task.key).is_some();
    let stages: BTreeSet<i64> =
        schedule.tasks.iter().filter(is_stage).map(|task| task.uid).collect();
    // Links between stages are made again when the schedule goes out.
    for link in &schedule.links {
        if !(stages.contains(&link.from) && stages.contains(&link.to)) {
            losses.add("schedule-loss-links", "");
        }
    }
    for calendar in &schedule.calendars {
        if calendar.works != [true; 7] || calendar.exceptions > 0 {
            losses.add("schedule-loss-calendars", &calendar.name);
        }
    }
    losses
}

fn is_taken(task: &Task, ask: &ScheduleAsk, losses: &mut Losses) -> bool {
    if task.kind == TaskKind::Summary {
        if !task.is_own && task.project.is_none() && task.level > 0 {
            losses.add("schedule-loss-lines", &task.name);
        }
        return false;
    }
    if !task.is_own && task.kind == TaskKind::Work && !ask.all_tasks {
        losses.add("schedule-loss-lines", &task.name);
        return false;
    }
    if task.percent.is_some_and(|percent| percent > 0 && percent < 10_000) {
        losses.add("schedule-loss-percent", &task.name);
    }
    if task.note.is_some() {
        losses.add("schedule-loss-notes", &task.name);
    }
    true
}

/// The ledger's own key; that of an earlier import; a milestone of the same name; a stage
/// that the name says; or a new key.
fn key_of(entry: &ProjectEntry, task: &Task) -> String {
    if task.is_own || entry.milestone(&task.key).is_some() {
        return task.key.clone();
    }
    let is_named = |name: &Name| {
        let names = [Some(&name.text), name.hant.as_ref(), name.en.as_ref()];
        names.into_iter().flatten().any(|name| *name == task.name)
    };
    let named = entry.milestones.iter().find(|(row, _)| is_named(&row.name));
    let stage = || stage_word(&task.name).map(|stage| stage.code().to_owned());
    named.map(|(row, _)| row.key.clone()).or_else(stage).unwrap_or_else(|| task.key.clone())
}

/// What one line changes.
fn step(
    entry: &ProjectEntry,
    task: &Task,
    key: String,
    (ask, losses): (&ScheduleAsk, &mut Losses),
    planned: &mut Planned,
) {
    let known = entry.milestone(&key);
    let stage = Stage::parse(&key);
    let mut actual = task.actual;
    if let Some(stage) = stage {
        let claim = entry.claim(stage).filter(|claim| claim.stands());
        let stands = claim.map(|claim| claim.claim.on).or(known.and_then(|row| row.actual));
        if actual.is_some() && actual != stands {
            losses.add("schedule-stage-actual", &task.name);
        }
        actual = None;
    }
    let given = [
        ("planned_from", known.and_then(|row| row.planned_from), task.planned_from),
        ("planned", known.and_then(|row| row.planned), task.planned),
        ("actual_from", known.and_then(|row| row.actual_from), task.actual_from),
        ("actual", known.and_then(|row| row.actual), actual),
        ("expected", known.and_then(|row| row.expected), task.expected),
    ];
    if known.is_none() && given.iter().all(|(_, _, day)| day.is_none()) {
        // A stage that was claimed without a plan goes out, and has nothing to bring back.
        if stage.is_none() {
            losses.add("schedule-no-days", &task.name);
        }
        return;
    }
    let days: Vec<(&'static str, Option<Date>, Date)> = given
        .iter()
        .filter_map(|(name, old, new)| Some((*name, *old, (*new)?)))
        .filter(|(_, old, new)| *old != Some(*new))
        .collect();
    if !days.is_empty() {
        let [from, to, began, ended, expected] = given.map(|(_, old, new)| new.or(old));
        planned.rows.push(Milestone {
            id: 0,
            project: entry.project.id,
            key: key.clone(),
            name: known.map_or_else(|| Name::new(&task.name), |row| row.name.clone()),
            planned_from: from,
            planned: to,
            actual_from: began,
            actual: ended,
            expected,
            reason: ask.reason.clone(),
            replaces: known.map(|row| row.id),
        });
    }
    planned.lines.push(ScheduleLine {
        project: entry.project.code.clone(),
        key,
        name: task.name.clone(),
        is_new: known.is_none(),
        days,
    });
}
