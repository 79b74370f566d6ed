//! The pages: one file each with its routes, its struct and its handlers, listed here and
//! nowhere else. Navigation is made from this list.
//!
//! A page is one file:
//!
//! ```ignore
//! pub const PAGE: Page = Page {
//!     id: "journal",                       // messages nav-journal, nav-tab-journal
//!     nav: Some(Nav { group: "nav-data", href: "/journal", icon: "journal" }),
//!     routes: || Router::new().route("/journal", get(show)),
//! };
//!
//! #[derive(Template)]
//! #[template(path = "journal.html")]       // {% extends "base.html" %}{% block main %}
//! struct JournalPage { shell: Shell, t: T, view: ops::JournalPage }
//!
//! async fn show(visit: Visit, Query(asked): Query<Asked>) -> PageResult<JournalPage> {
//!     let view = visit.run(move |desk, session| view_journal(desk, session, &asked)).await?;
//!     let shell = visit.shell("journal", visit.t.t("nav-journal"));
//!     Ok(Rendered(JournalPage { shell, t: visit.t, view }))
//! }
//! ```
//!
//! A POST takes [`crate::Posted`], which has checked the form's hidden field `csrf`
//! (`shell.csrf`); a multipart one takes [`crate::Visit`] and calls `check_csrf` itself.

pub mod account;
pub mod board;
pub mod calendar;
pub mod claims;
pub mod cockpit;
pub mod components;
pub mod dispatch;
pub mod events;
pub mod excuses;
pub mod failure;
pub mod import;
pub mod journal;
pub mod league;
pub mod ledger;
pub mod lights;
pub mod lists;
pub mod look_back;
pub mod pairs;
pub mod plans;
pub mod project;
pub mod promises;
pub mod returns;
pub mod rules;
pub mod sign_in;
pub mod tasks;

use crate::AppState;
use axum::Router;
use tici_domain::Role;

/// One page, or one family of pages under one address.
pub struct Page {
    /// Names it in [`crate::Shell::page`] and in the messages `nav-ID` and `nav-tab-ID`.
    pub id: &'static str,
    /// `None` for pages that are reached from others only.
    pub nav: Option<Nav>,
    pub routes: fn() -> Router<AppState>,
}

/// Its place in the navigation.
pub struct Nav {
    /// One of [`NAV_GROUPS`].
    pub group: &'static str,
    pub href: &'static str,
    pub icon: &'static str,
}

/// What the bar of a phone holds beside "more": the four pages a role opens most.
pub fn tabs_of(role: Role) -> [&'static str; 4] {
    match role {
        Role::Reporter => ["returns", "claims", "ledger", "tasks"],
        Role::ProjectOffice => ["cockpit", "ledger", "returns", "tasks"],
        Role::AssessmentOffice => ["cockpit", "league", "ledger", "returns"],
        Role::Reader => ["cockpit", "ledger", "lights", "league"],
        Role::Auditor | Role::Administrator => ["cockpit", "ledger", "journal", "returns"],
    }
}

/// Groups of the navigation, in order.
pub const NAV_GROUPS: &[&str] = &[
    "nav-overview",
    "nav-projects",
    "nav-enterprises",
    "nav-delivery",
    "nav-assessment",
    "nav-data",
];

/// Every page, in the order of the navigation.
pub const PAGES: &[&Page] = &[
    &cockpit::PAGE,
    &look_back::PAGE,
    &ledger::PAGE,
    &project::PAGE,
    &board::PAGE,
    &lights::PAGE,
    &claims::PAGE,
    &promises::PAGE,
    &lists::PAGE,
    &plans::PAGE,
    &excuses::PAGE,
    &pairs::PAGE,
    &events::PAGE,
    &dispatch::PAGE,
    &tasks::PAGE,
    &league::PAGE,
    &returns::PAGE,
    &import::PAGE,
    &journal::PAGE,
    &rules::PAGE,
    &components::PAGE,
    &account::PAGE,
    &calendar::PAGE,
    &sign_in::PAGE,
];

/// All pages' routes.
pub fn routes() -> Router<AppState> {
    PAGES.iter().fold(Router::new(), |router, page| router.merge((page.routes)()))
}
