//! How sure a scheme's ranking is: noise on weights, items left out, correlations, and items
//! that say the same or tell nobody apart.

use serde::Serialize;
use tici_domain::Problem;

use super::inputs::Inputs;
use super::{Run, index, run};
use crate::assess::chain;
use crate::assess::normalise::Normalise;
use crate::assess::options::Options;
use crate::assess::outcome::Outcome;
use crate::assess::panel::{Panel, Unit};
use crate::assess::robustness::correlation::Correlation;
use crate::assess::robustness::influence::influences;
use crate::assess::robustness::leave_one_out::leave_one_out;
use crate::assess::robustness::noise::rank_spread;
use crate::assess::robustness::redundancy::{Flat, FlatBecause, repeated};
use crate::assess::robustness::{RankSpread, Replay, WeightNoise};
use crate::assess::scheme::{Kind, Scheme};
use crate::assess::score::Number;
use crate::assess::tree::{Node, Tree, Weight};

/// What is asked.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Asked {
    /// Every weight moves by up to this share, 0 to 1.
    pub noise: f64,
    pub replications: usize,
    pub seed: u64,
    /// Correlation from which two items say nearly the same.
    pub repeats_from: f64,
}

impl Default for Asked {
    fn default() -> Asked {
        Asked { noise: 0.25, replications: 1000, seed: 1, repeats_from: 0.9 }
    }
}

/// How sure a ranking is. Nodes are called by their keys.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Sensitivity {
    /// Codes of the units, in the order of the lists.
    pub units: Vec<String>,
    pub spreads: Vec<RankSpread>,
    pub without: Vec<Left>,
    pub say: Vec<Say>,
    pub repeats: Vec<Repeat>,
    pub flat: Vec<(String, FlatBecause)>,
}

/// The ranking with one node left out.
#[derive(Clone, Debug, Serialize)]
pub struct Left {
    pub node: String,
    pub mean_abs_shift: Option<f64>,
    pub ranks: Vec<f64>,
}

/// How much a node has to say in what it is part of, and in the total.
#[derive(Clone, Debug, Serialize)]
pub struct Say {
    pub node: String,
    pub weight: f64,
    pub effective_weight: f64,
    pub correlation: Option<f64>,
    pub influence: Option<f64>,
}

/// Two items that nearly repeat each other.
#[derive(Clone, Debug, Serialize)]
pub struct Repeat {
    pub first: String,
    pub second: String,
    pub correlation: f64,
}

/// Looks at one period of a scheme. With an error among the problems there is no answer.
pub fn sensitivity(
    scheme: &Scheme,
    inputs: &Inputs,
    asked: &Asked,
) -> (Option<Sensitivity>, Vec<Problem>) {
    let (ran, mut problems) = run(scheme, inputs);
    let Some(ran) = ran else { return (None, problems) };
    let (panel, tree, options, found) = match scheme.kind {
        Kind::Index => index::prepare(scheme, std::slice::from_ref(inputs)),
        Kind::Points => scored(scheme, &ran),
    };
    problems.extend(found);
    let (outcome, found) = chain::run(&panel, &tree, &options);
    if Problem::any_error(&problems) || Problem::any_error(&found) {
        problems.extend(found);
        return (None, problems);
    }
    (Some(looked(&outcome, &tree, &options, asked)), problems)
}

fn looked(outcome: &Outcome, tree: &Tree, options: &Options, asked: &Asked) -> Sensitivity {
    let levels = (0..tree.nodes().len()).map(|node| tree.level(node)).max().unwrap_or(1);
    let noise = WeightNoise {
        by_level: (1..levels).map(|level| (level, asked.noise)).collect(),
        replications: asked.replications,
        seed: asked.seed,
    };
    let nodes: Vec<usize> =
        (0..tree.nodes().len()).filter(|node| tree.parent(*node).is_some()).collect();
    let replay = Replay::new(&outcome.scores, 0, tree, options, &nodes);
    // In a sum weights are as written, elsewhere shares: the tree's own are both.
    let nominal = nominal(outcome, tree);
    let key = |node: usize| tree.nodes()[node].code.clone();
    let without = leave_one_out(&replay, &nominal, &nodes).into_iter().map(|left| Left {
        node: key(left.node),
        mean_abs_shift: left.mean_abs_shift,
        ranks: left.ranks,
    });
    let say = influences(outcome, tree, 0).into_iter().map(|say| Say {
        node: key(say.node),
        weight: say.weight,
        effective_weight: say.effective_weight,
        correlation: say.correlation,
        influence: say.influence,
    });
    let leaves: Vec<usize> = tree.leaves().collect();
    let columns: Vec<&[f64]> = leaves.iter().map(|leaf| outcome.scores.column(0, *leaf)).collect();
    let pairs = repeated(&columns, Correlation::Pearson, asked.repeats_from);
    let repeats = pairs.into_iter().map(|pair| Repeat {
        first: key(leaves[pair.first]),
        second: key(leaves[pair.second]),
        correlation: pair.correlation,
    });
    let flat = leaves.iter().zip(&columns);
    let flat = flat.filter_map(|(leaf, column)| Some((key(*leaf), Flat::default().judge(column)?)));
    Sensitivity {
        units: outcome.scores.units.iter().map(|unit| unit.code.clone()).collect(),
        spreads: rank_spread(&replay, &nominal, &noise),
        without: without.collect(),
        say: say.collect(),
        repeats: repeats.collect(),
        flat: flat.collect(),
    }
}

/// The weights as written, or as the data gave them.
fn nominal(outcome: &Outcome, tree: &Tree) -> Vec<f64> {
    use crate::assess::weigh::Weigh;
    let written = tree.weights();
    let shares = &outcome.shares[0];
    let weight = |node: usize| {
        let parent = tree.parent(node).map(|parent| &tree.nodes()[parent]);
        let is_given =
            parent.is_none_or(|parent| matches!(parent.weigh, None | Some(Weigh::Given)));
        if is_given { written[node] } else { shares[node] }
    };
    (0..tree.nodes().len()).map(weight).collect()
}

/// Points by rules as the leaves of a tree that is put together as the scheme says.
fn scored(scheme: &Scheme, ran: &Run) -> (Panel, Tree, Options, Vec<Problem>) {
    let number = |number: &Option<Number>| number.as_ref().map_or(f64::NAN, Number::to_f64);
    let column = |at: usize| ran.units.iter().map(|unit| number(&unit.items[at].points)).collect();
    let items = scheme.items.iter().enumerate();
    let columns = items.map(|(at, item)| (item.key.clone(), column(at))).collect();
    let units = ran.units.iter().map(|unit| Unit::new(&unit.code)).collect();
    let root = scheme.branches[scheme.root()].key.clone();
    let weight = |weight: &Option<Number>| {
        weight.as_ref().map_or(Weight::default(), |weight| Weight(weight.to_f64()))
    };
    let leaf = scheme.items.iter().map(|item| Node {
        code: item.key.clone(),
        parent: Some(item.parent.clone().unwrap_or_else(|| root.clone())),
        weight: weight(&item.weight),
        ..Node::default()
    });
    let inner = scheme.branches.iter().map(|branch| Node {
        code: branch.key.clone(),
        parent: branch.parent.clone(),
        weight: weight(&branch.weight),
        aggregate: Some(branch.combine.aggregate()),
        weigh: Some(branch.weigh.clone()),
        ..Node::default()
    });
    let (tree, problems) = Tree::new(leaf.chain(inner).collect());
    let options = Options { normalise: Normalise::None, ..Options::default() };
    (Panel::of_columns(units, columns), tree, options, problems)
}
