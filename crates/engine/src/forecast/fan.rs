//! The year-end investment of a portfolio: a fan by simulation with a shared shock.
//!
//! T = Σ Aᵢ + Bᵢ·Rᵢ·exp(σc·Z + σg·W(group of i) + σe·eᵢ − (σc² + σg² + σe²)/2), where Aᵢ is
//! what is done, Rᵢ the plan's rest, and Bᵢ whether the project goes on: √ρ·Z + √(1−ρ)·xᵢ
//! above −Φ⁻¹(pᵢ). The shock Z moves all money and all starts, W the projects of one group.
//!
//! Every draw has a generator of its own, seeded by the seed and the draw's number: the same
//! seed gives the same bytes on any number of threads.

use rayon::prelude::*;
use serde::Serialize;
use tici_domain::Problem;

use super::normal;
use super::quadrature;
use super::ziggurat::Normals;

/// A project's part of the year. Money in any one unit.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Part {
    /// Invested so far this year.
    pub done: f64,
    /// What the plan still has for this year.
    pub rest: f64,
    /// Probability that the rest is spent at all: that it starts, or goes on.
    pub goes_on: f64,
    /// A number of the group it shares a shock with, such as a town or a sector.
    pub group: usize,
}

/// How much projects vary, and together.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Shocks {
    /// Deviation of the logarithm by the shock all share.
    pub common: f64,
    /// The same for the shock a group shares.
    pub group: f64,
    /// The same for each project alone.
    pub own: f64,
    /// Correlation of starts.
    pub rho: f64,
}

impl Default for Shocks {
    fn default() -> Shocks {
        Shocks { common: 0.12, group: 0.10, own: 0.35, rho: 0.10 }
    }
}

/// How the simulation runs.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Draws {
    pub count: usize,
    pub seed: u64,
}

impl Default for Draws {
    fn default() -> Draws {
        Draws { count: 10_000, seed: 1 }
    }
}

/// What the year may end with.
#[derive(Clone, Debug, PartialEq)]
pub struct Fan {
    /// Mean and deviation, exact up to quadrature, not simulated.
    pub mean: f64,
    pub sd: f64,
    /// Totals of all draws, from the lowest to the highest.
    pub totals: Vec<f64>,
}

impl Fan {
    /// The total that is not exceeded with probability `level`, straight between draws.
    pub fn quantile(&self, level: f64) -> f64 {
        super::reference_class::quantile(&self.totals, level)
    }

    /// Probability of `total` or more.
    pub fn reaches(&self, total: f64) -> f64 {
        let below = self.totals.partition_point(|drawn| *drawn < total);
        (self.totals.len() - below) as f64 / self.totals.len().max(1) as f64
    }
}

/// Simulates the year. Parts that are no numbers are left out and named.
pub fn fan(parts: &[Part], shocks: &Shocks, draws: Draws) -> (Fan, Vec<Problem>) {
    let (kept, mut problems) = checked(parts);
    let (shocks, wrong) = checked_shocks(shocks);
    problems.extend(wrong);
    let ready = Ready::of(&kept, &shocks);
    let mut totals: Vec<f64> = (0..draws.count.max(1))
        .into_par_iter()
        .with_min_len(16)
        .map_init(Vec::new, |groups, draw| ready.draw(Normals::of(draws.seed, draw as u64), groups))
        .collect();
    totals.par_sort_unstable_by(f64::total_cmp);
    let (mean, sd) = moments(&kept, &shocks);
    (Fan { mean, sd, totals }, problems)
}

fn checked(parts: &[Part]) -> (Vec<Part>, Vec<Problem>) {
    let mut problems = Vec::new();
    let fine = |part: &Part| {
        part.done.is_finite() && part.rest.is_finite() && (0.0..=1.0).contains(&part.goes_on)
    };
    let mut keep = |(row, part): (usize, &Part)| {
        if !fine(part) {
            problems.push(Problem::error("forecast-fan-part").arg("row", row + 1));
        }
        fine(part).then_some(*part)
    };
    let kept = parts.iter().enumerate().filter_map(&mut keep).collect();
    (kept, problems)
}

fn checked_shocks(shocks: &Shocks) -> (Shocks, Option<Problem>) {
    let spread = [shocks.common, shocks.group, shocks.own];
    let fine = spread.iter().all(|sigma| (0.0..=3.0).contains(sigma));
    if fine && (0.0..1.0).contains(&shocks.rho) {
        return (*shocks, None);
    }
    (Shocks::default(), Some(Problem::error("forecast-fan-shocks")))
}

/// Parts laid out for drawing: those that surely go on, then those that may.
struct Ready {
    done: f64,
    /// Rest (less the mean's correction) and group.
    sure: Vec<(f64, u32)>,
    /// The same, and the own score above which it goes on at Z = 0.
    maybe: Vec<(f64, u32, f64)>,
    groups: usize,
    shocks: Shocks,
    /// By how much the shock moves the own score's threshold.
    pull: f64,
}

impl Ready {
    fn of(parts: &[Part], shocks: &Shocks) -> Ready {
        let square = shocks.common.powi(2) + shocks.group.powi(2) + shocks.own.powi(2);
        let centre = (-0.5 * square).exp();
        let numbers = group_numbers(parts);
        let (rest, pull) = ((1.0 - shocks.rho).sqrt(), shocks.rho.sqrt());
        let mut ready = Ready {
            done: parts.iter().map(|part| part.done).sum(),
            sure: Vec::new(),
            maybe: Vec::new(),
            groups: numbers.iter().max().map_or(0, |last| *last as usize + 1),
            shocks: *shocks,
            pull: pull / rest,
        };
        for (part, &group) in parts.iter().zip(&numbers) {
            let amount = part.rest * centre;
            if part.goes_on >= 1.0 {
                ready.sure.push((amount, group));
            } else if part.goes_on > 0.0 {
                ready.maybe.push((amount, group, -normal::quantile(part.goes_on) / rest));
            }
        }
        ready
    }

