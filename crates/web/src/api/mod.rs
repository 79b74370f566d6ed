//! The JSON API: what the pages read, for programs. Amounts are integers in stored units
//! (whole yuan, or the minor unit of another currency); days are ISO 8601; what is not
//! known is null. Errors are `application/problem+json`.
//!
//! A program signs in at `POST /api/sessions` and sends `Authorization: Bearer TOKEN`.

pub mod board;
pub mod claims;
pub mod events;
pub mod league;
pub mod lights;
pub mod lists;
mod meetings;
pub mod packages;
pub mod pairs;
mod projects;
pub mod promises;
mod returns;
pub mod rules;
mod sessions;
mod tasks;
mod totals;

use axum::{
    Router,
    routing::{get, post},
};

use crate::{AppState, Failure};

pub fn routes() -> Router<AppState> {
    Router::new()
        .route("/api/sessions", post(sessions::begin))
        .route("/api/projects", get(projects::list))
        .route("/api/projects/{id}", get(projects::one))
        .route("/api/projects/{id}/figures/{name}", get(projects::figure))
        .route("/api/totals", get(totals::totals))
        .route("/api/returns", get(returns::list).post(returns::open))
        .route("/api/returns/sheets", post(returns::send))
        .route("/api/returns/{period}", get(returns::one).post(returns::change))
        .route("/api/returns/{period}/{place}", post(returns::judge))
        .route("/api/returns/{period}/{place}/form.xlsx", get(returns::form))
        .route("/api/league", get(league::league))
        .route("/api/league/given/{period}", get(rules::given).post(rules::give))
        .route("/api/lights", get(lights::lights))
        .route("/api/rules", get(rules::list))
        .route("/api/rules/{kind}", post(rules::adopt))
        .route("/api/rules/{kind}/{which}", get(rules::text))
        .route("/api/board", get(board::board))
        .route("/api/tasks", get(tasks::list).post(tasks::open))
        .route("/api/tasks/{series}", post(tasks::update))
        .route("/api/promises", get(promises::list).post(promises::make))
        .route("/api/promises/{series}", get(promises::one).post(promises::revise))
        .route("/api/events", get(events::list).post(events::put))
        .route("/api/events/{series}", get(events::one).post(events::withdraw))
        .route("/api/lists", get(lists::list).post(lists::change))
        .route("/api/plans", post(lists::set))
        .route("/api/plans/{project}", get(lists::plans))
        .route("/api/pairs", get(pairs::list).post(pairs::decide))
        .route("/api/excuses", get(lists::excuses).post(lists::excuse))
        .route("/api/excuses/end", post(lists::end))
        .route("/api/meetings", get(meetings::list).post(meetings::prepare))
        .route("/api/meetings/{series}", get(meetings::one))
        .route("/api/meetings/{series}/items/{n}/decisions", post(meetings::decide))
        .route("/api/meetings/{series}/close", post(meetings::close))
        .route("/api/claims", get(claims::list).post(claims::claim))
        .route("/api/claims/{claim}/verdicts", post(claims::judge))
        .route("/api/rechecks/{series}/findings", post(claims::find))
        .route("/api/projects/{id}/package", get(packages::show).post(packages::change))
        .route("/api/projects/{id}/state", get(claims::state).post(claims::change))
        .route("/api/{*rest}", get(unknown))
}

/// A record that was begun: its series, and the entries that wrote it.
#[derive(serde::Serialize)]
pub struct Opened {
    series: i64,
    entries: Vec<i64>,
}

/// The entries that an action wrote; none when everything stood already.
#[derive(serde::Serialize)]
pub struct Written {
    entries: Vec<i64>,
}

/// A body as JSON, or why it cannot be read.
type Sent<T> = Result<axum::Json<T>, axum::extract::rejection::JsonRejection>;

/// The body, with its fault as the API words it.
fn body<T>(sent: Sent<T>) -> Result<T, Failure> {
    sent.map(|axum::Json(body)| body).map_err(|error| Failure::bad(error.body_text()))
}

/// An address under `/api/` that does not exist answers as the API does.
async fn unknown() -> Failure {
    Failure::NotFound
}
