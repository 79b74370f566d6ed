//! What a unit is best and worst at.

use serde::Serialize;

use crate::assess::panel::{Panel, present};
use crate::assess::rank::{RankRule, ranks};
use crate::assess::tree::{Direction, Tree};

/// One indicator of one unit, with its place among all units.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Placed {
    pub node: usize,
    pub place: f64,
    pub value: f64,
}

/// The unit's `count` best and `count` worst places over the leaves, by the values in `table`
/// (a column for each leaf, in the order of the tree) and the leaves' directions. The best
/// come best first, the worst worst last; equal places keep the order of the tree.
pub fn strengths_and_weaknesses(
    table: &Panel,
    tree: &Tree,
    period: usize,
    unit: usize,
    count: usize,
) -> (Vec<Placed>, Vec<Placed>) {
    let placed = |(column, leaf): (usize, usize)| {
        let values = table.column(period, column);
        let value = present(values[unit])?;
        let sign = if tree.nodes()[leaf].direction == Direction::Lower { -1.0 } else { 1.0 };
        let directed: Vec<f64> = values.iter().map(|value| sign * value).collect();
        let place = ranks::<&str>(&directed, &[], &RankRule::default())[unit];
        Some(Placed { node: leaf, place, value })
    };
    let mut all: Vec<Placed> = tree.leaves().enumerate().filter_map(placed).collect();
    all.sort_by(|a, b| a.place.total_cmp(&b.place));
    let worst = all[all.len().saturating_sub(count)..].to_vec();
    all.truncate(count);
    (all, worst)
}
