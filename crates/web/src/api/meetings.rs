//! Dispatch meetings: the list with a proposed agenda, one meeting, and what is decided.

use axum::Json;
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use tici_domain::Meeting;
use tici_engine::agenda::Why;
use tici_ops::hold_meeting::{
    ItemView, NewDecision, NewMeeting, add_item, close_meeting, decide as take_down,
    prepare_meeting, view_meeting, view_meetings,
};

use super::describe::{Endpoint, get, post};
use super::tasks::{Row, row};
use super::{At, Sent, body};
use crate::{Failure, Visit};

pub fn endpoints() -> Vec<Endpoint> {
    let one_path = "/api/meetings/{series}";
    let decisions = "/api/meetings/{series}/items/{n}/decisions";
    let items = "/api/meetings/{series}/items";
    let close_path = "/api/meetings/{series}/close";
    vec![
        get("/api/meetings", "listMeetings", "Dispatch meetings, and a proposed agenda.", list),
        post("/api/meetings", "prepareMeeting", "Prepares a meeting.", prepare),
        get(one_path, "showMeeting", "One meeting with its items.", one),
        post(items, "addItem", "Puts a project on the agenda.", add).guards("meeting", "series"),
        post(decisions, "decide", "Takes down what was decided on an item.", decide)
            .guards("meeting", "series"),
        post(close_path, "closeMeeting", "Closes a meeting.", close).guards("meeting", "series"),
    ]
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "MeetingsList")]
pub struct List {
    meetings: Vec<Line>,
    proposed: Vec<Proposed>,
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "MeetingsLine")]
struct Line {
    series: i64,
    title: String,
    #[schemars(with = "tici_domain::schema::Day")]
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

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "MeetingsProposed")]
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

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "MeetingsOne")]
pub struct One {
    meeting: Meeting,
    items: Vec<Item>,
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "MeetingsItem")]
struct Item {
    /// From 1, as in the page's address.
    n: usize,
    project: i64,
    code: String,
    light: &'static str,
    done: bool,
    #[schemars(with = "Option<tici_domain::schema::Day>")]
    start_expected: Option<Date>,
    #[schemars(with = "Option<tici_domain::schema::Day>")]
    start_due: Option<Date>,
    tasks: Vec<Row>,
    decisions: Vec<Row>,
}

pub async fn one(visit: Visit, At(series): At<i64>) -> Result<Json<One>, Failure> {
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
#[derive(Deserialize, JsonSchema)]
#[schemars(rename = "MeetingsNew")]
#[serde(deny_unknown_fields)]
pub struct New {
    title: String,
    #[schemars(with = "tici_domain::schema::Day")]
    on: Date,
    #[serde(default)]
    chair: String,
    projects: Vec<NewItem>,
}

#[derive(Deserialize, JsonSchema)]
#[schemars(rename = "MeetingsNewItem")]
#[serde(deny_unknown_fields)]
struct NewItem {
    project: i64,
    /// `red_light`, `overdue_task`, `broken_promise`, `dwell` or `asked`.
    why: Option<String>,
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "MeetingsPrepared")]
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

/// A project for the agenda.
#[derive(Deserialize, JsonSchema)]
#[schemars(rename = "MeetingsAdd")]
#[serde(deny_unknown_fields)]
pub struct Add {
    project: i64,
}

async fn add(
    visit: Visit,
    At(series): At<i64>,
    asked: Sent<Add>,
) -> Result<Json<Written>, Failure> {
    let Add { project } = body(asked)?;
    let now = visit.state.now();
    let run = visit.run(move |desk, session| add_item(desk, session, series, project, now));
    Ok(Json(Written { entries: run.await?.entries }))
}

/// What was decided on one item; an empty list marks it as spoken of.
#[derive(Deserialize, JsonSchema)]
#[schemars(rename = "MeetingsDecisions")]
#[serde(deny_unknown_fields)]
pub struct Decisions {
    decisions: Vec<Decision>,
}

#[derive(Deserialize, JsonSchema)]
#[schemars(rename = "MeetingsDecision")]
#[serde(deny_unknown_fields)]
struct Decision {
    title: String,
    owner: String,
    #[schemars(with = "tici_domain::schema::Day")]
    due: Date,
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "MeetingsWritten")]
pub struct Written {
    entries: Vec<i64>,
}

pub async fn decide(
    visit: Visit,
    At((series, n)): At<(i64, usize)>,
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
#[derive(Default, Deserialize, JsonSchema)]
#[schemars(rename = "MeetingsClosing")]
#[serde(deny_unknown_fields)]
pub struct Closing {
    #[serde(default)]
    minutes: String,
}

pub async fn close(
    visit: Visit,
    At(series): At<i64>,
    asked: Sent<Closing>,
) -> Result<Json<Written>, Failure> {
    let closing = body(asked)?;
    let now = visit.state.now();
    let run =
        visit.run(move |desk, session| close_meeting(desk, session, series, &closing.minutes, now));
    Ok(Json(Written { entries: run.await?.entries }))
}
