//! Ordered weighting: more to the best values or more to the worst.

use super::{Items, rows};
use crate::assess::math::pow;

/// `a` = 1 is the plain mean, below 1 the best count more, above 1 the worst.
pub(super) fn combine(items: &Items, a: f64, out: &mut [f64]) {
    rows::combine(items, out, |row| {
        let n = row.len() as f64;
        let up_to = |k: usize| pow(k as f64 / n, a);
        let falling = row.iter().rev().enumerate();
        falling.map(|(at, value)| (up_to(at + 1) - up_to(at)) * value).sum()
    });
}
