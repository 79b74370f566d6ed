//! Cox's proportional hazards: which covariates make the event come sooner.
//!
//! λ(t | x) = λ₀(t) exp(xβ), β from the partial likelihood with Efron's treatment of ties
//! (Breslow's on request), strata with a baseline each, late entry by risk sets, and a ridge
//! penalty. Where a covariate parts the events from the rest, the likelihood has no maximum:
//! that is reported, and a mild ridge holds the coefficient.

mod baseline;
mod concordance;
mod fit;
mod order;
mod proportional;
mod sweep;

use serde::Serialize;

pub use baseline::{Baseline, BaselineStep, Survival};
pub use concordance::{Concordance, concordance};
pub use fit::fit;
pub use proportional::{ProportionalTest, proportional};

use super::dense::Matrix;

/// How events at one time share their risk set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Ties {
    #[default]
    Efron,
    Breslow,
}

impl Ties {
    pub fn parse(code: &str) -> Option<Ties> {
        match code {
            "efron" => Some(Ties::Efron),
            "breslow" => Some(Ties::Breslow),
            _ => None,
        }
    }
}

/// A penalty of half the strength times the sum of squared coefficients.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum Ridge {
    #[default]
    None,
    /// On coefficients of the covariates as given.
    Raw(f64),
    /// On coefficients of covariates divided by their standard deviation.
    Scaled(f64),
}

#[derive(Clone, Debug, Default)]
pub struct CoxOptions {
    pub ties: Ties,
    /// The cause that counts as the event; any by default.
    pub cause: Option<u32>,
    pub ridge: Ridge,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Coefficient {
    pub name: String,
    pub value: f64,
    /// 0 for a coefficient that the data say nothing about.
    pub std_err: f64,
    pub z: f64,
    pub p: f64,
}

/// A fitted model.
#[derive(Clone, Debug, Serialize)]
pub struct CoxFit {
    pub rows: usize,
    pub events: usize,
    pub coefficients: Vec<Coefficient>,
    /// Of the coefficients, in their order.
    #[serde(skip)]
    pub covariance: Matrix,
    /// Without covariates and with them; the penalty is not in it.
    pub log_likelihood: [f64; 2],
    /// What the ridge takes off the likelihood.
    pub penalty: f64,
    /// Score test of all coefficients being 0.
    pub score: f64,
    pub iterations: usize,
    pub converged: bool,
    /// Covariates that part the events from the rest; the fit is then penalised.
    pub separated: Vec<String>,
    /// Means of the covariates, at which [`CoxFit::baseline`] may be read.
    pub means: Vec<f64>,
    #[serde(skip)]
    pub(super) options: CoxOptions,
}

impl CoxFit {
    pub fn beta(&self) -> Vec<f64> {
        self.coefficients.iter().map(|coefficient| coefficient.value).collect()
    }

    /// xβ of one row of covariates; only differences between rows mean anything.
    pub fn linear(&self, x: &[f64]) -> f64 {
        self.coefficients.iter().zip(x).map(|(c, x)| c.value * x).sum()
    }
}
