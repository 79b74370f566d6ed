//! The cards of a column: which projects come first, and what is said of each.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use tici_domain::{Light, Measure, Period, Stage, TaskKind, TaskState};

use super::{BoardRules, Column, month_start};
use crate::facts::{Facts, FactsTable, Lens};
use crate::snapshot::Snapshot;

/// What a column puts first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    /// The worst light, then the most days late, then the largest.
    #[default]
    Urgent,
    /// Longest at the stage.
    Days,
    /// Largest total investment.
    Total,
    /// Newest at the stage.
    Newest,
}

impl Order {
    pub const ALL: [Order; 4] = [Order::Urgent, Order::Days, Order::Total, Order::Newest];

    pub fn code(self) -> &'static str {
        match self {
            Order::Urgent => "urgent",
            Order::Days => "days",
            Order::Total => "total",
            Order::Newest => "newest",
        }
    }

    pub fn parse(code: &str) -> Option<Order> {
        Order::ALL.into_iter().find(|order| order.code() == code)
    }
}

/// One project on the board.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Card {
    pub project: i64,
    /// Days at its stage.
    pub days: Option<i32>,
    pub is_over: bool,
    /// Came to this stage in the month.
    pub is_new: bool,
    /// Expected start after the day it was due; only where it has not started.
    pub days_late: Option<i32>,
    /// Series of the open tasks that stand in its way, the first due first.
    pub blockers: Vec<i64>,
    /// What stands in its way as last reported, where no task says so.
    pub issue: Option<String>,
}

/// Days by which the start is expected after it is due; negative is before it, `None` where
/// it has started or nobody has said when.
pub fn days_late(snapshot: &Snapshot, lens: &Lens, facts: &Facts) -> Option<i32> {
    let (expected, due) = start_days(snapshot, lens, facts)?;
    Some((expected? - due?).get_days())
}

/// The day on which an unstarted project is expected to start, and the one on which it must.
pub fn start_days(
    snapshot: &Snapshot,
    lens: &Lens,
    facts: &Facts,
) -> Option<(Option<Date>, Option<Date>)> {
    if facts.has_started() {
        return None;
    }
    let start = snapshot.projects.get(facts.project)?.milestone(Stage::Started.code());
    let planned = start.and_then(|row| row.planned);
    let expected = start.and_then(|row| row.expected).or(planned);
    // The year's deadline binds the listed projects; any other has its own planned day.
    let due = lens.start_deadline.filter(|_| facts.tier.is_some()).or(planned);
    Some((expected, due))
}

/// The first `shown` cards of a column.
pub(super) fn cards(
    snapshot: &Snapshot,
    table: &FactsTable,
    facts: &[&Facts],
    (rules, order, shown): (&BoardRules, Order, usize),
) -> Vec<Card> {
    let today = table.lens.today;
    let mut sorted: Vec<((i32, i64, i64), &Facts)> =
        facts.iter().map(|facts| (sort_key(snapshot, &table.lens, facts, order), *facts)).collect();
    let by = |(key, facts): &((i32, i64, i64), &Facts)| (*key, facts.project);
    if sorted.len() > shown {
        sorted.select_nth_unstable_by_key(shown, by);
    }
    let (rest, head) = (sorted.split_off(shown.min(sorted.len())), sorted);
    let mut head = head;
    head.sort_unstable_by_key(by);
    let newest = rest
        .iter()
        .filter(|(_, facts)| is_new(facts, today))
        .max_by_key(|(_, facts)| (facts.stage_since, -facts.project));
    // What has just come is shown, unless everything before it is late.
    if let (Order::Urgent, Some(newest), Some(last)) = (order, newest, head.last_mut())
        && last.1.light != Light::Red
        && !is_new(last.1, today)
    {
        *last = *newest;
    }
    let limit = |stage| rules.limit(stage);
    head.into_iter().map(|(_, facts)| card(snapshot, table, facts, &limit)).collect()
}

/// Smaller comes first.
fn sort_key(snapshot: &Snapshot, lens: &Lens, facts: &Facts, order: Order) -> (i32, i64, i64) {
    let total = -facts.total.unwrap_or(0);
    let since = facts.stage_since.map_or(i64::MAX, |since| {
        i64::from(since.year()) * 10_000 + i64::from(since.month()) * 100 + i64::from(since.day())
    });
    match order {
        Order::Urgent => {
            let rank = match (facts.light, is_new(facts, lens.today)) {
                (Light::Red, _) => 0,
                // Nothing can be late that has just come.
                (_, true) => 3,
                (Light::Amber, _) => 1,
                _ => 2,
            };
            let late = days_late(snapshot, lens, facts).filter(|_| rank == 0).unwrap_or(0);
            (rank, -i64::from(late.max(0)), total)
        }
        Order::Days => (0, since, total),
        Order::Total => (0, total, since),
        Order::Newest => (0, since.checked_neg().unwrap_or(0), total),
    }
}

fn is_new(facts: &Facts, today: Date) -> bool {
    facts.stage_since.is_some_and(|since| month_start(today) <= since && since <= today)
}

fn card(
    snapshot: &Snapshot,
    table: &FactsTable,
    facts: &Facts,
    limit: &impl Fn(Stage) -> Option<i32>,
) -> Card {
    let lens = &table.lens;
    let days = facts.stage_since.map(|since| (lens.today - since).get_days());
    let most = facts.stage.and_then(limit);
    let issue = snapshot.project_figures.latest(
        facts.project,
        Measure::ISSUE_TEXT,
        lens.basis,
        Period::month_of(lens.today),
    );
    Card {
        project: facts.project,
        days,
        is_over: days.zip(most).is_some_and(|(days, most)| days > most),
        is_new: is_new(facts, lens.today),
        days_late: days_late(snapshot, lens, facts),
        blockers: Vec::new(),
        issue: issue.and_then(|cell| cell.text.map(str::to_owned)),
    }
}

/// Gives every card the open tasks that stand in its way; one pass over the tasks.
pub(super) fn add_blockers(snapshot: &Snapshot, columns: &mut [Column]) {
    let shown: BTreeSet<i64> =
        columns.iter().flat_map(|column| &column.cards).map(|card| card.project).collect();
    let mut found = BTreeMap::<i64, Vec<(Option<Date>, i64)>>::new();
    for (series, kept) in snapshot.records.tasks.iter() {
        let task = &kept.row;
        let Some(project) = task.project.filter(|project| shown.contains(project)) else {
            continue;
        };
        if task.kind == TaskKind::Blocker && task.state == TaskState::Open {
            found.entry(project).or_default().push((task.due, *series));
        }
    }
    for card in columns.iter_mut().flat_map(|column| &mut column.cards) {
        let Some(mut tasks) = found.remove(&card.project) else { continue };
        tasks.sort_unstable_by_key(|(due, series)| (due.is_none(), *due, *series));
        card.blockers = tasks.into_iter().map(|(_, series)| series).collect();
    }
}
