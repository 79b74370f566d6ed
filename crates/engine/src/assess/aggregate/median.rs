//! The middle value.

use super::{Items, rows};
use crate::assess::MISSING;
use crate::assess::stats::quantile_of_sorted;

pub(super) fn combine(items: &Items, out: &mut [f64]) {
    rows::combine(items, out, |row| quantile_of_sorted(row, 0.5).unwrap_or(MISSING));
}
