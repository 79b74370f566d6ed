//! Putting siblings together.

use serde::{Deserialize, Serialize};

/// How the children of a node become its score. Weights are shares over the children that
/// are present.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(tag = "method", rename_all = "snake_case")]
pub enum Aggregate {
    /// Σwx.
    #[default]
    Arithmetic,
    /// Points added up: Σ weight·x with the weights as written, not shares.
    Sum,
    /// exp(Σw ln x), for x > 0.
    Geometric,
    /// 1/Σ(w/x), for x > 0.
    Harmonic,
    /// (Σwxᵖ)^(1/p); p = 0 is the geometric mean.
    Power { p: f64 },
    /// Of the values, weights left aside.
    Median,
    /// The worst.
    Min,
    /// Mean without the highest and the lowest, weights left aside; of three or more.
    Olympic,
    /// Values in falling order, weighed (k/n)ᵃ − ((k−1)/n)ᵃ.
    Owa { a: f64 },
    /// Closeness to the ideal.
    Topsis { scale: TopsisScale },
    /// 1 − Q, so that more is better.
    Vikor { v: f64 },
    /// Outranking by weighted majority; wins less defeats.
    Copeland,
}

/// How columns are scaled before distances are taken.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TopsisScale {
    /// x/√Σx².
    #[default]
    Vector,
    /// (x − min)/(max − min).
    MinMax,
    /// As they are.
    None,
}
