//! One meeting: its agenda with what was decided, before it, in it and after it.

use askama::Template;
use axum::{
    extract::Path,
    response::{IntoResponse, Response},
};
use tici_domain::{Name, Problem};
use tici_engine::Facts;
use tici_engine::agenda::{Standing, Why};
use tici_engine::board::BoardRules;
use tici_ops::OpsError;
use tici_ops::hold_meeting::{ItemView, MeetingPage, add_item, close_meeting, view_meeting};
use tici_ops::keep_tasks::TaskView;
use tici_ops::view_project::project_by_code;

use super::number;
use super::words::{TaskLine, red_light, task_line};
use crate::{
    Failure, Posted,
    done::lead_to,
    i18n::T,
    shell::Shell,
    ui::{self, Html},
    visit::{Rendered, Visit},
};

#[derive(Template)]
#[template(path = "meeting.html")]
pub struct MeetingView {
    pub shell: Shell,
    pub t: T,
    pub series: i64,
    pub sub: String,
    pub rows: Vec<RowView>,
    pub promises: String,
    pub start_href: String,
    pub closed: bool,
    pub may_run: bool,
    pub problems: Vec<String>,
}

pub struct RowView {
    pub n: usize,
    pub href: String,
    pub done: bool,
    pub firm: String,
    pub name: String,
    pub place: String,
    pub light: Html,
    pub why: String,
    pub past: Vec<TaskLine>,
    pub decisions: Vec<TaskLine>,
}

pub async fn show(visit: Visit, Path(id): Path<String>) -> Result<Response, Failure> {
    render(visit, number(&id)?, Vec::new()).await
}

async fn render(visit: Visit, id: i64, problems: Vec<Problem>) -> Result<Response, Failure> {
    let today = visit.today;
    let page = visit.run(move |desk, session| view_meeting(desk, session, id, today)).await?;
    Ok(Rendered(view(&visit, &page, problems)).into_response())
}

fn view(visit: &Visit, page: &MeetingPage, problems: Vec<Problem>) -> MeetingView {
    let (t, series) = (visit.t, page.meeting.series);
    let next = page.items.iter().find(|item| !item.done).or(page.items.first());
    let chair = page.meeting.chair.as_ref().map_or("", |chair| chair.get(t.lang));
    let day = t.day_of_week(page.meeting.on);
    let spoken = page.items.iter().filter(|item| item.done).count();
    let args: [(&str, &dyn std::fmt::Display); 4] =
        [("day", &day), ("n", &page.items.len()), ("done", &spoken), ("chair", &chair)];
    let key = if chair.is_empty() { "meeting-sub" } else { "meeting-sub-chair" };
    MeetingView {
        shell: visit.shell("dispatch", page.meeting.title.get(t.lang)),
        sub: t.t1(key, &args),
        rows: page.items.iter().map(|item| row(t, page, item)).collect(),
        promises: promises(t, page),
        start_href: next
            .map_or_else(String::new, |i| format!("/meetings/{series}/{}", i.index + 1)),
        closed: page.meeting.closed,
        may_run: page.may_run,
        problems: problems.iter().map(|problem| t.problem_line(problem)).collect(),
        series,
        t,
    }
}

fn row(t: T, page: &MeetingPage, item: &ItemView) -> RowView {
    let today = page.lens.today;
    let line = |view| task_line(t, view, today);
    let name = |name: Option<&Name>| name.map_or("", |name| name.get(t.lang)).to_owned();
    RowView {
        n: item.index + 1,
        href: format!("/meetings/{}/{}", page.meeting.series, item.index + 1),
        done: item.done,
        firm: name(item.row.enterprise.as_ref().map(|firm| &firm.short)),
        name: name(Some(&item.row.entry.project.name)),
        place: name(item.row.place.as_ref().map(|place| &place.short)),
        light: ui::light(&t, &item.row.facts.light),
        why: why(t, page, item),
        past: item.tasks.iter().filter(|v| v.task.meeting.is_some()).map(line).collect(),
        decisions: item.decisions.iter().map(line).collect(),
    }
}

