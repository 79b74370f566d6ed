//! Best in the middle.

use super::{Column, Flaw};
use crate::assess::stats;

/// 1 − |x − best|/max|x − best|.
pub(super) fn scores(column: &Column, best: f64, out: &mut [f64]) -> Option<Flaw> {
    let Some((min, max)) = stats::min_max(column.basis) else {
        return column.without_bounds(out);
    };
    let furthest = (min - best).abs().max((max - best).abs());
    if furthest == 0.0 {
        return column.without_range(out, 0.0, 1.0);
    }
    for (cell, x) in out.iter_mut().zip(column.values) {
        *cell = 1.0 - (x - best).abs() / furthest;
    }
    None
}
