//! Scores of a backtest by method and horizon.

use std::collections::BTreeMap;

use serde::Serialize;

use super::run::{Forecast, Method, Run};
use crate::forecast::scores::{self, Bin};

/// Steps of the reliability diagram.
pub const BINS: usize = 5;
/// From so many cases on the calibration error says something.
pub const CASES_MIN: usize = 200;

/// How well one method did, over one horizon or all.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Line {
    pub method: Method,
    /// Months ahead; `None` for all together.
    pub horizon: Option<i32>,
    pub cases: usize,
    /// Share of promises kept.
    pub held: f64,
    pub brier: f64,
    pub log: f64,
    /// In days.
    pub crps: f64,
    pub calibration_error: f64,
    pub miscalibration: f64,
    pub discrimination: f64,
    /// Share of slips within the 80% interval.
    pub covered: f64,
    pub bins: Vec<Bin>,
}

/// How much better the model was than another method; more than two errors are no chance.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Gain {
    pub over: Method,
    pub horizon: Option<i32>,
    pub brier: f64,
    /// Standard error, projects drawn as a whole.
    pub brier_error: f64,
    pub crps: f64,
    pub crps_error: f64,
}

/// The scores of a backtest.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Summary {
    pub lines: Vec<Line>,
    pub gains: Vec<Gain>,
    pub lost: usize,
    pub cutoffs: Vec<String>,
}

/// Scores all forecasts of a run.
pub fn summarise(run: &Run) -> Summary {
    let mut horizons: Vec<Option<i32>> =
        run.forecasts.iter().map(|one| Some(one.horizon)).collect();
    horizons.sort_unstable();
    horizons.dedup();
    if horizons.len() > 1 {
        horizons.push(None);
    }
    let mut summary = Summary { lost: run.lost, ..Summary::default() };
    summary.cutoffs =
        run.cutoffs.iter().map(|day| super::day::of_number(*day).to_string()).collect();
    for horizon in horizons {
        let of = |method: Method| -> Vec<&Forecast> {
            let mine = |one: &&Forecast| {
                one.method == method && horizon.is_none_or(|horizon| one.horizon == horizon)
            };
            run.forecasts.iter().filter(mine).collect()
        };
        let model = of(Method::Model);
        for method in Method::ALL {
            let other = of(method);
            summary.lines.push(line(method, horizon, &other));
            if method != Method::Model {
                summary.gains.push(gain(method, horizon, &model, &other));
            }
        }
    }
    summary
}

fn line(method: Method, horizon: Option<i32>, of: &[&Forecast]) -> Line {
    let p: Vec<f64> = of.iter().map(|one| one.p).collect();
    let held: Vec<bool> = of.iter().map(|one| one.held).collect();
    let bins = scores::reliability(&p, &held, BINS);
    let corp = scores::corp(&p, &held);
    let share = |fits: &dyn Fn(&Forecast) -> bool| {
        of.iter().filter(|one| fits(one)).count() as f64 / of.len().max(1) as f64
    };
    let inside = |one: &Forecast| (one.low..=one.high).contains(&f64::from(one.slip));
    Line {
        method,
        horizon,
        cases: of.len(),
        held: share(&|one| one.held),
        brier: scores::brier(&p, &held),
        log: scores::log(&p, &held),
        crps: of.iter().map(|one| one.crps).sum::<f64>() / of.len().max(1) as f64,
        calibration_error: scores::calibration_error(&bins),
        miscalibration: corp.miscalibration,
        discrimination: corp.discrimination,
        covered: share(&inside),
        bins,
    }
}

fn gain(over: Method, horizon: Option<i32>, model: &[&Forecast], other: &[&Forecast]) -> Gain {
    let square = |one: &Forecast| (one.p - f64::from(u8::from(one.held))).powi(2);
    let (brier, brier_error) = better(model, other, &square);
    let (crps, crps_error) = better(model, other, &|one| one.crps);
    Gain { over, horizon, brier, brier_error, crps, crps_error }
}

/// Mean difference, and its standard error with each project's cases as one.
fn better(model: &[&Forecast], other: &[&Forecast], loss: &dyn Fn(&Forecast) -> f64) -> (f64, f64) {
    let n = model.len().max(1) as f64;
    let each = || model.iter().zip(other).map(|(model, other)| loss(other) - loss(model));
    let mean = each().sum::<f64>() / n;
    let mut by_project: BTreeMap<&str, f64> = BTreeMap::new();
    for (gain, one) in each().zip(model) {
        *by_project.entry(&one.project).or_default() += gain - mean;
    }
    (mean, by_project.values().map(|sum| sum * sum).sum::<f64>().sqrt() / n)
}
