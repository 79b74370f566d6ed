//! How many are behind.

use super::{Column, Flaw, rank};

/// Rank − 1.
pub(super) fn scores(column: &Column, out: &mut [f64]) -> Option<Flaw> {
    rank::places(column, out, |rank, _| rank - 1.0)
}
