//! The index of a panel too large to keep a table of every step.

use rayon::prelude::*;
use tici_domain::Problem;

use super::aggregate::{Aggregate, Items};
use super::chain::{self, place_name, rank_all};
use super::denominate::denominate;
use super::impute::Impute;
use super::normalise::{Column, Normalise, min_max};
use super::options::{Bounds, Options};
use super::panel::{MISSING, Panel, is_present};
use super::screen::Screen;
use super::tree::Tree;
use super::weigh::Weigh;

/// Scores and places of the nodes above the leaves.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Index {
    /// One column for each node that is not a leaf, in the order of the tree.
    pub scores: Panel,
    pub ranks: Panel,
}

/// As [`chain::run`], to the last digit, without keeping what it passes through: each column is
/// read from memory once, scored, and added to its parent while it is near. That needs bounds
/// of each period, weights that do not come from data, and neither imputing nor screening;
/// with anything else the whole chain is run and its tables are dropped.
pub fn index(panel: &Panel, tree: &Tree, options: &Options) -> (Index, Vec<Problem>) {
    let options = &Options { keep_stages: false, ..options.clone() };
    if !passes_once(tree, options) {
        let (outcome, problems) = chain::scored(panel, tree, options);
        return (inner_only(&outcome.scores, tree, options), problems);
    }
    let mut problems = chain::check(panel, tree, options);
    if Problem::any_error(&problems) {
        return (Index::default(), problems);
    }
    let inner: Vec<usize> = inner(tree).collect();
    let codes = inner.iter().map(|node| tree.nodes()[*node].code.clone()).collect();
    let mut scores = panel.like(codes);
    let of_period = |(period, cells): (usize, &mut [f64])| {
        let mut pass = Pass::new(panel, tree, options, period);
        pass.run();
        for (out, node) in cells.chunks_mut(panel.units.len()).zip(&inner) {
            out.copy_from_slice(&pass.done[*node]);
        }
        pass.problems
    };
    let length = inner.len() * panel.units.len();
    let found: Vec<Vec<Problem>> =
        scores.cells_mut().par_chunks_mut(length).enumerate().map(of_period).collect();
    problems.extend(found.into_iter().flatten());
    let ranks = rank_all(&scores, options);
    (Index { scores, ranks }, problems)
}

fn inner(tree: &Tree) -> impl Iterator<Item = usize> {
    (0..tree.nodes().len()).filter(|node| !tree.is_leaf(*node))
}

fn inner_only(all: &Panel, tree: &Tree, options: &Options) -> Index {
    if all.columns().is_empty() {
        return Index::default();
    }
    let codes = inner(tree).map(|node| tree.nodes()[node].code.clone()).collect();
    let mut scores = all.like(codes);
    for (column, node) in inner(tree).enumerate() {
        for period in 0..all.periods().len() {
            scores.column_mut(period, column).copy_from_slice(all.column(period, node));
        }
    }
    let ranks = rank_all(&scores, options);
    Index { scores, ranks }
}

fn passes_once(tree: &Tree, options: &Options) -> bool {
    let plain = |weigh: &Weigh| matches!(weigh, Weigh::Given | Weigh::Equal);
    let own = tree.nodes().iter().all(|node| node.weigh.as_ref().is_none_or(plain));
    let several_leaves = !tree.is_empty() && !tree.is_leaf(tree.root());
    options.impute == Impute::None
        && options.screen == Screen::default()
        && options.bounds == Bounds::EachPeriod
        && plain(&options.weigh)
        && own
        && several_leaves
}

/// One period on its way up the tree.
struct Pass<'a> {
    panel: &'a Panel,
    tree: &'a Tree,
    options: &'a Options,
    period: usize,
    /// The column of each leaf and of its denominator.
    sources: Vec<Option<(usize, Option<usize>)>>,
    /// Scores of the nodes above the leaves, as they are done.
    done: Vec<Vec<f64>>,
    problems: Vec<Problem>,
}

