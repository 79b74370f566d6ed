//! The JSON API: what the pages show and do, for programs. Amounts are integers in stored units
//! (whole yuan, or the minor unit of another currency); days are ISO 8601; what is not
//! known is null. Errors are `application/problem+json`.
//!
//! A file here is a group of addresses: its `endpoints` say each one's address, name, purpose
//! and what it may be asked, and [`GROUPS`] lists them. Routes and description are made from
//! that list, and [`gate`] refuses what it does not say.

mod account;
mod accounts;
pub mod assessment;
mod at;
pub mod board;
pub mod claims;
pub mod describe;
pub mod events;
mod fields;
mod files;
pub mod forecast;
pub mod gate;
mod imports;
mod journal;
pub mod league;
pub mod lights;
mod limits;
pub mod lists;
mod meetings;
pub mod once;
mod openapi;
pub mod packages;
pub mod pairs;
mod projects;
pub mod promises;
mod returns;
pub mod rules;
mod sessions;
mod shaped;
mod standards;
mod tasks;
pub mod tokens;
mod totals;
mod views;
pub mod webhooks;

pub use at::{At, Sent, body};
pub use limits::Buckets;
pub use shaped::Shaped;

use axum::{Router, middleware::from_fn_with_state, routing::any};
use describe::{Endpoint, Kind, Param, param};

use crate::{AppState, Failure};

/// Addresses under one name.
type Group = (&'static str, fn() -> Vec<Endpoint>);

/// Every group of addresses.
pub const GROUPS: &[Group] = &[
    ("sessions", sessions::endpoints),
    ("tokens", tokens::endpoints),
    ("account", account::endpoints),
    ("accounts", accounts::endpoints),
    ("projects", projects::endpoints),
    ("files", files::endpoints),
    ("imports", imports::endpoints),
    ("standards", standards::endpoints),
    ("views", views::endpoints),
    ("totals", totals::endpoints),
    ("forecast", forecast::endpoints),
    ("lights", lights::endpoints),
    ("league", league::endpoints),
    ("assessment", assessment::endpoints),
    ("board", board::endpoints),
    ("returns", returns::endpoints),
    ("claims", claims::endpoints),
    ("packages", packages::endpoints),
    ("lists", lists::endpoints),
    ("promises", promises::endpoints),
    ("events", events::endpoints),
    ("meetings", meetings::endpoints),
    ("tasks", tasks::endpoints),
    ("pairs", pairs::endpoints),
    ("rules", rules::endpoints),
    ("journal", journal::endpoints),
    ("webhooks", webhooks::endpoints),
    ("description", openapi::endpoints),
];

/// What every address may be asked.
pub const COMMON: [Param; 3] = [
    param("lang", Kind::Codes(|| vec!["zh-Hans", "zh-Hant", "en"]), "Language of words."),
    param("money", Kind::Codes(|| vec!["scaled", "plain"]), "How amounts in words are written."),
    param("as_of", Kind::Text, "As known then: a number of entries, a day or a moment."),
];

/// What every address that answers with JSON may be asked.
pub const FIELDS: Param = param(
    "fields",
    Kind::Text,
    "Only these parts of the answer: `rows.id,rows.code,totals.projects`.",
);

/// All routes, behind the gate.
pub fn routes(state: &AppState) -> Router<AppState> {
    let endpoints = GROUPS.iter().flat_map(|(_, endpoints)| endpoints());
    let router = endpoints
        .fold(Router::new(), |router, endpoint| router.route(endpoint.path, endpoint.route));
    router
        .route_layer(from_fn_with_state(state.clone(), gate::gate))
        .route("/api/{*rest}", any(unknown))
}

/// A record that was begun: its series, and the entries that wrote it.
#[derive(serde::Serialize, schemars::JsonSchema)]
#[schemars(rename = "Opened")]
pub struct Opened {
    series: i64,
    entries: Vec<i64>,
}

/// The entries that an action wrote; none when everything stood already.
#[derive(serde::Serialize, schemars::JsonSchema)]
#[schemars(rename = "Written")]
pub struct Written {
    entries: Vec<i64>,
}

/// An address under `/api/` that does not exist answers as the API does.
async fn unknown() -> Failure {
    Failure::NotFound
}
