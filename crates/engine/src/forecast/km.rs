//! Kaplan–Meier: the share that has not happened yet, with intervals.
//!
//! S(t) = Π (1 − d/n) over event times, Greenwood's variance, risk sets that respect late
//! entry. The hazard beside it is Nelson–Aalen's Σ d/n, and the one that breaks ties,
//! Σ 1/n + 1/(n−1) + … (Fleming–Harrington).
//!
//! # Example
//!
//! | months | started | at risk | S |
//! |--:|--:|--:|--:|
//! | 2 | 1 | 4 | 0.75 |
//! | 3 | 0 | 3 | 0.75 |
//! | 5 | 1 | 2 | 0.375 |
//! | 8 | 0 | 1 | 0.375 |
//!
//! Half have started after 5 months.

use rayon::prelude::*;
use serde::Serialize;
use tici_domain::Problem;

use super::events::Events;
use super::normal;

/// On which scale the interval is symmetric.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Interval {
    /// On log S.
    #[default]
    Log,
    /// On log(−log S): never leaves 0 to 1.
    LogLog,
    /// On S itself, cut at 0 and 1.
    Plain,
}

impl Interval {
    pub fn parse(code: &str) -> Option<Interval> {
        match code {
            "log" => Some(Interval::Log),
            "log-log" => Some(Interval::LogLog),
            "plain" => Some(Interval::Plain),
            _ => None,
        }
    }
}

#[derive(Clone, Debug)]
pub struct KmOptions {
    /// Coverage of the intervals, 0.95 by default.
    pub level: f64,
    pub interval: Interval,
    /// The cause that counts as the event; any by default.
    pub cause: Option<u32>,
    /// Where the restricted mean ends; the last time by default.
    pub horizon: Option<f64>,
}

impl Default for KmOptions {
    fn default() -> KmOptions {
        KmOptions { level: 0.95, interval: Interval::Log, cause: None, horizon: None }
    }
}

/// The curve just after one time.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct KmStep {
    pub time: f64,
    pub at_risk: f64,
    pub events: f64,
    pub censored: f64,
    pub survival: f64,
    /// Standard error of log S; none once S is 0.
    pub std_err_log: Option<f64>,
    pub lower: Option<f64>,
    pub upper: Option<f64>,
    /// Nelson–Aalen.
    pub hazard: f64,
    pub hazard_std_err: f64,
    /// Fleming–Harrington, ties broken.
    pub hazard_untied: f64,
}

/// A quantile of the time; an end is `None` where the curve does not come that low.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct KmQuantile {
    pub time: Option<f64>,
    pub lower: Option<f64>,
    pub upper: Option<f64>,
}

/// The curve of one stratum.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct KmCurve {
    pub stratum: u32,
    pub rows: usize,
    pub events: f64,
    pub steps: Vec<KmStep>,
    pub median: KmQuantile,
    /// Area under the curve up to `restricted_to`, and its standard error.
    pub restricted_mean: f64,
    pub restricted_mean_std_err: f64,
    pub restricted_to: f64,
}

impl KmCurve {
    /// S(t); 1 before the first time, the last value after the last.
    pub fn survival(&self, time: f64) -> f64 {
        let after = self.steps.partition_point(|step| step.time <= time);
        after.checked_sub(1).map_or(1.0, |index| self.steps[index].survival)
    }

    /// The first time at which at least `share` has happened, with its interval.
    pub fn quantile(&self, share: f64) -> KmQuantile {
        let level = 1.0 - share;
        let first = |value: fn(&KmStep) -> Option<f64>| first_below(&self.steps, level, value);
        KmQuantile {
            time: first(|step| Some(step.survival)),
            lower: first(|step| step.lower),
            upper: first(|step| step.upper),
        }
    }
}

/// One curve for each stratum, by its number.
pub fn kaplan_meier(events: &Events, options: &KmOptions) -> (Vec<KmCurve>, Vec<Problem>) {
    let (events, mut problems) = events.checked();
    let mut curves = Vec::new();
    for (stratum, rows) in by_stratum(&events) {
        let curve = curve(&events, stratum, rows, options);
        if curve.events == 0.0 {
            problems.push(Problem::warning("forecast-no-events").arg("count", curve.rows));
        }
        curves.push(curve);
    }
    (curves, problems)
}

/// Row numbers of each stratum, by the stratum's number.
pub(super) fn by_stratum(events: &Events) -> Vec<(u32, Vec<u32>)> {
    if events.stratum.is_empty() {
        let all = (0..events.len() as u32).collect();
        return if events.is_empty() { Vec::new() } else { vec![(0, all)] };
    }
    let mut found = std::collections::BTreeMap::<u32, Vec<u32>>::new();
    for row in 0..events.len() {
        found.entry(events.stratum(row)).or_default().push(row as u32);
    }
    found.into_iter().collect()
}

/// What happens at one time, and who is at risk just before it.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct AtTime {
    pub time: f64,
    pub at_risk: f64,
    pub events: f64,
    pub censored: f64,
}

