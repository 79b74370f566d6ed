//! 集中活动: ceremonies with their sums, and the sentence a bulletin would print.

mod one;

use askama::Template;
use axum::{
    Router,
    extract::Path,
    response::{IntoResponse, Response},
    routing::get,
};
use tici_domain::{Currency, EventKind, Problem};
use tici_engine::ceremony::Sum;
use tici_ops::keep_events::{
    EventLine, EventProject, NewEvent, put_event, view_events, withdraw_event,
};
use tici_ops::{Action, Desk, Session};

use super::dispatch::problems_apart;
use super::promises::day;
use super::{Nav, Page};
use crate::{
    Failure, Posted,
    done::lead_to,
    i18n::T,
    shell::Shell,
    visit::{Rendered, Visit},
};

pub const PAGE: Page = Page {
    id: "events",
    nav: Some(Nav { group: "nav-projects", href: "/events", icon: "star" }),
    routes: || {
        Router::new()
            .route("/events", get(show).post(write_down))
            .route("/events/{series}", get(one::show).post(withdraw))
    },
};

#[derive(Template)]
#[template(path = "events.html")]
struct EventsView {
    shell: Shell,
    t: T,
    rows: Vec<Line>,
    may_keep: bool,
    kinds: Vec<(&'static str, String, bool)>,
    problems: Vec<String>,
    sent: Sent,
}

/// One event as the list and its own page show it.
pub(super) struct Line {
    pub href: String,
    pub name: String,
    pub kind: String,
    pub on: String,
    pub site: String,
    /// By currency: projects, total, plan of the year.
    pub sums: Vec<(usize, String, String)>,
    pub said: String,
    pub withdrawn: bool,
}

/// The form as it was sent.
#[derive(Clone, Debug, Default)]
struct Sent {
    name: String,
    kind: String,
    on: String,
    site: String,
    codes: String,
}

async fn show(visit: Visit) -> Result<Response, Failure> {
    render(visit, Sent::default(), Vec::new()).await
}

async fn render(visit: Visit, sent: Sent, problems: Vec<Problem>) -> Result<Response, Failure> {
    let today = visit.today;
    let page = visit.run(move |desk, session| view_events(desk, session, today)).await?;
    let t = visit.t;
    let kind = |kind: &EventKind| {
        let is_set = sent.kind == kind.code() || sent.kind.is_empty() && *kind == EventKind::Start;
        (kind.code(), t.code("event-kind", kind.code()), is_set)
    };
    let view = EventsView {
        shell: visit.shell("events", t.t("nav-events")),
        rows: page.lines.iter().map(|row| line(t, row)).collect(),
        may_keep: visit.session.need(Action::KeepEvents).is_ok(),
        kinds: EventKind::ALL.iter().map(kind).collect(),
        problems: problems.iter().map(|problem| t.problem_line(problem)).collect(),
        sent,
        t,
    };
    Ok(Rendered(view).into_response())
}

/// An event in words.
pub(super) fn line(t: T, row: &EventLine) -> Line {
    let event = &row.event;
    Line {
        href: format!("/events/{}", event.series),
        name: event.name.get(t.lang).to_owned(),
        kind: t.code("event-kind", event.kind.code()),
        on: event.on.to_string(),
        site: event.site.as_ref().map_or_else(String::new, |site| site.get(t.lang).to_owned()),
        sums: row.totals.all.iter().map(|(currency, sum)| in_words(t, *currency, sum)).collect(),
        said: t.words(&row.said),
        withdrawn: event.withdrawn,
    }
}

pub(super) fn in_words(t: T, currency: Currency, sum: &Sum) -> (usize, String, String) {
    (sum.projects, t.money_wide(sum.total, currency), t.money_wide(sum.plan_year, currency))
}

/// Writes an event down from the form.
async fn write_down(posted: Posted) -> Result<Response, Failure> {
    let Posted { visit, fields } = posted;
    let get = |name: &str| fields.get(name).to_owned();
    let sent = Sent {
        name: get("name"),
        kind: get("kind"),
        on: get("on"),
        site: get("site"),
        codes: get("codes"),
    };
    let on = match day(&sent.on) {
        Ok(on) => on.unwrap_or(visit.today),
        Err(problem) => return render(visit, sent, vec![*problem]).await,
    };
    let code = |code: &str| EventProject { code: code.to_owned(), ..EventProject::default() };
    let new = NewEvent {
        series: None,
        kind: EventKind::parse(&sent.kind).ok_or_else(|| Failure::bad("kind"))?,
        name: sent.name.clone(),
        on,
        site: sent.site.clone(),
        place: visit.session.actor.place,
        projects: sent.codes.split_whitespace().map(code).collect(),
        reason: String::new(),
    };
    let (now, today) = (visit.state.now(), visit.today);
    let run = move |desk: &Desk, session: &Session| {
        problems_apart(put_event(desk, session, &new, now, today))
    };
    let problems = visit.run(run).await?;
    match problems.is_empty() {
        true => Ok(lead_to("/events", "event-written").into_response()),
        false => render(visit, sent, problems).await,
    }
}

/// Takes an event back.
async fn withdraw(Path(series): Path<String>, posted: Posted) -> Result<Response, Failure> {
    let Posted { visit, fields } = posted;
    let series: i64 = series.parse().map_err(|_| Failure::NotFound)?;
    let (now, reason) = (visit.state.now(), fields.get("reason").to_owned());
    let run = move |desk: &Desk, session: &Session| {
        problems_apart(withdraw_event(desk, session, series, &reason, now))
    };
    let problems = visit.run(run).await?;
    match problems.is_empty() {
        true => Ok(lead_to("/events", "event-withdrawn").into_response()),
        false => one::render(visit, series, problems).await,
    }
}
