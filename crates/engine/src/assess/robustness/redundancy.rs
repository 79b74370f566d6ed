//! Indicators that say the same, and indicators that say nothing.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use super::correlation::Correlation;
use crate::assess::panel::is_present;
use crate::assess::stats;

/// Two columns that nearly repeat each other, by place.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Repeated {
    pub first: usize,
    pub second: usize,
    pub correlation: f64,
}

/// Pairs of columns whose correlation is at least `size_min` in size, the closest first.
pub fn repeated(columns: &[&[f64]], by: Correlation, size_min: f64) -> Vec<Repeated> {
    let table = by.table(columns, columns);
    let pairs = (0..columns.len()).flat_map(|a| (0..a).map(move |b| (b, a)));
    let close = pairs.filter_map(|(first, second)| {
        let correlation = table[first][second].filter(|r| r.abs() >= size_min)?;
        Some(Repeated { first, second, correlation })
    });
    let mut found: Vec<Repeated> = close.collect();
    found.sort_by(|a, b| b.correlation.abs().total_cmp(&a.correlation.abs()));
    found
}

/// When a column is said not to tell units apart.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Flat {
    /// The share of units with one and the same value from which the rest is too few.
    pub same_share_max: f64,
    /// Standard deviation over |mean| below which all are nearly the same.
    pub variation_min: f64,
}

impl Default for Flat {
    fn default() -> Flat {
        Flat { same_share_max: 0.8, variation_min: 0.02 }
    }
}

/// Why a column does not tell units apart.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum FlatBecause {
    /// It has fewer than two values.
    Empty,
    Constant,
    /// So large a share of units has the same value.
    MostlySame(f64),
    /// All values lie this close about their mean.
    Close(f64),
}

impl Flat {
    /// Says whether, and why, a column does not tell units apart.
    pub fn judge(&self, column: &[f64]) -> Option<FlatBecause> {
        let count = stats::count(column);
        let (Some((min, max)), true) = (stats::min_max(column), count > 1) else {
            return Some(FlatBecause::Empty);
        };
        if min == max {
            return Some(FlatBecause::Constant);
        }
        let same = most_common(column) as f64 / count as f64;
        if same >= self.same_share_max {
            return Some(FlatBecause::MostlySame(same));
        }
        let mean = stats::mean(column).filter(|mean| *mean != 0.0)?.abs();
        let variation = stats::sd(column)? / mean;
        (variation < self.variation_min).then_some(FlatBecause::Close(variation))
    }
}

/// How many units have the value that most have.
pub fn most_common(column: &[f64]) -> usize {
    let mut counts: HashMap<u64, usize> = HashMap::new();
    for value in column.iter().filter(|value| is_present(**value)) {
        // −0 and 0 are one value.
        *counts.entry((value + 0.0).to_bits()).or_default() += 1;
    }
    counts.into_values().max().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::assess::MISSING;

    #[test]
    fn flat_columns_are_told() {
        let flat = Flat::default();
        let mut mostly = [0.0; 10];
        mostly[3] = 5.0;
        assert_eq!(flat.judge(&[MISSING, 1.0]), Some(FlatBecause::Empty));
        assert_eq!(flat.judge(&[2.0, 2.0, MISSING]), Some(FlatBecause::Constant));
        assert_eq!(flat.judge(&mostly), Some(FlatBecause::MostlySame(0.9)));
        assert!(matches!(flat.judge(&[99.0, 100.0, 101.0]), Some(FlatBecause::Close(_))));
        assert_eq!(flat.judge(&[1.0, 2.0, 3.0, -6.0]), None);
    }

    #[test]
    fn repeated_columns_are_paired() {
        let (a, b, c) = ([1.0, 2.0, 3.0, 5.0], [-2.0, -4.0, -6.0, -10.0], [1.0, -1.0, 1.0, -1.0]);
        let found = repeated(&[&a, &c, &b], Correlation::Pearson, 0.9);
        assert_eq!(found, [Repeated { first: 0, second: 2, correlation: -1.0 }]);
    }
}
