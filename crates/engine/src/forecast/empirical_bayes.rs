//! Rates of small groups: each drawn towards all the others by how little is known of it.

use serde::Serialize;
use tici_domain::Problem;

use super::optimise::minimise;
use super::special::digamma;

/// Shares of groups under one beta law, fitted by maximum likelihood.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct BetaBinomial {
    pub alpha: f64,
    pub beta: f64,
    pub log_likelihood: f64,
    /// The expected share of each group once its own cases are counted in.
    pub share: Vec<f64>,
}

/// `happened[i]` of `cases[i]` in group `i`. Groups that do not differ at all make the law
/// arbitrarily narrow: its size α + β is then bounded, and a problem says so.
pub fn beta_binomial(happened: &[f64], cases: &[f64]) -> (Option<BetaBinomial>, Vec<Problem>) {
    let problems = checked(happened, cases);
    if Problem::any_error(&problems) {
        return (None, problems);
    }
    let groups: Vec<(f64, f64)> = happened.iter().copied().zip(cases.iter().copied()).collect();
    let (total, all) = groups.iter().fold((0.0, 0.0), |sum, g| (sum.0 + g.0, sum.1 + g.1));
    let mean = ((total + 0.5) / (all + 1.0)).clamp(1e-6, 1.0 - 1e-6);
    // Mean and size by their logarithms; a narrow law is held back by a hair, so that there is
    // a maximum.
    let cost = |at: &[f64]| {
        let (alpha, beta) = (at[0].exp(), at[1].exp());
        let (mut value, mut slope) = (0.0, [0.0; 2]);
        for (k, n) in &groups {
            value -= log_chance(*k, *n, alpha, beta);
            let common = digamma(alpha + beta) - digamma(n + alpha + beta);
            slope[0] -= digamma(k + alpha) - digamma(alpha) + common;
            slope[1] -= digamma(n - k + beta) - digamma(beta) + common;
        }
        let over = |at: f64| (at - SIZE_LOG_MAX).max(0.0);
        value += 0.5 * (over(at[0]).powi(2) + over(at[1]).powi(2));
        (value, vec![slope[0] * alpha + over(at[0]), slope[1] * beta + over(at[1])])
    };
    let found = minimise(vec![(mean * 20.0).ln(), ((1.0 - mean) * 20.0).ln()], cost);
    let (alpha, beta) = (found.at[0].exp(), found.at[1].exp());
    let log_likelihood = groups.iter().map(|(k, n)| log_chance(*k, *n, alpha, beta)).sum();
    let share = groups.iter().map(|(k, n)| (k + alpha) / (n + alpha + beta)).collect();
    (Some(BetaBinomial { alpha, beta, log_likelihood, share }), problems)
}

/// A law wider than e⁹ cases is a single share.
const SIZE_LOG_MAX: f64 = 9.0;

fn checked(happened: &[f64], cases: &[f64]) -> Vec<Problem> {
    if happened.len() != cases.len() {
        return vec![Problem::error("forecast-columns-differ")];
    }
    if cases.iter().all(|n| *n == 0.0) {
        return vec![Problem::error("forecast-no-rows")];
    }
    let mut wrong = happened
        .iter()
        .zip(cases)
        .enumerate()
        .filter(|(_, (k, n))| !(k.is_finite() && n.is_finite() && **k >= 0.0 && **k <= **n));
    match wrong.next() {
        Some((row, _)) => {
            let problem = Problem::error("forecast-row-unusable").arg("row", row + 1);
            vec![problem.arg("count", 1 + wrong.count())]
        }
        None => Vec::new(),
    }
}

/// Logarithm of the chance of `k` of `n`.
fn log_chance(k: f64, n: f64, alpha: f64, beta: f64) -> f64 {
    use libm::lgamma;
    let ways = lgamma(n + 1.0) - lgamma(k + 1.0) - lgamma(n - k + 1.0);
    let law = lgamma(alpha + beta) - lgamma(alpha) - lgamma(beta);
    ways + law + lgamma(k + alpha) + lgamma(n - k + beta) - lgamma(n + alpha + beta)
}

