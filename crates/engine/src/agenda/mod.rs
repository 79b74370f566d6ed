//! Which projects come to the dispatch meeting, why, and in which order; and how the tasks
//! stand that were decided before.

mod rules;
mod standing;

use std::collections::BTreeMap;

use tici_domain::{Light, Task, TaskState};

pub use rules::{AgendaRules, By, DEFAULT_PRESET, ITEMS_MAX, PRESETS, Why};
pub use standing::{Standing, closed_as, standing};

use crate::board::{BoardRules, days_late};
use crate::facts::{Facts, FactsTable};
use crate::filter::Filter;
use crate::snapshot::Snapshot;

/// A project that should be spoken of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    pub project: i64,
    /// Every reason that holds, in the order of the rule file.
    pub why: Vec<Why>,
    /// Expected start after the day it is due.
    pub start_days_late: Option<i32>,
    /// Most days past its promised day of any open task.
    pub task_days_late: Option<i32>,
    pub overdue_tasks: usize,
    /// Promises broken within the days the rule remembers.
    pub broken: usize,
    /// Days at its stage past the stage's limit.
    pub days_over_limit: Option<i32>,
    pub total: Option<i64>,
}

/// Tasks of one project, counted.
#[derive(Clone, Copy, Debug, Default)]
struct Counted {
    overdue: usize,
    most_late: Option<i32>,
    broken: usize,
}

/// Every project that something brings to the meeting, the most pressing first.
pub fn candidates(
    snapshot: &Snapshot,
    table: &FactsTable,
    filter: &Filter,
    (rules, board): (&AgendaRules, &BoardRules),
) -> Vec<Candidate> {
    let counted = count_tasks(snapshot, table, rules);
    let mut found: Vec<Candidate> = filter
        .apply(snapshot, table)
        .into_iter()
        .filter_map(|index| {
            let facts = &table.rows[index];
            let tasks = counted.get(&facts.project).copied().unwrap_or_default();
            candidate(snapshot, table, facts, tasks, (rules, board))
        })
        .collect();
    found.sort_by_cached_key(|candidate| {
        let keys: Vec<_> = rules.order.iter().map(|by| -number(candidate, *by)).collect();
        (keys, candidate.project)
    });
    found
}

fn candidate(
    snapshot: &Snapshot,
    table: &FactsTable,
    facts: &Facts,
    tasks: Counted,
    (rules, board): (&AgendaRules, &BoardRules),
) -> Option<Candidate> {
    let days = facts.stage_since.map(|since| (table.lens.today - since).get_days());
    let limit = facts.stage.and_then(|stage| board.limit(stage));
    let over = days.zip(limit).map(|(days, limit)| days - limit).filter(|over| *over > 0);
    let holds = |why: &Why| match why {
        Why::RedLight => facts.light == Light::Red,
        Why::OverdueTask => tasks.overdue > 0,
        Why::BrokenPromise => tasks.broken > 0,
        Why::Dwell => over.is_some(),
        Why::Asked => false,
    };
    let why: Vec<Why> = rules.bring.iter().copied().filter(|why| holds(why)).collect();
    if why.is_empty() {
        return None;
    }
    Some(Candidate {
        project: facts.project,
        why,
        start_days_late: days_late(snapshot, &table.lens, facts).filter(|days| *days > 0),
        task_days_late: tasks.most_late,
        overdue_tasks: tasks.overdue,
        broken: tasks.broken,
        days_over_limit: over,
        total: facts.total,
    })
}

fn number(candidate: &Candidate, by: By) -> i64 {
    match by {
        By::StartDaysLate => candidate.start_days_late.unwrap_or(0).into(),
        By::TaskDaysLate => candidate.task_days_late.unwrap_or(0).into(),
        By::Broken => candidate.broken as i64,
        By::DaysOverLimit => candidate.days_over_limit.unwrap_or(0).into(),
        By::Total => candidate.total.unwrap_or(0),
    }
}

fn count_tasks(
    snapshot: &Snapshot,
    table: &FactsTable,
    rules: &AgendaRules,
) -> BTreeMap<i64, Counted> {
    let today = table.lens.today;
    let mut counted = BTreeMap::<i64, Counted>::new();
    for kept in snapshot.records.tasks.values() {
        let task = &kept.row;
        let Some(project) = task.project else { continue };
        let found = counted.entry(project).or_default();
        if let Standing::Late { days } = standing(task, today) {
            found.overdue += 1;
            found.most_late = found.most_late.max(Some(days));
        }
        found.broken += usize::from(is_broken_lately(task, today, rules.broken_days));
    }
    counted
}

fn is_broken_lately(task: &Task, today: jiff::civil::Date, within: i32) -> bool {
    let age = task.closed_on.map(|on| (today - on).get_days());
    task.state == TaskState::Broken && age.is_some_and(|age| (0..=within).contains(&age))
}
