//! Logistic regression with one random intercept: rates of groups that differ by chance about
//! a common line. The integral over each group's effect is by Laplace's method (one node) or
//! adaptive Gauss–Hermite quadrature, and coefficients and spread are found together.
//!
//! For many thousand rows and several factors see [`super::hazard`], which is faster and nearly
//! the same.

use serde::Serialize;
use tici_domain::Problem;

use super::dense::{Cholesky, dot};
use super::hazard::HazardRows;
use super::optimise::{curvature, minimise, slope};
use super::quadrature::{Node, nodes};

#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct MixedCoefficient {
    pub name: String,
    pub value: f64,
    pub std_err: f64,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct MixedFit {
    /// The intercept first.
    pub coefficients: Vec<MixedCoefficient>,
    /// Standard deviation of the groups' effects.
    pub spread: f64,
    /// Each level's effect, the likeliest one.
    pub effects: Vec<f64>,
    pub log_likelihood: f64,
    pub converged: bool,
}

/// Fits `rows`, whose first factor has the groups. `count` is the number of nodes.
pub fn fit(rows: &HazardRows, count: usize) -> (Option<MixedFit>, Vec<Problem>) {
    let (plain, mut problems) = super::hazard::fit(
        rows,
        &super::hazard::HazardOptions { ridge: 1e-6, ..super::hazard::HazardOptions::default() },
    );
    let (Some(plain), Some(factor)) = (plain, rows.factors.first()) else {
        if rows.factors.is_empty() {
            problems.push(Problem::error("forecast-one-group"));
        }
        return (None, problems);
    };
    let mut members = vec![Vec::new(); factor.levels.len()];
    for (row, level) in factor.of_row.iter().enumerate() {
        if let Some(members) = members.get_mut(*level as usize) {
            members.push(row);
        }
    }
    let model = Model { rows, members, nodes: nodes(count.max(1)) };
    let mut start = vec![plain.intercept];
    start.extend(plain.coefficients.iter().map(|c| c.value));
    start.push(plain.groups[0].spread.ln());
    let cost = |at: &[f64]| -model.log_likelihood(at);
    let found = minimise(start, |at| (cost(at), slope(at, cost)));
    let at = &found.at;
    let errors = Cholesky::new(&curvature(at, cost)).inverse().diagonal();
    let names = std::iter::once("(Intercept)");
    let names = names.chain(rows.covariates.names().iter().map(String::as_str));
    let coefficient = |(index, name): (usize, &str)| MixedCoefficient {
        name: name.to_owned(),
        value: at[index],
        std_err: errors[index].max(0.0).sqrt(),
    };
    if !found.converged {
        problems.push(Problem::warning("forecast-not-converged").arg("count", found.iterations));
    }
    let spread = at[at.len() - 1].exp();
    let linear = model.linear(at);
    let effect = |members: &Vec<usize>| model.mode(members, &linear, spread).0 * spread;
    let fit = MixedFit {
        coefficients: names.enumerate().map(coefficient).collect(),
        spread,
        effects: model.members.iter().map(effect).collect(),
        log_likelihood: -found.value,
        converged: found.converged,
    };
    (Some(fit), problems)
}

struct Model<'a> {
    rows: &'a HazardRows,
    members: Vec<Vec<usize>>,
    nodes: Vec<Node>,
}

impl Model<'_> {
    /// Fixed part of each row's linear predictor.
    fn linear(&self, at: &[f64]) -> Vec<f64> {
        let beta = &at[1..at.len() - 1];
        (0..self.rows.len()).map(|row| at[0] + dot(self.rows.covariates.row(row), beta)).collect()
    }

    fn log_likelihood(&self, at: &[f64]) -> f64 {
        let linear = self.linear(at);
        let spread = at[at.len() - 1].exp();
        let ways: f64 = (0..self.rows.len()).map(|row| self.log_ways(row)).sum();
        ways + self.members.iter().map(|group| self.of_group(group, &linear, spread)).sum::<f64>()
    }

    fn log_ways(&self, row: usize) -> f64 {
        let trials = self.rows.trials.get(row).copied().unwrap_or(1.0);
        let happened = self.rows.happened[row];
        let gamma = |n: f64| libm::lgamma(n + 1.0);
        gamma(trials) - gamma(happened) - gamma(trials - happened)
    }

    /// Logarithm of the integral over the group's standard normal effect.
    fn of_group(&self, group: &[usize], linear: &[f64], spread: f64) -> f64 {
        let (mode, curvature) = self.mode(group, linear, spread);
        let width = 1.0 / curvature.sqrt();
        let at_mode = self.height(group, linear, spread, mode);
        let sum: f64 = self
            .nodes
            .iter()
            .map(|node| {
                let effect = mode + width * node.at;
                let height = self.height(group, linear, spread, effect) - at_mode;
                node.weight * (height + 0.5 * node.at * node.at).exp()
            })
            .sum();
        at_mode + width.ln() + sum.ln()
    }

    /// Log density of the group's rows and effect, constants of the normal left out as they
    /// cancel against those of the quadrature.
    fn height(&self, group: &[usize], linear: &[f64], spread: f64, effect: f64) -> f64 {
        let of = |row: &usize| {
            let at = linear[*row] + spread * effect;
            let trials = self.rows.trials.get(*row).copied().unwrap_or(1.0);
            self.rows.happened[*row] * at - trials * (at.max(0.0) + (-at.abs()).exp().ln_1p())
        };
        group.iter().map(of).sum::<f64>() - 0.5 * effect * effect
    }

    /// The likeliest effect, in spreads, and the curvature there.
    fn mode(&self, group: &[usize], linear: &[f64], spread: f64) -> (f64, f64) {
        let mut effect: f64 = 0.0;
        let mut curvature = 1.0;
        for _ in 0..60 {
            let mut slope = -effect;
            curvature = 1.0;
            for row in group {
                let p = 1.0 / (1.0 + (-(linear[*row] + spread * effect)).exp());
                let trials = self.rows.trials.get(*row).copied().unwrap_or(1.0);
                slope += spread * (self.rows.happened[*row] - trials * p);
                curvature += spread * spread * trials * p * (1.0 - p);
            }
            let step = slope / curvature;
            effect += step.clamp(-3.0, 3.0);
            if step.abs() < 1e-13 * (1.0 + effect.abs()) {
                break;
            }
        }
        (effect, curvature)
    }
}
