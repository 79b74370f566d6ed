//! The weighted power mean.

use super::{Items, geometric, mean};
use crate::assess::math::pow;

pub(super) fn combine(items: &Items, p: f64, out: &mut [f64]) {
    if p == 0.0 {
        return geometric::combine(items, out);
    }
    let raised = |x: f64| if x < 0.0 { f64::NAN } else { pow(x, p) };
    mean::combine(items, out, raised, |mean| pow(mean, 1.0 / p));
}
