//! 梯次看板: every project at its stage, what moved this month, how long each has stood,
//! and whether enough is coming. Made from facts and claims, never from SQL.

mod cards;
mod life;
mod moves;
mod pipeline;
mod predict;
mod rules;

use std::collections::BTreeMap;

use jiff::civil::Date;
use tici_domain::{Currency, SideState, Stage};

pub use cards::{Card, Order, days_late, start_days};
pub use moves::month_start;
pub use pipeline::{ChainShort, Dwell, NextYear, Pace, Pipeline, Slower, Thin};
pub use predict::{Interval, predict};
pub use rules::{BoardRules, DEFAULT_PRESET, PRESETS};

use crate::facts::{Facts, FactsTable};
use crate::filter::Filter;
use crate::snapshot::Snapshot;

/// The whole board.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Board {
    /// The month whose moves are counted, up to the lens's day.
    pub month: (Date, Date),
    /// Live projects, those before the first stage among them.
    pub projects: usize,
    pub before_first: usize,
    pub sums: BTreeMap<Currency, i128>,
    /// The seven stages in order.
    pub columns: Vec<Column>,
    pub pipeline: Pipeline,
}

/// One stage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    pub stage: Stage,
    pub projects: usize,
    /// Total investment of those that have one.
    pub sums: BTreeMap<Currency, i128>,
    /// The upper median of days since the stage was reached.
    pub dwell_median: Option<i32>,
    pub limit: Option<i32>,
    pub over_limit: usize,
    /// Crossed from the stage before (into the first: newly entered) this month.
    pub arrived: usize,
    /// Withdrawn or terminated from this stage this month.
    pub ended: usize,
    /// The first few, in the order asked for.
    pub cards: Vec<Card>,
    /// How many more there are.
    pub rest: usize,
}

/// What is asked of the board beside the filter.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Asked {
    pub order: Order,
    /// Days on which projects ended that have no record of it, by project.
    pub ended_on: BTreeMap<i64, Date>,
    /// Show every card of this stage.
    pub all_of: Option<Stage>,
}

/// Counts the board for what `filter` lets through.
pub fn board(
    snapshot: &Snapshot,
    table: &FactsTable,
    filter: &Filter,
    rules: &BoardRules,
    asked: &Asked,
) -> Board {
    let live: Vec<&Facts> =
        filter.apply(snapshot, table).into_iter().map(|index| &table.rows[index]).collect();
    let ended_filter = Filter {
        states: vec![SideState::Terminated, SideState::Withdrawn],
        lights: Vec::new(),
        ..filter.clone()
    };
    let ended: Vec<&Facts> =
        ended_filter.apply(snapshot, table).into_iter().map(|index| &table.rows[index]).collect();
    let today = table.lens.today;
    let mut columns: Vec<Column> =
        Stage::STAIRS.into_iter().map(|stage| blank(stage, rules)).collect();
    let mut sums = BTreeMap::new();
    let mut at_stage: Vec<Vec<&Facts>> = vec![Vec::new(); columns.len()];
    for facts in &live {
        if let Some(total) = facts.total {
            *sums.entry(facts.currency).or_insert(0) += i128::from(total);
        }
        if let Some(index) = facts.stage.and_then(column_of) {
            at_stage[index].push(facts);
        }
        moves::count(snapshot, &table.lens, facts, &mut columns);
    }
    moves::count_ended(snapshot, today, &ended, &asked.ended_on, &mut columns);
    for (column, facts) in columns.iter_mut().zip(&at_stage) {
        fill(column, facts, today);
        let shown = if asked.all_of == Some(column.stage) { usize::MAX } else { rules.cards };
        column.cards = cards::cards(snapshot, table, facts, (rules, asked.order, shown));
        column.rest = column.projects - column.cards.len();
    }
    cards::add_blockers(snapshot, &mut columns);
    let lives = life::lives(snapshot, table, live.iter().chain(&ended).copied());
    Board {
        month: (month_start(today), today),
        projects: live.len(),
        before_first: live.len() - at_stage.iter().map(Vec::len).sum::<usize>(),
        sums,
        columns,
        pipeline: pipeline::pipeline(snapshot, table, &lives, rules),
    }
}

/// The column of a stage; a lead stands in none.
fn column_of(stage: Stage) -> Option<usize> {
    Stage::STAIRS.iter().position(|column| *column == stage)
}

fn blank(stage: Stage, rules: &BoardRules) -> Column {
    Column {
        stage,
        projects: 0,
        sums: BTreeMap::new(),
        dwell_median: None,
        limit: rules.limit(stage),
        over_limit: 0,
        arrived: 0,
        ended: 0,
        cards: Vec::new(),
        rest: 0,
    }
}

fn fill(column: &mut Column, facts: &[&Facts], today: Date) {
    column.projects = facts.len();
    let mut days = Vec::with_capacity(facts.len());
    for facts in facts {
        if let Some(total) = facts.total {
            *column.sums.entry(facts.currency).or_insert(0) += i128::from(total);
        }
        days.extend(facts.stage_since.map(|since| (today - since).get_days()));
    }
    column.over_limit =
        column.limit.map_or(0, |limit| days.iter().filter(|days| **days > limit).count());
    column.dwell_median = median(&mut days);
}

/// The upper median, as the first page has it.
pub(crate) fn median(days: &mut [i32]) -> Option<i32> {
    days.sort_unstable();
    days.get(days.len() / 2).copied()
}
