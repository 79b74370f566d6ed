//! Whether indicators of one parent measure one thing.

use serde::Serialize;

use crate::assess::components::components;
use crate::assess::panel::is_present;
use crate::assess::stats;

/// Cronbach's α over the units that have all columns: n/(n − 1)·(1 − Σvar/var of the sum).
/// None for fewer than two columns, fewer than two such units, or a sum without spread.
pub fn cronbach(columns: &[&[f64]]) -> Option<f64> {
    let units = columns.first()?.len();
    let complete = |unit: &usize| columns.iter().all(|column| is_present(column[*unit]));
    let complete: Vec<usize> = (0..units).filter(complete).collect();
    let variance = |values: Vec<f64>| stats::sd(&values).map(|sd| sd * sd);
    let own = |column: &&[f64]| variance(complete.iter().map(|unit| column[*unit]).collect());
    let own: Option<Vec<f64>> = columns.iter().map(own).collect();
    let row = |unit: &usize| stats::sum(columns.iter().map(|column| column[*unit]));
    let whole = variance(complete.iter().map(row).collect()).filter(|whole| *whole > 0.0)?;
    let n = columns.len() as f64;
    (columns.len() > 1).then_some(n / (n - 1.0) * (1.0 - stats::sum(own?) / whole))
}

/// What principal components say about a set of indicators.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Dimensions {
    /// From the greatest; they sum to the number of indicators.
    pub eigenvalues: Vec<f64>,
    /// Share of the variance that the first one, two, three … components explain together.
    pub explained: Vec<f64>,
    /// How many have an eigenvalue above 1.
    pub above_one: usize,
    /// Indicators, by place, whose loading on the first component goes against the others'.
    pub against: Vec<usize>,
}

/// Components of the correlations of `columns`; none as [`components`] has it.
pub fn dimensions(columns: &[&[f64]]) -> Option<Dimensions> {
    let found = components(columns)?;
    let whole = columns.len() as f64;
    let mut sum = 0.0;
    let up_to = |value: &f64| {
        sum += value / whole;
        sum
    };
    let explained = found.values.iter().map(up_to).collect();
    let first = found.vectors[0].iter().enumerate();
    Some(Dimensions {
        explained,
        above_one: found.values.iter().filter(|value| **value > 1.0).count(),
        against: first.filter(|(_, loading)| **loading < 0.0).map(|(at, _)| at).collect(),
        eigenvalues: found.values,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::assess::MISSING;

    #[test]
    fn the_same_thing_twice_is_reliable() {
        let a = [1.0, 2.0, 4.0, MISSING];
        assert!((cronbach(&[&a, &a]).unwrap() - 1.0).abs() < 1e-12);
        assert_eq!(cronbach(&[&a]), None);
        assert_eq!(cronbach(&[&a, &[4.0, 3.0, 1.0, 9.0]]), None);
        let found = dimensions(&[&a, &a, &[3.0, 2.0, 0.0, 7.0]]).unwrap();
        assert!((found.explained[0] - 1.0).abs() < 1e-12 && found.above_one == 1);
        assert_eq!(found.against, [2]);
    }
}
