//! The page shown in place of another: what happened, and the way forward.

use crate::{Failure, T, Visit, shell::Shell};
use askama::Template;

/// An address that no page has. A signed-in reader keeps the navigation.
pub async fn not_found(_visit: Option<Visit>) -> Failure {
    Failure::NotFound
}

/// An address that a page has, asked in a way it has not: a form's address opened as a page.
pub async fn wrong_method(_visit: Option<Visit>) -> Failure {
    Failure::Method
}

#[derive(Template)]
#[template(path = "failure.html")]
pub struct FailurePage {
    pub shell: Shell,
    pub t: T,
    pub title: String,
    pub fix: String,
    /// Problems of the input, each with its way forward.
    pub lines: Vec<String>,
    pub status: u16,
}
