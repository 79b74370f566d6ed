//! What stands in the project's way and was asked of somebody, step by step.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use tici_domain::{Task, TaskState};
use tici_ops::keep_tasks::TaskHistory;
use tici_ops::view_project::{EntryMeta, ProjectPage};

use crate::Visit;
use crate::i18n::T;
use crate::pages::dispatch::standing_words;
use crate::ui::{Html, escape, light_tag};

/// Tasks shown at once; the page of tasks has the others.
const TASKS_MAX: usize = 6;

/// The panel.
pub struct TaskPart {
    /// `在办 2，办结 1`
    pub counts: String,
    pub lines: Vec<TaskLine>,
    /// Address of the list with all of them, where new ones are put down.
    pub all: String,
    /// Words that lead there when some are left out; empty otherwise.
    pub more: String,
}

/// One task.
pub struct TaskLine {
    pub title: String,
    pub tag: Html,
    pub steps: Vec<Step>,
}

/// Something said of it.
pub struct Step {
    pub on: String,
    pub what: String,
    pub text: String,
    /// Of the entry that says so.
    pub href: String,
}

/// The panel of a project's page.
pub fn part(visit: &Visit, page: &ProjectPage) -> TaskPart {
    let (t, day) = (visit.t, (page.lens.today, &visit.state.config.zone));
    let id = page.row.facts.project;
    let open = page.tasks.iter().filter(|task| task.view.standing.is_open()).count();
    let closed = page.tasks.len() - open;
    let more = match page.tasks.len() {
        all if all > TASKS_MAX => t.t1("project-tasks-more", &[("n", &all)]),
        _ => String::new(),
    };
    TaskPart {
        counts: t.t1("project-tasks-counts", &[("open", &open), ("closed", &closed)]),
        lines: page.tasks.iter().take(TASKS_MAX).map(|task| line(t, task, day)).collect(),
        all: format!("/tasks?which=all&project={id}"),
        more,
    }
}

fn line(t: T, history: &TaskHistory, day: (Date, &TimeZone)) -> TaskLine {
    let task = &history.view.task;
    let befores = std::iter::once(None).chain(history.steps.iter().map(|(task, _)| Some(task)));
    TaskLine {
        title: task.title.get(t.lang).to_owned(),
        tag: tag(t, history, day.0),
        steps: befores
            .zip(&history.steps)
            .map(|(before, (task, meta))| step(t, (before, task), meta, day))
            .collect(),
    }
}

/// How it stands now, with the light of the list of tasks.
fn tag(t: T, history: &TaskHistory, today: Date) -> Html {
    let words = standing_words(t, history.view.standing, today);
    match &history.view.light {
        Some(light) => light_tag(light, &words),
        None => Html(format!("<span class=\"mut\">{}</span>", escape(&words))),
    }
}

/// What a version says that the one before it did not.
fn step(
    t: T,
    (before, task): (Option<&Task>, &Task),
    meta: &EntryMeta,
    (today, zone): (Date, &TimeZone),
) -> Step {
    let day = |day: Date| t.day_short(day, today);
    let due = task.due.map(|due| t.t1("meeting-by", &[("day", &day(due))]));
    let note =
        || task.note.clone().filter(|note| before.is_none_or(|b| b.note.as_ref() != Some(note)));
    let owner = || task.owner.as_ref().map(|owner| owner.get(t.lang).to_owned());
    let (what, said) = match before {
        None => (t.code("task-kind", task.kind.code()), vec![owner(), due, note()]),
        Some(before) if before.state != task.state => (closed(t, task.state), vec![note()]),
        Some(before) if before.due != task.due => (t.t("project-task-moved"), vec![due, note()]),
        Some(before) if before.owner != task.owner => (t.t("task-who"), vec![owner(), note()]),
        Some(_) => (t.t("project-task-said"), vec![note()]),
    };
    let said: Vec<String> = said.into_iter().flatten().collect();
    let on = task.closed_on.filter(|_| task.state != TaskState::Open);
    let on = on.or_else(|| before.is_none().then_some(task.opened));
    Step {
        on: day(on.unwrap_or_else(|| zone.to_datetime(meta.at).date())),
        what,
        text: said.join(&t.t("board-comma")),
        href: format!("/journal/{}", meta.seq),
    }
}

fn closed(t: T, state: TaskState) -> String {
    match state {
        TaskState::Open => t.t("task-which-open"),
        TaskState::Kept => t.t("task-which-kept"),
        TaskState::Broken => t.t("task-which-broken"),
        TaskState::Dropped => t.t("task-dropped"),
    }
}