impl<'a> Pass<'a> {
    fn new(panel: &'a Panel, tree: &'a Tree, options: &'a Options, period: usize) -> Pass<'a> {
        let source = |node: usize| {
            let leaf = &tree.nodes()[node];
            let below = leaf.denominator.as_ref().and_then(|code| panel.column_index(code));
            panel.column_index(&leaf.code).filter(|_| tree.is_leaf(node)).map(|at| (at, below))
        };
        Pass {
            panel,
            tree,
            options,
            period,
            sources: (0..tree.nodes().len()).map(source).collect(),
            done: vec![Vec::new(); tree.nodes().len()],
            problems: Vec::new(),
        }
    }

    fn run(&mut self) {
        let tree = self.tree;
        for &node in tree.order().iter().filter(|node| !tree.is_leaf(**node)) {
            let own = &tree.nodes()[node];
            let level = self.options.aggregate_at(tree.level(node));
            let method = own.aggregate.as_ref().unwrap_or(level);
            self.done[node] = match method {
                Aggregate::Arithmetic => self.mean(node),
                method => self.other(node, method),
            };
        }
    }

    fn weight(&self, node: usize, child: usize) -> f64 {
        match self.tree.nodes()[node].weigh.as_ref().unwrap_or(&self.options.weigh) {
            Weigh::Equal => 1.0,
            _ => self.tree.nodes()[child].weight.0,
        }
    }

    /// The weighted mean of the children, each added as soon as it is scored.
    fn mean(&mut self, node: usize) -> Vec<f64> {
        let units = self.panel.units.len();
        let children = self.tree.children(node);
        let mut sums = Sums::new(units);
        let mut scratch = Vec::new();
        for &child in children {
            let weight = self.weight(node, child);
            let Some((column, below)) = self.sources[child] else {
                sums.add(&self.done[child], weight, |x| x);
                continue;
            };
            let values = self.panel.column(self.period, column);
            if let Some(line) = self.line(child, below, values) {
                sums.add(values, weight, |x| line.at(x));
                continue;
            }
            scratch.resize(units, MISSING);
            self.score_leaf(child, values, below, &mut scratch);
            sums.add(&scratch, weight, |x| x);
        }
        sums.means(children.len(), self.options.present_share_min)
    }

    /// The way of a leaf that is only stretched between its bounds.
    fn line(&self, leaf: usize, below: Option<usize>, values: &[f64]) -> Option<min_max::Line> {
        let node = &self.tree.nodes()[leaf];
        let plain = node.treat.as_ref().unwrap_or(&self.options.treat).is_none();
        match node.normalise.as_ref().unwrap_or(&self.options.normalise) {
            Normalise::MinMax { lower, upper } if plain && below.is_none() => {
                let column = Column { direction: node.direction, ..Column::new(values) };
                min_max::Line::of(&column, *lower, *upper)
            }
            _ => None,
        }
    }

    fn other(&mut self, node: usize, method: &Aggregate) -> Vec<f64> {
        let units = self.panel.units.len();
        let children = self.tree.children(node);
        let mut scored = Vec::new();
        for &child in children {
            if let Some((column, below)) = self.sources[child] {
                let mut out = vec![MISSING; units];
                let values = self.panel.column(self.period, column);
                self.score_leaf(child, values, below, &mut out);
                scored.push(out);
            }
        }
        let mut scored = scored.iter();
        let column = |child: &usize| match self.sources[*child] {
            Some(_) => scored.next().map_or(&[][..], Vec::as_slice),
            None => &self.done[*child],
        };
        let columns: Vec<&[f64]> = children.iter().map(column).collect();
        let weights: Vec<f64> = children.iter().map(|child| self.weight(node, *child)).collect();
        let present_share_min = self.options.present_share_min;
        let mut out = vec![MISSING; units];
        let items = Items { columns: &columns, weights: &weights, present_share_min };
        if method.combine(&items, &mut out) {
            self.say(Problem::warning("assess-score-out-of-domain"), node);
        }
        out
    }

    fn score_leaf(&mut self, leaf: usize, values: &[f64], below: Option<usize>, out: &mut [f64]) {
        let node = &self.tree.nodes()[leaf];
        let rule = node.treat.as_ref().unwrap_or(&self.options.treat);
        let mut own = values.to_vec();
        for (unit, value) in chain::refuse_infinite(&mut own) {
            let problem = Problem::warning("assess-value-not-finite");
            let column = place_name(self.panel, self.period, node);
            let problem = problem.arg("unit", &self.panel.units[unit].code);
            self.problems.push(problem.arg("column", column).arg("value", value));
        }
        if let Some(below) = below {
            let refused = denominate(&mut own, self.panel.column(self.period, below));
            if refused > 0 {
                let problem = Problem::warning("assess-denominator-zero");
                self.say(problem.arg("count", refused), leaf);
            }
        }
        if !rule.is_none() {
            rule.treat(&mut own);
        }
        let method = node.normalise.as_ref().unwrap_or(&self.options.normalise);
        let reference = match method {
            Normalise::DistanceToReference { unit, .. } => self.panel.unit_index(unit),
            _ => None,
        };
        let column = Column {
            direction: node.direction,
            target: node.target,
            reference: reference.map(|unit| own[unit]).filter(|value| is_present(*value)),
            zero_range: self.options.zero_range,
            ..Column::new(&own)
        };
        if let Some(flaw) = method.scores(&column, out) {
            self.say(Problem::warning(flaw.key()), leaf);
        }
    }

    fn say(&mut self, problem: Problem, node: usize) {
        let code = place_name(self.panel, self.period, &self.tree.nodes()[node]);
        self.problems.push(problem.arg("code", code));
    }
}

/// Weighted sums of columns, unit by unit; what each unit's weights come to is only kept unit
/// by unit from the first column with gaps on.
struct Sums {
    sums: Vec<f64>,
    common_weight: f64,
    common_present: u32,
    own: Option<(Vec<f64>, Vec<u32>)>,
}

impl Sums {
    fn new(units: usize) -> Sums {
        Sums { sums: vec![0.0; units], common_weight: 0.0, common_present: 0, own: None }
    }

