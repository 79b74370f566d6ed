//! What weights do, against what they were meant to do.

use serde::Serialize;

use crate::assess::outcome::Outcome;
use crate::assess::stats;
use crate::assess::tree::Tree;

/// One node's say in its parent.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Influence {
    pub node: usize,
    /// Its weight among its siblings, as a share.
    pub weight: f64,
    /// Its weight in the index.
    pub effective_weight: f64,
    /// Its correlation with its parent; none without spread.
    pub correlation: Option<f64>,
    /// That correlation as a share of its siblings' sum; none if the sum is not positive.
    pub influence: Option<f64>,
}

/// The say of every node but the index in one period, in the order of the tree.
pub fn influences(outcome: &Outcome, tree: &Tree, period: usize) -> Vec<Influence> {
    let correlation = |node: usize| {
        let parent = tree.parent(node)?;
        let column = |node| outcome.scores.column(period, node);
        stats::pearson(column(node), column(parent))
    };
    let correlations: Vec<Option<f64>> = (0..tree.nodes().len()).map(correlation).collect();
    let one = |node: usize| {
        let siblings = tree.children(tree.parent(node)?);
        let sum: f64 = siblings.iter().filter_map(|node| correlations[*node]).sum();
        Some(Influence {
            node,
            weight: outcome.shares[period][node],
            effective_weight: outcome.effective_weights[period][node],
            correlation: correlations[node],
            influence: correlations[node].filter(|_| sum > 0.0).map(|own| own / sum),
        })
    };
    (0..tree.nodes().len()).filter_map(one).collect()
}