/// Every time at which a span ends, in order.
pub(super) fn risk_table(events: &Events, rows: &[u32], cause: Option<u32>) -> Vec<AtTime> {
    let mut exits: Vec<(u64, u32)> =
        rows.iter().map(|row| (ordered(events.exit[*row as usize]), *row)).collect();
    exits.sort_unstable();
    let mut entries: Vec<(f64, f64)> = match events.entry.is_empty() {
        true => Vec::new(),
        false => {
            let each = rows.iter().map(|row| *row as usize);
            each.map(|row| (events.entry(row), events.weight(row))).collect()
        }
    };
    entries.sort_unstable_by(|a, b| a.0.total_cmp(&b.0));
    let total: f64 = match events.weight.is_empty() {
        true => rows.len() as f64,
        false => rows.iter().map(|row| events.weight(*row as usize)).sum(),
    };
    let mut at_risk = if entries.is_empty() { total } else { 0.0 };
    let mut table = Vec::with_capacity(exits.len().min(4096));
    let (mut begin, mut entered) = (0, 0);
    while begin < exits.len() {
        let key = exits[begin].0;
        let time = events.exit[exits[begin].1 as usize];
        while entered < entries.len() && entries[entered].0 < time {
            at_risk += entries[entered].1;
            entered += 1;
        }
        let mut here = AtTime { time, at_risk, events: 0.0, censored: 0.0 };
        while begin < exits.len() && exits[begin].0 == key {
            let row = exits[begin].1 as usize;
            match events.happened(row, cause) {
                true => here.events += events.weight(row),
                false => here.censored += events.weight(row),
            }
            begin += 1;
        }
        at_risk -= here.events + here.censored;
        table.push(here);
    }
    table
}

/// A key that sorts as the number does; times are not negative.
pub(super) fn ordered(time: f64) -> u64 {
    (time + 0.0).to_bits()
}

fn curve(events: &Events, stratum: u32, rows: Vec<u32>, options: &KmOptions) -> KmCurve {
    let table = risk_table(events, &rows, options.cause);
    let mut steps = Vec::with_capacity(table.len());
    let (mut survival, mut greenwood) = (1.0, 0.0);
    let (mut hazard, mut hazard_variance, mut untied) = (0.0, 0.0, 0.0);
    for here in &table {
        let AtTime { time, at_risk, events, censored } = *here;
        if events > 0.0 {
            let left = (at_risk - events).max(0.0);
            survival = if left > 0.0 { survival * left / at_risk } else { 0.0 };
            greenwood += events / (at_risk * left);
            hazard += events / at_risk;
            hazard_variance += events / (at_risk * at_risk);
            untied += untied_hazard(events, at_risk);
        }
        steps.push(KmStep {
            time,
            at_risk,
            events,
            censored,
            survival,
            std_err_log: Some(greenwood.sqrt()).filter(|error| error.is_finite()),
            lower: None,
            upper: None,
            hazard,
            hazard_std_err: hazard_variance.sqrt(),
            hazard_untied: untied,
        });
    }
    let z = normal::quantile(0.5 + options.level / 2.0);
    let scale = options.interval;
    steps.par_iter_mut().with_min_len(4096).for_each(|step| bound(step, z, scale));
    finish(KmCurve { stratum, rows: rows.len(), steps, ..KmCurve::default() }, options)
}

fn finish(mut curve: KmCurve, options: &KmOptions) -> KmCurve {
    curve.events = curve.steps.iter().map(|step| step.events).sum();
    curve.median = curve.quantile(0.5);
    let last = curve.steps.last().map_or(0.0, |step| step.time);
    curve.restricted_to = options.horizon.unwrap_or(last);
    (curve.restricted_mean, curve.restricted_mean_std_err) =
        area(&curve.steps, curve.restricted_to);
    curve
}

/// As if the tied events had come one after another.
fn untied_hazard(events: f64, at_risk: f64) -> f64 {
    if events.fract() != 0.0 {
        return events / at_risk;
    }
    (0..events as u64).map(|before| 1.0 / (at_risk - before as f64)).sum()
}

fn bound(step: &mut KmStep, z: f64, scale: Interval) {
    let (s, Some(error)) = (step.survival, step.std_err_log) else { return };
    let (lower, upper) = match scale {
        _ if s >= 1.0 => (1.0, 1.0),
        Interval::Log => (s * (-z * error).exp(), s * (z * error).exp()),
        Interval::Plain => (s - z * error * s, s + z * error * s),
        Interval::LogLog => {
            let shift = (z * error / s.ln()).exp();
            (s.powf(1.0 / shift), s.powf(shift))
        }
    };
    step.lower = Some(lower.max(0.0));
    step.upper = Some(upper.min(1.0));
}

/// Two values as near as rounding makes them are one.
const SAME: f64 = 1e-9;

/// The first time at which `value` is below `level`; where it lies on `level` for a while,
/// the middle of that while.
fn first_below(
    steps: &[KmStep],
    level: f64,
    value: impl Fn(&KmStep) -> Option<f64>,
) -> Option<f64> {
    let first = steps.iter().position(|step| value(step).is_some_and(|v| v <= level + SAME))?;
    let begin = steps[first].time;
    if value(&steps[first]).is_some_and(|v| v < level - SAME) {
        return Some(begin);
    }
    let next = steps[first..].iter().find(|step| value(step).is_none_or(|v| v < level - SAME));
    Some(next.map_or(begin, |step| (begin + step.time) / 2.0))
}

/// Area under the curve up to `to`, and its standard error by Greenwood.
fn area(steps: &[KmStep], to: f64) -> (f64, f64) {
    let (mut area, mut time, mut survival) = (0.0, 0.0, 1.0);
    let mut until = Vec::with_capacity(steps.len());
    for step in steps.iter().take_while(|step| step.time <= to) {
        area += survival * (step.time - time);
        (time, survival) = (step.time, step.survival);
        until.push(area);
    }
    area += survival * (to - time).max(0.0);
    let variance = until.iter().zip(steps).filter(|pair| pair.1.at_risk > pair.1.events);
    let variance: f64 = variance
        .map(|(before, step)| {
            let left = step.at_risk - step.events;
            (area - before).powi(2) * step.events / (step.at_risk * left)
        })
        .sum();
    (area, variance.sqrt())
}
