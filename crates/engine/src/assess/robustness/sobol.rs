//! Which of several uncertain choices moves the result most: Sobol's indices.

use rayon::prelude::*;
use serde::Serialize;

use super::chance::uniform;
use crate::assess::stats;

/// A choice's share in the variance of the result.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Sobol {
    /// By itself.
    pub first: f64,
    /// With all it does together with others.
    pub total: f64,
}

/// Indices of `factors` choices from (`factors` + 2)·`samples` runs of `model`, which is given
/// a number from 0 to below 1 for each choice. None if the result never changes or there are
/// fewer than two samples.
pub fn sobol(
    factors: usize,
    samples: usize,
    seed: u64,
    model: impl Fn(&[f64]) -> f64 + Sync,
) -> Option<Vec<Sobol>> {
    let point = |half: usize, sample: usize| -> Vec<f64> {
        let item = |factor| (half * factors + factor) as u64;
        (0..factors).map(|factor| uniform(seed, sample as u64, item(factor))).collect()
    };
    let run = |sample: usize| {
        let (a, b) = (point(0, sample), point(1, sample));
        let mixed = |factor: usize| {
            let mut point = a.clone();
            point[factor] = b[factor];
            model(&point)
        };
        (model(&a), model(&b), (0..factors).map(mixed).collect::<Vec<f64>>())
    };
    let runs: Vec<_> = (0..samples).into_par_iter().map(run).collect();
    let y_a: Vec<f64> = runs.iter().map(|run| run.0).collect();
    let y_b: Vec<f64> = runs.iter().map(|run| run.1).collect();
    let y_ab = |factor: usize| runs.iter().map(|run| run.2[factor]).collect::<Vec<f64>>();
    let y_ab: Vec<Vec<f64>> = (0..factors).map(y_ab).collect();
    indices(&y_a, &y_b, &y_ab)
}

/// Indices from results: S = mean(y_B·(y_AB − y_A))/V and T = Σ(y_A − y_AB)²/(2nV), where
/// y_AB has one choice as in B and the others as in A, and V is the variance of A and B
/// together. None without variance.
pub fn indices(y_a: &[f64], y_b: &[f64], y_ab: &[Vec<f64>]) -> Option<Vec<Sobol>> {
    let n = y_a.len() as f64;
    let both: Vec<f64> = y_a.iter().chain(y_b).copied().collect();
    let sd = stats::sd(&both).filter(|sd| *sd > 0.0)?;
    let variance = sd * sd;
    let of = |mixed: &Vec<f64>| {
        let first = stats::sum((0..y_a.len()).map(|i| y_b[i] * (mixed[i] - y_a[i])));
        let total = stats::sum((0..y_a.len()).map(|i| (y_a[i] - mixed[i]) * (y_a[i] - mixed[i])));
        Sobol { first: first / n / variance, total: total / (2.0 * n * variance) }
    };
    Some(y_ab.iter().map(of).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_model_known_by_hand() {
        // y = 2a + b: shares of variance 4/5, 1/5 and nothing, none of it together.
        let found = sobol(3, 20_000, 1, |x| 2.0 * x[0] + x[1]).unwrap();
        for (found, expected) in found.iter().zip([0.8, 0.2, 0.0]) {
            assert!((found.first - expected).abs() < 0.05, "{found:?}");
            assert!((found.total - expected).abs() < 0.02, "{found:?}");
        }
        assert_eq!(sobol(2, 100, 1, |_| 3.0), None);
    }
}
