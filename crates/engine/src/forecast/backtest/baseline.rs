//! What a forecast has to beat: the plan's day taken at its word, the base rate, the last slip
//! repeated, and Kaplan–Meier by class.

use super::history::History;
use super::pairs::Pair;
use super::slips::Slips;

/// Gaps from this share of the horizon up to its inverse count as like it.
const LIKE: f64 = 0.7;
/// So many past slips make a base of their own.
const ENOUGH: usize = 20;

/// The promised day is kept.
pub fn plan() -> Slips {
    Slips::point(0.0)
}

/// What became of all earlier promises over a horizon like this one.
pub fn base_rate(pairs: &[Pair], gap: i32) -> Slips {
    even(&like(pairs.iter(), gap))
}

/// The day moves on at the pace of the project's last two reports.
pub fn last_slip(known: &History, project: usize, report: usize, gap: i32) -> Slips {
    let reports = &known.projects[project].reports[..=report];
    let mut dated = reports.iter().rev().filter_map(|report| Some((report.on, report.end?)));
    let days = match (dated.next(), dated.next()) {
        (Some(now), Some(before)) if now.0 > before.0 => {
            f64::from(now.1 - before.1) * f64::from(gap) / f64::from(now.0 - before.0)
        }
        _ => 0.0,
    };
    Slips::point(days.round())
}

/// Kaplan–Meier by class: how long promises of each class were kept.
pub struct ByClass {
    /// Time to the first slip or the last look, whether it slipped, and the class.
    spells: Vec<(i32, bool, Option<u32>)>,
    tolerance: i32,
}

impl ByClass {
    /// Every report of a promised day begins a spell, which ends when the day first moves by
    /// more than `tolerance`.
    pub fn of(known: &History, tolerance: i32) -> ByClass {
        let mut spells = Vec::new();
        for project in &known.projects {
            for earlier in &project.reports {
                let Some(end) = earlier.end else { continue };
                let class = earlier.class.first().copied();
                let after = known.dates.partition_point(|date| *date <= earlier.on);
                let looks = known.dates[after..]
                    .iter()
                    .filter_map(|date| Some((date - earlier.on, project.end_on(*date)? - end)));
                let mut last = None;
                for (gap, slip) in looks {
                    last = Some((gap, slip > tolerance, class));
                    if slip > tolerance {
                        break;
                    }
                }
                spells.extend(last);
            }
        }
        spells.sort_unstable();
        ByClass { spells, tolerance }
    }

    /// Probability that a promise of `class` is kept for `gap` days; of all where the class
    /// has too few.
    pub fn kept(&self, class: Option<u32>, gap: i32) -> f64 {
        let of = |spell: &&(i32, bool, Option<u32>)| class.is_some() && spell.2 == class;
        let mut spells: Vec<(i32, bool)> =
            self.spells.iter().filter(of).map(|spell| (spell.0, spell.1)).collect();
        if spells.len() < ENOUGH {
            spells = self.spells.iter().map(|spell| (spell.0, spell.1)).collect();
        }
        let (mut kept, mut at_risk) = (1.0, spells.len() as f64);
        for of in spells.chunk_by(|a, b| a.0 == b.0).take_while(|of| of[0].0 <= gap) {
            let slipped = of.iter().filter(|spell| spell.1).count() as f64;
            kept *= 1.0 - slipped / at_risk;
            at_risk -= of.len() as f64;
        }
        kept
    }

    /// The forecast: kept or not by the curve, and how far by the past slips of each sort.
    pub fn forecast(&self, known: &History, pairs: &[Pair], class: Option<u32>, gap: i32) -> Slips {
        let of_class = |pair: &&Pair| {
            let report = &known.projects[pair.project].reports[pair.report];
            class.is_some() && report.class.first().copied() == class
        };
        let mut slips = like(pairs.iter().filter(of_class), gap);
        if slips.len() < ENOUGH {
            slips = like(pairs.iter(), gap);
        }
        let kept = self.kept(class, gap);
        let (held, slipped): (Vec<i32>, Vec<i32>) =
            slips.into_iter().partition(|slip| *slip <= self.tolerance);
        let held = if held.is_empty() { vec![0] } else { held };
        let slipped = if slipped.is_empty() { vec![self.tolerance + 90] } else { slipped };
        let share = |slips: Vec<i32>, of: f64| {
            let each = of / slips.len() as f64;
            slips.into_iter().map(move |slip| (f64::from(slip), each))
        };
        Slips::of(share(held, kept).chain(share(slipped, 1.0 - kept)).collect())
    }
}

/// Slips over gaps like this one; over all where there are too few.
fn like<'a>(pairs: impl Iterator<Item = &'a Pair> + Clone, gap: i32) -> Vec<i32> {
    let near = |pair: &&Pair| {
        let share = f64::from(pair.gap) / f64::from(gap);
        (LIKE..=1.0 / LIKE).contains(&share)
    };
    let found: Vec<i32> = pairs.clone().filter(near).map(|pair| pair.slip).collect();
    if found.len() >= ENOUGH { found } else { pairs.map(|pair| pair.slip).collect() }
}

fn even(slips: &[i32]) -> Slips {
    if slips.is_empty() {
        return Slips::point(0.0);
    }
    Slips::of(slips.iter().map(|slip| (f64::from(*slip), 1.0)).collect())
}
