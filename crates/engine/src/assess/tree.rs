//! The framework: which indicators make which pillar, and these which index.

use std::collections::{HashMap, HashSet};

use serde::{Deserialize, Serialize};
use tici_domain::Problem;

use super::aggregate::Aggregate;
use super::normalise::Normalise;
use super::treat::Treat;
use super::weigh::Weigh;

/// Whether more of an indicator is better. A column of which less is better is multiplied
/// by −1 before it is normalised.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    #[default]
    Higher,
    Lower,
}

/// One item as it is written down: a leaf that stands for a column, or what is made of the
/// items that name it as their parent. Which of the two is told by whether any does.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Node {
    /// Unique in the tree. Of a leaf, also the column it is read from.
    pub code: String,
    pub name: String,
    /// Code of what it is part of; exactly one item, the index, has none.
    pub parent: Option<String>,
    /// Its weight among its siblings, of any scale: shares are taken.
    pub weight: Weight,
    /// Of a leaf: whether more is better.
    pub direction: Direction,
    /// Of a leaf: the column it is divided by.
    pub denominator: Option<String>,
    /// Of a leaf: the value aimed at, in its own unit, direction not applied.
    pub target: Option<f64>,
    /// Of a leaf: how it is treated, if otherwise than [`super::Options::treat`] says.
    pub treat: Option<Treat>,
    /// Of a leaf: how it is normalised, if otherwise than the options say.
    pub normalise: Option<Normalise>,
    /// Of an inner node: how its children are weighed, if otherwise than the options say.
    pub weigh: Option<Weigh>,
    /// Of an inner node: how its children are put together, if otherwise than the options say.
    pub aggregate: Option<Aggregate>,
}

/// A weight; one where nothing is said.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Weight(pub f64);

impl Default for Weight {
    fn default() -> Weight {
        Weight(1.0)
    }
}

/// A checked tree: one root, no cycles, every weight finite and not negative.
///
/// Items keep the order in which they were written; [`Tree::order`] has children before
/// their parents.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Tree {
    nodes: Vec<Node>,
    parents: Vec<Option<usize>>,
    children: Vec<Vec<usize>>,
    levels: Vec<usize>,
    order: Vec<usize>,
}

impl Tree {
    /// Checks and links the items. With an error among the problems the tree is empty.
    ///
    /// Problems (`code` names the item): `assess-tree-empty`, `assess-tree-duplicate`,
    /// `assess-tree-parent-unknown` (`parent`), `assess-tree-cycle`, `assess-tree-roots`
    /// (`codes`), `assess-tree-weight` (`weight`), `assess-tree-weights-zero`.
    pub fn new(nodes: Vec<Node>) -> (Tree, Vec<Problem>) {
        let mut problems = Vec::new();
        if nodes.is_empty() {
            return (Tree::default(), vec![Problem::error("assess-tree-empty")]);
        }
        let parents = linked(&nodes, &mut problems);
        check_weights(&nodes, &mut problems);
        let mut children = vec![Vec::new(); nodes.len()];
        for (node, parent) in parents.iter().enumerate() {
            if let Some(parent) = parent {
                children[*parent].push(node);
            }
        }
        let order = bottom_up(&parents, &children);
        check_shape(&nodes, &parents, &order, &mut problems);
        if Problem::any_error(&problems) {
            return (Tree::default(), problems);
        }
        let mut levels = vec![1; nodes.len()];
        for &node in &order {
            let below = children[node].iter().map(|child| levels[*child]).max();
            levels[node] = below.unwrap_or(0) + 1;
        }
        check_weight_sums(&nodes, &children, &mut problems);
        (Tree { nodes, parents, children, levels, order }, problems)
    }

    pub fn nodes(&self) -> &[Node] {
        &self.nodes
    }

    pub fn index(&self, code: &str) -> Option<usize> {
        self.nodes.iter().position(|node| node.code == code)
    }

    pub fn parent(&self, node: usize) -> Option<usize> {
        self.parents[node]
    }

    /// The children of a node, in the order in which they were written.
    pub fn children(&self, node: usize) -> &[usize] {
        &self.children[node]
    }

    /// 1 for a leaf, else one more than the highest child.
    pub fn level(&self, node: usize) -> usize {
        self.levels[node]
    }

    /// All nodes, children before their parents; the root last.
    pub fn order(&self) -> &[usize] {
        &self.order
    }

    /// The index. The tree must not be empty.
    pub fn root(&self) -> usize {
        *self.order.last().expect("a checked tree has a root")
    }

    pub fn is_empty(&self) -> bool {
        self.nodes.is_empty()
    }

    pub fn is_leaf(&self, node: usize) -> bool {
        self.children[node].is_empty()
    }

