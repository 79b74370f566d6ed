//! The tasks of one project with everything that was said of each.

use jiff::civil::Date;
use tici_domain::{Task, TaskKind};
use tici_engine::agenda::{AgendaRules, standing};
use tici_engine::{FactsTable, Snapshot};

use super::list::{TaskView, order, task_view};
use crate::OpsError;
use crate::versions::versions;
use crate::view_project::{EntryMeta, Metas};

/// A task and its versions.
#[derive(Clone, Debug)]
pub struct TaskHistory {
    pub view: TaskView,
    /// Oldest first; the last is the task as it stands.
    pub steps: Vec<(Task, EntryMeta)>,
}

/// The project's tasks, open ones by their day, then closed ones newest first. Re-checks of a
/// start are told with the claim they belong to.
pub(crate) fn project_tasks(
    metas: &Metas,
    table: &FactsTable,
    project: i64,
    today: Date,
) -> Result<Vec<TaskHistory>, OpsError> {
    let snapshot: &Snapshot = metas.snapshot;
    let soon = AgendaRules::of(snapshot, today).soon_days;
    let rows = snapshot.records.tasks_of(project);
    let mut rows: Vec<_> = rows.filter(|kept| kept.row.kind != TaskKind::Recheck).collect();
    rows.sort_by_key(|kept| order(&kept.row, standing(&kept.row, today)));
    let history = |kept: &tici_engine::snapshot::Kept<Task>| {
        let view = task_view(snapshot, table, (&kept.row, kept.entry), (today, soon));
        Ok(TaskHistory { view, steps: steps(metas, &kept.row)? })
    };
    rows.into_iter().map(history).collect()
}

fn steps(metas: &Metas, now: &Task) -> Result<Vec<(Task, EntryMeta)>, OpsError> {
    let newest_first = versions::<Task>(&metas.desk.store, now.id);
    let named = newest_first.map(|found| found.map(|(task, meta)| (task, metas.meta_of(meta))));
    let mut steps = named.collect::<Result<Vec<_>, _>>()?;
    steps.reverse();
    Ok(steps)
}
