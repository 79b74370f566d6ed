//! The weighted mean.

use super::{Items, mean};

pub(super) fn combine(items: &Items, out: &mut [f64]) {
    mean::combine(items, out, |x| x, |mean| mean);
}
