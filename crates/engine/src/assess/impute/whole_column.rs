//! From the column itself.

use crate::assess::panel::{Panel, is_present};

/// Gives every gap what `middle` makes of its column in its period.
pub(super) fn fill(panel: &mut Panel, middle: impl Fn(&[f64]) -> Option<f64>) {
    for period in 0..panel.periods().len() {
        for column in 0..panel.columns().len() {
            let cells = panel.column_mut(period, column);
            let Some(value) = middle(cells) else { continue };
            cells.iter_mut().filter(|cell| !is_present(**cell)).for_each(|cell| *cell = value);
        }
    }
}
