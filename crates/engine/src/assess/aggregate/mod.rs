//! Putting siblings together, a file for each way.

mod arithmetic;
mod copeland;
mod geometric;
mod harmonic;
mod mean;
mod median;
mod min;
mod olympic;
mod owa;
mod power;
mod rows;
mod sum;
pub mod topsis;
pub mod vikor;

use serde::{Deserialize, Serialize};

use super::panel::{MISSING, is_present};

pub use topsis::TopsisScale;

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
    /// exp(Σw ln x); 0 if any x is 0, out of its domain if any is negative.
    Geometric,
    /// 1/Σ(w/x); 0 if any x is 0, out of its domain if any is negative.
    Harmonic,
    /// (Σwxᵖ)^(1/p); p = 0 is the geometric mean. Not for negative x.
    Power { p: f64 },
    /// Of the values, weights left aside.
    Median,
    /// The worst.
    Min,
    /// Mean without one highest and one lowest, weights left aside; of fewer than three
    /// values their mean.
    Olympic,
    /// Values in falling order, weighed (k/n)ᵃ − ((k−1)/n)ᵃ; weights left aside.
    Owa { a: f64 },
    /// Closeness to the ideal, 0 to 1.
    Topsis {
        #[serde(default)]
        scale: TopsisScale,
    },
    /// 1 − Q, so that more is better; `v` is the weight of the group's regret.
    Vikor { v: f64 },
    /// Outranking by weighted majority: how many others are beaten less how many beat it.
    Copeland,
}

/// What is put together: columns of equal length, more being better, and a weight for each
/// as written.
#[derive(Clone, Copy, Debug)]
pub struct Items<'a> {
    pub columns: &'a [&'a [f64]],
    pub weights: &'a [f64],
    /// The least share of columns, by number, that a unit must have.
    pub present_share_min: f64,
}

impl<'a> Items<'a> {
    /// Items of which one present column is enough.
    pub fn new(columns: &'a [&'a [f64]], weights: &'a [f64]) -> Items<'a> {
        Items { columns, weights, present_share_min: 0.0 }
    }

    /// Whether so many present columns are enough.
    fn enough(&self, present: usize) -> bool {
        let all = self.columns.len();
        present > 0 && present as f64 >= self.present_share_min * all as f64 - 1e-9
    }

    fn units(&self) -> usize {
        self.columns.first().map_or(0, |column| column.len())
    }

    /// Takes the score from units that have too little.
    fn drop_sparse(&self, out: &mut [f64]) {
        for (unit, score) in out.iter_mut().enumerate() {
            let present = self.columns.iter().filter(|column| is_present(column[unit])).count();
            if !self.enough(present) {
                *score = MISSING;
            }
        }
    }
}

impl Aggregate {
    /// Puts `items` together into `out`. True if some unit has no score because its values
    /// are outside the method's domain; a unit with too few values has none either.
    pub fn combine(&self, items: &Items, out: &mut [f64]) -> bool {
        match self {
            Aggregate::Arithmetic => arithmetic::combine(items, out),
            Aggregate::Sum => sum::combine(items, out),
            Aggregate::Geometric => geometric::combine(items, out),
            Aggregate::Harmonic => harmonic::combine(items, out),
            Aggregate::Power { p } => power::combine(items, *p, out),
            Aggregate::Median => median::combine(items, out),
            Aggregate::Min => min::combine(items, out),
            Aggregate::Olympic => olympic::combine(items, out),
            Aggregate::Owa { a } => owa::combine(items, *a, out),
            Aggregate::Topsis { scale } => topsis::combine(items, *scale, out),
            Aggregate::Vikor { v } => vikor::combine(items, *v, out),
            Aggregate::Copeland => copeland::combine(items, out),
        }
        let mut refused = false;
        for (unit, score) in out.iter_mut().enumerate().filter(|(_, score)| !score.is_finite()) {
            refused |= items.columns.iter().any(|column| column[unit] < 0.0);
            refused |= score.is_infinite();
            *score = MISSING;
        }
        refused
    }

