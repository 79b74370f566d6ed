//! By place.

use super::{Column, Flaw};
use crate::assess::panel::{MISSING, is_present};
use crate::assess::stats;

/// Place counted from the lowest of the basis, ties the smallest. A column without spread
/// has first places only.
pub(super) fn scores(column: &Column, out: &mut [f64]) -> Option<Flaw> {
    places(column, out, |rank, _| rank)
}

/// Scores each value by its rank and the number of present values in the basis.
pub(super) fn places(
    column: &Column,
    out: &mut [f64],
    score: impl Fn(f64, usize) -> f64,
) -> Option<Flaw> {
    let sign = column.sign();
    let mut sorted: Vec<f64> = stats::present_cells(column.basis).map(|x| sign * x).collect();
    if sorted.is_empty() {
        return column.without_bounds(out);
    }
    sorted.sort_unstable_by(f64::total_cmp);
    column.each(out, |x| {
        let rank = sorted.partition_point(|other| *other < x) + 1;
        if is_present(x) { score(rank as f64, sorted.len()) } else { MISSING }
    });
    None
}
