//! What a unit is best and worst at.

use serde::Serialize;

use crate::assess::panel::{Panel, present};
use crate::assess::rank::{RankRule, ranks};
use crate::assess::stats;
use crate::assess::tree::{Direction, Tree};

/// One indicator of one unit, with its place among all units.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Placed {
    pub node: usize,
    pub place: f64,
    pub value: f64,
}

/// Which last places are left out: where many are equal at the bottom, as with zeros, the
/// place says little.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SkipLast {
    Never,
    /// Those shared with others.
    #[default]
    Shared,
    Always,
}

/// The unit's `count` best and `count` worst places over the leaves, by the values in `table`
/// (a column for each leaf, in the order of the tree) and the leaves' directions. The best
/// come best first, the worst worst last; equal places keep the order of the tree.
pub fn strengths_and_weaknesses(
    table: &Panel,
    tree: &Tree,
    (period, unit): (usize, usize),
    count: usize,
    skip: SkipLast,
) -> (Vec<Placed>, Vec<Placed>) {
    let placed = |(column, leaf): (usize, usize)| {
        let values = table.column(period, column);
        let value = present(values[unit])?;
        let sign = if tree.nodes()[leaf].direction == Direction::Lower { -1.0 } else { 1.0 };
        let directed: Vec<f64> = values.iter().map(|value| sign * value).collect();
        let places = ranks::<&str>(&directed, &[], &RankRule::default());
        let (place, last) = (places[unit], stats::min_max(&places)?.1);
        let sharing = places.iter().filter(|other| **other == place).count();
        let skipped = match skip {
            SkipLast::Never => false,
            SkipLast::Shared => place == last && sharing > 1,
            SkipLast::Always => place == last,
        };
        (!skipped).then_some(Placed { node: leaf, place, value })
    };
    let mut all: Vec<Placed> = tree.leaves().enumerate().filter_map(placed).collect();
    all.sort_by(|a, b| a.place.total_cmp(&b.place));
    let worst = all[all.len().saturating_sub(count)..].to_vec();
    all.truncate(count);
    (all, worst)
}