/// Log odds of each group, half a case added to either side, and their variances.
pub fn log_odds(happened: &[f64], cases: &[f64]) -> (Vec<f64>, Vec<f64>) {
    let sides = happened.iter().zip(cases).map(|(k, n)| (k + 0.5, n - k + 0.5));
    sides.map(|(with, without)| ((with / without).ln(), 1.0 / with + 1.0 / without)).unzip()
}

/// How the variance between groups is found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Between {
    /// By moments in one step (DerSimonian and Laird).
    Moments,
    /// Until the weighted squares are what they should be (Paule and Mandel).
    Settled,
}

/// Effects of groups under one normal law.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct NormalNormal {
    pub mean: f64,
    /// Variance between groups.
    pub variance: f64,
    /// Each effect drawn towards the mean.
    pub effects: Vec<f64>,
}

/// Draws `effects`, known with `variances`, towards their common mean.
pub fn normal_normal(
    effects: &[f64],
    variances: &[f64],
    between: Between,
) -> (Option<NormalNormal>, Vec<Problem>) {
    if effects.len() != variances.len() {
        return (None, vec![Problem::error("forecast-columns-differ")]);
    }
    let usable = |pair: (&f64, &f64)| pair.0.is_finite() && pair.1.is_finite() && *pair.1 > 0.0;
    if let Some(row) = effects.iter().zip(variances).position(|pair| !usable(pair)) {
        let problem = Problem::error("forecast-row-unusable").arg("row", row + 1);
        return (None, vec![problem.arg("count", 1)]);
    }
    if effects.is_empty() {
        return (None, vec![Problem::error("forecast-no-rows")]);
    }
    let variance = match between {
        Between::Moments => moments(effects, variances),
        Between::Settled => settled(effects, variances),
    };
    let (mean, _) = weighted(effects, variances, variance);
    let drawn = effects.iter().zip(variances);
    let drawn = drawn.map(|(e, v)| (variance * e + v * mean) / (variance + v)).collect();
    (Some(NormalNormal { mean, variance, effects: drawn }), Vec::new())
}

/// The weighted mean and the weighted squares about it.
fn weighted(effects: &[f64], variances: &[f64], between: f64) -> (f64, f64) {
    let weights: Vec<f64> = variances.iter().map(|v| 1.0 / (v + between)).collect();
    let total: f64 = weights.iter().sum();
    let mean = super::dense::dot(&weights, effects) / total;
    let squares = weights.iter().zip(effects).map(|(w, e)| w * (e - mean).powi(2)).sum();
    (mean, squares)
}

fn moments(effects: &[f64], variances: &[f64]) -> f64 {
    let (_, squares) = weighted(effects, variances, 0.0);
    let sums = variances.iter().fold((0.0, 0.0), |s, v| (s.0 + 1.0 / v, s.1 + 1.0 / (v * v)));
    let scale = sums.0 - sums.1 / sums.0;
    let over = squares - (effects.len() as f64 - 1.0);
    if scale > 0.0 { (over / scale).max(0.0) } else { 0.0 }
}

/// The squares fall as the variance grows: halving finds where they are one less than groups.
fn settled(effects: &[f64], variances: &[f64]) -> f64 {
    let over =
        |between: f64| weighted(effects, variances, between).1 - (effects.len() as f64 - 1.0);
    if over(0.0) <= 0.0 {
        return 0.0;
    }
    let (mut low, mut high) = (0.0, 1.0);
    while over(high) > 0.0 {
        high *= 2.0;
    }
    for _ in 0..200 {
        let middle = 0.5 * (low + high);
        if over(middle) > 0.0 { low = middle } else { high = middle }
    }
    0.5 * (low + high)
}
