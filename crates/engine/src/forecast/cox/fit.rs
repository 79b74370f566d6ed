//! Newton's method on the partial likelihood.

use tici_domain::Problem;

use super::order::Order;
use super::sweep::{Moment, relative_hazards, sweep};
use super::{Coefficient, CoxFit, CoxOptions, Ridge, Ties};
use crate::forecast::dense::{Cholesky, Matrix, dot};
use crate::forecast::events::Events;
use crate::forecast::gram::{add_outer, unpad};
use crate::forecast::normal;

const ITERATIONS_MAX: usize = 40;

/// The likelihood has stopped to grow.
const GAIN_MIN: f64 = 1e-12;

/// A step of a whole standard deviation's coefficient this far out means that there is no
/// maximum: hazards would differ by a factor of e¹².
const COEFFICIENT_MAX: f64 = 12.0;

/// What holds a coefficient where the likelihood does not.
const RESCUE_RIDGE: f64 = 1.0;

/// Fits the model; none where there is nothing to learn from, and the problems say why.
pub fn fit(events: &Events, options: &CoxOptions) -> (Option<CoxFit>, Vec<Problem>) {
    let (events, mut problems) = events.checked();
    let rows = events.len();
    let count = (0..rows).filter(|row| events.happened(*row, options.cause)).count();
    if count == 0 {
        if rows > 0 {
            problems.push(Problem::error("forecast-no-events").arg("count", rows));
        }
        return (None, problems);
    }
    let order = Order::new(&events, options.cause);
    let newton =
        Newton { order: &order, ties: options.ties, penalty: penalty(&order, options.ridge) };
    let mut found = newton.run();
    let names = events.covariates.names();
    let separated = newton.separated(&found);
    if !separated.is_empty() {
        for index in &separated {
            let problem = Problem::warning("forecast-separation");
            problems.push(problem.arg("covariate", &names[*index]));
        }
        let penalty = vec![RESCUE_RIDGE; names.len()];
        found = Newton { penalty, ..newton }.run();
    }
    problems.extend(explained(&order, &found, names));
    if !found.converged {
        problems.push(Problem::warning("forecast-not-converged").arg("count", found.iterations));
    }
    let mut fit = in_words_of_input(&order, &found, names, options);
    (fit.rows, fit.events) = (rows, count);
    fit.separated = separated.iter().map(|index| names[*index].clone()).collect();
    (Some(fit), problems)
}

/// The penalty on each coefficient of the scaled covariates.
fn penalty(order: &Order, ridge: Ridge) -> Vec<f64> {
    let of = |deviation: &f64| match ridge {
        Ridge::None => 0.0,
        Ridge::Scaled(strength) => strength,
        Ridge::Raw(strength) if *deviation > 0.0 => strength / (deviation * deviation),
        Ridge::Raw(_) => 0.0,
    };
    order.scale.deviation.iter().map(of).collect()
}

/// Value, slope and curvature of the log partial likelihood.
struct Likelihood {
    value: f64,
    slope: Vec<f64>,
    information: Matrix,
}

struct Found {
    beta: Vec<f64>,
    log_likelihood: [f64; 2],
    penalty: f64,
    score: f64,
    iterations: usize,
    converged: bool,
    factor: Cholesky,
}

struct Newton<'a> {
    order: &'a Order,
    ties: Ties,
    penalty: Vec<f64>,
}

impl Newton<'_> {
    fn run(&self) -> Found {
        let size = self.penalty.len();
        let mut beta = vec![0.0; size];
        let mut now = likelihood(self.order, self.ties, &beta);
        let start = now.value;
        let score = dot(&now.slope, &Cholesky::new(&now.information).solve(&now.slope));
        let (mut iterations, mut converged) = (0, size == 0);
        while !converged && iterations < ITERATIONS_MAX {
            iterations += 1;
            let step = self.step(&beta, &now);
            let before = now.value - self.cost(&beta);
            let Some((next, at)) = self.halve(&beta, &step, before) else {
                converged = true;
                break;
            };
            let gain = at.value - self.cost(&next) - before;
            (beta, now) = (next, at);
            converged = gain <= GAIN_MIN * before.abs().max(1.0);
            if beta.iter().any(|value| value.abs() > 3.0 * COEFFICIENT_MAX) {
                break;
            }
        }
        let factor = Cholesky::new(&self.penalised(&now.information));
        let (penalty, log_likelihood) = (self.cost(&beta), [start, now.value]);
        Found { beta, log_likelihood, penalty, score, iterations, converged, factor }
    }

    fn penalised(&self, information: &Matrix) -> Matrix {
        let mut sum = information.clone();
        for (index, penalty) in self.penalty.iter().enumerate() {
            *sum.at_mut(index, index) += penalty;
        }
        sum
    }

    fn cost(&self, beta: &[f64]) -> f64 {
        beta.iter().zip(&self.penalty).map(|pair| 0.5 * pair.1 * pair.0 * pair.0).sum()
    }

    fn step(&self, beta: &[f64], now: &Likelihood) -> Vec<f64> {
        let pull = beta.iter().zip(&self.penalty).map(|pair| pair.0 * pair.1);
        let slope: Vec<f64> = now.slope.iter().zip(pull).map(|pair| pair.0 - pair.1).collect();
        Cholesky::new(&self.penalised(&now.information)).solve(&slope)
    }

    /// The step, or as much of it as does not lose; none where no part of it gains.
    fn halve(&self, beta: &[f64], step: &[f64], before: f64) -> Option<(Vec<f64>, Likelihood)> {
        let mut part = 1.0;
        for _ in 0..12 {
            let next: Vec<f64> = beta.iter().zip(step).map(|pair| pair.0 + part * pair.1).collect();
            let at = likelihood(self.order, self.ties, &next);
            if at.value - self.cost(&next) >= before - 1e-13 * before.abs() {
                return Some((next, at));
            }
            part *= 0.5;
        }
        None
    }

    /// Covariates whose coefficient runs away: far out, and with hardly any curvature left.
    fn separated(&self, found: &Found) -> Vec<usize> {
        let variance = found.factor.inverse_diagonal();
        let runs = |index: &usize| {
            let value = found.beta[*index].abs();
            value > COEFFICIENT_MAX
                || (value > 2.0 && variance[*index].sqrt() > 20.0 * value.sqrt())
        };
        (0..found.beta.len()).filter(runs).collect()
    }
}

