//! The forecast of this product: how far a promised day will move, given what is known.
//!
//! For each of a row of limits a penalised logistic regression gives the probability that the
//! day moves by no more than it. All pairs of earlier reports teach it, whatever their gap,
//! which is a feature; kinds, phases, sponsors and ratings are groups shrunk towards none.
//! Between two limits the slips seen before, of like horizon, lend their shape.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::features::{self, FAMILIES, NUMBERS, Row};
use super::history::History;
use super::logit::{self, Logit};
use super::pairs::Pair;
use super::slips::Slips;

/// Days of slip at which probabilities are learned, besides the tolerance.
const LIMITS: [i32; 8] = [-120, -1, 0, 91, 182, 365, 730, 1095];
/// A group needs this many pairs to have a coefficient.
const GROUP_MIN: usize = 12;
/// The horizon's own slopes are hardly penalised: without anything else to go by, a model is
/// then the base rate of its horizon.
const HORIZON_EASE: f64 = 0.01;
/// A group's slope is penalised harder than a number's: groups differ less than they seem to.
const GROUP_HOLD: f64 = 2.0;
/// Pairs learned from at most: more add hours, not knowledge. Every n-th is taken then.
const PAIRS_MAX: usize = 40_000;

/// How the model is fitted.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Fitting {
    /// Penalty on half the square of each slope.
    pub ridge: f64,
    /// A slip of up to this many days still keeps the promise.
    pub tolerance: i32,
}

/// A fitted model.
#[derive(Clone, Debug)]
pub struct Model {
    layout: Layout,
    /// Limits with their regressions, rising.
    limits: Vec<(i32, Logit)>,
    /// Slips seen between the limits, with the gaps they were seen over.
    seen: Vec<Vec<(i32, i32)>>,
    tolerance: i32,
}

impl Model {
    /// Learns from pairs within `known`; `None` without any.
    pub fn fit(known: &History, pairs: &[Pair], fitting: Fitting) -> Option<Model> {
        if pairs.is_empty() {
            return None;
        }
        let step = pairs.len().div_ceil(PAIRS_MAX);
        let pairs: Vec<Pair> = pairs.iter().step_by(step).copied().collect();
        let rows: Vec<Row> = pairs
            .par_iter()
            .map(|pair| features::row(known, pair.project, pair.report, pair.gap))
            .collect();
        let layout = Layout::of(&rows, features::width(known), known.words.len());
        let rows: Vec<Row> = rows.par_iter().map(|row| layout.place(row)).collect();
        let rows: Vec<&Row> = rows.iter().collect();
        let weights = weights(&pairs);
        let lesson = Lesson { pairs: &pairs, rows, weights, layout: &layout };
        let mut days: Vec<i32> = LIMITS.to_vec();
        days.push(fitting.tolerance);
        days.sort_unstable();
        days.dedup();
        let limits =
            days.par_iter().map(|limit| (*limit, lesson.fit(*limit, fitting.ridge))).collect();
        let mut seen = vec![Vec::new(); days.len() + 1];
        for pair in &pairs {
            let bin = days.partition_point(|limit| *limit < pair.slip);
            seen[bin].push((pair.slip, pair.gap));
        }
        Some(Model { layout, limits, seen, tolerance: fitting.tolerance })
    }

    /// The forecast for a project at its report number `report`, `gap` days ahead.
    pub fn forecast(&self, known: &History, project: usize, report: usize, gap: i32) -> Slips {
        let row = self.layout.place(&features::row(known, project, report, gap));
        let mut below = 0.0;
        let mut values = Vec::new();
        for (bin, seen) in self.seen.iter().enumerate() {
            let up_to = self.limits.get(bin).map_or(1.0, |(_, logit)| logit.at(&row));
            let share = (up_to - below).max(0.0);
            below = f64::max(below, up_to);
            spread(&mut values, seen, share, gap, self.limits.get(bin).or(self.limits.last()));
        }
        Slips::of(values)
    }

    /// What moved this forecast most, the strongest first: families of features with their
    /// part of the logit of keeping the promise.
    pub fn reasons(
        &self,
        known: &History,
        project: usize,
        report: usize,
        gap: i32,
    ) -> Vec<(&'static str, f64)> {
        let row = self.layout.place(&features::row(known, project, report, gap));
        let Some((_, logit)) = self.limits.iter().find(|(limit, _)| *limit == self.tolerance)
        else {
            return Vec::new();
        };
        let mut parts = [0.0; FAMILIES.len()];
        for (at, x) in &row {
            parts[self.layout.families[*at as usize]] += logit.slopes[*at as usize] * f64::from(*x);
        }
        // The horizon is the same for all and no reason.
        let mut found: Vec<(&str, f64)> = FAMILIES.into_iter().zip(parts).collect();
        found.retain(|(family, _)| *family != "horizon");
        found.sort_by(|a, b| b.1.abs().total_cmp(&a.1.abs()));
        found.truncate(3);
        found
    }
}

