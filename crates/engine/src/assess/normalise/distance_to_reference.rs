//! How near to one unit.

use super::{Column, Flaw};
use crate::assess::MISSING;

/// 1 − (x_ref − x)/(x_ref − min). A reference at the lowest value counts as without range.
pub(super) fn scores(column: &Column, cap: bool, out: &mut [f64]) -> Option<Flaw> {
    let Some((min, _)) = column.bounds() else { return column.without_bounds(out) };
    let Some(reference) = column.reference.map(|reference| reference * column.sign()) else {
        out.fill(MISSING);
        return Some(Flaw::NoReference);
    };
    if reference == min {
        return column.without_range(out, 0.0, 1.0);
    }
    column.each(out, |x| {
        let score = 1.0 - (reference - x) / (reference - min);
        if cap && score > 1.0 { 1.0 } else { score }
    });
    None
}
