//! The weighted geometric mean.

use super::{Items, mean};
use crate::assess::math::{exp, ln};

/// The logarithm of 0 is −∞, whose exponential is 0 again; that of less is no number.
pub(super) fn combine(items: &Items, out: &mut [f64]) {
    mean::combine(items, out, ln, exp);
}
