//! The weighted harmonic mean.

use super::{Items, mean};

/// Of values not negative; 0 has an infinite inverse, which makes the mean 0.
pub(super) fn combine(items: &Items, out: &mut [f64]) {
    let inverse = |x: f64| if x < 0.0 { f64::NAN } else { 1.0 / x.abs() };
    mean::combine(items, out, inverse, |mean| 1.0 / mean);
}
