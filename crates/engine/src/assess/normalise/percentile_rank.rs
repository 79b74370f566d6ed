//! The share of others that are behind.

use super::{Column, Flaw, rank};
use crate::assess::stats;

/// (rank − 1)/(present − 1). A single value has no others: it counts as without range.
pub(super) fn scores(column: &Column, out: &mut [f64]) -> Option<Flaw> {
    if stats::count(column.basis) == 1 {
        return column.without_range(out, 0.0, 1.0);
    }
    rank::places(column, out, |rank, present| (rank - 1.0) / (present - 1) as f64)
}
