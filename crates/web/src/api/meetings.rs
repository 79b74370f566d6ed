//! Dispatch meetings: the list with a proposed agenda, one meeting, and what is decided.

use axum::{Json, extract::Path};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use tici_domain::Meeting;
use tici_engine::agenda::Why;
use tici_ops::hold_meeting::{
    ItemView, NewDecision, NewMeeting, close_meeting, decide as take_down, prepare_meeting,
    view_meeting, view_meetings,
};

use super::tasks::{Row, row};
use super::{Sent, body};
use crate::{Failure, Visit};

#[derive(Serialize)]
pub struct List {
    meetings: Vec<Line>,
    proposed: Vec<Proposed>,
}

#[derive(Serialize)]
struct Line {
    series: i64,
    title: String,
    on: Date,
    closed: bool,
    items: usize,
    spoken_of: usize,
    decisions: usize,
    kept: usize,
    broken: usize,
    open: usize,
    late: usize,
}

#[derive(Serialize)]
struct Proposed {
    project: i64,
    code: String,
    why: Vec<&'static str>,
    start_days_late: Option<i32>,
    task_days_late: Option<i32>,
    broken: usize,
    days_over_limit: Option<i32>,
}

pub async fn list(visit: Visit) -> Result<Json<List>, Failure> {
    let (today, lang) = (visit.today, visit.t.lang);
    let page = visit.run(move |desk, session| view_meetings(desk, session, today)).await?;
    let meetings = page.meetings.into_iter().map(|line| Line {
        series: line.series,
        title: line.title.get(lang).to_owned(),
        on: line.on,
        closed: line.closed,
        items: line.items,
        spoken_of: line.spoken_of,
        decisions: line.decisions,
        kept: line.kept,
        broken: line.broken,
        open: line.open,
        late: line.late,
    });
    let proposed = page.candidates.into_iter().map(|view| Proposed {
        project: view.candidate.project,
        code: view.row.entry.project.code.clone(),
        why: view.candidate.why.iter().map(|why| why.code()).collect(),
        start_days_late: view.candidate.start_days_late,
        task_days_late: view.candidate.task_days_late,
        broken: view.candidate.broken,
        days_over_limit: view.candidate.days_over_limit,
    });
    Ok(Json(List { meetings: meetings.collect(), proposed: proposed.collect() }))
}

#[derive(Serialize)]
pub struct One {
    meeting: Meeting,
    items: Vec<Item>,
}

#[derive(Serialize)]
struct Item {
    /// From 1, as in the page's address.
    n: usize,
    project: i64,
    code: String,
    light: &'static str,
    done: bool,
    start_expected: Option<Date>,
    start_due: Option<Date>,
    tasks: Vec<Row>,
    decisions: Vec<Row>,
}

pub async fn one(visit: Visit, Path(series): Path<i64>) -> Result<Json<One>, Failure> {
    let today = visit.today;
    let page = visit.run(move |desk, session| view_meeting(desk, session, series, today)).await?;
    let items: Vec<Item> = page.items.iter().map(|view| item(view, today)).collect();
    let mut meeting = page.meeting;
    // What lies outside the account's places is not told by the agenda either.
    meeting.agenda.retain(|row| items.iter().any(|item| item.project == row.project));
    Ok(Json(One { items, meeting }))
}

fn item(view: &ItemView, today: Date) -> Item {
    let (expected, due) = view.start.unwrap_or_default();
    Item {
        n: view.index + 1,
        project: view.row.facts.project,
        code: view.row.entry.project.code.clone(),
        light: view.row.facts.light.code(),
        done: view.done,
        start_expected: expected,
        start_due: due,
        tasks: view.tasks.iter().map(|task| row(task, today)).collect(),
        decisions: view.decisions.iter().map(|task| row(task, today)).collect(),
    }
}

/// A meeting to be prepared.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct New {
    title: String,
    on: Date,
    #[serde(default)]
    chair: String,
    projects: Vec<NewItem>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NewItem {
    project: i64,
    /// `red_light`, `overdue_task`, `broken_promise`, `dwell` or `asked`.
    why: Option<String>,
}

#[derive(Serialize)]
pub struct Prepared {
    series: i64,
    entries: Vec<i64>,
}

pub async fn prepare(visit: Visit, asked: Sent<New>) -> Result<Json<Prepared>, Failure> {
    let new = body(asked)?;
    let item = |item: NewItem| {
        let why = item.why.unwrap_or_else(|| Why::Asked.code().to_owned());
        let parsed = Why::parse(&why).ok_or_else(|| Failure::bad(format!("why={why}")))?;
        Ok((item.project, parsed))
    };
    let New { title, on, chair, projects } = new;
    let items = projects.into_iter().map(item).collect::<Result<_, Failure>>()?;
    let (new, now) = (NewMeeting { title, on, chair, items }, visit.state.now());
    let run = visit.run(move |desk, session| prepare_meeting(desk, session, &new, now));
    let (written, series) = run.await?;
    Ok(Json(Prepared { series, entries: written.entries }))
}

/// What was decided on one item; an empty list marks it as spoken of.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Decisions {
    decisions: Vec<Decision>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Decision {
    title: String,
    owner: String,
    due: Date,
}

#[derive(Serialize)]
pub struct Written {
    entries: Vec<i64>,
}

pub async fn decide(
    visit: Visit,
    Path((series, n)): Path<(i64, usize)>,
    asked: Sent<Decisions>,
) -> Result<Json<Written>, Failure> {
    let sent = body(asked)?;
    let index = n.checked_sub(1).ok_or(Failure::NotFound)?;
    let decisions: Vec<NewDecision> = sent
        .decisions
        .into_iter()
        .map(|row| NewDecision { title: row.title, owner: row.owner, due: Some(row.due) })
        .collect();
    let (now, today) = (visit.state.now(), visit.today);
    let run = visit.run(move |desk, session| {
        take_down(desk, session, (series, index), &decisions, now, today)
    });
    Ok(Json(Written { entries: run.await?.entries }))
}

/// The words of the minutes.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Closing {
    #[serde(default)]
    minutes: String,
}

pub async fn close(
    visit: Visit,
    Path(series): Path<i64>,
    asked: Sent<Closing>,
) -> Result<Json<Written>, Failure> {
    let closing = body(asked)?;
    let now = visit.state.now();
    let run =
        visit.run(move |desk, session| close_meeting(desk, session, series, &closing.minutes, now));
    Ok(Json(Written { entries: run.await?.entries }))
}
