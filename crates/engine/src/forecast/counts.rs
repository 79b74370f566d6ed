//! How many of N will make it by the day: the exact distribution of a sum of yes-or-no
//! outcomes that each have a probability of their own.
//!
//! Independent outcomes give the Poisson-binomial distribution, found by halving: short runs
//! are multiplied out one by one, and the halves folded together. All terms are positive, so
//! nothing cancels and small probabilities keep their relative accuracy. With a shared shock
//! (one-factor Gaussian copula, correlation ρ) the same is done at every node of a quadrature
//! over the shock: p(u) = Φ((Φ⁻¹(p) − √ρ·u) / √(1 − ρ)).

use rayon::prelude::*;
use serde::Serialize;
use tici_domain::Problem;

use super::normal;
use super::quadrature::{self, Node};

/// Runs up to this length are multiplied out directly.
const RUN: usize = 64;
/// Up to so many outcomes every term is kept; beyond, tails below [`NEGLIGIBLE`] are dropped.
const WHOLE_MAX: usize = 2048;
/// Share of the largest term under which a term at either end is left out.
const NEGLIGIBLE: f64 = 1e-32;

/// The distribution of a count.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Counts {
    /// How many outcomes were counted.
    pub n: usize,
    pub mean: f64,
    pub variance: f64,
    /// The count that `pmf[0]` belongs to; below it the probability is nil.
    pub first: usize,
    /// Probability of each count from `first` on.
    pub pmf: Vec<f64>,
}

impl Counts {
    /// Probability of exactly `k`.
    pub fn exactly(&self, k: usize) -> f64 {
        k.checked_sub(self.first).and_then(|at| self.pmf.get(at)).copied().unwrap_or(0.0)
    }

    /// Probability of at most `k`.
    pub fn at_most(&self, k: usize) -> f64 {
        let terms = (k + 1).saturating_sub(self.first).min(self.pmf.len());
        self.pmf[..terms].iter().sum::<f64>().min(1.0)
    }

    /// Probability of `k` or more.
    pub fn at_least(&self, k: usize) -> f64 {
        let from = k.saturating_sub(self.first).min(self.pmf.len());
        self.pmf[from..].iter().rev().sum::<f64>().min(1.0)
    }

    /// The smallest count that is not exceeded with probability `level` or more.
    pub fn quantile(&self, level: f64) -> usize {
        let mut sum = 0.0;
        for (index, term) in self.pmf.iter().enumerate() {
            sum += term;
            if sum >= level {
                return self.first + index;
            }
        }
        self.first + self.pmf.len().saturating_sub(1)
    }

    /// The middle interval that holds `level`: 0.8 gives the 10% and the 90% quantile.
    pub fn interval(&self, level: f64) -> (usize, usize) {
        let tail = 0.5 * (1.0 - level);
        (self.quantile(tail), self.quantile(1.0 - tail))
    }

    /// The whole distribution, one term for each count from 0 to `n`.
    pub fn whole(&self) -> Vec<f64> {
        let mut whole = vec![0.0; self.n + 1];
        whole[self.first..self.first + self.pmf.len()].copy_from_slice(&self.pmf);
        whole
    }
}

/// The count of independent outcomes with these probabilities.
pub fn independent(probabilities: &[f64]) -> (Counts, Vec<Problem>) {
    let (kept, problems) = checked(probabilities);
    (independent_of(&kept), problems)
}

/// The count where a shared shock with correlation `rho` moves all outcomes together; 0 is
/// independence. A `rho` outside 0 to below 1 is a problem, and independence is assumed.
pub fn with_shock(probabilities: &[f64], rho: f64) -> (Counts, Vec<Problem>) {
    let (kept, mut problems) = checked(probabilities);
    if !(0.0..1.0).contains(&rho) {
        problems.push(Problem::error("forecast-counts-correlation").arg("value", rho));
    }
    if kept.is_empty() || !(rho > 0.0 && rho < 1.0) {
        return (independent_of(&kept), problems);
    }
    (shocked(&kept, rho), problems)
}

/// A probability that is none cannot be counted: the outcome is left out and named.
fn checked(probabilities: &[f64]) -> (Vec<f64>, Vec<Problem>) {
    let mut problems = Vec::new();
    let mut kept = Vec::with_capacity(probabilities.len());
    for (index, &p) in probabilities.iter().enumerate() {
        if (0.0..=1.0).contains(&p) {
            kept.push(p);
        } else {
            let problem = Problem::error("forecast-counts-probability");
            problems.push(problem.arg("row", index + 1).arg("value", p));
        }
    }
    (kept, problems)
}

fn independent_of(p: &[f64]) -> Counts {
    let part = product(p, p.len() > WHOLE_MAX);
    let mean = p.iter().sum();
    let variance = p.iter().map(|p| p * (1.0 - p)).sum();
    Counts { n: p.len(), mean, variance, first: part.first, pmf: part.terms }
}

fn shocked(p: &[f64], rho: f64) -> Counts {
    let scores: Vec<f64> = p.iter().map(|&p| normal::quantile(p)).collect();
    let (pull, rest) = (rho.sqrt(), (1.0 - rho).sqrt());
    let at = |node: &Node| {
        let given = scores.iter().map(|score| normal::cdf((score - pull * node.at) / rest));
        product(&given.collect::<Vec<f64>>(), p.len() > WHOLE_MAX)
    };
    let nodes = quadrature::standard_normal();
    let parts: Vec<Part> = nodes.par_iter().map(at).collect();
    let mut pmf = vec![0.0; p.len() + 1];
    for (node, part) in nodes.iter().zip(&parts) {
        let reached = &mut pmf[part.first..part.first + part.terms.len()];
        for (sum, term) in reached.iter_mut().zip(&part.terms) {
            *sum += node.weight * term;
        }
    }
    let mean = pmf.iter().enumerate().map(|(k, term)| k as f64 * term).sum::<f64>();
    let square = |k: usize| (k as f64 - mean) * (k as f64 - mean);
    let variance = pmf.iter().enumerate().map(|(k, term)| square(k) * term).sum();
    Counts { n: p.len(), mean, variance, first: 0, pmf }
}

