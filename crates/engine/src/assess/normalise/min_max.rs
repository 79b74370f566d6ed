//! Between the lowest and the highest.

use super::{Column, Flaw};

/// (x − min)/(max − min)·(upper − lower) + lower.
pub(super) fn scores(column: &Column, lower: f64, upper: f64, out: &mut [f64]) -> Option<Flaw> {
    let Some((min, max)) = column.bounds() else { return column.without_bounds(out) };
    if min == max {
        return column.without_range(out, lower, upper);
    }
    let (range, scale) = (max - min, upper - lower);
    column.each(out, |x| (x - min) / range * scale + lower);
    None
}
