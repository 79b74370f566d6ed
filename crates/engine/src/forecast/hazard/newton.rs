//! Newton's method on the penalised likelihood. The levels of the largest factor touch each
//! other only through the other columns, so they are eliminated first: twenty thousand
//! sponsors cost no more than their rows.

use super::{Factor, HazardRows, Link};
use crate::forecast::dense::{Cholesky, Matrix, dot};
use crate::forecast::gram::{add_outer, gram, padded, unpad};

const ITERATIONS_MAX: usize = 60;

const GAIN_MIN: f64 = 1e-13;

/// A linear predictor beyond this is a certainty to the last digit.
const LINEAR_MAX: f64 = 35.0;

/// The rows laid out for the normal equations: intercept and covariates padded, factors by
/// number, the largest last.
pub struct Layout<'a> {
    pub rows: &'a HazardRows,
    /// Intercept, covariates scaled, padding.
    dense: Vec<f64>,
    width: usize,
    /// Columns before the factors.
    pub plain: usize,
    /// Where each factor's levels begin among the parameters; the largest comes last.
    pub begins: Vec<usize>,
    pub last: Option<usize>,
    pub core: usize,
    pub size: usize,
}

impl<'a> Layout<'a> {
    pub fn new(rows: &'a HazardRows, means: &[f64], deviation: &[f64]) -> Layout<'a> {
        let plain = rows.covariates.width() + 1;
        let width = padded(plain);
        let mut dense = vec![0.0; rows.len() * width];
        for (row, into) in dense.chunks_exact_mut(width).enumerate() {
            into[0] = 1.0;
            let scaled = rows.covariates.row(row).iter().zip(means).zip(deviation);
            for (into, ((value, mean), deviation)) in into[1..].iter_mut().zip(scaled) {
                *into = (value - mean) / deviation;
            }
        }
        let levels = |factor: &Factor| factor.levels.len();
        let last = (0..rows.factors.len()).max_by_key(|index| levels(&rows.factors[*index]));
        let mut begins = vec![0; rows.factors.len()];
        let mut core = plain;
        for (index, factor) in rows.factors.iter().enumerate() {
            if Some(index) != last {
                begins[index] = core;
                core += levels(factor);
            }
        }
        let mut size = core;
        if let Some(index) = last {
            begins[index] = core;
            size += levels(&rows.factors[index]);
        }
        Layout { rows, dense, width, plain, begins, last, core, size }
    }

    /// The parameter of each factor's level of a row.
    fn parameters(&self, row: usize) -> impl Iterator<Item = usize> {
        let pairs = self.rows.factors.iter().zip(&self.begins);
        pairs.filter_map(move |(factor, begin)| {
            let level = factor.of_row[row] as usize;
            (level < factor.levels.len()).then_some(begin + level)
        })
    }

    fn linear(&self, beta: &[f64]) -> Vec<f64> {
        let mut padded = beta[..self.plain].to_vec();
        padded.resize(self.width, 0.0);
        let of = |(row, x): (usize, &[f64])| {
            let mut sum = dot(x, &padded);
            if !self.rows.factors.is_empty() {
                sum += self.parameters(row).map(|index| beta[index]).sum::<f64>();
            }
            sum.clamp(-LINEAR_MAX, LINEAR_MAX)
        };
        self.dense.chunks_exact(self.width).enumerate().map(of).collect()
    }
}

/// Strengths of the penalty on each parameter.
pub struct Penalty {
    pub ridge: Vec<f64>,
    /// A log-F prior on the covariates' coefficients.
    pub log_f: Option<f64>,
    pub plain: usize,
}

impl Penalty {
    fn cost(&self, beta: &[f64]) -> f64 {
        let ridge: f64 =
            beta.iter().zip(&self.ridge).map(|pair| 0.5 * pair.1 * pair.0 * pair.0).sum();
        let log_f = |m: f64| {
            let each = beta[1..self.plain].iter();
            each.map(|b| m * ((1.0 + b.exp()).ln() - b / 2.0)).sum::<f64>()
        };
        ridge + self.log_f.map_or(0.0, log_f)
    }

