//! The values of each unit in rising order: the common way of methods without weights.

use super::Items;
use crate::assess::panel::{MISSING, is_present};

/// Gives each unit what `score` makes of its present values, of which there is at least one.
pub(super) fn combine(items: &Items, out: &mut [f64], score: impl Fn(&[f64]) -> f64) {
    let mut row = Vec::with_capacity(items.columns.len());
    for (unit, cell) in out.iter_mut().enumerate() {
        row.clear();
        let values = items.columns.iter().map(|column| column[unit]);
        row.extend(values.filter(|value| is_present(*value)));
        row.sort_unstable_by(f64::total_cmp);
        *cell = if items.enough(row.len()) { score(&row) } else { MISSING };
    }
}
