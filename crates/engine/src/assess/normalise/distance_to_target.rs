//! How much of the way to the target.

use super::{Column, Flaw};
use crate::assess::MISSING;

/// (x − min)/(target − min). A target at the lowest value counts as without range; one below
/// it would turn the scale round and counts as out of the method's domain.
pub(super) fn scores(column: &Column, cap: bool, out: &mut [f64]) -> Option<Flaw> {
    let Some((min, _)) = column.bounds() else { return column.without_bounds(out) };
    let Some(target) = column.target.map(|target| target * column.sign()) else {
        out.fill(MISSING);
        return Some(Flaw::NoTarget);
    };
    if target == min {
        return column.without_range(out, 0.0, 1.0);
    }
    if target < min {
        out.fill(MISSING);
        return Some(Flaw::OutOfDomain);
    }
    column.each(out, |x| {
        let score = (x - min) / (target - min);
        if cap && score > 1.0 { 1.0 } else { score }
    });
    None
}
