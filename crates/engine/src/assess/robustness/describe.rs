//! A column in figures.

use std::collections::HashSet;

use serde::Serialize;

use super::redundancy::most_common;
use crate::assess::stats;

/// What is to be known of a column before it is used. Shares are of all units; what cannot
/// be said is none.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Description {
    pub min: Option<f64>,
    pub max: Option<f64>,
    pub mean: Option<f64>,
    pub median: Option<f64>,
    /// With n − 1.
    pub sd: Option<f64>,
    pub skew: Option<f64>,
    /// Excess.
    pub kurtosis: Option<f64>,
    pub present: usize,
    /// Present and not zero.
    pub non_zero: usize,
    /// Different values.
    pub unique: usize,
    /// Units that have the most common value.
    pub same: usize,
    pub units: usize,
}

/// Describes a column.
pub fn describe(column: &[f64]) -> Description {
    let bounds = stats::min_max(column);
    let unique: HashSet<u64> =
        stats::present_cells(column).map(|value| (value + 0.0).to_bits()).collect();
    Description {
        min: bounds.map(|(min, _)| min),
        max: bounds.map(|(_, max)| max),
        mean: stats::mean(column),
        median: stats::median(column),
        sd: stats::sd(column),
        skew: stats::skew(column),
        kurtosis: stats::kurtosis(column),
        present: stats::count(column),
        non_zero: stats::present_cells(column).filter(|value| *value != 0.0).count(),
        unique: unique.len(),
        same: most_common(column),
        units: column.len(),
    }
}

impl Description {
    /// A count as a share of all units.
    pub fn share(&self, count: usize) -> f64 {
        count as f64 / self.units as f64
    }
}
