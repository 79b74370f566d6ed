//! What happens to the ranking when one item is left out.

use rayon::prelude::*;
use serde::Serialize;

use super::mean_rank_shift;
use super::replay::Replay;

/// The index without one node.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Without {
    pub node: usize,
    pub scores: Vec<f64>,
    pub ranks: Vec<f64>,
    /// For each unit its nominal place less the new one: positive for who gains.
    pub shifts: Vec<f64>,
    /// Mean of the shifts' sizes; none if nobody has a place in both.
    pub mean_abs_shift: Option<f64>,
}

/// Leaves out each of `nodes` in turn: its weight is nothing, its siblings share it. `replay`
/// must have been made with them as varying, and `nominal` are the weights of all nodes.
pub fn leave_one_out(replay: &Replay, nominal: &[f64], nodes: &[usize]) -> Vec<Without> {
    let before = replay.ranks(&replay.index(nominal));
    let without = |&node: &usize| {
        let mut weights = nominal.to_vec();
        weights[node] = 0.0;
        let scores = replay.index(&weights);
        let ranks = replay.ranks(&scores);
        let shifts = before.iter().zip(&ranks).map(|(before, after)| before - after).collect();
        let mean_abs_shift = mean_rank_shift(&before, &ranks);
        Without { node, scores, ranks, shifts, mean_abs_shift }
    };
    nodes.par_iter().map(without).collect()
}
