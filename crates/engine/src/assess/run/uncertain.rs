//! How far each rank moves when what the scheme settles is settled a little otherwise: weights,
//! the treatment of the farthest figures, and the way figures become points.
//!
//! Each recomputation multiplies every weight by 1 + u·noise (u even between −1 and 1) and
//! draws a way: half of them take the scheme's own, the other half one of three others, each
//! as often: the observed figures on a straight line between the lowest and highest points
//! anybody got; the same with the farthest figure at either end drawn in to the next; places
//! instead of distances. In an index the three are min-max, z-scores and percentile ranks.
//! Bonus and deduction stay, groups stay, and who is not ranked is not ranked.

use tici_domain::Problem;

use super::inputs::Inputs;
use super::sensitivity::{Asked, nominal, scored};
use super::{Run, index};
use crate::assess::chain;
use crate::assess::normalise::Normalise;
use crate::assess::options::Options;
use crate::assess::outcome::Outcome;
use crate::assess::panel::{MISSING, Panel};
use crate::assess::rank::{RankOn as Compare, RankRule, ranks};
use crate::assess::robustness::chance::uniform;
use crate::assess::robustness::noise::tally_places;
use crate::assess::robustness::{RankSpread, Replay, WeightNoise};
use crate::assess::scheme::{Kind, Polarity, RankOn, Scheme};
use crate::assess::score::Number;
use crate::assess::tree::Tree;

/// The place of the draw that chooses a way; nodes have the places below.
const CHOICE: u64 = u64::MAX;

/// Ways beside the scheme's own.
const OTHERS: usize = 3;

/// The spread of every unit's rank within its group, in the order of the units.
pub fn uncertain(
    scheme: &Scheme,
    inputs: &Inputs,
    ran: &Run,
    asked: &Asked,
) -> (Vec<RankSpread>, Vec<Problem>) {
    let (tree, ways, problems) = match scheme.kind {
        Kind::Points => points_ways(scheme, ran),
        Kind::Index => index_ways(scheme, inputs),
    };
    if ways.is_empty() {
        return (Vec::new(), problems);
    }
    (drawn(scheme, ran, asked, &tree, &ways), problems)
}

type Ways = (Tree, Vec<(Outcome, Options)>, Vec<Problem>);

fn drawn(
    scheme: &Scheme,
    ran: &Run,
    asked: &Asked,
    tree: &Tree,
    ways: &[(Outcome, Options)],
) -> Vec<RankSpread> {
    let levels = (0..tree.nodes().len()).map(|node| tree.level(node)).max().unwrap_or(1);
    let noise = WeightNoise {
        by_level: (1..levels).map(|level| (level, asked.noise)).collect(),
        replications: asked.replications,
        seed: asked.seed,
    };
    let varying = noise.varying(tree);
    let replays: Vec<Replay> = (ways.iter())
        .map(|(outcome, options)| Replay::new(&outcome.scores, 0, tree, options, &varying))
        .collect();
    let weights: Vec<Vec<f64>> = ways.iter().map(|(outcome, _)| nominal(outcome, tree)).collect();
    let places = Places::of(scheme, ran);
    let tally = tally_places(ran.units.len(), asked.replications, |replication| {
        let at = way(uniform(asked.seed, replication as u64, CHOICE), ways.len());
        let weights = noise.weights(tree, &weights[at], replication);
        places.of_index(&replays[at].index(&weights))
    });
    let own: Vec<f64> =
        (ran.units.iter()).map(|unit| unit.rank.as_ref().map_or(MISSING, Number::to_f64)).collect();
    tally.spreads(&own)
}

/// The way of a draw: the first half of the time, each other as often as the rest.
fn way(draw: f64, ways: usize) -> usize {
    if draw < 0.5 || ways < 2 {
        return 0;
    }
    let other = ((draw - 0.5) * 2.0 * (ways - 1) as f64) as usize;
    1 + other.min(ways - 2)
}

/// From an index to places within the groups.
struct Places {
    groups: Vec<Vec<usize>>,
    /// What events add and take.
    added: Vec<f64>,
    rule: RankRule,
}

impl Places {
    fn of(scheme: &Scheme, ran: &Run) -> Places {
        let ranked = |unit: &usize| ran.units[*unit].rank.is_some();
        let groups = ran.groups.iter();
        let on = match (scheme.rank.on, scheme.rounding.total) {
            (RankOn::Rounded, Some(decimals)) => Compare::Rounded { decimals },
            _ => Compare::Unrounded,
        };
        Places {
            groups: groups.map(|g| g.units.iter().copied().filter(ranked).collect()).collect(),
            added: (ran.units.iter())
                .map(|unit| (&unit.bonus - &unit.deduction).to_f64())
                .collect(),
            rule: RankRule { on, ..RankRule::default() },
        }
    }

    fn of_index(&self, index: &[f64]) -> Vec<f64> {
        let mut places = vec![MISSING; index.len()];
        for units in &self.groups {
            let totals: Vec<f64> = units.iter().map(|at| index[*at] + self.added[*at]).collect();
            let found = ranks::<&str>(&totals, &[], &self.rule);
            for (unit, place) in units.iter().zip(found) {
                places[*unit] = place;
            }
        }
        places
    }
}

