//! A project's steps, and those of its packages, as the schedule of a planning program.

use jiff::civil::Date;
use tici_domain::{Name, Stage};
use tici_engine::Snapshot;
use tici_engine::snapshot::ProjectEntry;
use tici_exchange::schedule::{Link, LinkKind, Schedule, Task, TaskKind};

use crate::lens::{LensQuery, lens};
use crate::{Action, Desk, OpsError, Session};

/// What the reader's language is asked for.
pub struct ScheduleWords<'a> {
    pub stage: &'a dyn Fn(Stage) -> String,
    pub name: &'a dyn Fn(&Name) -> String,
}

/// The schedule of a project: its own steps, then each package with its steps under it.
pub fn export_schedule(
    desk: &Desk,
    session: &Session,
    project: i64,
    words: &ScheduleWords<'_>,
    today: Date,
) -> Result<Schedule, OpsError> {
    session.need(Action::ExportProjects)?;
    let snapshot = desk.snapshot()?;
    let found = snapshot.projects.get(project);
    let entry = found
        .filter(|entry| session.covers(&snapshot, entry.project.place))
        .ok_or_else(|| OpsError::not_found("project", project))?;
    let table = desk.facts(&snapshot, &lens(&snapshot, LensQuery::default(), today));
    let progress = |id| table.get(id).and_then(|facts| facts.progress);
    let mut out = Schedule {
        name: (words.name)(&entry.project.name),
        code: entry.project.code.clone(),
        status: Some(today),
        ..Schedule::default()
    };
    let mut writing = Writing { out: &mut out, words };
    writing.heading(entry, progress(project), (0, "0".into()));
    let own = writing.steps(entry, (1, ""));
    for (at, package) in packages(&snapshot, session, project).enumerate() {
        let number = (own + at + 1).to_string();
        writing.heading(package, progress(package.project.id), (1, number.clone()));
        writing.steps(package, (2, &number));
    }
    Ok(out)
}

fn packages<'a>(
    snapshot: &'a Snapshot,
    session: &'a Session,
    project: i64,
) -> impl Iterator<Item = &'a ProjectEntry> {
    let all = snapshot.projects.iter().map(|entry| &**entry);
    all.filter(move |entry| {
        entry.project.parent == Some(project) && session.covers(snapshot, entry.project.place)
    })
}

struct Writing<'a, 'w> {
    out: &'a mut Schedule,
    words: &'a ScheduleWords<'w>,
}

impl Writing<'_, '_> {
    /// The line of a project or package itself.
    fn heading(&mut self, entry: &ProjectEntry, percent: Option<i64>, at: (u32, String)) {
        self.out.tasks.push(Task {
            uid: self.out.tasks.len() as i64,
            name: (self.words.name)(&entry.project.name),
            kind: TaskKind::Summary,
            level: at.0,
            wbs: at.1,
            project: Some(entry.project.code.clone()),
            percent,
            ..Task::default()
        });
    }

    /// Its steps in the order of their days; gives how many there are.
    fn steps(&mut self, entry: &ProjectEntry, (level, above): (u32, &str)) -> usize {
        let mut steps = steps(entry, self.words);
        steps.sort_by_key(|step| {
            let day = step.actual.or(step.expected).or(step.planned);
            (day.unwrap_or(Date::MAX), step.key.clone())
        });
        let count = steps.len();
        for (at, step) in steps.into_iter().enumerate() {
            let wbs = match above {
                "" => (at + 1).to_string(),
                above => format!("{above}.{}", at + 1),
            };
            let uid = self.out.tasks.len() as i64;
            self.out.tasks.push(Task { uid, level, wbs, ..step });
        }
        self.links(count);
        count
    }

    /// Stages follow each other; of other steps the ledger does not know which waits for
    /// which.
    fn links(&mut self, count: usize) {
        let steps = &self.out.tasks[self.out.tasks.len() - count..];
        let place = |stage: &Stage| steps.iter().find(|step| step.key == stage.code());
        let stages: Vec<i64> =
            Stage::STAIRS.iter().filter_map(place).map(|step| step.uid).collect();
        let links = stages.windows(2).map(|pair| Link {
            from: pair[0],
            to: pair[1],
            kind: LinkKind::FinishStart,
            lag_minutes: 0,
        });
        self.out.links.extend(links);
    }
}

/// Milestones, and stages that were claimed without one.
fn steps(entry: &ProjectEntry, words: &ScheduleWords<'_>) -> Vec<Task> {
    let project = Some(entry.project.code.clone());
    let own = |key: &str, name: String| Task {
        name,
        key: key.to_owned(),
        is_own: true,
        kind: TaskKind::Milestone,
        project: project.clone(),
        ..Task::default()
    };
    let claimed = |stage: Stage| {
        let claim = entry.claim(stage).filter(|claim| claim.stands());
        claim.map(|claim| claim.claim.on)
    };
    let mut steps: Vec<Task> = Vec::new();
    for (row, _) in &entry.milestones {
        let stage = Stage::parse(&row.key);
        let name = stage.map_or_else(|| (words.name)(&row.name), |stage| (words.stage)(stage));
        let mut step = own(&row.key, name);
        if row.planned_from.is_some() || row.actual_from.is_some() {
            step.kind = TaskKind::Work;
        }
        (step.planned_from, step.planned) = (row.planned_from, row.planned);
        step.actual_from = row.actual_from;
        step.actual = stage.and_then(claimed).or(row.actual);
        step.expected = row.expected.filter(|_| step.actual.is_none());
        steps.push(step);
    }
    for stage in Stage::STAIRS.iter().chain(&[Stage::StatEntered]) {
        let is_there = steps.iter().any(|step| step.key == stage.code());
        if let Some(on) = claimed(*stage).filter(|_| !is_there) {
            let mut step = own(stage.code(), (words.stage)(*stage));
            step.actual = Some(on);
            steps.push(step);
        }
    }
    steps
}
