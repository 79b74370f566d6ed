//! As a share of the best.

use serde::{Deserialize, Serialize};

use super::{Column, Flaw};
use crate::assess::tree::Direction;
use crate::assess::{MISSING, stats};

/// What a column of which less is better is divided by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reversed {
    /// min/x: 1 is the best, as elsewhere.
    #[default]
    MinOver,
    /// (−x)/(−min), as some tools do: the worst has the most, above 1.
    Negated,
}

/// x/max, or by [`Reversed`]. Negative values are out of its domain, and so are zeros that
/// would be divided by.
pub(super) fn scores(column: &Column, reversed: Reversed, out: &mut [f64]) -> Option<Flaw> {
    let Some((min, max)) = stats::min_max(column.basis) else {
        return column.without_bounds(out);
    };
    let by_value = column.direction == Direction::Lower && reversed == Reversed::MinOver;
    let whole = if column.direction == Direction::Lower { min } else { max };
    let mut refused = false;
    for (cell, x) in out.iter_mut().zip(column.values) {
        let (part, whole) = if by_value { (whole, *x) } else { (*x, whole) };
        let fits = *x >= 0.0 && min >= 0.0 && whole > 0.0;
        refused |= !fits && !x.is_nan();
        *cell = if fits { part / whole } else { MISSING };
    }
    refused.then_some(Flaw::OutOfDomain)
}