fn points_ways(scheme: &Scheme, ran: &Run) -> Ways {
    let (panel, tree, options, mut problems) = scored(scheme, ran);
    let mut ways = Vec::new();
    for other in 0..=OTHERS {
        let panel = if other == 0 { panel.clone() } else { otherwise(scheme, ran, &panel, other) };
        let (outcome, found) = chain::run(&panel, &tree, &options);
        if Problem::any_error(&found) {
            problems.extend(found);
            return (tree, Vec::new(), problems);
        }
        ways.push((outcome, options.clone()));
    }
    (tree, ways, problems)
}

/// The points of every item by another way.
fn otherwise(scheme: &Scheme, ran: &Run, panel: &Panel, way: usize) -> Panel {
    let mut panel = panel.clone();
    for (at, item) in scheme.items.iter().enumerate() {
        let number = |number: &Option<Number>| number.as_ref().map_or(MISSING, Number::to_f64);
        let values: Vec<f64> = ran.units.iter().map(|unit| number(&unit.items[at].value)).collect();
        let points: Vec<f64> =
            ran.units.iter().map(|unit| number(&unit.items[at].points)).collect();
        if item.polarity == Polarity::Middle {
            continue;
        }
        let shares = shares(&values, way, item.polarity == Polarity::Less);
        let (lo, hi) = ends(&values, &points);
        for (unit, share) in shares.iter().enumerate().filter(|(_, share)| !share.is_nan()) {
            panel.take(0, at, unit, Some(lo + (hi - lo) * share));
        }
    }
    panel
}

/// From 0 to 1; missing where nothing can be said.
fn shares(values: &[f64], way: usize, less: bool) -> Vec<f64> {
    let mut sorted: Vec<f64> = values.iter().copied().filter(|value| !value.is_nan()).collect();
    sorted.sort_by(f64::total_cmp);
    let count = sorted.len();
    if count < 3 || sorted[0] == sorted[count - 1] {
        return vec![MISSING; values.len()];
    }
    let drawn_in = way == 2 && sorted[1] < sorted[count - 2];
    let (lo, hi) =
        if drawn_in { (sorted[1], sorted[count - 2]) } else { (sorted[0], sorted[count - 1]) };
    let share = |value: &f64| {
        if value.is_nan() {
            return MISSING;
        }
        let up = match way {
            3 => sorted.iter().filter(|other| *other < value).count() as f64 / (count - 1) as f64,
            _ => ((value - lo) / (hi - lo)).clamp(0.0, 1.0),
        };
        if less { 1.0 - up } else { up }
    };
    values.iter().map(share).collect()
}

/// The lowest and highest points of those with a figure.
fn ends(values: &[f64], points: &[f64]) -> (f64, f64) {
    let present = || {
        let known =
            values.iter().zip(points).filter(|(value, point)| !(value.is_nan() || point.is_nan()));
        known.map(|(_, point)| *point)
    };
    (present().fold(f64::INFINITY, f64::min), present().fold(f64::NEG_INFINITY, f64::max))
}

fn index_ways(scheme: &Scheme, inputs: &Inputs) -> Ways {
    let (panel, tree, options, mut problems) = index::prepare(scheme, std::slice::from_ref(inputs));
    let others = [
        Normalise::MinMax { lower: 0.0, upper: 100.0 },
        Normalise::ZScore { mean: 0.0, sd: 1.0 },
        Normalise::PercentileRank,
    ];
    let mut ways = Vec::new();
    for normalise in std::iter::once(options.normalise.clone()).chain(others) {
        let options = Options { normalise, ..options.clone() };
        let (outcome, found) = chain::run(&panel, &tree, &options);
        if Problem::any_error(&found) {
            // Another way may not fit (a geometric mean of z-scores): it is left out.
            if ways.is_empty() {
                problems.extend(found);
                return (tree, ways, problems);
            }
            continue;
        }
        ways.push((outcome, options));
    }
    (tree, ways, problems)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn half_of_the_draws_keep_the_scheme() {
        let count = |wanted| (0..600).filter(|n| way(f64::from(*n) / 600.0, 4) == wanted).count();
        // A draw that falls on the border of two ways belongs to the lower one.
        assert_eq!([0, 1, 2, 3].map(count), [300, 101, 99, 100]);
        assert_eq!(way(0.99, 1), 0);
    }

    #[test]
    fn shares_by_each_way() {
        let values = [0.0, 8.0, 10.0, 50.0, f64::NAN];
        let one = |way, less| shares(&values, way, less)[..4].to_vec();
        assert_eq!(one(1, false), [0.0, 0.16, 0.2, 1.0]);
        assert_eq!(one(2, false), [0.0, 0.0, 1.0, 1.0]);
        assert_eq!(one(3, true), [1.0, 1.0 - 1.0 / 3.0, 1.0 - 2.0 / 3.0, 0.0]);
        assert!(shares(&[1.0, 1.0, 1.0], 1, false).iter().all(|share| share.is_nan()));
    }
}