    fn add(&mut self, column: &[f64], weight: f64, see: impl Fn(f64) -> f64) {
        let gaps = column.iter().fold(0_u64, |gaps, cell| gaps + u64::from(cell.is_nan()));
        if gaps > 0 && self.own.is_none() {
            let weights = vec![self.common_weight; self.sums.len()];
            self.own = Some((weights, vec![self.common_present; self.sums.len()]));
        }
        if let Some((weights, present)) = &mut self.own {
            for ((cell, weights), present) in column.iter().zip(weights).zip(present) {
                *weights += if is_present(*cell) { weight } else { 0.0 };
                *present += u32::from(is_present(*cell));
            }
        } else {
            self.common_weight += weight;
            self.common_present += 1;
        }
        if weight <= 0.0 {
            return;
        }
        if gaps == 0 {
            for (sum, cell) in self.sums.iter_mut().zip(column) {
                *sum += weight * see(*cell);
            }
        } else {
            for (sum, cell) in self.sums.iter_mut().zip(column) {
                *sum += if is_present(*cell) { weight * see(*cell) } else { 0.0 };
            }
        }
    }

    fn means(self, children: usize, present_share_min: f64) -> Vec<f64> {
        let Sums { mut sums, common_weight, common_present, own } = self;
        let enough = |present: u32| {
            present > 0 && f64::from(present) >= present_share_min * children as f64 - 1e-9
        };
        for (unit, sum) in sums.iter_mut().enumerate() {
            let (weight, present) = match &own {
                Some((weights, present)) => (weights[unit], present[unit]),
                None => (common_weight, common_present),
            };
            let mean = *sum / weight;
            let fits = enough(present) && weight > 0.0 && mean.is_finite();
            *sum = if fits { mean } else { MISSING };
        }
        sums
    }
}