fn likelihood(order: &Order, ties: Ties, beta: &[f64]) -> Likelihood {
    let (size, width) = (beta.len(), order.width);
    let (linear, hazard, shift) = relative_hazards(order, beta);
    let (mut value, mut slope) = (0.0, vec![0.0; width]);
    let mut information = vec![0.0; width * width];
    let mut mean = vec![0.0; width];
    sweep(order, ties, (&linear, &hazard), size > 0, |moment: &Moment| {
        value += moment.linear;
        slope.iter_mut().zip(moment.x).for_each(|pair| *pair.0 += pair.1);
        // Over the turns of the tied events the sums differ by one factor only.
        let (mut all, mut dying) = (0.0, 0.0);
        for (weight, left) in moment.turns() {
            let zero = moment.at_risk.zero - left * moment.dying.zero;
            value -= weight * (zero.ln() + shift);
            let scale = 1.0 / zero;
            let pairs = moment.at_risk.one.iter().zip(&moment.dying.one);
            for (mean, (one, dying)) in mean.iter_mut().zip(pairs) {
                *mean = (one - left * dying) * scale;
            }
            slope.iter_mut().zip(&mean).for_each(|pair| *pair.0 -= weight * pair.1);
            if width > 0 {
                add_outer(&mut information, width, &mean, &[-weight]);
            }
            all += weight * scale;
            dying += weight * left * scale;
        }
        let pairs = moment.at_risk.two.iter().zip(&moment.dying.two);
        for (sum, (two, of_dying)) in information.iter_mut().zip(pairs) {
            *sum += all * two - dying * of_dying;
        }
    });
    slope.truncate(size);
    Likelihood { value, slope, information: unpad(&information, width, size) }
}

/// Constant covariates, and those that others explain.
fn explained(order: &Order, found: &Found, names: &[String]) -> Vec<Problem> {
    let each = names.iter().enumerate().filter(|(index, _)| found.factor.dropped[*index]);
    let problem = |(index, name): (usize, &String)| {
        let key = match order.scale.deviation[index] == 0.0 {
            true => "forecast-covariate-constant",
            false => "forecast-covariate-explained",
        };
        Problem::warning(key).arg("covariate", name)
    };
    each.map(problem).collect()
}

/// The fit in units of the covariates as given.
fn in_words_of_input(
    order: &Order,
    found: &Found,
    names: &[String],
    options: &CoxOptions,
) -> CoxFit {
    let scale: Vec<f64> =
        order.scale.deviation.iter().map(|d| if *d > 0.0 { 1.0 / d } else { 0.0 }).collect();
    let mut covariance = found.factor.inverse();
    for row in 0..names.len() {
        for col in 0..names.len() {
            *covariance.at_mut(row, col) *= scale[row] * scale[col];
        }
    }
    let coefficient = |(index, name): (usize, &String)| {
        let value = found.beta[index] * scale[index];
        let std_err = covariance.at(index, index).sqrt();
        let z = if std_err > 0.0 { value / std_err } else { 0.0 };
        Coefficient { name: name.clone(), value, std_err, z, p: 2.0 * normal::cdf(-z.abs()) }
    };
    CoxFit {
        rows: 0,
        events: 0,
        coefficients: names.iter().enumerate().map(coefficient).collect(),
        covariance,
        log_likelihood: found.log_likelihood,
        penalty: found.penalty,
        score: found.score,
        iterations: found.iterations,
        converged: found.converged,
        separated: Vec::new(),
        means: order.scale.mean.clone(),
        options: options.clone(),
    }
}
