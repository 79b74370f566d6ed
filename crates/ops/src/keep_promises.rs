//! Commitments: freezes a cohort, revises the day with a reason, withdraws, and shows how
//! each promise stands.

mod commit;
mod show;

pub use commit::{NewPromise, Revision, make_promise, projects_by_code, revise_promise};
pub use show::{
    PromiseLine, PromisePage, PromiseVersion, PromisesPage, view_promise, view_promises,
};

/// Longest name of a promise or a unit, in characters.
pub const PROMISE_NAME_CHARS_MAX: usize = 80;
/// Longest reason, in characters.
pub const PROMISE_REASON_CHARS_MAX: usize = 400;
