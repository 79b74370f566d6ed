//! Fitting: penalties, how much groups differ, and what the fit says of itself.

use tici_domain::Problem;

use super::newton::{Equations, Found, Layout, Penalty, climb, equations, linear_at};
use super::{
    GroupEffect, GroupFit, HazardCoefficient, HazardFit, HazardOptions, HazardRows, Solved, Spread,
};
use crate::forecast::dense::{Cholesky, dot};

/// Rounds in which the spread of groups is learnt.
const ROUNDS_MAX: usize = 40;

/// Where the spread of a factor's levels is drawn to, and with the weight of how many levels.
const SPREAD_EXPECTED: f64 = 0.5;
const SPREAD_WEIGHT: f64 = 1.0;

/// Spreads that change by less than this share have been learnt: they are not known better.
const SETTLED: f64 = 1e-2;

const SPREAD_MIN: f64 = 1e-3;
const SPREAD_MAX: f64 = 3.0;

/// A coefficient of a standard deviation this large means that there is no end to it.
const COEFFICIENT_MAX: f64 = 12.0;

/// What holds a coefficient where the likelihood does not.
const RESCUE_RIDGE: f64 = 1.0;

/// Fits the model; none where there is nothing to learn from, and the problems say why.
pub fn fit(rows: &HazardRows, options: &HazardOptions) -> (Option<HazardFit>, Vec<Problem>) {
    let mut problems = checked(rows);
    if Problem::any_error(&problems) {
        return (None, problems);
    }
    let (means, deviation) = scale(rows, options.scale);
    let layout = Layout::new(rows, &means, &deviation);
    let mut fitting = Fitting { layout: &layout, options, ridge: options.ridge };
    let (mut found, mut spreads) = fitting.run();
    let separated = fitting.separated(&found, &means);
    if !separated.is_empty() {
        for index in &separated {
            let name = &rows.covariates.names()[*index];
            problems.push(Problem::warning("forecast-separation").arg("covariate", name));
        }
        if fitting.ridge < RESCUE_RIDGE && options.log_f.is_none() {
            fitting.ridge = RESCUE_RIDGE;
            (found, spreads) = fitting.run();
        }
    }
    if !found.converged {
        problems.push(Problem::warning("forecast-not-converged").arg("count", found.iterations));
    }
    let fit = fitting.told(found, &spreads, (means, deviation), &separated, &mut problems);
    (Some(fit), problems)
}

fn checked(rows: &HazardRows) -> Vec<Problem> {
    let (count, width) = (rows.len(), rows.covariates.width());
    let differ = (width > 0 && rows.covariates.values().len() != count * width)
        || (!rows.trials.is_empty() && rows.trials.len() != count)
        || rows.factors.iter().any(|factor| factor.of_row.len() != count);
    if differ {
        return vec![Problem::error("forecast-columns-differ")];
    }
    if count == 0 {
        return vec![Problem::error("forecast-no-rows")];
    }
    let wrong = |row: &usize| {
        let (happened, trials) = (rows.happened[*row], rows.trials(*row));
        let is_share = (0.0..=trials).contains(&happened) && trials.is_finite();
        !is_share || rows.covariates.row(*row).iter().any(|value| !value.is_finite())
    };
    let mut found = (0..count).filter(wrong);
    if let Some(first) = found.next() {
        let problem = Problem::error("forecast-row-unusable").arg("row", first + 1);
        return vec![problem.arg("count", 1 + found.count())];
    }
    let events: f64 = rows.happened.iter().sum();
    let trials: f64 = (0..count).map(|row| rows.trials(row)).sum();
    if events == 0.0 {
        return vec![Problem::error("forecast-no-events").arg("count", count)];
    }
    if events == trials {
        return vec![Problem::error("forecast-only-events").arg("count", count)];
    }
    Vec::new()
}

