//! Uncertainty of methods and weights together: every recomputation draws its own.

use rayon::prelude::*;
use serde::Serialize;
use tici_domain::Problem;

use super::chance::uniform;
use super::mean_rank_shift;
use super::noise::{WeightNoise, tally_places};
use super::replay::Replay;
use super::sobol::{Sobol, sobol};
use super::spread::RankTally;
use crate::assess::chain::scored;
use crate::assess::options::Options;
use crate::assess::outcome::Outcome;
use crate::assess::panel::Panel;
use crate::assess::tree::Tree;

/// The place of the draw that chooses among methods; nodes have the places below.
const CHOICE: u64 = u64::MAX;

/// Ways to run the chain, each as likely as the others; the first is the nominal one.
#[derive(Debug)]
pub struct Scenarios<'a> {
    tree: &'a Tree,
    alternatives: &'a [Options],
    outcomes: Vec<Outcome>,
    period: usize,
}

/// How often units had each place, and what moved them.
#[derive(Clone, Debug, PartialEq)]
pub struct Uncertain {
    pub nominal_ranks: Vec<f64>,
    pub tally: RankTally,
}

/// What the choice of method and the weights do to the ranking (mean |change of place|).
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Moved {
    pub method: Sobol,
    pub weights: Sobol,
}

impl<'a> Scenarios<'a> {
    /// Runs each alternative once. None with an error in any of them, or without any.
    pub fn new(
        panel: &Panel,
        tree: &'a Tree,
        alternatives: &'a [Options],
        period: usize,
    ) -> (Option<Scenarios<'a>>, Vec<Problem>) {
        let run_one = |options: &Options| {
            scored(panel, tree, &Options { keep_stages: false, ..options.clone() })
        };
        let (outcomes, found): (Vec<Outcome>, Vec<Vec<Problem>>) =
            alternatives.par_iter().map(run_one).unzip();
        let refused = found.iter().any(|found| Problem::any_error(found)) || outcomes.is_empty();
        // The nominal run's problems are said by the nominal run; others may repeat them.
        let problems = found.into_iter().find(|found| !refused || Problem::any_error(found));
        let scenarios = Scenarios { tree, alternatives, outcomes, period };
        ((!refused).then_some(scenarios), problems.unwrap_or_default())
    }

    /// Draws a method and weights for each replication of `noise` and counts the places.
    pub fn spread(&self, noise: &WeightNoise) -> Uncertain {
        let replays = self.replays(noise);
        let units = replays[0].nominal().len();
        let places = |replication: usize| {
            let choice = uniform(noise.seed, replication as u64, CHOICE);
            let at = (choice * replays.len() as f64) as usize;
            let weights = noise.weights(self.tree, self.nominal_weights(at), replication);
            replays[at].ranks(&replays[at].index(&weights))
        };
        Uncertain {
            nominal_ranks: replays[0].ranks(replays[0].nominal()),
            tally: tally_places(units, noise.replications, places),
        }
    }

    /// Sobol's indices of the two choices. None if nothing ever moves.
    pub fn moved(&self, noise: &WeightNoise) -> Option<Moved> {
        let replays = self.replays(noise);
        let before = replays[0].ranks(replays[0].nominal());
        let found = sobol(2, noise.replications, noise.seed, |x| {
            let at = (x[0] * replays.len() as f64) as usize;
            let draw = (x[1] * (1_u64 << 52) as f64) as usize;
            let weights = noise.weights(self.tree, self.nominal_weights(at), draw);
            let after = replays[at].ranks(&replays[at].index(&weights));
            mean_rank_shift(&before, &after).unwrap_or(0.0)
        })?;
        Some(Moved { method: found[0], weights: found[1] })
    }

    fn replays(&self, noise: &WeightNoise) -> Vec<Replay<'_>> {
        let varying = noise.varying(self.tree);
        let replay = |(outcome, options): (&Outcome, &'a Options)| {
            Replay::new(&outcome.scores, self.period, self.tree, options, &varying)
        };
        self.outcomes.iter().zip(self.alternatives).map(replay).collect()
    }

    fn nominal_weights(&self, at: usize) -> &[f64] {
        &self.outcomes[at].shares[self.period]
    }
}
