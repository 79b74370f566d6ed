//! The benefit of the doubt: every unit is seen with the weights that suit it best.

use rayon::prelude::*;

use super::simplex::greatest;
use crate::assess::panel::{MISSING, is_present};
use crate::assess::stats;

/// The score of each unit: the most of Σw·y with which no unit has more than 1, no weight
/// negative and each child's part of the unit's own score between `share_min` and
/// `share_max`. 1 is the frontier.
///
/// Columns must not be negative. A child that a unit lacks takes no part in its score (nor
/// has it a least share then), and counts as 0 where others are measured against it. Missing
/// if the unit has nothing, if all it has is 0, or if the bounds cannot be met.
pub fn scores(columns: &[&[f64]], share_min: f64, share_max: f64) -> Vec<f64> {
    let units = columns.first().map_or(0, |column| column.len());
    let scaled: Vec<Vec<f64>> = columns.iter().map(|column| scaled(column)).collect();
    let rows: Vec<Vec<f64>> =
        (0..units).map(|unit| scaled.iter().map(|column| column[unit]).collect()).collect();
    let frontier = frontier(&rows);
    let of = |row: &Vec<f64>| of_unit(row, &frontier, share_min, share_max).unwrap_or(MISSING);
    rows.par_iter().map(of).collect()
}

/// By the greatest value, which changes no score and keeps numbers near 1.
fn scaled(column: &[f64]) -> Vec<f64> {
    let most = stats::min_max(column).map_or(1.0, |(_, max)| if max > 0.0 { max } else { 1.0 });
    column.iter().map(|cell| if *cell < 0.0 { MISSING } else { cell / most }).collect()
}

/// The units that no other has at least as much of everything as: they alone bind.
fn frontier(rows: &[Vec<f64>]) -> Vec<Vec<f64>> {
    let known = |y: &f64| if is_present(*y) { *y } else { 0.0 };
    let mut all: Vec<Vec<f64>> = rows.iter().map(|row| row.iter().map(known).collect()).collect();
    all.sort_by(|a, b| b.iter().partial_cmp(a.iter()).expect("no cell is missing here"));
    all.dedup();
    let mut kept: Vec<Vec<f64>> = Vec::new();
    for row in all {
        // In falling order a unit can only be covered by an earlier one.
        if !kept.iter().any(|other| other.iter().zip(&row).all(|(a, b)| a >= b)) {
            kept.push(row);
        }
    }
    kept
}

fn of_unit(row: &[f64], frontier: &[Vec<f64>], least: f64, most: f64) -> Option<f64> {
    let items: Vec<usize> = (0..row.len()).filter(|item| is_present(row[*item])).collect();
    let own: Vec<f64> = items.iter().map(|item| row[*item]).collect();
    let count = items.len() as f64;
    // Shares of so many items cannot all be below, or all above, their mean.
    if own.iter().all(|y| *y == 0.0) || least * count > 1.0 || most * count < 1.0 {
        return None;
    }
    let pick = |row: &Vec<f64>| items.iter().map(|item| row[*item]).collect::<Vec<f64>>();
    let mut bounds: Vec<Vec<f64>> = frontier.iter().map(pick).collect();
    let mut limits = vec![1.0; bounds.len()];
    for (at, y) in own.iter().enumerate() {
        let mut part = |share: f64, sign: f64| {
            let mut bound: Vec<f64> = own.iter().map(|y| sign * share * y).collect();
            bound[at] -= sign * y;
            bounds.push(bound);
            limits.push(0.0);
        };
        if least > 0.0 {
            part(least, 1.0);
        }
        if most < 1.0 {
            part(most, -1.0);
        }
    }
    let found = greatest(&own, &bounds, &limits)?;
    (found > 0.0).then(|| found.min(1.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(columns: &[&[f64]], bounds: (f64, f64), expected: &[f64]) {
        let found = scores(columns, bounds.0, bounds.1);
        let near = |(a, b): (&f64, &f64)| (a - b).abs() < 1e-9 || (a.is_nan() && b.is_nan());
        assert!(found.iter().zip(expected).all(near), "{found:?}");
    }

    #[test]
    fn worked_examples() {
        // c is half way between a and b on the frontier's line, d at half of that.
        let (x, y) = (&[4.0, 0.0, 2.0, 1.0, MISSING][..], &[0.0, 4.0, 2.0, 1.0, 2.0][..]);
        check(&[x, y], (0.0, 1.0), &[1.0, 1.0, 1.0, 0.5, 0.5]);
        // Who has nothing of one item cannot let it be half of its score.
        check(&[x, y], (0.5, 1.0), &[MISSING, MISSING, 1.0, 0.5, 0.5]);
        check(&[&[2.0, 1.0], &[1.0, 2.0]], (0.5, 0.5), &[0.8, 0.8]);
        check(&[&[0.0, 1.0]], (0.0, 1.0), &[MISSING, 1.0]);
    }
}
