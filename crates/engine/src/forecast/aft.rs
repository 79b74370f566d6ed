//! Accelerated failure time: covariates stretch or shorten the time itself.
//!
//! log T = xβ + σε, ε by one of four laws; spans from their start, some still open.

use serde::Serialize;
use tici_domain::Problem;

use super::cox::Coefficient;
use super::dense::{Cholesky, Matrix};
use super::events::Events;
use super::normal;

/// The law of log time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Law {
    #[default]
    Weibull,
    /// Weibull with σ = 1: a constant hazard.
    Exponential,
    LogNormal,
    LogLogistic,
}

impl Law {
    pub fn parse(code: &str) -> Option<Law> {
        match code {
            "weibull" => Some(Law::Weibull),
            "exponential" => Some(Law::Exponential),
            "lognormal" => Some(Law::LogNormal),
            "loglogistic" => Some(Law::LogLogistic),
            _ => None,
        }
    }
}

#[derive(Clone, Debug, Serialize)]
pub struct AftFit {
    /// The intercept first.
    pub coefficients: Vec<Coefficient>,
    /// σ.
    pub scale: f64,
    /// Without covariates and with them, of the time itself.
    pub log_likelihood: [f64; 2],
    /// Of the coefficients, and of log σ where it was fitted.
    #[serde(skip)]
    pub covariance: Matrix,
    pub converged: bool,
    #[serde(skip)]
    law: Law,
}

impl AftFit {
    /// Chance that the event has not come by `time`.
    pub fn survival(&self, x: &[f64], time: f64) -> f64 {
        let rest = self.coefficients[1..].iter().zip(x).map(|(c, x)| c.value * x);
        let linear = self.coefficients[0].value + rest.sum::<f64>();
        let z = (time.ln() - linear) / self.scale;
        terms(self.law, z, false)[0].exp()
    }
}

/// Fits the law to `events` (any cause).
pub fn fit(events: &Events, law: Law) -> (Option<AftFit>, Vec<Problem>) {
    let (events, mut problems) = events.checked();
    if Problem::any_error(&problems) {
        return (None, problems);
    }
    if !events.entry.is_empty() || events.exit.contains(&0.0) {
        problems.push(Problem::error("forecast-aft-spans"));
        return (None, problems);
    }
    if events.cause.iter().all(|cause| *cause == 0) {
        problems.push(Problem::error("forecast-no-events").arg("count", events.len()));
        return (None, problems);
    }
    let without = Aft { events: &events, law, width: 0 }.climb();
    let with = Aft { events: &events, law, width: events.covariates.width() };
    let found = with.climb();
    if !found.converged {
        problems.push(Problem::warning("forecast-not-converged").arg("count", ITERATIONS_MAX));
    }
    (Some(with.told(found, without.value)), problems)
}

const ITERATIONS_MAX: usize = 100;

struct Aft<'a> {
    events: &'a Events,
    law: Law,
    width: usize,
}

struct Found {
    /// Intercept, coefficients, log σ.
    at: Vec<f64>,
    value: f64,
    information: Matrix,
    converged: bool,
}

