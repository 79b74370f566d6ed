//! By spread against the mean.

use super::to_shares;
use crate::assess::stats;

/// Weights as shares of the coefficients of variation s/|mean|; 0 where there is none, or the
/// mean is 0.
pub fn variation(columns: &[&[f64]]) -> Vec<f64> {
    let own = |column: &&[f64]| match (stats::sd(column), stats::mean(column)) {
        (Some(sd), Some(mean)) if mean != 0.0 => sd / mean.abs(),
        _ => 0.0,
    };
    to_shares(columns.iter().map(own).collect())
}