    /// Slope and curvature of the cost along one parameter.
    fn slope(&self, index: usize, value: f64) -> (f64, f64) {
        let ridge = self.ridge[index];
        let (mut slope, mut curvature) = (ridge * value, ridge);
        if let Some(m) = self.log_f
            && (1..self.plain).contains(&index)
        {
            let p = 1.0 / (1.0 + (-value).exp());
            slope += m * (p - 0.5);
            curvature += m * p * (1.0 - p);
        }
        (slope, curvature)
    }
}

/// Normal equations, the largest factor kept apart.
pub struct Equations {
    pub core: Matrix,
    /// Curvature of each level of the largest factor, and what ties it to the core.
    pub last: Vec<f64>,
    pub cross: Matrix,
    slope: Vec<f64>,
}

impl Equations {
    /// The core once the largest factor is eliminated.
    pub fn eliminated(&self) -> Cholesky {
        let width = padded(self.core.rows);
        let mut rows = vec![0.0; self.last.len() * width];
        for (into, level) in rows.chunks_exact_mut(width).zip(0..self.last.len()) {
            into[..self.core.rows].copy_from_slice(self.cross.row(level));
        }
        let weights: Vec<f64> = self.last.iter().map(|value| 1.0 / value).collect();
        let mut core = self.core.clone();
        let mut taken = vec![0.0; width * width];
        add_outer(&mut taken, width, &rows, &weights);
        let taken = unpad(&taken, width, core.rows);
        core.data.iter_mut().zip(&taken.data).for_each(|pair| *pair.0 -= pair.1);
        Cholesky::new(&core)
    }

