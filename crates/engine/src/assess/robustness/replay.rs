//! The index again with other weights: what does not change is not computed again.

use crate::assess::options::Options;
use crate::assess::panel::{MISSING, Panel};
use crate::assess::rank::{RankRule, ranks};
use crate::assess::roll_up::combine_children;
use crate::assess::tree::Tree;

/// One period's scores, ready to be put together again under other weights.
#[derive(Debug)]
pub struct Replay<'a> {
    tree: &'a Tree,
    options: &'a Options,
    /// Scores by node, at the nominal weights.
    columns: Vec<Vec<f64>>,
    /// The nodes to be computed anew, children first; the root last.
    live: Vec<usize>,
    codes: Vec<String>,
}

impl<'a> Replay<'a> {
    /// Of `scores`, a column for each node as in [`crate::assess::Outcome::scores`], at
    /// `period`. Weights are taken as changing for the nodes in `varying` only.
    pub fn new(
        scores: &Panel,
        period: usize,
        tree: &'a Tree,
        options: &'a Options,
        varying: &[usize],
    ) -> Replay<'a> {
        let mut above = vec![false; tree.nodes().len()];
        for node in varying {
            let mut at = tree.parent(*node);
            while let Some(node) = at {
                above[node] = true;
                at = tree.parent(node);
            }
        }
        let columns = (0..tree.nodes().len()).map(|node| scores.column(period, node).to_vec());
        Replay {
            tree,
            options,
            columns: columns.collect(),
            live: tree.order().iter().copied().filter(|node| above[*node]).collect(),
            codes: scores.units.iter().map(|unit| unit.code.clone()).collect(),
        }
    }

    pub fn tree(&self) -> &Tree {
        self.tree
    }

    /// The index at the nominal weights.
    pub fn nominal(&self) -> &[f64] {
        &self.columns[self.tree.root()]
    }

    /// The index with these weights, one a node; data are not asked for weights again.
    pub fn index(&self, weights: &[f64]) -> Vec<f64> {
        let units = self.codes.len();
        let mut made: Vec<Vec<f64>> = Vec::with_capacity(self.live.len());
        for &node in &self.live {
            let children = self.tree.children(node);
            let mut columns: Vec<&[f64]> = Vec::with_capacity(children.len());
            for child in children {
                let anew = self.live.iter().take(made.len()).position(|live| live == child);
                columns.push(anew.map_or(&self.columns[*child], |at| &made[at]));
            }
            let own: Vec<f64> = children.iter().map(|child| weights[*child]).collect();
            let mut out = vec![MISSING; units];
            combine_children(self.tree, node, self.options, &columns, &own, &mut out);
            made.push(out);
        }
        made.pop().unwrap_or_else(|| self.nominal().to_vec())
    }

    /// Places of an index by the options' rule.
    pub fn ranks(&self, index: &[f64]) -> Vec<f64> {
        ranks(index, &self.codes, &self.options.rank)
    }

    pub fn rank_rule(&self) -> &RankRule {
        &self.options.rank
    }
}