impl Aft<'_> {
    fn climb(&self) -> Found {
        let logs: Vec<f64> = self.events.exit.iter().map(|time| time.ln()).collect();
        let mean = logs.iter().sum::<f64>() / logs.len() as f64;
        let mut at = vec![0.0; self.width + 2];
        at[0] = mean;
        let (mut value, mut slope, mut information) = self.likelihood(&at, &logs);
        for _ in 0..ITERATIONS_MAX {
            let step = Cholesky::new(&information).solve(&slope);
            let (mut part, mut gain) = (1.0, f64::NEG_INFINITY);
            for _ in 0..20 {
                let next: Vec<f64> = at.iter().zip(&step).map(|p| p.0 + part * p.1).collect();
                let there = self.likelihood(&next, &logs);
                gain = there.0 - value;
                if gain >= -1e-13 * value.abs() {
                    at = next;
                    (value, slope, information) = there;
                    break;
                }
                part *= 0.5;
            }
            if gain <= 1e-14 * value.abs() {
                return Found { at, value, information, converged: true };
            }
        }
        Found { at, value, information, converged: false }
    }

    /// Value, slope and information at intercept, coefficients and log σ.
    fn likelihood(&self, at: &[f64], logs: &[f64]) -> (f64, Vec<f64>, Matrix) {
        let size = self.width + 2;
        let fixed = self.law == Law::Exponential;
        let sigma = if fixed { 1.0 } else { at[size - 1].exp() };
        let (mut value, mut slope) = (0.0, vec![0.0; size]);
        let mut information = Matrix::zeros(size, size);
        let mut x = vec![1.0; size];
        for (row, log) in logs.iter().enumerate() {
            x[1..=self.width].copy_from_slice(&self.events.covariates.row(row)[..self.width]);
            let linear: f64 = at.iter().zip(&x[..size - 1]).map(|pair| pair.0 * pair.1).sum();
            let (z, weight) = ((log - linear) / sigma, self.events.weight(row));
            let happened = self.events.cause[row] != 0;
            let [g, first, second] = terms(self.law, z, happened);
            value += weight * if happened { g - sigma.ln() - log } else { g };
            // Along the linear predictor, and along log σ.
            let by_linear = -first / sigma;
            let by_scale = -z * first - f64::from(u8::from(happened));
            let cross = -(second * z + first) / sigma;
            let curve = [-second / (sigma * sigma), cross, -(z * first + z * z * second)];
            for a in 0..size - 1 {
                slope[a] += weight * by_linear * x[a];
                for b in 0..=a {
                    *information.at_mut(a, b) += weight * curve[0] * x[a] * x[b];
                }
                *information.at_mut(size - 1, a) += weight * curve[1] * x[a];
            }
            slope[size - 1] += weight * by_scale;
            *information.at_mut(size - 1, size - 1) += weight * curve[2];
        }
        if fixed {
            slope[size - 1] = 0.0;
            information.row_mut(size - 1).fill(0.0);
        }
        information.mirror_lower();
        (value, slope, information)
    }

    fn told(&self, found: Found, without: f64) -> AftFit {
        let size = self.width + 2;
        let inverse = Cholesky::new(&found.information).inverse();
        let kept = if self.law == Law::Exponential { size - 1 } else { size };
        let mut covariance = Matrix::zeros(kept, kept);
        for row in 0..kept {
            covariance.row_mut(row).copy_from_slice(&inverse.row(row)[..kept]);
        }
        let names = std::iter::once("(Intercept)")
            .chain(self.events.covariates.names().iter().map(String::as_str));
        let coefficient = |(index, name): (usize, &str)| {
            let (value, std_err) = (found.at[index], inverse.at(index, index).sqrt());
            let z = if std_err > 0.0 { value / std_err } else { 0.0 };
            let p = 2.0 * normal::cdf(-z.abs());
            Coefficient { name: name.to_owned(), value, std_err, z, p }
        };
        AftFit {
            coefficients: names.enumerate().map(coefficient).collect(),
            scale: if self.law == Law::Exponential { 1.0 } else { found.at[size - 1].exp() },
            log_likelihood: [without, found.value],
            covariance,
            converged: found.converged,
            law: self.law,
        }
    }
}

/// Logarithm of the density of ε (where the event came) or of its tail, with two derivatives.
fn terms(law: Law, z: f64, happened: bool) -> [f64; 3] {
    match (law, happened) {
        (Law::Weibull | Law::Exponential, true) => [z - z.exp(), 1.0 - z.exp(), -z.exp()],
        (Law::Weibull | Law::Exponential, false) => [-z.exp(); 3],
        (Law::LogNormal, true) => [normal::density(z).ln(), -z, -1.0],
        (Law::LogNormal, false) => {
            let tail = normal::cdf(-z);
            let ratio = normal::density(z) / tail;
            [tail.ln(), -ratio, ratio * (z - ratio)]
        }
        (Law::LogLogistic, _) => {
            let p = 1.0 / (1.0 + (-z).exp());
            let tail = -(z.max(0.0) + (-z.abs()).exp().ln_1p());
            match happened {
                true => [z + 2.0 * tail, 1.0 - 2.0 * p, -2.0 * p * (1.0 - p)],
                false => [tail, -p, -p * (1.0 - p)],
            }
        }
    }
}
