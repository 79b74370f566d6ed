//! Outranking: each unit against each other, a majority of weights winning.

use std::cmp::Ordering;

use rayon::prelude::*;

use super::Items;
use crate::assess::panel::{MISSING, is_present};

/// Digits behind the point with which weights are still compared exactly.
const DECIMALS_MAX: usize = 18;

/// How many others a unit beats less how many beat it. It beats another if the weights of
/// the columns in which it has more exceed those in which it has less, among the columns
/// that both have; weights are compared as the decimals they are written as, so that halves
/// are halves.
pub(super) fn combine(items: &Items, out: &mut [f64]) {
    match exact(items.weights) {
        Some(weights) => score(items, &weights, out),
        None => score(items, items.weights, out),
    }
    items.drop_sparse(out);
}

fn score<W>(items: &Items, weights: &[W], out: &mut [f64])
where
    W: Copy + Default + PartialOrd + std::ops::AddAssign + Sync,
{
    let units = items.units();
    // Rows side by side: a pair is compared over all columns at once.
    let rows: Vec<f64> =
        (0..units).flat_map(|unit| items.columns.iter().map(move |column| column[unit])).collect();
    let width = items.columns.len();
    let row = |unit: usize| &rows[unit * width..(unit + 1) * width];
    out.par_iter_mut().enumerate().for_each(|(unit, score)| {
        if !row(unit).iter().any(|cell| is_present(*cell)) {
            *score = MISSING;
            return;
        }
        let duel = |other: usize| against(row(unit), row(other), weights) as i32;
        *score = f64::from((0..units).filter(|other| *other != unit).map(duel).sum::<i32>());
    });
}

/// Who of two has the greater weight of columns on its side.
fn against<W>(one: &[f64], other: &[f64], weights: &[W]) -> Ordering
where
    W: Copy + Default + PartialOrd + std::ops::AddAssign,
{
    let (mut ahead, mut behind) = (W::default(), W::default());
    for ((a, b), weight) in one.iter().zip(other).zip(weights) {
        if a > b {
            ahead += *weight;
        } else if a < b {
            behind += *weight;
        }
    }
    ahead.partial_cmp(&behind).unwrap_or(Ordering::Equal)
}

/// The weights as whole numbers of the smallest decimal that any of them uses.
fn exact(weights: &[f64]) -> Option<Vec<i128>> {
    let printed: Vec<String> = weights.iter().map(f64::to_string).collect();
    let fraction = |text: &str| text.split_once('.').map_or(0, |(_, fraction)| fraction.len());
    let decimals = printed.iter().map(|text| fraction(text)).max().unwrap_or(0);
    if decimals > DECIMALS_MAX || weights.iter().any(|weight| weight.abs() >= 1e15) {
        return None;
    }
    let whole = |text: &String| {
        let zeros = "0".repeat(decimals - fraction(text));
        (text.replace('.', "") + &zeros).parse().ok()
    };
    printed.iter().map(whole).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_half_is_a_half() {
        // 0.1 + 0.2 is not 0.3 in binary; in decimal neither of the two units wins.
        let columns = [&[1.0, 0.0][..], &[1.0, 0.0], &[0.0, 1.0]];
        let mut out = [9.0; 2];
        combine(&Items::new(&columns, &[0.1, 0.2, 0.3]), &mut out);
        assert_eq!(out, [0.0, 0.0]);
    }

    #[test]
    fn endless_weights_are_compared_as_they_are() {
        assert_eq!(exact(&[1.0, 2.5]), Some(vec![10, 25]));
        assert_eq!(exact(&[1e-30]), None);
    }
}
