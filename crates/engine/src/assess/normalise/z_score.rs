//! In standard deviations from the mean.

use super::{Column, Flaw};
use crate::assess::stats;

/// (x − mean)/s·`sd` + `mean`. There is no lowest or highest: without spread every score is
/// `mean`, unless it is to be missing.
pub(super) fn scores(column: &Column, mean: f64, sd: f64, out: &mut [f64]) -> Option<Flaw> {
    let Some(own_mean) = stats::mean(column.basis) else { return column.without_bounds(out) };
    let no_spread = column.bounds().is_none_or(|(min, max)| min == max);
    let Some(own_sd) = stats::sd(column.basis).filter(|sd| !no_spread && *sd > 0.0) else {
        return column.without_range(out, mean, mean);
    };
    let own_mean = own_mean * column.sign();
    column.each(out, |x| (x - own_mean) / own_sd * sd + mean);
    None
}
