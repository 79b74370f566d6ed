//! CRITIC: spread, times how little the others say the same.

use rayon::prelude::*;

use super::to_shares;
use crate::assess::stats;

/// Weights as shares of C_j = s_j·Σ_k(1 − r_jk). A column without spread weighs nothing, and
/// says nothing about the others.
pub fn critic(columns: &[&[f64]]) -> Vec<f64> {
    let own = |j: usize| {
        let others = (0..columns.len()).filter(|k| *k != j);
        let conflict = others.filter_map(|k| stats::pearson(columns[j], columns[k]));
        let conflict: f64 = conflict.map(|r| 1.0 - r).sum();
        stats::sd(columns[j]).unwrap_or(0.0) * conflict
    };
    to_shares((0..columns.len()).into_par_iter().map(own).collect())
}
