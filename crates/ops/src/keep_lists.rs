//! Lists of the tiers and plans of the year and month: versions, with reason and approver.

mod lists;
mod plans;
mod show;

pub use lists::{ListChange, change_list};
pub use plans::{NewPlan, PlanVersion, PlansPage, set_plans, view_plans};
pub use show::{ListChangeRow, ListPage, ListsPage, view_list, view_lists};

/// Longest reason and name of an approver, in characters.
pub const LIST_REASON_CHARS_MAX: usize = 200;
/// Projects or plans changed at once, at most.
pub const LIST_ROWS_MAX: usize = 5_000;
