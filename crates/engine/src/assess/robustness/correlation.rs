//! Correlations between columns.

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use crate::assess::stats;

/// Which correlation.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Correlation {
    #[default]
    Pearson,
    Spearman,
    /// τ_b.
    Kendall,
}

impl Correlation {
    /// Of two columns; none without two common units or without spread.
    pub fn of(self, a: &[f64], b: &[f64]) -> Option<f64> {
        match self {
            Correlation::Pearson => stats::pearson(a, b),
            Correlation::Spearman => stats::spearman(a, b),
            Correlation::Kendall => stats::kendall(a, b),
        }
    }

    /// Every one of `rows` with every one of `columns`.
    pub fn table(self, rows: &[&[f64]], columns: &[&[f64]]) -> Vec<Vec<Option<f64>>> {
        let row = |row: &&[f64]| columns.iter().map(|column| self.of(row, column)).collect();
        rows.par_iter().map(row).collect()
    }
}