    fn step(&self) -> Vec<f64> {
        let size = self.core.rows;
        let mut right = self.slope[..size].to_vec();
        for (level, curvature) in self.last.iter().enumerate() {
            let factor = self.slope[size + level] / curvature;
            let pairs = right.iter_mut().zip(self.cross.row(level));
            pairs.for_each(|pair| *pair.0 -= factor * pair.1);
        }
        let mut step = self.eliminated().solve(&right);
        for (level, curvature) in self.last.iter().enumerate() {
            let tied = dot(self.cross.row(level), &step[..size]);
            step.push((self.slope[size + level] - tied) / curvature);
        }
        step
    }
}

/// Where Newton's method came to.
pub struct Found {
    pub beta: Vec<f64>,
    pub log_likelihood: f64,
    pub iterations: usize,
    pub converged: bool,
}

/// From `beta` to the maximum.
pub fn climb(layout: &Layout, link: Link, penalty: &Penalty, beta: Vec<f64>) -> Found {
    let mut beta = beta;
    let mut linear = layout.linear(&beta);
    let mut now = log_likelihood(layout.rows, link, &linear);
    for iterations in 1..=ITERATIONS_MAX {
        let step = equations(layout, link, penalty, &beta, &linear).step();
        let before = now - penalty.cost(&beta);
        let (mut part, mut gain) = (1.0, f64::NEG_INFINITY);
        for _ in 0..16 {
            let next: Vec<f64> =
                beta.iter().zip(&step).map(|pair| pair.0 + part * pair.1).collect();
            let linear_there = layout.linear(&next);
            let there = log_likelihood(layout.rows, link, &linear_there);
            gain = there - penalty.cost(&next) - before;
            if gain >= -1e-13 * before.abs() {
                (beta, linear, now) = (next, linear_there, there);
                break;
            }
            part *= 0.5;
        }
        if gain <= GAIN_MIN * before.abs().max(1.0) {
            return Found { beta, log_likelihood: now, iterations, converged: true };
        }
    }
    Found { beta, log_likelihood: now, iterations: ITERATIONS_MAX, converged: false }
}

/// The chance of the event at a linear predictor.
pub fn chance(link: Link, linear: f64) -> f64 {
    match link {
        Link::Logit => 1.0 / (1.0 + (-linear).exp()),
        Link::CLogLog => -(-linear.exp()).exp_m1(),
    }
}

fn log_likelihood(rows: &HazardRows, link: Link, linear: &[f64]) -> f64 {
    let of = |(row, linear): (usize, &f64)| {
        let (happened, trials) = (rows.happened[row], rows.trials(row));
        match link {
            // log(1 + exp) without overflow.
            Link::Logit => {
                let softplus = linear.max(0.0) + (-linear.abs()).exp().ln_1p();
                happened * linear - trials * softplus
            }
            Link::CLogLog => {
                let rate = linear.exp();
                let came = if happened > 0.0 { happened * (-(-rate).exp_m1()).ln() } else { 0.0 };
                came - (trials - happened) * rate
            }
        }
    };
    linear.iter().enumerate().map(of).sum()
}

/// Slope of the likelihood along the linear predictor, and its expected curvature.
fn slope(rows: &HazardRows, link: Link, row: usize, linear: f64) -> (f64, f64) {
    let (happened, trials) = (rows.happened[row], rows.trials(row));
    let p = chance(link, linear);
    match link {
        Link::Logit => (happened - trials * p, (trials * p * (1.0 - p)).max(1e-300)),
        Link::CLogLog => {
            let rate = linear.exp();
            let ratio = if p > 0.0 { rate * (1.0 - p) / p } else { 1.0 };
            (happened * ratio - (trials - happened) * rate, (trials * ratio * rate).max(1e-300))
        }
    }
}

/// The normal equations at `beta`, whose linear predictors are `linear`.
pub fn equations(
    layout: &Layout,
    link: Link,
    penalty: &Penalty,
    beta: &[f64],
    linear: &[f64],
) -> Equations {
    let each = linear.iter().enumerate();
    let (slopes, weights): (Vec<f64>, Vec<f64>) =
        each.map(|(row, linear)| slope(layout.rows, link, row, *linear)).unzip();
    let (plain, groups) = rayon::join(
        || gram(&layout.dense, layout.width, layout.plain, &weights),
        || grouped(layout, &weights, &slopes),
    );
    let Equations { mut core, mut last, cross, mut slope } = groups;
    for row in 0..layout.plain {
        for col in 0..layout.plain {
            *core.at_mut(row, col) = plain.at(row, col);
        }
    }
    for (index, value) in beta.iter().enumerate() {
        let (pull, curvature) = penalty.slope(index, *value);
        slope[index] -= pull;
        match index.checked_sub(layout.core) {
            None => *core.at_mut(index, index) += curvature,
            Some(level) => last[level] += curvature,
        }
    }
    Equations { core, last, cross, slope }
}

/// What the factors add, and all slopes.
fn grouped(layout: &Layout, weights: &[f64], slopes: &[f64]) -> Equations {
    let (core, size) = (layout.core, layout.size);
    let mut equations = Equations {
        core: Matrix::zeros(core, core),
        last: vec![0.0; size - core],
        cross: Matrix::zeros(size - core, core),
        slope: vec![0.0; size],
    };
    let mut mine = Vec::with_capacity(layout.rows.factors.len());
    for (row, x) in layout.dense.chunks_exact(layout.width).enumerate() {
        let x = &x[..layout.plain];
        let (weight, slope) = (weights[row], slopes[row]);
        equations.slope.iter_mut().zip(x).for_each(|pair| *pair.0 += slope * pair.1);
        mine.clear();
        mine.extend(layout.parameters(row));
        for index in &mine {
            equations.slope[*index] += slope;
            let line = match index.checked_sub(core) {
                None => equations.core.row_mut(*index),
                Some(level) => {
                    equations.last[level] += weight;
                    equations.cross.row_mut(level)
                }
            };
            line.iter_mut().zip(x).for_each(|pair| *pair.0 += weight * pair.1);
            for other in mine.iter().filter(|other| **other < core) {
                line[*other] += weight;
            }
        }
    }
    for row in layout.plain..core {
        for col in 0..layout.plain {
            *equations.core.at_mut(col, row) = equations.core.at(row, col);
        }
    }
    equations
}

/// Linear predictors at `beta`.
pub fn linear_at(layout: &Layout, beta: &[f64]) -> Vec<f64> {
    layout.linear(beta)
}
