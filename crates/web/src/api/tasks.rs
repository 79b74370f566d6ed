//! Tasks: listed, opened, updated.

use axum::{
    Json,
    extract::{Path, RawQuery},
};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use tici_domain::{Task, TaskKind};
use tici_ops::keep_tasks::{
    Close, NewTask, TaskQuery, TaskUpdate, TaskView, Which, open_task, update_task, view_tasks,
};

use super::{Sent, body};
use crate::{Failure, Visit, visit::read_pairs};

#[derive(Serialize)]
pub struct List {
    found: usize,
    /// From 1.
    page: usize,
    pages: usize,
    tasks: Vec<Row>,
}

/// A task, and how it stands today.
#[derive(Serialize)]
pub struct Row {
    #[serde(flatten)]
    task: Task,
    light: Option<&'static str>,
    /// Days past the promised day while open; negative is time left.
    days_late: Option<i32>,
    project_code: Option<String>,
}

/// A task as the API gives it.
pub fn row(view: &TaskView, today: Date) -> Row {
    Row {
        task: view.task.clone(),
        light: view.light.map(|light| light.code()),
        days_late: view.task.days_late(today),
        project_code: view.project.as_ref().map(|row| row.entry.project.code.clone()),
    }
}

/// Takes `which`, `kind`, `owner`, `project`, `place` and `page`.
pub async fn list(visit: Visit, RawQuery(query): RawQuery) -> Result<Json<List>, Failure> {
    let mut asked = TaskQuery::default();
    for (name, value) in read_pairs(query.unwrap_or_default().as_bytes()) {
        let bad = || Failure::bad(format!("{name}={value}"));
        match name.as_str() {
            "which" => asked.which = Which::parse(&value).ok_or_else(bad)?,
            "kind" => asked.kind = Some(TaskKind::parse(&value).ok_or_else(bad)?),
            "owner" => asked.owner = value,
            "project" => asked.project = Some(value.parse().map_err(|_| bad())?),
            "place" => asked.place = Some(value.parse().map_err(|_| bad())?),
            "page" => asked.page = value.parse::<usize>().map_err(|_| bad())?.saturating_sub(1),
            _ => {}
        }
    }
    let today = visit.today;
    let page = visit.run(move |desk, session| view_tasks(desk, session, &asked, today)).await?;
    let tasks = page.rows.iter().map(|view| row(view, today)).collect();
    Ok(Json(List { found: page.found, page: page.page + 1, pages: page.pages, tasks }))
}

/// A task to be opened.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct New {
    title: String,
    /// `blocker` or `request`.
    kind: TaskKind,
    project: Option<i64>,
    #[serde(default)]
    owner: String,
    due: Option<Date>,
    #[serde(default)]
    note: String,
}

#[derive(Serialize)]
pub struct Opened {
    series: i64,
    entries: Vec<i64>,
}

pub async fn open(visit: Visit, asked: Sent<New>) -> Result<Json<Opened>, Failure> {
    let new = body(asked)?;
    let is_blocker = match new.kind {
        TaskKind::Blocker => true,
        TaskKind::Request => false,
        other => return Err(Failure::bad(format!("kind={}", other.code()))),
    };
    let New { title, project, owner, due, note, .. } = new;
    let task = NewTask { is_blocker, project, title, owner, due, note };
    let (now, today) = (visit.state.now(), visit.today);
    let run = visit.run(move |desk, session| open_task(desk, session, &task, now, today));
    let (written, series) = run.await?;
    Ok(Json(Opened { series, entries: written.entries }))
}

/// How a task goes on.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Update {
    /// A new promise.
    due: Option<Date>,
    #[serde(default)]
    note: String,
    /// The day it was done.
    done_on: Option<Date>,
    #[serde(default)]
    give_up: bool,
    #[serde(default)]
    drop: bool,
}

#[derive(Serialize)]
pub struct Written {
    entries: Vec<i64>,
}

pub async fn update(
    visit: Visit,
    Path(series): Path<i64>,
    asked: Sent<Update>,
) -> Result<Json<Written>, Failure> {
    let asked = body(asked)?;
    let close = match (asked.done_on, asked.give_up, asked.drop) {
        (None, false, false) => None,
        (Some(on), false, false) => Some(Close::Done(on)),
        (None, true, false) => Some(Close::GivenUp),
        (None, false, true) => Some(Close::Dropped),
        _ => return Err(Failure::bad("done_on, give_up, drop: one at most")),
    };
    let update = TaskUpdate { due: asked.due, note: asked.note, close };
    let (now, today) = (visit.state.now(), visit.today);
    let run =
        visit.run(move |desk, session| update_task(desk, session, series, &update, now, today));
    Ok(Json(Written { entries: run.await?.entries }))
}
