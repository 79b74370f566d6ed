//! Weighted means of something made of each value: the common way of several methods.

use rayon::prelude::*;

use super::Items;
use crate::assess::panel::{MISSING, is_present};

/// Units done at a time: their sums stay in the nearest memory while columns pass by.
const BLOCK: usize = 1024;

/// `back`(Σw·`see`(x)/Σw) over the present values of each unit. Columns are added in their
/// order, whatever the number of threads.
pub(super) fn combine(
    items: &Items,
    out: &mut [f64],
    see: impl Fn(f64) -> f64 + Sync,
    back: impl Fn(f64) -> f64 + Sync,
) {
    let block = |(block, out): (usize, &mut [f64])| {
        let from = block * BLOCK;
        let mut weights = [0.0; BLOCK];
        let mut present = [0_u32; BLOCK];
        out.fill(0.0);
        for (column, weight) in items.columns.iter().zip(items.weights) {
            let cells = &column[from..from + out.len()];
            add(cells, *weight, &see, out, &mut weights, &mut present);
        }
        for ((sum, weight), present) in out.iter_mut().zip(weights).zip(present) {
            let fits = items.enough(present as usize) && weight > 0.0;
            *sum = if fits { back(*sum / weight) } else { MISSING };
        }
    };
    if out.len() > 4 * BLOCK {
        out.par_chunks_mut(BLOCK).enumerate().for_each(block);
    } else {
        out.chunks_mut(BLOCK).enumerate().for_each(block);
    }
}

fn add(
    cells: &[f64],
    weight: f64,
    see: impl Fn(f64) -> f64,
    sums: &mut [f64],
    weights: &mut [f64],
    present: &mut [u32],
) {
    for (((cell, sum), weights), present) in cells.iter().zip(sums).zip(weights).zip(present) {
        let here = is_present(*cell);
        // A weight of nothing takes nothing, be the value what it may.
        let part = if here && weight > 0.0 { weight * see(*cell) } else { 0.0 };
        *sum += part;
        *weights += if here { weight } else { 0.0 };
        *present += u32::from(here);
    }
}
