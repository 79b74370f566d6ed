//! Runs every method at every cutoff, on what was known then, and looks at what came of it.

use rayon::prelude::*;
use serde::Serialize;
use tici_domain::Problem;

use super::baseline::{self, ByClass};
use super::history::History;
use super::model::{Fitting, Model};
use super::pairs::{self, Pair};
use super::slips::Slips;

/// A way to forecast.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Method {
    Model,
    Plan,
    BaseRate,
    LastSlip,
    KaplanMeier,
}

impl Method {
    pub const ALL: [Method; 5] =
        [Method::Model, Method::Plan, Method::BaseRate, Method::LastSlip, Method::KaplanMeier];

    /// Its name in files.
    pub fn code(self) -> &'static str {
        match self {
            Method::Model => "model",
            Method::Plan => "plan",
            Method::BaseRate => "base_rate",
            Method::LastSlip => "last_slip",
            Method::KaplanMeier => "kaplan_meier",
        }
    }
}

/// What is asked of a backtest.
#[derive(Clone, Debug, PartialEq)]
pub struct Settings {
    /// Days of the cutoffs; empty for every report date with a past to learn from.
    pub cutoffs: Vec<i32>,
    /// Months ahead.
    pub horizons: Vec<i32>,
    pub fitting: Fitting,
    /// Pairs of reports that must lie before a cutoff.
    pub past_min: usize,
}

impl Default for Settings {
    fn default() -> Settings {
        Settings {
            cutoffs: Vec::new(),
            horizons: vec![6, 12, 24],
            fitting: Fitting { ridge: 2.0, tolerance: 30 },
            past_min: 30,
        }
    }
}

/// One forecast with what came of it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Forecast {
    pub method: Method,
    pub project: String,
    /// Day it was made on, since 1970.
    pub cutoff: i32,
    /// Months ahead.
    pub horizon: i32,
    /// Probability that the promised day is kept, within the tolerance.
    pub p: f64,
    /// Days of slip: the middle, and the ends of an 80% interval.
    pub median: f64,
    pub low: f64,
    pub high: f64,
    /// Days of slip that came.
    pub slip: i32,
    pub held: bool,
    /// In days.
    pub crps: f64,
    /// What weighed most, strongest first (model only).
    pub reasons: Vec<(&'static str, f64)>,
}

/// All forecasts of a backtest.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Run {
    pub forecasts: Vec<Forecast>,
    /// Forecasts that could not be judged, because the project left the list with its day
    /// still ahead, or gave none.
    pub lost: usize,
    /// Cutoffs that were forecast from.
    pub cutoffs: Vec<i32>,
}

/// A forecast before its outcome is looked at.
pub struct Made {
    pub project: usize,
    pub slips: Slips,
    pub reasons: Vec<(&'static str, f64)>,
}

/// Days in so many months.
pub fn days(months: i32) -> i32 {
    (f64::from(months) * 365.25 / 12.0).round() as i32
}

/// Runs the backtest. A cutoff without enough past, or without a later report to be judged
/// by, is a problem when it was asked for by name.
pub fn run(history: &History, settings: &Settings) -> (Run, Vec<Problem>) {
    let mut run = Run::default();
    let mut problems = Vec::new();
    let named = !settings.cutoffs.is_empty();
    let cutoffs = if named { &settings.cutoffs } else { &history.dates };
    for &cutoff in cutoffs {
        let before = run.forecasts.len();
        at_cutoff(history, cutoff, settings, &mut run);
        if run.forecasts.len() > before {
            run.cutoffs.push(cutoff);
        } else if named {
            let day = super::day::of_number(cutoff);
            problems.push(Problem::warning("forecast-backtest-cutoff-empty").arg("day", day));
        }
    }
    if run.forecasts.is_empty() {
        problems.push(Problem::error("forecast-backtest-nothing"));
    }
    (run, problems)
}

fn at_cutoff(history: &History, cutoff: i32, settings: &Settings, run: &mut Run) {
    let horizons: Vec<(i32, i32)> = settings
        .horizons
        .iter()
        .filter_map(|months| Some((*months, pairs::target(history, cutoff, days(*months))?)))
        .collect();
    if horizons.is_empty() {
        return;
    }
    let known = history.known_at(cutoff);
    let past = Past::of(&known, settings);
    if past.pairs.len() < settings.past_min {
        return;
    }
    let places = places(&known, history);
    for (months, target) in horizons {
        for method in Method::ALL {
            for made in past.forecast(&known, method, days(months)) {
                let promised =
                    known.projects[made.project].reports.last().and_then(|last| last.end);
                let then = history.projects[places[made.project]].end_on(target);
                let (Some(promised), Some(then)) = (promised, then) else {
                    run.lost += usize::from(method == Method::Model);
                    continue;
                };
                let project = &known.projects[made.project].id;
                let judged = judge(made, then - promised, settings.fitting.tolerance);
                let project = project.clone();
                run.forecasts.push(Forecast { method, project, cutoff, horizon: months, ..judged });
            }
        }
    }
}

/// Where each project of `known` is in the whole history; both are in the same order.
fn places(known: &History, history: &History) -> Vec<usize> {
    let mut at = 0;
    let mut find = |id: &str| {
        while history.projects[at].id != id {
            at += 1;
        }
        at
    };
    known.projects.iter().map(|project| find(&project.id)).collect()
}

fn judge(made: Made, slip: i32, tolerance: i32) -> Forecast {
    Forecast {
        method: Method::Model,
        project: String::new(),
        cutoff: 0,
        horizon: 0,
        p: made.slips.at_most(f64::from(tolerance)),
        median: made.slips.quantile(0.5),
        low: made.slips.quantile(0.1),
        high: made.slips.quantile(0.9),
        slip,
        held: slip <= tolerance,
        crps: made.slips.crps(f64::from(slip)),
        reasons: made.reasons,
    }
}

/// All that methods have learned from what was known at a cutoff.
pub struct Past {
    pub pairs: Vec<Pair>,
    model: Option<Model>,
    /// How far the model is trusted over the base rate.
    trust: f64,
    by_class: ByClass,
    cutoff: i32,
}

/// Earlier report dates that are lived through again to learn how far to trust the model.
const REPLAYS_MAX: usize = 4;
/// Trust without any evidence, and how many forecasts' evidence that is worth.
const TRUST: f64 = 0.5;
const TRUST_WORTH: f64 = 50.0;

impl Past {
    /// Learns from `known` alone, and from how well the same would have forecast earlier.
    pub fn of(known: &History, settings: &Settings) -> Past {
        let mut past = Past::without_replays(known, settings);
        if past.model.is_some() {
            past.trust = trust(known, settings);
        }
        past
    }

