//! What a fitted hazard says of one project in one month, and why.

use serde::Serialize;

use super::newton::chance;
use super::{HazardFit, Solved};
use crate::forecast::dense::dot;
use crate::forecast::normal;

/// Reasons given with a probability.
const REASONS: usize = 3;

/// Why a probability is not the usual one: what a covariate or a group adds to the linear
/// predictor, against the mean of the rows the model learnt from.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Reason {
    /// A covariate's name, with what follows `=` cut off, or a factor's.
    pub covariate: String,
    /// The level of a factor; empty for covariates.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub level: String,
    /// On the scale of log odds; positive means sooner.
    pub contribution: f64,
}

/// The chance of the event in one month.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Hazard {
    pub p: f64,
    /// Interval of `p` from the error of the coefficients.
    pub lower: f64,
    pub upper: f64,
    /// The three that weigh most, the heaviest first.
    pub reasons: Vec<Reason>,
}

impl HazardFit {
    /// The hazard of one row: its covariates and its level of each factor; a level never seen
    /// counts as an average one, with the spread of all as its error.
    pub fn hazard(&self, x: &[f64], levels: &[u32]) -> Hazard {
        let all = self.contributions(x, levels);
        let linear = self.base() + all.iter().map(|reason| reason.contribution).sum::<f64>();
        let error = self.linear_std_err(x, levels);
        let z = normal::quantile(0.9);
        let at = |linear: f64| chance(self.link, linear);
        Hazard {
            p: at(linear),
            lower: at(linear - z * error),
            upper: at(linear + z * error),
            reasons: largest(all),
        }
    }

    /// The probability alone, for thousands of rows.
    pub fn p(&self, x: &[f64], levels: &[u32]) -> f64 {
        let plain: f64 = self.coefficients.iter().zip(x).map(|(c, x)| c.value * x).sum();
        chance(self.link, self.intercept + plain + self.of_groups(levels))
    }

    fn of_groups(&self, levels: &[u32]) -> f64 {
        let effects = self.groups.iter().zip(levels);
        effects.map(|(g, level)| g.effects.get(*level as usize).map_or(0.0, |e| e.value)).sum()
    }

    /// The linear predictor of a row whose covariates are all at their means.
    fn base(&self) -> f64 {
        self.intercept + self.coefficients.iter().map(|c| c.value * c.mean).sum::<f64>()
    }

    /// What every term adds. Indicators of one covariate (`waited=3`, `waited=6`) are one term.
    pub fn contributions(&self, x: &[f64], levels: &[u32]) -> Vec<Reason> {
        let mut all: Vec<Reason> = Vec::with_capacity(x.len() + levels.len());
        for (coefficient, x) in self.coefficients.iter().zip(x) {
            let name = coefficient.name.split('=').next().unwrap_or_default();
            let contribution = coefficient.value * (x - coefficient.mean);
            match all.iter_mut().find(|reason| reason.covariate == name) {
                Some(reason) => reason.contribution += contribution,
                None => all.push(Reason {
                    covariate: name.to_owned(),
                    level: String::new(),
                    contribution,
                }),
            }
        }
        for (group, level) in self.groups.iter().zip(levels) {
            if let Some(effect) = group.effects.get(*level as usize) {
                all.push(Reason {
                    covariate: group.name.clone(),
                    level: effect.level.clone(),
                    contribution: effect.value,
                });
            }
        }
        all
    }

    /// Standard error of the linear predictor.
    pub fn linear_std_err(&self, x: &[f64], levels: &[u32]) -> f64 {
        let Solved { core, last, cross, last_factor, core_begins, deviation, means } = &self.solved;
        let mut row = vec![0.0; core.dropped.len()];
        row[0] = 1.0;
        for (index, (x, (mean, deviation))) in x.iter().zip(means.iter().zip(deviation)).enumerate()
        {
            row[index + 1] = (x - mean) / deviation;
        }
        let (mut own, mut level_of_last) = (0.0, None);
        for (factor, level) in levels.iter().enumerate().take(self.groups.len()) {
            let (group, level) = (&self.groups[factor], *level as usize);
            match level < group.effects.len() {
                false => own += group.spread * group.spread,
                true if Some(factor) == *last_factor => level_of_last = Some(level),
                true => row[core_begins[factor] + level] = 1.0,
            }
        }
        if let Some(level) = level_of_last {
            own += 1.0 / last[level];
            let tied = row.iter_mut().zip(cross.row(level));
            tied.for_each(|pair| *pair.0 -= pair.1 / last[level]);
        }
        let half = core.solve_lower(&row);
        (own + dot(&half, &half)).sqrt()
    }
}

fn largest(mut all: Vec<Reason>) -> Vec<Reason> {
    all.retain(|reason| reason.contribution != 0.0);
    all.sort_by(|a, b| b.contribution.abs().total_cmp(&a.contribution.abs()));
    all.truncate(REASONS);
    all
}
