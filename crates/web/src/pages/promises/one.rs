//! One promise: its projects, the days it was given, and the form that moves them.

use askama::Template;
use axum::{
    extract::Path,
    response::{IntoResponse, Response},
};
use jiff::civil::Date;
use tici_domain::Problem;
use tici_ops::keep_promises::{PromisePage, view_promise};
use tici_ops::lens::LensQuery;
use tici_ops::view_ledger::LedgerRow;
use tici_ops::{Action, Desk, Session};

use super::{Line, line};
use crate::{
    Failure,
    i18n::T,
    shell::Shell,
    ui::{self, Html},
    visit::{Rendered, Visit},
};

#[derive(Template)]
#[template(path = "promise.html")]
struct PromiseView {
    shell: Shell,
    t: T,
    line: Line,
    cohort: String,
    pending: Vec<Row>,
    done: Vec<Row>,
    joined: Vec<Row>,
    left: Vec<Row>,
    versions: Vec<Version>,
    may_keep: bool,
    address: String,
    due: String,
    problems: Vec<String>,
}

/// A project of the promise.
struct Row {
    href: String,
    name: String,
    firm: String,
    place: String,
    stage: Html,
    day: String,
    /// Late, silent, waiting for a verdict, gone.
    state: String,
}

/// A day the promise was given.
struct Version {
    due: String,
    who: String,
    at: String,
    reason: String,
    href: String,
}

pub(super) async fn show(visit: Visit, Path(series): Path<String>) -> Result<Response, Failure> {
    let series: i64 = series.parse().map_err(|_| Failure::NotFound)?;
    render(visit, series, Vec::new()).await
}

pub(super) async fn render(
    visit: Visit,
    series: i64,
    problems: Vec<Problem>,
) -> Result<Response, Failure> {
    let today = visit.today;
    let run = move |desk: &Desk, session: &Session| {
        view_promise(desk, session, series, LensQuery::default(), today)
    };
    let page = visit.run(run).await?;
    Ok(Rendered(view(&visit, &page, problems)).into_response())
}

fn view(visit: &Visit, page: &PromisePage, problems: Vec<Problem>) -> PromiseView {
    let (t, today) = (visit.t, visit.today);
    let (promise, standing) = (&page.line.promise, &page.line.standing);
    let name = promise.name.get(t.lang).to_owned();
    let pending = standing.pending.iter().zip(&page.pending).map(|(pending, row)| {
        let expected = pending.expected.map_or_else(String::new, |on| t.day(on, today));
        project_row(t, row.as_ref(), expected, words(t, pending))
    });
    let done = standing.done.iter().zip(&page.done).map(|(done, row)| {
        let state = if done.in_time { String::new() } else { t.t("promise-row-late") };
        project_row(t, row.as_ref(), t.day(done.on, today), state)
    });
    let plain = |row: &LedgerRow| project_row(t, Some(row), String::new(), String::new());
    let version = |version: &tici_ops::keep_promises::PromiseVersion| Version {
        due: match version.promise.withdrawn {
            true => t.t("promise-is-withdrawn"),
            false => t.day(version.promise.due, today),
        },
        who: version.meta.title.get(t.lang).to_owned(),
        at: t.moment(version.meta.at, &visit.state.config.zone),
        reason: version.promise.reason.clone().unwrap_or_default(),
        href: format!("/journal/{}", version.meta.seq),
    };
    PromiseView {
        shell: visit.shell("promises", name),
        line: line(t, &page.line, today),
        cohort: cohort(t, page, today),
        pending: pending.collect(),
        done: done.collect(),
        joined: page.joined.iter().map(plain).collect(),
        left: page.left.iter().map(plain).collect(),
        versions: page.versions.iter().map(version).collect(),
        may_keep: !promise.withdrawn && visit.session.need(Action::KeepPromises).is_ok(),
        address: format!("/promises/{}", promise.series),
        due: promise.due.to_string(),
        problems: problems.iter().map(|problem| t.problem_line(problem)).collect(),
        t,
    }
}

/// How the cohort was chosen, and when it was frozen.
fn cohort(t: T, page: &PromisePage, today: Date) -> String {
    let promise = &page.line.promise;
    let said = promise.cohort.iter().map(|(field, value)| match field.as_str() {
        "place" => {
            let place = value.parse().ok().and_then(|id: i64| page.snapshot.places.get(&id));
            place.map_or_else(|| value.clone(), |place| place.short.get(t.lang).to_owned())
        }
        "tier" => t.code("tier", value),
        _ => t.t("promise-listed"),
    });
    let mut said: Vec<String> = said.collect();
    if said.is_empty() {
        said.push(t.t("promise-named"));
    }
    let (day, what) = (t.day(promise.frozen, today), t.list(&said));
    t.t1("promise-cohort", &[("day", &day), ("what", &what), ("n", &promise.projects.len())])
}

fn words(t: T, pending: &tici_engine::promise::Pending) -> String {
    let mut words = Vec::new();
    if pending.is_gone {
        words.push(t.t("promise-row-gone"));
    }
    if pending.is_silent {
        words.push(t.t("promise-row-silent"));
    }
    if pending.is_claimed {
        words.push(t.t("promise-row-claimed"));
    }
    match pending.days_late {
        Some(days) if days > 0 => words.push(t.t1("promise-row-days-late", &[("n", &days)])),
        Some(_) => words.push(t.t("promise-row-in-time")),
        None if !pending.is_gone => words.push(t.t("promise-row-no-day")),
        None => {}
    }
    t.list(&words)
}

/// A project in words; one that the account may not see has no name.
fn project_row(t: T, row: Option<&LedgerRow>, day: String, state: String) -> Row {
    let Some(row) = row else {
        let name = t.t("promise-row-elsewhere");
        let (href, firm, place, stage) = Default::default();
        return Row { href, name, firm, place, stage, day, state };
    };
    let firm = row.enterprise.as_ref().map(|firm| firm.short.get(t.lang).to_owned());
    let place = row.place.as_ref().map(|place| place.short.get(t.lang).to_owned());
    Row {
        href: format!("/projects/{}", row.facts.project),
        name: row.entry.project.name.get(t.lang).to_owned(),
        firm: firm.unwrap_or_default(),
        place: place.unwrap_or_default(),
        stage: ui::stairs(&t, &row.facts.stage),
        day,
        state,
    }
}
