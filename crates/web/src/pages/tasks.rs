//! 任务: what somebody has to do by a day, and how it stands.

use askama::Template;
use axum::{
    Router,
    extract::{Path, RawQuery},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use jiff::civil::Date;
use tici_domain::{Problem, TaskKind};
use tici_ops::keep_tasks::{
    Close, NewTask, TaskQuery, TaskUpdate, TasksPage, Which, open_task, update_task, view_tasks,
};
use tici_ops::view_project::project_by_code;
use tici_ops::{Action, Desk, OpsError, Session};

use super::dispatch::{TaskLine, offices, task_line};
use super::{Nav, Page};
use crate::{
    Failure, Fields, Posted,
    choice::Choice,
    done::lead_to,
    i18n::T,
    shell::Shell,
    visit::{Rendered, Visit, encode, read_pairs},
};

pub const PAGE: Page = Page {
    id: "tasks",
    nav: Some(Nav { group: "nav-delivery", href: "/tasks", icon: "check" }),
    routes: || {
        Router::new().route("/tasks", get(show).post(open)).route("/tasks/{series}", post(update))
    },
};

#[derive(Template)]
#[template(path = "tasks.html")]
pub struct TasksView {
    pub shell: Shell,
    pub t: T,
    pub tabs: Vec<Tab>,
    pub which: &'static str,
    pub kinds: Vec<Choice>,
    pub owners: Vec<Choice>,
    pub all_owners: Vec<String>,
    pub project: String,
    pub rows: Vec<TaskLine>,
    pub found: String,
    pub previous: String,
    pub next: String,
    pub may_update: bool,
    /// Whether a name is new, and the form has to say so.
    pub asks_office: bool,
    pub today: String,
    pub here: String,
    pub problems: Vec<String>,
    pub sent: Sent,
}

pub struct Tab {
    pub name: String,
    pub count: usize,
    pub href: String,
    pub is_here: bool,
}

/// The form of a new task as it was sent.
#[derive(Clone, Debug, Default)]
pub struct Sent {
    pub title: String,
    pub owner: String,
    pub code: String,
    pub due: String,
    pub note: String,
    pub is_request: bool,
}

/// What the address asks for.
#[derive(Clone, Debug, Default)]
struct Ask {
    query: TaskQuery,
}

impl Ask {
    fn read(query: &str) -> Result<Ask, Failure> {
        let mut ask = Ask::default();
        for (name, value) in read_pairs(query.as_bytes()) {
            let bad = || Failure::bad(format!("{name}={value}"));
            match name.as_str() {
                _ if value.is_empty() => {}
                "which" => ask.query.which = Which::parse(&value).ok_or_else(bad)?,
                "kind" => ask.query.kind = Some(TaskKind::parse(&value).ok_or_else(bad)?),
                "owner" => ask.query.owner = value,
                "project" => ask.query.project = Some(value.parse().map_err(|_| bad())?),
                "place" => ask.query.place = Some(value.parse().map_err(|_| bad())?),
                "page" => {
                    let page: usize = value.parse().map_err(|_| bad())?;
                    ask.query.page = page.saturating_sub(1);
                }
                _ => {}
            }
        }
        Ok(ask)
    }

    /// The address with other tasks or another page.
    fn href(&self, which: Which, page: usize) -> String {
        let query = &self.query;
        let mut parts = Vec::new();
        if which != Which::default() {
            parts.push(format!("which={}", which.code()));
        }
        parts.extend(query.kind.map(|kind| format!("kind={}", kind.code())));
        if !query.owner.is_empty() {
            parts.push(format!("owner={}", encode(&query.owner)));
        }
        parts.extend(query.project.map(|project| format!("project={project}")));
        parts.extend(query.place.map(|place| format!("place={place}")));
        if page > 0 {
            parts.push(format!("page={}", page + 1));
        }
        let glue = if parts.is_empty() { "" } else { "?" };
        format!("/tasks{glue}{}", parts.join("&"))
    }
}

async fn show(visit: Visit, RawQuery(query): RawQuery) -> Result<Response, Failure> {
    let ask = Ask::read(query.as_deref().unwrap_or_default())?;
    render(visit, ask, (Sent::default(), Vec::new())).await
}

async fn render(
    visit: Visit,
    ask: Ask,
    (sent, problems): (Sent, Vec<Problem>),
) -> Result<Response, Failure> {
    let (query, today) = (ask.query.clone(), visit.today);
    let page = visit.run(move |desk, session| view_tasks(desk, session, &query, today)).await?;
    Ok(Rendered(view(&visit, &page, &ask, (sent, problems))).into_response())
}

fn view(
    visit: &Visit,
    page: &TasksPage,
    ask: &Ask,
    (sent, problems): (Sent, Vec<Problem>),
) -> TasksView {
    let (t, today, query) = (visit.t, visit.today, &ask.query);
    let tab = |which: Which| Tab {
        name: t.t(&format!("task-which-{}", which.code())),
        count: page.counts.get(which),
        href: ask.href(which, 0),
        is_here: which == query.which,
    };
    let kind = |kind: &TaskKind| Choice {
        value: kind.code().to_owned(),
        name: t.code("task-kind", kind.code()),
        is_set: query.kind == Some(*kind),
    };
    let owner = |name: &tici_domain::Name| {
        let name = name.get(t.lang);
        Choice { value: name.to_owned(), name: name.to_owned(), is_set: query.owner == name }
    };
    let turn =
        |page: Option<usize>| page.map_or_else(String::new, |page| ask.href(query.which, page));
    let after = Some(page.page + 1).filter(|next| *next < page.pages);
    TasksView {
        shell: visit.shell("tasks", t.t("nav-tasks")),
        tabs: Which::ALL.into_iter().map(tab).collect(),
        which: query.which.code(),
        kinds: TaskKind::ALL.iter().map(kind).collect(),
        owners: page.owners.iter().map(owner).collect(),
        all_owners: page.owners.iter().map(|name| name.get(t.lang).to_owned()).collect(),
        project: query.project.map_or_else(String::new, |project| project.to_string()),
        rows: page.rows.iter().map(|view| task_line(t, view, today)).collect(),
        found: t.t1("task-found", &[("n", &page.found)]),
        previous: turn(page.page.checked_sub(1)),
        next: turn(after),
        may_update: visit.session.need(Action::UpdateTask).is_ok(),
        asks_office: offices::is_asked(&problems),
        today: today.to_string(),
        here: ask.href(query.which, page.page),
        problems: problems.iter().map(|problem| t.problem_line(problem)).collect(),
        sent,
        t,
    }
}

/// Opens a task from the form.
async fn open(posted: Posted) -> Result<Response, Failure> {
    let Posted { visit, fields } = posted;
    let get = |name: &str| fields.get(name).to_owned();
    let sent = Sent {
        title: get("title"),
        owner: get("owner"),
        code: get("code"),
        due: get("due"),
        note: get("note"),
        is_request: fields.get("kind") == TaskKind::Request.code(),
    };
    if !sent.title.is_empty() && !sent.owner.is_empty() {
        let asked = offices::ask(&visit, &fields, vec![sent.owner.clone()]).await?;
        if let Some(problem) = asked {
            return answer(visit, (&fields, "task-opened"), (sent, vec![problem])).await;
        }
    }
    let (now, today, form) = (visit.state.now(), visit.today, sent.clone());
    let run = move |desk: &Desk, session: &Session| {
        let new = match new_task(desk, session, &form)? {
            Ok(new) => new,
            Err(problem) => return Ok(vec![*problem]),
        };
        apart(open_task(desk, session, &new, now, today))
    };
    let problems = visit.run(run).await?;
    answer(visit, (&fields, "task-opened"), (sent, problems)).await
}

/// The form as an operation takes it, or what cannot be read in it.
fn new_task(
    desk: &Desk,
    session: &Session,
    form: &Sent,
) -> Result<Result<NewTask, Box<Problem>>, OpsError> {
    let project = match form.code.as_str() {
        "" => None,
        code => match project_by_code(desk, session, code) {
            Ok(project) => Some(project),
            Err(OpsError::NotFound { .. }) => {
                return Ok(Err(Box::new(Problem::error("task-no-project").arg("code", code))));
            }
            Err(error) => return Err(error),
        },
    };
    let due = match day(&form.due) {
        Ok(due) => due,
        Err(problem) => return Ok(Err(problem)),
    };
    Ok(Ok(NewTask {
        is_blocker: !form.is_request,
        project,
        title: form.title.clone(),
        owner: form.owner.clone(),
        due,
        note: form.note.clone(),
    }))
}

fn day(text: &str) -> Result<Option<Date>, Box<Problem>> {
    if text.is_empty() {
        return Ok(None);
    }
    let unreadable = |_| Box::new(Problem::error("task-day-unreadable").arg("day", text));
    text.parse().map(Some).map_err(unreadable)
}

/// Says how a task stands, promises another day, or closes it.
async fn update(Path(series): Path<String>, posted: Posted) -> Result<Response, Failure> {
    let Posted { visit, fields } = posted;
    let series: i64 = series.parse().map_err(|_| Failure::NotFound)?;
    let today = visit.today;
    let written = match read_update(&fields, today)? {
        Ok(update) => {
            let now = visit.state.now();
            let run = move |desk: &Desk, session: &Session| {
                apart(update_task(desk, session, series, &update, now, today))
            };
            visit.run(run).await?
        }
        Err(problem) => vec![*problem],
    };
    answer(visit, (&fields, "task-updated"), (Sent::default(), written)).await
}

fn read_update(fields: &Fields, today: Date) -> Result<Result<TaskUpdate, Box<Problem>>, Failure> {
    let on = match day(fields.get("day")) {
        Ok(on) => on,
        Err(problem) => return Ok(Err(problem)),
    };
    let note = fields.get("note").to_owned();
    let (due, close) = match fields.get("act") {
        "" | "note" => (None, None),
        "promise" => (on, None),
        "done" => (None, Some(Close::Done(on.unwrap_or(today)))),
        "give_up" => (None, Some(Close::GivenUp)),
        "drop" => (None, Some(Close::Dropped)),
        other => return Err(Failure::bad(format!("act={other}"))),
    };
    Ok(Ok(TaskUpdate { due, note, close }))
}

fn apart<R>(written: Result<R, OpsError>) -> Result<Vec<Problem>, OpsError> {
    super::dispatch::problems_apart(written)
}

/// Back to the list the form stood on; with problems the list is shown again.
async fn answer(
    visit: Visit,
    (fields, done): (&Fields, &'static str),
    (sent, problems): (Sent, Vec<Problem>),
) -> Result<Response, Failure> {
    let here = fields.get("here");
    let is_ours = here == "/tasks" || here.starts_with("/tasks?");
    let here = if is_ours { here } else { "/tasks" };
    if problems.is_empty() {
        return Ok(lead_to(here, done).into_response());
    }
    let ask = Ask::read(here.split_once('?').map_or("", |(_, query)| query))?;
    render(visit, ask, (sent, problems)).await
}
