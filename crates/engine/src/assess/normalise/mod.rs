//! Bringing columns to one scale.

use serde::{Deserialize, Serialize};

/// The way a column becomes scores. Columns of which less is better are multiplied by −1
/// first, unless the method says otherwise.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "method", rename_all = "snake_case")]
pub enum Normalise {
    /// (x − min)/(max − min)·(upper − lower) + lower.
    MinMax { lower: f64, upper: f64 },
    /// (x − mean)/s·sd + mean, s with n − 1.
    ZScore { mean: f64, sd: f64 },
    /// Place counted from the lowest, ties the smallest.
    Rank,
    /// Rank − 1.
    Borda,
    /// (rank − 1)/(present − 1).
    PercentileRank,
    /// 1 − (max − x)/(max − min).
    DistanceToMax,
    /// (x − min)/(target − min), the target being the leaf's.
    DistanceToTarget { cap: bool },
    /// 1 − (x_ref − x)/(x_ref − min), against the unit of that code.
    DistanceToReference { unit: String, cap: bool },
    /// x/max; where less is better min/x. Values must be positive.
    FractionOfMax,
    /// (x − lo)/(hi − lo); where less is better (hi − x)/(hi − lo); clipped to 0–1, times
    /// `scale`. With `log`, of ln x, ln lo and ln hi.
    Goalposts { lo: f64, hi: f64, scale: f64, log: bool },
    /// (x − a)/(b − a)·k.
    FixedScale { a: f64, b: f64, k: f64 },
    /// 1 − |x − best|/max|x − best|; direction does not count.
    Moderate { best: f64 },
    /// 1 inside [from, to], outside 1 − distance/max(from − min, max − to).
    Interval { from: f64, to: f64 },
    /// As it is.
    None,
}

impl Default for Normalise {
    fn default() -> Normalise {
        Normalise::MinMax { lower: 0.0, upper: 100.0 }
    }
}