/// The reason that brought the project, in a sentence with its figures as they stand now.
fn why(t: T, page: &MeetingPage, item: &ItemView) -> String {
    let facts = &item.row.facts;
    let late = || {
        item.tasks.iter().filter_map(|view| match view.standing {
            Standing::Late { days } => Some(days),
            _ => None,
        })
    };
    let is_broken = |view: &&TaskView| matches!(view.standing, Standing::Broken { .. });
    let broken = item.tasks.iter().filter(is_broken).count();
    match item.why {
        None => String::new(),
        Some(Why::RedLight) => red_light(t, &page.lens, facts),
        Some(Why::OverdueTask) if late().next().is_some() => {
            let (n, days) = (late().count(), late().max().unwrap_or(0));
            t.t1("meeting-why-task-late", &[("n", &n), ("days", &days)])
        }
        Some(Why::BrokenPromise) if broken > 0 => t.t1("meeting-why-broken-n", &[("n", &broken)]),
        Some(Why::Dwell) => match days_over_limit(page, facts) {
            Some(days) => t.t1("meeting-why-dwell-n", &[("n", &days)]),
            None => t.t("meeting-why-dwell"),
        },
        Some(why) => t.t(&format!("meeting-why-{}", why.code())),
    }
}

/// Days at its stage past the stage's limit.
fn days_over_limit(page: &MeetingPage, facts: &Facts) -> Option<i32> {
    let today = page.lens.today;
    let limit = BoardRules::of(&page.snapshot, today).limit(facts.stage?)?;
    let days = (today - facts.stage_since?).get_days();
    Some(days - limit).filter(|over| *over > 0)
}

/// How the earlier decisions on these projects stand: kept, broken, open, late.
pub fn promises(t: T, page: &MeetingPage) -> String {
    let past = || {
        let tasks = page.items.iter().flat_map(|item| &item.tasks);
        tasks.filter(|view| view.task.meeting.is_some()).map(|view| view.standing)
    };
    let count = |of: fn(&Standing) -> bool| past().filter(of).count();
    let all = past().count();
    if all == 0 {
        return t.t("meeting-promises-none");
    }
    let kept = count(|s| matches!(s, Standing::Kept { .. }));
    let broken = count(|s| matches!(s, Standing::Broken { .. }));
    let late = count(|s| matches!(s, Standing::Late { .. }));
    let open = count(|s| s.is_open()) - late;
    let args: [(&str, &dyn std::fmt::Display); 5] =
        [("n", &all), ("kept", &kept), ("broken", &broken), ("late", &late), ("open", &open)];
    t.t1("meeting-promises", &args)
}

/// Puts a project of a code on the agenda.
pub async fn add(Path(id): Path<String>, posted: Posted) -> Result<Response, Failure> {
    let (id, Posted { visit, fields }) = (number(&id)?, posted);
    let (code, now) = (fields.get("code").to_owned(), visit.state.now());
    let written = visit
        .run(move |desk, session| {
            let project = match project_by_code(desk, session, &code) {
                Ok(project) => project,
                Err(OpsError::NotFound { .. }) => {
                    return Ok(vec![Problem::error("task-no-project").arg("code", code)]);
                }
                Err(error) => return Err(error),
            };
            problems_apart(add_item(desk, session, id, project, now))
        })
        .await?;
    answer(visit, id, (written, "meeting-item-added")).await
}

/// Closes the meeting with the words of the minutes.
pub async fn close(Path(id): Path<String>, posted: Posted) -> Result<Response, Failure> {
    let (id, Posted { visit, fields }) = (number(&id)?, posted);
    let (minutes, now) = (fields.get("minutes").to_owned(), visit.state.now());
    let written = visit
        .run(move |desk, session| problems_apart(close_meeting(desk, session, id, &minutes, now)))
        .await?;
    answer(visit, id, (written, "meeting-closed")).await
}

/// Problems of the input are shown on the page itself; anything else fails the request.
pub fn problems_apart<R>(written: Result<R, OpsError>) -> Result<Vec<Problem>, OpsError> {
    match written {
        Ok(_) => Ok(Vec::new()),
        Err(OpsError::Problems(problems)) => Ok(problems),
        Err(error) => Err(error),
    }
}

async fn answer(
    visit: Visit,
    id: i64,
    (problems, done): (Vec<Problem>, &'static str),
) -> Result<Response, Failure> {
    if problems.is_empty() {
        return Ok(lead_to(&format!("/meetings/{id}"), done).into_response());
    }
    render(visit, id, problems).await
}
