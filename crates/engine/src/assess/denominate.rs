//! Dividing what grows with size by size.

use super::panel::{MISSING, is_present};

/// Divides each cell by its denominator, in place. A missing denominator gives a missing
/// cell; so does one of zero, and those are counted in the result.
pub fn denominate(column: &mut [f64], denominators: &[f64]) -> usize {
    let mut refused = 0;
    for (cell, denominator) in column.iter_mut().zip(denominators) {
        let had_both = is_present(*cell) && is_present(*denominator);
        *cell /= *denominator;
        if !cell.is_finite() {
            refused += usize::from(had_both);
            *cell = MISSING;
        }
    }
    refused
}