    /// Whether a unit's score depends on that unit's values alone.
    pub fn is_by_unit(&self) -> bool {
        let others = matches!(self, Aggregate::Vikor { .. } | Aggregate::Copeland);
        !others && !matches!(self, Aggregate::Topsis { .. })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::assess::panel::present;

    /// Three columns of four units; the last unit has one value.
    const COLUMNS: [[f64; 4]; 3] =
        [[1.0, 8.0, 4.0, MISSING], [4.0, 1.0, 4.0, MISSING], [16.0, 3.0, 4.0, 2.0]];

    fn check(method: Aggregate, expected: [Option<f64>; 4]) {
        let columns = [&COLUMNS[0][..], &COLUMNS[1], &COLUMNS[2]];
        let mut out = [0.0; 4];
        let refused = method.combine(&Items::new(&columns, &[1.0, 1.0, 2.0]), &mut out);
        assert!(!refused);
        for (found, expected) in out.map(present).into_iter().zip(expected) {
            let near = match (found, expected) {
                (Some(found), Some(expected)) => (found - expected).abs() < 1e-12,
                other => other == (None, None),
            };
            assert!(near, "{method:?}: {found:?} instead of {expected:?}");
        }
    }

    #[test]
    fn worked_examples() {
        let all = |a, b, c, d| [Some(a), Some(b), Some(c), Some(d)];
        check(Aggregate::Arithmetic, all(9.25, 3.75, 4.0, 2.0));
        check(Aggregate::Sum, all(37.0, 15.0, 16.0, 4.0));
        check(Aggregate::Geometric, all(2_f64.powf(2.5), 72_f64.powf(0.25), 4.0, 2.0));
        check(Aggregate::Harmonic, all(4.0 / 1.375, 4.0 / (1.125 + 2.0 / 3.0), 4.0, 2.0));
        check(Aggregate::Power { p: 2.0 }, all(132.25_f64.sqrt(), 20.75_f64.sqrt(), 4.0, 2.0));
        check(Aggregate::Power { p: 0.0 }, all(2_f64.powf(2.5), 72_f64.powf(0.25), 4.0, 2.0));
        check(Aggregate::Median, all(4.0, 3.0, 4.0, 2.0));
        check(Aggregate::Min, all(1.0, 1.0, 4.0, 2.0));
        check(Aggregate::Olympic, all(4.0, 3.0, 4.0, 2.0));
        check(Aggregate::Owa { a: 1.0 }, all(7.0, 4.0, 4.0, 2.0));
        check(Aggregate::Owa { a: 2.0 }, all((16.0 + 12.0 + 5.0) / 9.0, 22.0 / 9.0, 4.0, 2.0));
        // a–b: 3 of 4 for a; a–c: 2 to 1, one even; b–c: 1 to 3; d loses to all it can meet.
        check(Aggregate::Copeland, all(3.0, -1.0, 1.0, -3.0));
    }

    #[test]
    fn too_little_is_missing() {
        let columns = [&COLUMNS[0][..], &COLUMNS[1], &COLUMNS[2]];
        for method in [Aggregate::Arithmetic, Aggregate::Min, Aggregate::Copeland] {
            let items = Items { present_share_min: 0.5, ..Items::new(&columns, &[1.0, 1.0, 2.0]) };
            let mut out = [0.0; 4];
            method.combine(&items, &mut out);
            assert_eq!(out.map(is_present), [true, true, true, false], "{method:?}");
        }
    }

    #[test]
    fn zeros_and_negatives() {
        let columns = [&[0.0, -1.0, 3.0][..], &[5.0, 2.0, 3.0]];
        for method in [Aggregate::Geometric, Aggregate::Harmonic, Aggregate::Power { p: 0.5 }] {
            let mut out = [0.0; 3];
            assert!(method.combine(&Items::new(&columns, &[1.0, 1.0]), &mut out));
            assert!(out[1].is_nan() && out[0] < 2.0 && (out[2] - 3.0).abs() < 1e-12, "{out:?}");
        }
    }

    #[test]
    fn weights_of_nothing_give_nothing() {
        let mut out = [0.0; 2];
        Aggregate::Arithmetic.combine(&Items::new(&[&[1.0, 2.0]], &[0.0]), &mut out);
        assert!(out.iter().all(|score| score.is_nan()));
        let mut none: [f64; 0] = [];
        Aggregate::Copeland.combine(&Items::new(&[&[]], &[1.0]), &mut none);
    }
}
