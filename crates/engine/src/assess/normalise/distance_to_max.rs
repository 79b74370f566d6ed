//! How far from the best.

use super::{Column, Flaw};

/// 1 − (max − x)/(max − min).
pub(super) fn scores(column: &Column, out: &mut [f64]) -> Option<Flaw> {
    let Some((min, max)) = column.bounds() else { return column.without_bounds(out) };
    if min == max {
        return column.without_range(out, 0.0, 1.0);
    }
    column.each(out, |x| 1.0 - (max - x) / (max - min));
    None
}
