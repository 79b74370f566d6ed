//! Reading tasks.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::Date;
use tici_domain::{Light, Name, Task, TaskKind};
use tici_engine::agenda::{AgendaRules, Standing, standing};
use tici_engine::{FactsTable, Snapshot};

use super::sees;
use crate::lens::{LensQuery, lens};
use crate::view_ledger::{LedgerRow, ledger_row};
use crate::{Action, Desk, OpsError, Session};

/// Rows on one page of the list.
const PAGE_ROWS: usize = 50;

/// Units offered for choosing; the rest are typed.
const OWNERS_MAX: usize = 200;

/// Which tasks by how they stand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Which {
    #[default]
    Open,
    /// Open and past the promised day.
    Late,
    /// Open and due within the days of the agenda's rule file.
    Soon,
    Kept,
    Broken,
    All,
}

impl Which {
    pub const ALL: [Which; 6] =
        [Which::Open, Which::Late, Which::Soon, Which::Kept, Which::Broken, Which::All];

    pub fn code(self) -> &'static str {
        match self {
            Which::Open => "open",
            Which::Late => "late",
            Which::Soon => "soon",
            Which::Kept => "kept",
            Which::Broken => "broken",
            Which::All => "all",
        }
    }

    pub fn parse(code: &str) -> Option<Which> {
        Which::ALL.into_iter().find(|which| which.code() == code)
    }

    fn takes(self, standing: Standing, soon: i32) -> bool {
        match self {
            Which::Open => standing.is_open(),
            Which::Late => matches!(standing, Standing::Late { .. }),
            Which::Soon => matches!(standing, Standing::Left { days } if days <= soon),
            Which::Kept => matches!(standing, Standing::Kept { .. }),
            Which::Broken => matches!(standing, Standing::Broken { .. }),
            Which::All => true,
        }
    }
}

/// What is asked of the list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TaskQuery {
    pub which: Which,
    pub kind: Option<TaskKind>,
    /// The unit's name, in any of its languages, exactly.
    pub owner: String,
    pub project: Option<i64>,
    /// Subtree of a place.
    pub place: Option<i64>,
    /// From 0.
    pub page: usize,
}

/// One task with what it belongs to.
#[derive(Clone, Debug)]
pub struct TaskView {
    pub task: Task,
    /// Entry that wrote it last.
    pub entry: i64,
    pub standing: Standing,
    pub light: Option<Light>,
    pub project: Option<LedgerRow>,
    /// Title and day of the meeting that decided it.
    pub meeting: Option<(Name, Date)>,
}

/// How many there are of each.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TaskCounts(Vec<(Which, usize)>);

impl TaskCounts {
    pub fn get(&self, which: Which) -> usize {
        self.0.iter().find(|(known, _)| *known == which).map_or(0, |(_, count)| *count)
    }
}

/// One page of the list.
#[derive(Clone, Debug)]
pub struct TasksPage {
    pub snapshot: Arc<Snapshot>,
    pub today: Date,
    pub rows: Vec<TaskView>,
    /// Of the query without its `which`.
    pub counts: TaskCounts,
    /// Units that have tasks, for a filter.
    pub owners: Vec<Name>,
    pub found: usize,
    pub page: usize,
    pub pages: usize,
}

/// Reads tasks: open ones by their day, the longest overdue first; closed ones newest first.
pub fn view_tasks(
    desk: &Desk,
    session: &Session,
    query: &TaskQuery,
    today: Date,
) -> Result<TasksPage, OpsError> {
    session.need(Action::ReadLedger)?;
    let snapshot = desk.snapshot()?;
    let lens = lens(&snapshot, LensQuery::default(), today);
    let table = desk.facts(&snapshot, &lens);
    let soon = AgendaRules::of(&snapshot, today).soon_days;
    let seen: Vec<(&Task, i64, Standing)> = snapshot
        .records
        .tasks
        .values()
        .filter(|kept| sees(session, &snapshot, &kept.row))
        .map(|kept| (&kept.row, kept.entry, standing(&kept.row, today)))
        .collect();
    let owners: BTreeMap<&str, &Name> = seen
        .iter()
        .filter_map(|(task, ..)| task.owner.as_ref())
        .map(|name| (name.text.as_str(), name))
        .collect();
    let owners = owners.into_values().take(OWNERS_MAX).cloned().collect();
    let asked: Vec<_> =
        seen.into_iter().filter(|(task, ..)| query.takes(&snapshot, task)).collect();
    let counts = Which::ALL.map(|which| {
        (which, asked.iter().filter(|(.., standing)| which.takes(*standing, soon)).count())
    });
    let mut rows: Vec<_> =
        asked.into_iter().filter(|(.., standing)| query.which.takes(*standing, soon)).collect();
    rows.sort_by_key(|(task, _, standing)| order(task, *standing));
    let (found, pages) = (rows.len(), rows.len().div_ceil(PAGE_ROWS).max(1));
    let page = query.page.min(pages - 1);
    let rows = rows.into_iter().skip(page * PAGE_ROWS).take(PAGE_ROWS);
    let rows = rows
        .map(|(task, entry, _)| task_view(&snapshot, &table, (task, entry), (today, soon)))
        .collect();
    let counts = TaskCounts(counts.to_vec());
    Ok(TasksPage { rows, counts, owners, found, page, pages, today, snapshot })
}

impl TaskQuery {
    fn takes(&self, snapshot: &Snapshot, task: &Task) -> bool {
        let owner = self.owner.as_str();
        let is_owner = |name: &Name| {
            name.text == owner
                || name.hant.as_deref() == Some(owner)
                || name.en.as_deref() == Some(owner)
        };
        let place = || {
            let entry = snapshot.projects.get(task.project?)?;
            entry.project.place
        };
        self.kind.is_none_or(|kind| task.kind == kind)
            && (owner.is_empty() || task.owner.as_ref().is_some_and(is_owner))
            && self.project.is_none_or(|project| task.project == Some(project))
            && self
                .place
                .is_none_or(|root| place().is_some_and(|place| snapshot.place_within(place, root)))
    }
}

/// Open before closed; open by day, closed newest first.
pub(super) fn order(task: &Task, standing: Standing) -> (bool, i64, i64) {
    let number = |day: Date| {
        i64::from(day.year()) * 10_000 + i64::from(day.month()) * 100 + i64::from(day.day())
    };
    match standing.is_open() {
        true => (false, task.due.map_or(i64::MAX, number), task.series),
        false => (true, -task.closed_on.map_or(0, number), -task.series),
    }
}

/// A task with its project and meeting.
pub fn task_view(
    snapshot: &Snapshot,
    table: &FactsTable,
    (task, entry): (&Task, i64),
    (today, soon): (Date, i32),
) -> TaskView {
    let standing = standing(task, today);
    let meeting = task.meeting.and_then(|series| snapshot.records.meetings.get(&series));
    let facts = task.project.and_then(|project| table.get(project));
    TaskView {
        task: task.clone(),
        entry,
        standing,
        light: standing.light(soon),
        project: facts.map(|facts| ledger_row(snapshot, facts)),
        meeting: meeting.map(|kept| (kept.row.title.clone(), kept.row.on)),
    }
}