    /// The leaves, in the order in which they were written.
    pub fn leaves(&self) -> impl Iterator<Item = usize> {
        (0..self.nodes.len()).filter(|node| self.is_leaf(*node))
    }

    /// The leaves under a node, itself if it is one, in the order of the tree.
    pub fn leaves_under(&self, node: usize) -> Vec<usize> {
        if self.is_leaf(node) {
            return vec![node];
        }
        self.children[node].iter().flat_map(|child| self.leaves_under(*child)).collect()
    }

    /// The weights as written, by node.
    pub fn weights(&self) -> Vec<f64> {
        self.nodes.iter().map(|node| node.weight.0).collect()
    }

    /// Each node's share among its siblings, the root's being 1. Siblings that all weigh
    /// nothing have no share.
    pub fn shares(&self, weights: &[f64]) -> Vec<f64> {
        let mut shares = vec![1.0; self.nodes.len()];
        for siblings in &self.children {
            let sum: f64 = siblings.iter().map(|node| weights[*node]).sum();
            for &node in siblings {
                shares[node] = if sum > 0.0 { weights[node] / sum } else { 0.0 };
            }
        }
        shares
    }

    /// Each node's weight in the index: the product of shares on the way up.
    pub fn effective_weights(&self, weights: &[f64]) -> Vec<f64> {
        let mut effective = self.shares(weights);
        for &node in self.order.iter().rev() {
            if let Some(parent) = self.parents[node] {
                effective[node] *= effective[parent];
            }
        }
        effective
    }
}

fn linked(nodes: &[Node], problems: &mut Vec<Problem>) -> Vec<Option<usize>> {
    let mut places = HashMap::new();
    for (at, node) in nodes.iter().enumerate() {
        if places.insert(node.code.as_str(), at).is_some() {
            problems.push(Problem::error("assess-tree-duplicate").arg("code", &node.code));
        }
    }
    let mut parents = Vec::with_capacity(nodes.len());
    for node in nodes {
        let parent = node.parent.as_deref().map(|parent| (parent, places.get(parent).copied()));
        if let Some((parent, None)) = parent {
            let problem = Problem::error("assess-tree-parent-unknown");
            problems.push(problem.arg("code", &node.code).arg("parent", parent));
        }
        parents.push(parent.and_then(|(_, place)| place));
    }
    parents
}

fn check_weights(nodes: &[Node], problems: &mut Vec<Problem>) {
    for node in nodes {
        let weight = node.weight.0;
        if !weight.is_finite() || weight < 0.0 {
            let problem = Problem::error("assess-tree-weight");
            problems.push(problem.arg("code", &node.code).arg("weight", weight));
        }
    }
}

/// Nodes from the leaves up; those on a cycle, and above it, are left out.
fn bottom_up(parents: &[Option<usize>], children: &[Vec<usize>]) -> Vec<usize> {
    let mut waiting: Vec<usize> = children.iter().map(Vec::len).collect();
    let mut order: Vec<usize> = (0..parents.len()).filter(|node| waiting[*node] == 0).collect();
    let mut at = 0;
    while let Some(&node) = order.get(at) {
        at += 1;
        if let Some(parent) = parents[node] {
            waiting[parent] -= 1;
            if waiting[parent] == 0 {
                order.push(parent);
            }
        }
    }
    order
}

fn check_shape(
    nodes: &[Node],
    parents: &[Option<usize>],
    order: &[usize],
    problems: &mut Vec<Problem>,
) {
    let reached: HashSet<usize> = order.iter().copied().collect();
    let circling = (0..nodes.len()).filter(|node| !reached.contains(node));
    let circling: Vec<&str> = circling.map(|node| nodes[node].code.as_str()).collect();
    if !circling.is_empty() {
        problems.push(Problem::error("assess-tree-cycle").arg("codes", circling.join(", ")));
        return;
    }
    let roots = (0..nodes.len()).filter(|node| parents[*node].is_none());
    let roots: Vec<&str> = roots.map(|node| nodes[node].code.as_str()).collect();
    if roots.len() != 1 && !Problem::any_error(problems) {
        problems.push(Problem::error("assess-tree-roots").arg("codes", roots.join(", ")));
    }
}

fn check_weight_sums(nodes: &[Node], children: &[Vec<usize>], problems: &mut Vec<Problem>) {
    for (node, siblings) in children.iter().enumerate() {
        let given = matches!(nodes[node].weigh, None | Some(Weigh::Given));
        let sum: f64 = siblings.iter().map(|child| nodes[*child].weight.0).sum();
        if given && !siblings.is_empty() && sum <= 0.0 {
            let code = &nodes[node].code;
            problems.push(Problem::warning("assess-tree-weights-zero").arg("code", code));
        }
    }
}
