//! The baseline hazard, and what the model says of one project.

use serde::Serialize;

use super::order::Order;
use super::sweep::{Moment, relative_hazards, sweep};
use super::{CoxFit, Ties};
use crate::forecast::dense::dot;
use crate::forecast::events::Events;

/// The hazard of a row with all covariates 0, added up to one time.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct BaselineStep {
    pub time: f64,
    pub hazard: f64,
    /// Variance of `hazard` were the coefficients known.
    #[serde(skip)]
    variance: f64,
    /// Σ x̄ dΛ: what errs with the coefficients.
    #[serde(skip)]
    mean: Vec<f64>,
}

/// The baseline of one stratum, at every time at which one of its rows ends.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Baseline {
    pub stratum: u32,
    pub steps: Vec<BaselineStep>,
}

/// Chance that the event has not come by a time, and its standard error.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Survival {
    pub survival: f64,
    pub std_err: f64,
}

impl CoxFit {
    /// The baseline hazard of each stratum of the rows the model was fitted to.
    pub fn baseline(&self, events: &Events) -> Vec<Baseline> {
        self.baseline_with(events, self.options.ties)
    }

    /// The same with another treatment of ties.
    pub fn baseline_with(&self, events: &Events, ties: Ties) -> Vec<Baseline> {
        let (events, _) = events.checked();
        let order = Order::new(&events, self.options.cause);
        let pairs = self.coefficients.iter().zip(&order.scale.deviation);
        let beta: Vec<f64> = pairs.map(|(c, deviation)| c.value * deviation).collect();
        let (linear, hazard, shift) = relative_hazards(&order, &beta);
        // Sums are of exp(scaled·β − shift), the baseline of exp(x·β) at x = 0.
        let factor = (-shift - dot(&self.means, &self.beta())).exp();
        let mut jumps: Vec<(u32, BaselineStep)> = Vec::new();
        sweep(&order, ties, (&linear, &hazard), false, |moment: &Moment| {
            jumps.push((moment.stratum, self.jump(&order, moment, factor)));
        });
        let blocks = order.blocks.iter().map(|block| {
            let times = block.tied.iter().rev().map(|tied| tied.time);
            let mine = jumps.iter().rev().filter(|jump| jump.0 == block.stratum);
            Baseline { stratum: block.stratum, steps: added_up(times, mine.map(|jump| &jump.1)) }
        });
        blocks.collect()
    }

    fn jump(&self, order: &Order, moment: &Moment, factor: f64) -> BaselineStep {
        let mut jump = BaselineStep {
            time: moment.time,
            hazard: 0.0,
            variance: 0.0,
            mean: vec![0.0; self.coefficients.len()],
        };
        for (weight, left) in moment.turns() {
            let zero = moment.at_risk.zero - left * moment.dying.zero;
            let hazard = weight * factor / zero;
            jump.hazard += hazard;
            jump.variance += hazard * factor / zero;
            let ones = moment.at_risk.one.iter().zip(&moment.dying.one);
            let scale = order.scale.deviation.iter().zip(&order.scale.mean);
            for (sum, ((one, dying), (deviation, mean))) in
                jump.mean.iter_mut().zip(ones.zip(scale))
            {
                let scaled = (one - left * dying) / zero;
                *sum += hazard * (scaled * deviation + mean);
            }
        }
        jump
    }

    /// Survival of a row with covariates `x` at `time`, with the error of both baseline and
    /// coefficients.
    pub fn survival(&self, baseline: &Baseline, x: &[f64], time: f64) -> Survival {
        let after = baseline.steps.partition_point(|step| step.time <= time);
        let Some(step) = after.checked_sub(1).map(|index| &baseline.steps[index]) else {
            return Survival { survival: 1.0, std_err: 0.0 };
        };
        let factor = self.linear(x).exp();
        let survival = (-step.hazard * factor).exp();
        let pairs = step.mean.iter().zip(x);
        let errs: Vec<f64> = pairs.map(|(mean, x)| x * step.hazard - mean).collect();
        let of_beta = dot(&errs, &self.covariance.times_vector(&errs));
        let std_err = survival * factor * (step.variance + of_beta).max(0.0).sqrt();
        Survival { survival, std_err }
    }
}

fn added_up<'a>(
    times: impl Iterator<Item = f64>,
    jumps: impl Iterator<Item = &'a BaselineStep>,
) -> Vec<BaselineStep> {
    let mut jumps = jumps.peekable();
    let mut sum: Option<BaselineStep> = None;
    let mut steps = Vec::new();
    for time in times {
        while let Some(jump) = jumps.next_if(|jump| jump.time <= time) {
            sum = Some(match sum {
                None => jump.clone(),
                Some(before) => BaselineStep {
                    time,
                    hazard: before.hazard + jump.hazard,
                    variance: before.variance + jump.variance,
                    mean: before.mean.iter().zip(&jump.mean).map(|pair| pair.0 + pair.1).collect(),
                },
            });
        }
        let none = || BaselineStep { time, hazard: 0.0, variance: 0.0, mean: Vec::new() };
        let step = sum.clone().unwrap_or_else(none);
        steps.push(BaselineStep { time, ..step });
    }
    steps
}
