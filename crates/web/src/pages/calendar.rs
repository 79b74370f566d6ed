//! 日历订阅: an account's promises, milestones, tasks and meetings as iCalendar, behind an
//! address that nobody can guess. The address is made, renewed and revoked on the account's
//! page.

use axum::{
    Router,
    extract::{Path, State},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
    routing::get,
};
use tici_domain::{Lang, Stage};
use tici_ops::calendar::{Calendar, DayEvent, Due, Entry, Feed, read_calendar, to_ical};

use super::Page;
use crate::{AppState, Failure, i18n::T, visit::off_thread};

pub const PAGE: Page = Page {
    id: "calendar",
    nav: None,
    routes: || Router::new().route("/calendar/{file}", get(feed)),
};

/// Where this server was reached, as the request says: `https://tici.example`.
pub(super) fn base(state: &AppState, headers: &HeaderMap) -> String {
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
    let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | ':' | '[' | ']');
    if host.is_empty() || !host.chars().all(is_plain) {
        return String::new();
    }
    let scheme = if state.config.secure_cookies { "https" } else { "http" };
    format!("{scheme}://{host}")
}

/// Answers a program that reads calendars. Nothing tells an unknown address from a revoked
/// one.
async fn feed(
    State(state): State<AppState>,
    Path(file): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    let Some(secret) = file.strip_suffix(".ics").map(str::to_owned) else {
        return Ok(StatusCode::NOT_FOUND.into_response());
    };
    let base = base(&state, &headers);
    let today = state.today();
    let desk = state.desk.clone();
    let feed = match off_thread(move || read_calendar(&desk, &secret, today)).await? {
        Ok(feed) => feed,
        Err(tici_ops::OpsError::NotFound { .. }) => {
            return Ok(StatusCode::NOT_FOUND.into_response());
        }
        Err(error) => return Err(error.into()),
    };
    let lang = feed.lang.as_deref().and_then(Lang::parse).unwrap_or(Lang::ZhHans);
    let text = to_ical(&calendar(T::new(lang), &base, &feed));
    let kind = [(header::CONTENT_TYPE, "text/calendar; charset=utf-8")];
    Ok((kind, text).into_response())
}

fn calendar(t: T, base: &str, feed: &Feed) -> Calendar {
    let post = feed.session.actor.title.get(t.lang);
    Calendar {
        name: t.t1("calendar-name", &[("post", &post)]),
        events: feed.entries.iter().map(|entry| event(t, base, entry)).collect(),
    }
}

fn event(t: T, base: &str, entry: &Entry) -> DayEvent {
    let (kind, what, more, path) = match &entry.due {
        Due::Promise(row) => {
            let goal = row
                .stage
                .map_or_else(|| row.milestone.clone().unwrap_or_default(), |stage| t.stage(stage));
            let owner = row.owner.as_ref().map_or("", |owner| owner.get(t.lang));
            let more = t.t1(
                "calendar-promise-more",
                &[("goal", &goal), ("n", &row.projects.len()), ("owner", &owner)],
            );
            let name = row.name.get(t.lang).to_owned();
            ("promise", name, more, format!("/promises/{}", row.series))
        }
        Due::Milestone(row, code, project) => {
            let name = match Stage::parse(&row.key) {
                Some(stage) => t.stage(stage),
                None => row.name.get(t.lang).to_owned(),
            };
            let what = format!("{} · {name}", project.get(t.lang));
            let planned = row.planned.map_or_else(|| t.t("app-none"), |day| day.to_string());
            let more = t.t1("calendar-milestone-more", &[("code", code), ("planned", &planned)]);
            ("milestone", what, more, format!("/projects/{}", row.project))
        }
        Due::Task(row, code) => {
            let owner = row.owner.as_ref().map(|owner| owner.get(t.lang).to_owned());
            let parts = [owner, code.clone(), row.note.clone()];
            let more = parts.into_iter().flatten().collect::<Vec<_>>().join("\n");
            let path = match row.project {
                Some(project) => format!("/tasks?project={project}"),
                None => "/tasks".to_owned(),
            };
            ("task", row.title.get(t.lang).to_owned(), more, path)
        }
        Due::Meeting(row) => {
            let chair = row.chair.as_ref().map_or("", |chair| chair.get(t.lang)).to_owned();
            (
                "meeting",
                row.title.get(t.lang).to_owned(),
                chair,
                format!("/meetings/{}", row.series),
            )
        }
    };
    let kind = t.t(&format!("calendar-{kind}"));
    DayEvent {
        uid: entry.uid.clone(),
        stamp: entry.stamp,
        on: entry.on,
        summary: t.t1("calendar-summary", &[("kind", &kind), ("what", &what)]),
        description: more,
        url: if base.is_empty() { String::new() } else { format!("{base}{path}") },
        categories: kind,
    }
}