    fn draw(&self, mut normals: Normals, groups: &mut Vec<f64>) -> f64 {
        let z = normals.next();
        let common = (self.shocks.common * z).exp();
        groups.clear();
        groups.extend((0..self.groups).map(|_| (self.shocks.group * normals.next()).exp()));
        let own = self.shocks.own;
        let mut sum = 0.0;
        for &(amount, group) in &self.sure {
            sum += amount * groups[group as usize] * (own * normals.next()).exp();
        }
        let shift = self.pull * z;
        for &(amount, group, threshold) in &self.maybe {
            if normals.next() > threshold - shift {
                sum += amount * groups[group as usize] * (own * normals.next()).exp();
            }
        }
        self.done + common * sum
    }
}

/// Groups numbered 0, 1, 2, … in order of their own numbers.
fn group_numbers(parts: &[Part]) -> Vec<u32> {
    let mut known: Vec<usize> = parts.iter().map(|part| part.group).collect();
    known.sort_unstable();
    known.dedup();
    let number = |part: &Part| known.partition_point(|group| *group < part.group) as u32;
    parts.iter().map(number).collect()
}

/// Mean and deviation of the total. Given Z the parts are independent but for their groups;
/// over Z it is a quadrature.
fn moments(parts: &[Part], shocks: &Shocks) -> (f64, f64) {
    let scores: Vec<f64> = parts.iter().map(|part| normal::quantile(part.goes_on)).collect();
    let numbers = group_numbers(parts);
    let groups = numbers.iter().max().map_or(0, |last| *last as usize + 1);
    let (pull, rest) = (shocks.rho.sqrt(), (1.0 - shocks.rho).sqrt());
    let (spread_own, spread_group) = ((shocks.own.powi(2)).exp(), (shocks.group.powi(2)).exp());
    let at = |node: &quadrature::Node| {
        // The shock's factor has mean 1 over Z; own and group factors have mean 1 given Z.
        let factor = (shocks.common * node.at - 0.5 * shocks.common.powi(2)).exp();
        let mut by_group = vec![(0.0, 0.0); groups];
        for ((part, score), group) in parts.iter().zip(&scores).zip(&numbers) {
            let q = normal::cdf((score + pull * node.at) / rest);
            let (mean, square) = (q * part.rest, q * part.rest * part.rest * spread_own);
            let sums = &mut by_group[*group as usize];
            *sums = (sums.0 + mean, sums.1 + square - mean * mean);
        }
        let mean: f64 = by_group.iter().map(|sums| sums.0).sum();
        let inside = |(mean, own): &(f64, f64)| spread_group * (mean * mean + own) - mean * mean;
        let variance: f64 = by_group.iter().map(inside).sum();
        (node.weight, factor * mean, factor * factor * variance)
    };
    let found: Vec<_> = quadrature::standard_normal().par_iter().map(at).collect();
    let mean: f64 = found.iter().map(|(weight, mean, _)| weight * mean).sum();
    let variance: f64 = found
        .iter()
        .map(|(weight, given, variance)| weight * (variance + (given - mean).powi(2)))
        .sum();
    (parts.iter().map(|part| part.done).sum::<f64>() + mean, variance.max(0.0).sqrt())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts() -> Vec<Part> {
        let part = |at: usize| Part {
            done: at as f64,
            rest: 10.0 + at as f64,
            goes_on: [1.0, 0.7, 0.0][at % 3],
            group: at % 5,
        };
        (0..60).map(part).collect()
    }

    #[test]
    fn the_same_seed_gives_the_same_bytes_on_any_number_of_threads() {
        let draws = Draws { count: 500, seed: 7 };
        let on = |threads: usize| {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build();
            pool.map(|pool| pool.install(|| fan(&parts(), &Shocks::default(), draws).0))
        };
        let one = on(1).ok();
        assert!(one.is_some());
        assert_eq!(one, on(3).ok());
        let other = fan(&parts(), &Shocks::default(), Draws { seed: 8, ..draws }).0;
        assert_ne!(one, Some(other));
    }

    #[test]
    fn without_shocks_and_doubt_the_plan_is_met() {
        let sure: Vec<Part> = parts().iter().map(|part| Part { goes_on: 1.0, ..*part }).collect();
        let still = Shocks { common: 0.0, group: 0.0, own: 0.0, rho: 0.0 };
        let (found, problems) = fan(&sure, &still, Draws { count: 10, seed: 1 });
        let plan: f64 = sure.iter().map(|part| part.done + part.rest).sum();
        assert!(problems.is_empty());
        assert!((found.quantile(0.5) - plan).abs() < 1e-9 && found.sd < 1e-3);
        assert!((found.mean - plan).abs() < 1e-9);
    }

    #[test]
    fn parts_that_are_no_numbers_are_named() {
        let mut bad = parts();
        bad[4].rest = f64::NAN;
        bad[7].goes_on = 1.5;
        let (found, problems) = fan(&bad, &Shocks::default(), Draws { count: 10, seed: 1 });
        assert_eq!(problems.len(), 2);
        assert!(found.totals.iter().all(|total| total.is_finite()));
    }
}