    fn without_replays(known: &History, settings: &Settings) -> Past {
        let longest = settings.horizons.iter().copied().max().unwrap_or(12);
        let pairs = pairs::all(known, days(longest) * 3 / 2);
        let model = (pairs.len() >= settings.past_min)
            .then(|| Model::fit(known, &pairs, settings.fitting))
            .flatten();
        let by_class = ByClass::of(known, settings.fitting.tolerance);
        let cutoff = known.dates.last().copied().unwrap_or_default();
        Past { pairs, model, trust: 1.0, by_class, cutoff }
    }

    /// Forecasts `gap` days ahead for every project that names a day in the last report.
    pub fn forecast(&self, known: &History, method: Method, gap: i32) -> Vec<Made> {
        let base = baseline::base_rate(&self.pairs, gap);
        let one = |project: usize| {
            let reports = &known.projects[project].reports;
            let at = reports.len() - 1;
            let now = &reports[at];
            now.end.filter(|_| now.on == self.cutoff)?;
            let slips = match method {
                Method::Plan => baseline::plan(),
                Method::BaseRate => base.clone(),
                Method::LastSlip => baseline::last_slip(known, project, at, gap),
                Method::KaplanMeier => {
                    let class = now.class.first().copied();
                    self.by_class.forecast(known, &self.pairs, class, gap)
                }
                Method::Model => {
                    let own = self.model.as_ref()?.forecast(known, project, at, gap);
                    own.pooled(self.trust, &base)
                }
            };
            let reasons = match (method, &self.model) {
                (Method::Model, Some(model)) => model.reasons(known, project, at, gap),
                _ => Vec::new(),
            };
            Some(Made { project, slips, reasons })
        };
        (0..known.projects.len()).into_par_iter().filter_map(one).collect()
    }
}

/// The share of the model in a pool with the base rate that would have had the least Brier
/// score at earlier report dates, judged by what is known by now; drawn towards [`TRUST`].
fn trust(known: &History, settings: &Settings) -> f64 {
    let earlier = known.dates.iter().rev().skip(1).take(REPLAYS_MAX);
    let seen: Vec<(f64, f64)> = earlier.flat_map(|date| replay(known, *date, settings)).collect();
    let size: f64 = seen.iter().map(|(apart, _)| apart * apart).sum();
    let pull: f64 = seen.iter().map(|(apart, miss)| apart * miss).sum();
    // Forecasts that are a tenth apart count as one.
    let worth = TRUST_WORTH * 0.01;
    ((pull + TRUST * worth) / (size + worth)).clamp(0.0, 1.0)
}

/// For each forecast of an earlier date that can be judged now: how far the model was from
/// the base rate, and how far the outcome was.
fn replay(known: &History, date: i32, settings: &Settings) -> Vec<(f64, f64)> {
    let then = known.known_at(date);
    let past = Past::without_replays(&then, settings);
    if past.model.is_none() {
        return Vec::new();
    }
    let places = places(&then, known);
    let tolerance = settings.fitting.tolerance;
    let mut found = Vec::new();
    for months in &settings.horizons {
        let Some(target) = pairs::target(known, date, days(*months)) else { continue };
        let base = past.forecast(&then, Method::BaseRate, days(*months));
        let own = past.forecast(&then, Method::Model, days(*months));
        for (own, base) in own.iter().zip(&base) {
            let promised = then.projects[own.project].reports.last().and_then(|last| last.end);
            let later = known.projects[places[own.project]].end_on(target);
            let (Some(promised), Some(later)) = (promised, later) else { continue };
            let held = f64::from(u8::from(later - promised <= tolerance));
            let at = |made: &Made| made.slips.at_most(f64::from(tolerance));
            found.push((at(own) - at(base), held - at(base)));
        }
    }
    found
}
