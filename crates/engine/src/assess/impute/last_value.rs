//! From the unit's past.

use crate::assess::panel::{Panel, is_present};

/// Gives every gap the unit's last own value, if it is at most `back_max` periods old.
pub(super) fn fill(panel: &mut Panel, back_max: usize) {
    let units = panel.units.len();
    for column in 0..panel.columns().len() {
        let mut last: Vec<Option<(usize, f64)>> = vec![None; units];
        for period in 0..panel.periods().len() {
            for (cell, last) in panel.column_mut(period, column).iter_mut().zip(&mut last) {
                match *last {
                    _ if is_present(*cell) => *last = Some((period, *cell)),
                    Some((from, value)) if period - from <= back_max => *cell = value,
                    _ => {}
                }
            }
        }
    }
}
