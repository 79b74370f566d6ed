//! 综合考核: a run with its ranks and how sure they are, why a score is what it is, what would
//! lift a place one grade, the awards; and the pages around it.

mod deliver;
mod export;
mod figures;
mod main;
mod objections;
mod runs;
mod schemes;
mod sensitivity;
mod sheet;
mod what_if;

use axum::{
    Router,
    routing::{get, post},
};
use tici_ops::assess::{RunPage, RunQuery, open_run};

use super::{Nav, Page};
use crate::{Failure, i18n::T, ui::Html, visit::Visit};

pub use export::{ranking_document, sheet_document};

pub const PAGE: Page = Page {
    id: "scores",
    nav: Some(Nav { group: "nav-assessment", href: "/assessment", icon: "podium" }),
    routes: || {
        Router::new()
            .route("/assessment", get(main::show))
            .route("/assessment/sheet", get(sheet::show))
            .route("/assessment/what-if", get(what_if::show))
            .route("/assessment/sensitivity", get(sensitivity::show))
            .route("/assessment/export", get(export::download))
            .route("/assessment/file", get(runs::file))
            .route("/assessment/runs", get(runs::show).post(runs::start))
            .route("/assessment/step", post(runs::step))
            .route("/assessment/objections", get(objections::show).post(objections::file))
            .route("/assessment/objections/answer", post(objections::answer))
            .route("/assessment/due", get(deliver::show).post(deliver::take))
            .route("/assessment/events", post(deliver::event))
            .route("/assessment/figure", get(figures::show))
            .route("/assessment/schemes", get(schemes::show).post(schemes::adopt))
            .route("/assessment/schemes/text", get(schemes::text))
    },
};

/// One page of the family in the row of links: address, words, whether it is this one.
pub type Tab = (String, String, bool);

/// The pages around a run.
fn tabs(t: T, run: Option<i64>, here: &str) -> Vec<Tab> {
    let of_run = run.map_or_else(String::new, |run| format!("?run={run}"));
    let pages = [
        ("assessment", "assess-tab-result", true),
        ("assessment/what-if", "assess-tab-what-if", true),
        ("assessment/sensitivity", "assess-tab-sensitivity", true),
        ("assessment/objections", "assess-tab-objections", true),
        ("assessment/runs", "assess-tab-runs", false),
        ("assessment/due", "assess-tab-due", false),
        ("assessment/schemes", "assess-tab-schemes", false),
    ];
    let tab = |(path, key, needs_run): (&str, &str, bool)| {
        let query = if needs_run { of_run.as_str() } else { "" };
        (format!("/{path}{query}"), t.t(key), path == here)
    };
    pages.into_iter().map(tab).collect()
}

/// Opens the run that an address asks for.
async fn opened(visit: &Visit, run: Option<i64>) -> Result<RunPage, Failure> {
    visit.run(move |desk, session| open_run(desk, session, &RunQuery { run })).await
}

/// 优, 良, 中, 差 by their first letters: filled, tinted, outlined, dashed.
fn seal(t: T, name: &str, (at, of): (usize, usize), is_large: bool) -> Html {
    let style = match at {
        0 => 1,
        last if last + 1 == of => 4,
        1 => 2,
        _ => 3,
    };
    let letter: String = match t.lang {
        // Letters A to D, as ranks of grades go.
        tici_domain::Lang::En => char::from(b'A' + at.min(25) as u8).to_string(),
        _ => name.chars().take(1).collect(),
    };
    let large = if is_large { " lg" } else { "" };
    let title = crate::ui::escape(name);
    Html(format!(
        "<span class=\"seal g{style}{large}\" aria-hidden=\"true\" \
         title=\"{title}\">{letter}</span>"
    ))
}
