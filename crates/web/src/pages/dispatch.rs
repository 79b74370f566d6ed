//! 调度会: the agenda is proposed, one project at a time is spoken of, what is decided
//! becomes tasks, and the minutes are a page and a workbook.

mod item;
mod list;
mod minutes;
pub mod offices;
mod one;
mod words;

pub use item::ItemPage;
pub use list::MeetingsView;
pub use minutes::{MinutesView, write_minutes};
pub use one::{MeetingView, problems_apart};
pub use words::{TaskLine, standing_words, task_line};

use axum::{Router, routing::get, routing::post};

use super::{Nav, Page};
use crate::Failure;

pub const PAGE: Page = Page {
    id: "dispatch",
    nav: Some(Nav { group: "nav-delivery", href: "/meetings", icon: "talk" }),
    routes: || {
        Router::new()
            .route("/meetings", get(list::show).post(list::prepare))
            .route("/meetings/{id}", get(one::show))
            .route("/meetings/{id}/items", post(one::add))
            .route("/meetings/{id}/close", post(one::close))
            .route("/meetings/{id}/minutes", get(minutes::show))
            .route("/meetings/{id}/minutes.xlsx", get(minutes::workbook))
            .route("/meetings/{id}/{n}", get(item::show).post(item::decide))
    },
};

/// A number of the address.
fn number(text: &str) -> Result<i64, Failure> {
    text.parse().map_err(|_| Failure::NotFound)
}
