//! 月报: the round (who has reported, whom to remind, lock), and each place's return.

mod answer;
mod place;
mod round;

use axum::{
    Router,
    routing::{get, post},
};
use tici_domain::Period;

use tici_ops::returns::Standing;

use super::{Nav, Page};
use crate::{AppState, Failure, T, ui, ui::Html};

pub const PAGE: Page = Page {
    id: "returns",
    nav: Some(Nav { group: "nav-data", href: "/returns", icon: "table" }),
    routes,
};

fn routes() -> Router<AppState> {
    Router::new()
        .route("/returns", get(round::newest).post(answer::open))
        .route("/returns/{period}", get(round::show))
        .route("/returns/{period}/lock", post(answer::lock))
        .route("/returns/{period}/unlock", post(answer::unlock))
        .route("/returns/{period}/{place}", get(place::show).post(answer::fill))
        .route("/returns/{period}/{place}/file", post(answer::upload))
        .route("/returns/{period}/{place}/verdict", post(answer::verdict))
        .route("/returns/{period}/{place}/form.xlsx", get(place::form))
}

/// Shape and word; lights stand for lateness of projects and are not used here.
pub(crate) fn standing_chip(t: T, standing: Standing) -> Html {
    let words = ui::escape(&t.standing(standing));
    Html(format!("<span class=\"rst {}\">{words}</span>", standing.code()))
}

/// A period of an address.
pub(crate) fn period_of(code: &str) -> Result<Period, Failure> {
    Period::parse(code).ok_or(Failure::NotFound)
}

/// A place's id of an address.
pub(crate) fn place_of(code: &str) -> Result<i64, Failure> {
    code.parse().map_err(|_| Failure::NotFound)
}
