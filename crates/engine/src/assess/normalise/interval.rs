//! Best inside a range.

use super::{Column, Flaw};
use crate::assess::{MISSING, stats};

/// 1 inside [from, to], outside 1 − distance/max(from − min, max − to).
pub(super) fn scores(column: &Column, from: f64, to: f64, out: &mut [f64]) -> Option<Flaw> {
    let Some((min, max)) = stats::min_max(column.basis) else {
        return column.without_bounds(out);
    };
    if from > to {
        out.fill(MISSING);
        return Some(Flaw::OutOfDomain);
    }
    let furthest = (from - min).max(max - to);
    for (cell, x) in out.iter_mut().zip(column.values) {
        let distance = (from - x).max(x - to);
        let outside = if furthest > 0.0 { 1.0 - distance / furthest } else { 0.0 };
        *cell = match *x {
            x if x.is_nan() => MISSING,
            x if (from..=to).contains(&x) => 1.0,
            _ => outside,
        };
    }
    None
}
