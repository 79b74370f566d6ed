//! Points added up.

use super::Items;
use crate::assess::panel::{MISSING, is_present};

/// Σ weight·x over what is present, weights as written: what is missing gives no points.
pub(super) fn combine(items: &Items, out: &mut [f64]) {
    for (unit, score) in out.iter_mut().enumerate() {
        let (mut points, mut present) = (0.0, 0);
        for (column, weight) in items.columns.iter().zip(items.weights) {
            if is_present(column[unit]) {
                points += weight * column[unit];
                present += 1;
            }
        }
        *score = if items.enough(present) { points } else { MISSING };
    }
}
