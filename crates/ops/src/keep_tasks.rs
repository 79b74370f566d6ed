//! Tasks: what somebody has to do by a day. Lists them, opens them, says how they stand.

mod history;
mod list;
mod offices;
mod update;

pub use history::TaskHistory;
pub(crate) use history::project_tasks;
pub use list::{TaskCounts, TaskQuery, TaskView, TasksPage, Which, task_view, view_tasks};
pub use offices::new_offices;
pub(crate) use offices::office;
pub use update::{Close, NewTask, TaskUpdate, open_task, update_task};

use tici_domain::{Problem, Task};
use tici_engine::Snapshot;

use crate::Session;

/// Longest title of a task, in characters.
pub const TASK_TITLE_CHARS_MAX: usize = 120;
/// Longest name of a unit, in characters.
pub const TASK_OWNER_CHARS_MAX: usize = 60;
/// Longest note, in characters.
pub const TASK_NOTE_CHARS_MAX: usize = 400;

/// Whether the account may see a task: that of a project with the project, any other only
/// from an account that is bound to no place.
pub(crate) fn sees(session: &Session, snapshot: &Snapshot, task: &Task) -> bool {
    let project = task.project.and_then(|id| snapshot.projects.get(id));
    match project {
        Some(entry) => session.covers(snapshot, entry.project.place),
        None => session.actor.place.is_none(),
    }
}

/// Trimmed; `None` when empty. Too long is a problem of `key`.
pub(crate) fn words(
    text: &str,
    max: usize,
    key: &str,
    problems: &mut Vec<Problem>,
) -> Option<String> {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let count = text.chars().count();
    if count > max {
        problems.push(Problem::error(key).arg("count", count).arg("limit", max));
    }
    (!text.is_empty()).then_some(text)
}
