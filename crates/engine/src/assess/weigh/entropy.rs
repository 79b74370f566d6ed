//! 熵權法: a column in which units differ much has low entropy, and weighs more.

use rayon::prelude::*;

use super::to_shares;
use crate::assess::math::{ln, ln_quick};
use crate::assess::stats;

/// Weights as shares: w_j = (1 − e_j)/Σ(1 − e). All zero if no column tells units apart.
pub fn entropy(columns: &[&[f64]], shift: f64) -> Vec<f64> {
    to_shares(entropies(columns, shift).into_iter().map(|e| 1.0 - e).collect())
}

/// e_j = −Σ p ln p/ln n over the present cells, p = (x + shift)/Σ(x + shift), 0·ln 0 = 0.
/// Cells must not be negative. 1 for a column without anything to share out, or with fewer
/// than two cells.
pub fn entropies(columns: &[&[f64]], shift: f64) -> Vec<f64> {
    columns.par_iter().map(|column| of_column(column, shift)).collect()
}

fn of_column(column: &[f64], shift: f64) -> f64 {
    let count = stats::count(column);
    let whole = stats::sum_of(column, |x| x + shift);
    if count < 2 || whole <= 0.0 {
        return 1.0;
    }
    let sum = stats::sum_of(column, |x| {
        let p = (x + shift) / whole;
        let term = p * ln_quick(p);
        // What is smaller than any usual number has no weight in a sum that is near 1.
        if p >= f64::MIN_POSITIVE { term } else { 0.0 }
    });
    (-sum / ln(count as f64)).min(1.0)
}
