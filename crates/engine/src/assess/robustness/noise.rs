//! Noise on the weights.

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::chance::uniform;
use super::replay::Replay;
use super::spread::{RankSpread, RankTally};
use crate::assess::tree::Tree;

/// Recomputations that one thread does before it looks for more.
const BATCH: usize = 64;

/// Every weight times 1 + u·share, u even between −1 and 1, drawn anew each time.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct WeightNoise {
    /// Level of the nodes whose weights are drawn, and the share they may move by, 0 to 1.
    pub by_level: Vec<(usize, f64)>,
    pub replications: usize,
    pub seed: u64,
}

impl WeightNoise {
    /// The nodes whose weights are drawn.
    pub fn varying(&self, tree: &Tree) -> Vec<usize> {
        (0..tree.nodes().len()).filter(|node| self.share(tree, *node) > 0.0).collect()
    }

    /// The weights of one replication.
    pub fn weights(&self, tree: &Tree, nominal: &[f64], replication: usize) -> Vec<f64> {
        let mut weights = nominal.to_vec();
        for (node, weight) in weights.iter_mut().enumerate() {
            let share = self.share(tree, node);
            if share > 0.0 {
                let u = 2.0 * uniform(self.seed, replication as u64, node as u64) - 1.0;
                *weight = (*weight * (1.0 + u * share)).max(0.0);
            }
        }
        weights
    }

    fn share(&self, tree: &Tree, node: usize) -> f64 {
        let level = tree.level(node);
        let known = self.by_level.iter().find(|(known, _)| *known == level);
        known.filter(|_| tree.parent(node).is_some()).map_or(0.0, |(_, share)| *share)
    }
}

/// The places of all units under noise around `nominal` weights, one a node.
pub fn rank_spread(replay: &Replay, nominal: &[f64], noise: &WeightNoise) -> Vec<RankSpread> {
    let draw = |replication| noise.weights(replay.tree(), nominal, replication);
    let places = replay.ranks(&replay.index(nominal));
    tally(replay, noise.replications, draw).spreads(&places)
}

/// Counts the places over weight sets, the set of each replication being what `weights` says.
pub fn tally(
    replay: &Replay,
    replications: usize,
    weights: impl Fn(usize) -> Vec<f64> + Sync,
) -> RankTally {
    tally_places(replay.nominal().len(), replications, |replication| {
        replay.ranks(&replay.index(&weights(replication)))
    })
}

/// Counts places as `places` gives them for each replication.
pub fn tally_places(
    units: usize,
    replications: usize,
    places: impl Fn(usize) -> Vec<f64> + Sync,
) -> RankTally {
    let batch = |from: usize| {
        let mut tally = RankTally::new(units);
        for replication in from..(from + BATCH).min(replications) {
            tally.add(&places(replication));
        }
        tally
    };
    let starts = (0..replications).into_par_iter().step_by(BATCH).map(batch);
    starts.reduce(|| RankTally::new(units), |a, b| a.join(&b))
}