/// What a model learns from.
struct Lesson<'a> {
    pairs: &'a [Pair],
    rows: Vec<&'a Row>,
    weights: Vec<f64>,
    layout: &'a Layout,
}

impl Lesson<'_> {
    /// The regression for one limit.
    fn fit(&self, limit: i32, ridge: f64) -> Logit {
        let held: Vec<bool> = self.pairs.iter().map(|pair| pair.slip <= limit).collect();
        let ridge: Vec<f64> = self.layout.holds.iter().map(|hold| ridge * hold).collect();
        let start = Logit { offset: 0.0, slopes: vec![0.0; self.layout.width] };
        logit::fit(&self.rows, &self.weights, &held, &ridge, &start)
    }
}

/// Gives `share` to the slips of one bin, those over gaps like this one first.
fn spread(
    values: &mut Vec<(f64, f64)>,
    seen: &[(i32, i32)],
    share: f64,
    gap: i32,
    limit: Option<&(i32, Logit)>,
) {
    const ENOUGH: usize = 20;
    if share <= 0.0 {
        return;
    }
    let like = |other: i32| {
        f64::from(other) <= 1.5 * f64::from(gap) && 1.5 * f64::from(other) >= f64::from(gap)
    };
    let near: Vec<i32> = seen.iter().filter(|(_, of)| like(*of)).map(|(slip, _)| *slip).collect();
    let slips =
        if near.len() >= ENOUGH { near } else { seen.iter().map(|(slip, _)| *slip).collect() };
    if slips.is_empty() {
        // Nobody was ever seen there: the limit itself stands for the bin.
        values.push((limit.map_or(0.0, |(limit, _)| f64::from(*limit)), share));
        return;
    }
    let each = share / slips.len() as f64;
    values.extend(slips.iter().map(|slip| (f64::from(*slip), each)));
}

/// A project with many reports makes many pairs that tell much the same: each counts by the
/// root of how many there are.
fn weights(pairs: &[Pair]) -> Vec<f64> {
    let mut count: BTreeMap<usize, f64> = BTreeMap::new();
    for pair in pairs {
        *count.entry(pair.project).or_default() += 1.0;
    }
    pairs.iter().map(|pair| count[&pair.project].powf(-0.5)).collect()
}

/// Which features the model has, and how numbers are scaled.
#[derive(Clone, Debug)]
struct Layout {
    /// Place of each raw feature in a row, if it has one.
    places: Vec<Option<u32>>,
    /// Mean and deviation of the numbers.
    scales: Vec<(f64, f64)>,
    families: Vec<usize>,
    /// How hard each slope is penalised, in units of the ridge.
    holds: Vec<f64>,
    width: usize,
}

impl Layout {
    fn of(rows: &[Row], width: usize, words: usize) -> Layout {
        let mut count = vec![0usize; width];
        let mut sums = vec![(0.0, 0.0); NUMBERS];
        for row in rows {
            for (at, x) in row {
                count[*at as usize] += 1;
                if let Some(sum) = sums.get_mut(*at as usize) {
                    *sum = (sum.0 + f64::from(*x), sum.1 + f64::from(*x).powi(2));
                }
            }
        }
        let n = rows.len() as f64;
        let scale = |(sum, squares): &(f64, f64)| {
            let mean = sum / n;
            (mean, (squares / n - mean * mean).max(0.0).sqrt())
        };
        let scales: Vec<(f64, f64)> = sums.iter().map(scale).collect();
        let mut layout = Layout {
            places: vec![None; width],
            scales,
            families: Vec::new(),
            holds: Vec::new(),
            width: 0,
        };
        for (at, count) in count.into_iter().enumerate() {
            let varies = layout.scales.get(at).is_none_or(|(_, deviation)| *deviation > 1e-6);
            let tells = count >= GROUP_MIN && (at < NUMBERS || count < rows.len());
            if varies && tells {
                layout.places[at] = Some(layout.width as u32);
                let family = features::family(at, words);
                layout.families.push(family);
                layout.holds.push(match at < NUMBERS {
                    true if FAMILIES[family] == "horizon" => HORIZON_EASE,
                    true => 1.0,
                    false => GROUP_HOLD,
                });
                layout.width += 1;
            }
        }
        layout
    }

    fn place(&self, row: &Row) -> Row {
        let one = |(at, x): &(u32, f32)| {
            let place = self.places.get(*at as usize).copied().flatten()?;
            let x = match self.scales.get(*at as usize) {
                // Beyond four deviations a line learned inside them says nothing.
                Some((mean, deviation)) => {
                    (((f64::from(*x) - mean) / deviation).clamp(-4.0, 4.0)) as f32
                }
                None => *x,
            };
            Some((place, x))
        };
        row.iter().filter_map(one).collect()
    }
}
