//! By spread.

use super::to_shares;
use crate::assess::stats;

/// Weights as shares of the standard deviations.
pub fn standard_deviation(columns: &[&[f64]]) -> Vec<f64> {
    to_shares(columns.iter().map(|column| stats::sd(column).unwrap_or(0.0)).collect())
}
