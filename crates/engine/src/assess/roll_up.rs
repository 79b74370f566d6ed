//! From the leaves' scores up the tree to the index.

use rayon::prelude::*;
use tici_domain::Problem;

use super::aggregate::Items;
use super::chain::place_name;
use super::options::{Bounds, Options};
use super::panel::{MISSING, Panel};
use super::tree::Tree;
use super::weigh::{Siblings, Weigh, benefit_of_doubt};

/// Scores of all nodes, and the weights they came from.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RolledUp {
    /// One column per node, in the order of the tree.
    pub scores: Panel,
    /// For each period, the weight of each node among its siblings, as shares.
    pub shares: Vec<Vec<f64>>,
}

/// Puts the leaves' scores together, level by level. `leaves` has a column for each leaf, in
/// the order of the tree: normalised values, or points from elsewhere. A missing leaf leaves
/// its weight to its siblings, by the options' least share of what must be present.
///
/// Weights that come from data are of each period, unless the options' bounds are common to
/// all periods: then the same values give them.
///
/// Problems: those of [`Weigh::weights`], and `assess-score-out-of-domain` where values are
/// negative that must not be; both with `code`.
pub fn roll_up(leaves: &Panel, tree: &Tree, options: &Options) -> (RolledUp, Vec<Problem>) {
    let codes = tree.nodes().iter().map(|node| node.code.clone()).collect();
    let mut scores = leaves.like(codes);
    let periods = leaves.periods().len();
    for (column, leaf) in tree.leaves().enumerate() {
        for period in 0..periods {
            scores.column_mut(period, leaf).copy_from_slice(leaves.column(period, column));
        }
    }
    let mut weights = vec![tree.weights(); periods];
    let mut problems = Vec::new();
    for &node in tree.order().iter().filter(|node| !tree.is_leaf(**node)) {
        let found = weigh(&scores, tree, node, options);
        for (period, (own, found)) in found.into_iter().enumerate() {
            for (child, weight) in tree.children(node).iter().zip(own) {
                weights[period][*child] = weight;
            }
            let code = place_name(leaves, period, &tree.nodes()[node]);
            problems.extend(found.into_iter().map(|problem| problem.arg("code", &code)));
        }
        for period in combine(&mut scores, tree, node, options, &weights) {
            let code = place_name(leaves, period, &tree.nodes()[node]);
            problems.push(Problem::warning("assess-score-out-of-domain").arg("code", code));
        }
    }
    let shares = weights.iter().map(|weights| tree.shares(weights)).collect();
    (RolledUp { scores, shares }, problems)
}

/// Weights of a node's children in each period, with what is to be said about them.
fn weigh(
    scores: &Panel,
    tree: &Tree,
    node: usize,
    options: &Options,
) -> Vec<(Vec<f64>, Vec<Problem>)> {
    let weigh = tree.nodes()[node].weigh.as_ref().unwrap_or(&options.weigh);
    let children = tree.children(node);
    let given: Vec<f64> = children.iter().map(|child| tree.nodes()[*child].weight.0).collect();
    let method = tree.nodes()[node].aggregate.as_ref();
    let aggregate = method.unwrap_or_else(|| options.aggregate_at(tree.level(node)));
    let from = |columns: &[&[f64]]| weigh.weights(&Siblings { columns, given: &given, aggregate });
    let periods = 0..scores.periods().len();
    let of = |period: usize| -> Vec<&[f64]> {
        children.iter().map(|child| scores.column(period, *child)).collect()
    };
    let common = match &options.bounds {
        Bounds::EachPeriod => {
            return periods.into_par_iter().map(|period| from(&of(period))).collect();
        }
        Bounds::OnePeriod(period) => from(&of(scores.period_index(period).unwrap_or(0))),
        Bounds::AllPeriods => {
            let gather = |child: &usize| {
                let all = periods.clone().flat_map(|period| scores.column(period, *child));
                all.copied().collect::<Vec<f64>>()
            };
            let all: Vec<Vec<f64>> = children.iter().map(gather).collect();
            from(&all.iter().map(Vec::as_slice).collect::<Vec<_>>())
        }
    };
    // What is to be said is said once.
    let again = (common.0.clone(), Vec::new());
    let mut found = vec![again; scores.periods().len()];
    if let Some(first) = found.first_mut() {
        *first = common;
    }
    found
}

/// Scores a node in each period; names the periods in which values were out of the domain.
fn combine(
    scores: &mut Panel,
    tree: &Tree,
    node: usize,
    options: &Options,
    weights: &[Vec<f64>],
) -> Vec<usize> {
    let children = tree.children(node);
    let one = |period: usize| {
        let columns: Vec<&[f64]> =
            children.iter().map(|child| scores.column(period, *child)).collect();
        let weights: Vec<f64> = children.iter().map(|child| weights[period][*child]).collect();
        let mut out = vec![MISSING; scores.units.len()];
        let refused = combine_children(tree, node, options, &columns, &weights, &mut out);
        (out, refused)
    };
    let found: Vec<(Vec<f64>, bool)> =
        (0..scores.periods().len()).into_par_iter().map(one).collect();
    let mut refused = Vec::new();
    for (period, (out, outside)) in found.into_iter().enumerate() {
        scores.column_mut(period, node).copy_from_slice(&out);
        refused.extend(outside.then_some(period));
    }
    refused
}

/// Scores one node from its children's columns; true if values were out of the domain.
pub(super) fn combine_children(
    tree: &Tree,
    node: usize,
    options: &Options,
    columns: &[&[f64]],
    weights: &[f64],
    out: &mut [f64],
) -> bool {
    let own = &tree.nodes()[node];
    if let Weigh::BenefitOfDoubt { share_min, share_max } =
        own.weigh.as_ref().unwrap_or(&options.weigh)
    {
        out.copy_from_slice(&benefit_of_doubt::scores(columns, *share_min, *share_max));
        return false;
    }
    let method = own.aggregate.as_ref().unwrap_or_else(|| options.aggregate_at(tree.level(node)));
    let present_share_min = options.present_share_min;
    method.combine(&Items { columns, weights, present_share_min }, out)
}
