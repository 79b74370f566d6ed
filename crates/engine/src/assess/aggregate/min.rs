//! The worst value.

use super::{Items, rows};

pub(super) fn combine(items: &Items, out: &mut [f64]) {
    rows::combine(items, out, |row| row[0]);
}