/// Mean and deviation of each covariate; both neutral where nothing is to be scaled.
fn scale(rows: &HazardRows, scaled: bool) -> (Vec<f64>, Vec<f64>) {
    let width = rows.covariates.width();
    let count = rows.len() as f64;
    let (mut mean, mut squares) = (vec![0.0; width], vec![0.0; width]);
    for row in rows.covariates.values().chunks_exact(width.max(1)) {
        mean.iter_mut().zip(row).for_each(|pair| *pair.0 += pair.1 / count);
    }
    if !scaled {
        return (mean, vec![1.0; width]);
    }
    for row in rows.covariates.values().chunks_exact(width.max(1)) {
        for ((sum, value), mean) in squares.iter_mut().zip(row).zip(&mean) {
            *sum += (value - mean).powi(2) / count;
        }
    }
    let deviation = squares.iter().zip(&mean).map(|(square, mean)| {
        let deviation = square.sqrt();
        if deviation > 1e-12 * mean.abs().max(1e-300) { deviation } else { 1.0 }
    });
    let deviation = deviation.collect();
    (mean, deviation)
}

struct Fitting<'a> {
    layout: &'a Layout<'a>,
    options: &'a HazardOptions,
    ridge: f64,
}

impl Fitting<'_> {
    /// The maximum, and the spread of each factor, learnt in turns.
    fn run(&self) -> (Found, Vec<f64>) {
        let factors = &self.layout.rows.factors;
        let given = |index: usize| self.options.spread.get(index).copied().unwrap_or_default();
        let mut spreads: Vec<f64> = (0..factors.len())
            .map(|index| match given(index) {
                Spread::Given(spread) => spread.clamp(SPREAD_MIN, f64::MAX),
                Spread::Learnt => SPREAD_EXPECTED,
            })
            .collect();
        let mut found = self.climb(&spreads, self.start());
        let learning: Vec<usize> =
            (0..factors.len()).filter(|index| given(*index) == Spread::Learnt).collect();
        for _ in 0..if learning.is_empty() { 0 } else { ROUNDS_MAX } {
            let variances = self.variances(&found, &spreads);
            let mut change: f64 = 0.0;
            for factor in &learning {
                let next = self.spread(*factor, &found.beta, &variances, spreads[*factor]);
                change = change.max((next / spreads[*factor]).ln().abs());
                spreads[*factor] = next;
            }
            let iterations = found.iterations;
            found = self.climb(&spreads, found.beta);
            found.iterations += iterations;
            if change < SETTLED {
                break;
            }
        }
        (found, spreads)
    }

    fn climb(&self, spreads: &[f64], beta: Vec<f64>) -> Found {
        climb(self.layout, self.options.link, &self.penalty(spreads), beta)
    }

    /// No covariates and the mean rate.
    fn start(&self) -> Vec<f64> {
        let rows = self.layout.rows;
        let events: f64 = rows.happened.iter().sum();
        let trials: f64 = (0..rows.len()).map(|row| rows.trials(row)).sum();
        let mut beta = vec![0.0; self.layout.size];
        beta[0] = (events / (trials - events)).ln();
        beta
    }

    fn penalty(&self, spreads: &[f64]) -> Penalty {
        let mut ridge = vec![self.ridge; self.layout.plain];
        ridge[0] = 0.0;
        ridge.resize(self.layout.size, 0.0);
        let factors = self.layout.rows.factors.iter().zip(&self.layout.begins);
        for ((factor, begin), spread) in factors.zip(spreads) {
            ridge[*begin..begin + factor.levels.len()].fill(1.0 / (spread * spread));
        }
        Penalty { ridge, log_f: self.options.log_f, plain: self.layout.plain }
    }

    fn equations(&self, found: &Found, spreads: &[f64]) -> Equations {
        let linear = linear_at(self.layout, &found.beta);
        let penalty = self.penalty(spreads);
        equations(self.layout, self.options.link, &penalty, &found.beta, &linear)
    }

    /// The variance of every parameter.
    fn variances(&self, found: &Found, spreads: &[f64]) -> Vec<f64> {
        let equations = self.equations(found, spreads);
        variances(&equations, &equations.eliminated())
    }

    /// The spread under which the effects are as large as they are (Fellner and Schall), drawn
    /// towards what is usual by the weight of one level.
    fn spread(&self, factor: usize, beta: &[f64], variances: &[f64], spread: f64) -> f64 {
        let begin = self.layout.begins[factor];
        let levels = self.layout.rows.factors[factor].levels.len();
        let squares: f64 = beta[begin..begin + levels].iter().map(|value| value * value).sum();
        let unknown: f64 = variances[begin..begin + levels].iter().sum();
        let expected = SPREAD_WEIGHT * SPREAD_EXPECTED * SPREAD_EXPECTED;
        let known = (levels as f64 - unknown / (spread * spread)).max(0.0);
        ((squares + expected) / (known + SPREAD_WEIGHT)).sqrt().clamp(SPREAD_MIN, SPREAD_MAX)
    }

    fn separated(&self, found: &Found, means: &[f64]) -> Vec<usize> {
        if self.ridge >= RESCUE_RIDGE || self.options.log_f.is_some() {
            return Vec::new();
        }
        let beta = &found.beta[1..];
        (0..means.len()).filter(|index| beta[*index].abs() > COEFFICIENT_MAX).collect()
    }

    /// The fit in units of the covariates as given.
    fn told(
        &self,
        found: Found,
        spreads: &[f64],
        (means, deviation): (Vec<f64>, Vec<f64>),
        separated: &[usize],
        problems: &mut Vec<Problem>,
    ) -> HazardFit {
        let rows = self.layout.rows;
        let names = rows.covariates.names();
        let equations = self.equations(&found, spreads);
        let core = equations.eliminated();
        let variances = variances(&equations, &core);
        let coefficient = |(index, name): (usize, &String)| {
            let std_err = variances[index + 1].sqrt() / deviation[index];
            let value = found.beta[index + 1] / deviation[index];
            HazardCoefficient { name: name.clone(), value, std_err, mean: means[index] }
        };
        let coefficients: Vec<_> = names.iter().enumerate().map(coefficient).collect();
        for (index, _) in core.dropped[1..self.layout.plain].iter().enumerate().filter(|d| *d.1) {
            let problem = Problem::warning("forecast-covariate-explained");
            problems.push(problem.arg("covariate", &names[index]));
        }
        let shift: f64 = coefficients.iter().map(|c| c.value * c.mean).sum();
        let mut at_zero = vec![0.0; self.layout.core];
        at_zero[0] = 1.0;
        for (index, (mean, deviation)) in means.iter().zip(&deviation).enumerate() {
            at_zero[index + 1] = -mean / deviation;
        }
        HazardFit {
            rows: rows.len(),
            events: rows.happened.iter().sum(),
            intercept: found.beta[0] - shift,
            intercept_std_err: dot(&at_zero, &core.solve(&at_zero)).sqrt(),
            coefficients,
            groups: self.groups(&found.beta, spreads, &variances),
            deviance: -2.0 * found.log_likelihood,
            iterations: found.iterations,
            converged: found.converged,
            separated: separated.iter().map(|index| names[*index].clone()).collect(),
            link: self.options.link,
            solved: Solved {
                core,
                last: equations.last,
                cross: equations.cross,
                last_factor: self.layout.last,
                core_begins: self.layout.begins.clone(),
                deviation,
                means,
            },
        }
    }

    fn groups(&self, beta: &[f64], spreads: &[f64], variances: &[f64]) -> Vec<GroupFit> {
        let rows = self.layout.rows;
        let each = rows.factors.iter().zip(&self.layout.begins).zip(spreads);
        each.map(|((factor, begin), spread)| {
            let mut effects: Vec<GroupEffect> = factor
                .levels
                .iter()
                .enumerate()
                .map(|(level, name)| GroupEffect {
                    level: name.clone(),
                    value: beta[begin + level],
                    std_err: variances[begin + level].sqrt(),
                    rows: 0,
                    events: 0.0,
                })
                .collect();
            for (level, happened) in factor.of_row.iter().zip(&rows.happened) {
                if let Some(effect) = effects.get_mut(*level as usize) {
                    effect.rows += 1;
                    effect.events += happened;
                }
            }
            GroupFit { name: factor.name.clone(), spread: *spread, effects }
        })
        .collect()
    }
}

fn variances(equations: &Equations, core: &Cholesky) -> Vec<f64> {
    let mut variances = core.inverse_diagonal();
    for (level, curvature) in equations.last.iter().enumerate() {
        let half = core.solve_lower(equations.cross.row(level));
        variances.push(1.0 / curvature + dot(&half, &half) / (curvature * curvature));
    }
    variances
}
