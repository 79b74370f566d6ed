//! On a scale that is given.

use super::{Column, Flaw};

/// (x − a)/(b − a)·k, with x as it came: a scale that runs down has a > b.
pub(super) fn scores(column: &Column, a: f64, b: f64, k: f64, out: &mut [f64]) -> Option<Flaw> {
    if a == b {
        return column.without_range(out, 0.0, k);
    }
    for (cell, x) in out.iter_mut().zip(column.values) {
        *cell = (x - a) / (b - a) * k;
    }
    None
}