/// A run of terms of a generating polynomial; outside it they are nil.
#[derive(Clone, Debug)]
struct Part {
    first: usize,
    terms: Vec<f64>,
}

/// Only worth a second thread where the halves take longer than handing them over.
const SPLIT_MIN: usize = 4096;

/// The product of (1 − p + p·x) over `p`.
fn product(p: &[f64], trim: bool) -> Part {
    if p.len() <= RUN {
        return multiplied_out(p);
    }
    let (left, right) = p.split_at(p.len() / 2);
    let (left, right) = if p.len() >= SPLIT_MIN {
        rayon::join(|| product(left, trim), || product(right, trim))
    } else {
        (product(left, trim), product(right, trim))
    };
    let mut folded = fold(&left, &right);
    if trim {
        folded.trim();
    }
    folded
}

fn multiplied_out(p: &[f64]) -> Part {
    let mut terms = vec![0.0; p.len() + 1];
    let mut next = terms.clone();
    terms[0] = 1.0;
    for (done, &p) in p.iter().enumerate() {
        let q = 1.0 - p;
        next[0] = terms[0] * q;
        for (to, pair) in next[1..done + 2].iter_mut().zip(terms.windows(2)) {
            *to = pair[0] * p + pair[1] * q;
        }
        std::mem::swap(&mut terms, &mut next);
    }
    Part { first: 0, terms }
}

/// The convolution of two runs, four rows of the shorter at a time so that each term of the
/// result is read and written once for four products.
fn fold(left: &Part, right: &Part) -> Part {
    let (long, short) =
        if left.terms.len() >= right.terms.len() { (left, right) } else { (right, left) };
    let (a, b) = (&long.terms, &short.terms);
    let mut terms = vec![0.0; a.len() + b.len() - 1];
    let whole = b.len() / 4 * 4;
    for at in (0..whole).step_by(4) {
        let by = [b[at + 3], b[at + 2], b[at + 1], b[at]];
        fold_four(&mut terms[at..at + a.len() + 3], a, by);
    }
    for at in whole..b.len() {
        for (to, from) in terms[at..at + a.len()].iter_mut().zip(a) {
            *to += from * b[at];
        }
    }
    Part { first: left.first + right.first, terms }
}

/// Adds `a` times four neighbouring terms, given from the last to the first.
fn fold_four(to: &mut [f64], a: &[f64], by: [f64; 4]) {
    let edge = |index: usize| -> f64 {
        (0..4)
            .filter_map(|k| (index + k).checked_sub(3).and_then(|i| a.get(i)).map(|v| v * by[k]))
            .sum()
    };
    if a.len() < 4 {
        for (index, to) in to.iter_mut().enumerate() {
            *to += edge(index);
        }
        return;
    }
    let (head, rest) = to.split_at_mut(3);
    let (body, tail) = rest.split_at_mut(a.len() - 3);
    for (to, from) in body.iter_mut().zip(a.windows(4)) {
        *to += from[0] * by[0] + from[1] * by[1] + from[2] * by[2] + from[3] * by[3];
    }
    for (index, to) in head.iter_mut().enumerate() {
        *to += edge(index);
    }
    for (index, to) in tail.iter_mut().enumerate() {
        *to += edge(a.len() + index);
    }
}

impl Part {
    fn trim(&mut self) {
        let least = NEGLIGIBLE * self.terms.iter().copied().fold(0.0, f64::max);
        let lead = self.terms.iter().take_while(|term| **term < least).count();
        let trail = self.terms.iter().rev().take_while(|term| **term < least).count();
        self.terms.truncate(self.terms.len() - trail);
        self.terms.drain(..lead);
        self.first += lead;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_and_certainties_have_an_answer() {
        let (none, problems) = independent(&[]);
        assert!(problems.is_empty());
        assert_eq!((none.n, none.quantile(0.5), none.at_most(0)), (0, 0, 1.0));
        let (sure, _) = with_shock(&[1.0, 0.0, 1.0], 0.2);
        assert!((sure.exactly(2) - 1.0).abs() < 1e-12);
        assert_eq!(sure.interval(0.8), (2, 2));
    }

    #[test]
    fn what_is_no_probability_is_named_and_left_out() {
        let (counts, problems) = independent(&[0.5, f64::NAN, 1.2, 0.5]);
        assert_eq!(counts.whole(), [0.25, 0.5, 0.25]);
        let rows: Vec<&str> = problems.iter().map(|problem| problem.args[0].1.as_str()).collect();
        assert_eq!(rows, ["2", "3"]);
        let (counts, problems) = with_shock(&[0.5], 1.0);
        assert_eq!((counts.at_most(0), problems.len()), (0.5, 1));
    }

    #[test]
    fn halving_agrees_with_multiplying_out() {
        let p: Vec<f64> = (0..3001).map(|i| 0.5 + 0.49 * f64::sin(i as f64)).collect();
        let slow = multiplied_out(&p).terms;
        let (fast, _) = independent(&p);
        for (k, expected) in slow.iter().enumerate() {
            let found = fast.exactly(k);
            assert!((found - expected).abs() <= 1e-13 * expected + 1e-30, "{k}");
        }
        assert!((fast.at_least(1500) + fast.at_most(1499) - 1.0).abs() < 1e-12);
    }
}
