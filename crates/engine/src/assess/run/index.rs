//! A composite index: figures become a panel, the chain is run, and its tables become the
//! same kind of result as points by rules.

use std::collections::BTreeMap;

use tici_domain::Problem;

use super::how::{arg, how};
use super::inputs::{Inputs, UnitIn};
use super::units::Grouped;
use super::values::ItemValues;
use super::{BoundsRun, ItemRun, Run, tree};
use crate::assess::normalise::Normalise;
use crate::assess::options::{Options, ZeroRange};
use crate::assess::outcome::{Outcome, Step};
use crate::assess::panel::{Panel, Unit};
use crate::assess::scheme::{Branch, Combine, Item, Method, Polarity, Scheme};
use crate::assess::score::{Number, efficacy};
use crate::assess::screen::Screen;
use crate::assess::treat::Treat;
use crate::assess::tree::{Direction, Node, Tree, Weight};
use crate::assess::weigh::Weigh;
use crate::assess::{chain, impute::Impute};
use crate::statement::words::Words;

/// Runs the chain over all periods together, and takes its tables apart again.
pub(super) fn score_all(
    scheme: &Scheme,
    periods: &[Inputs],
    groups: &[Vec<Grouped>],
) -> (Vec<Run>, Vec<Problem>) {
    let (panel, tree, options, mut problems) = prepare(scheme, periods);
    if Problem::any_error(&problems) {
        return (Vec::new(), problems);
    }
    let (outcome, found) = chain::run(&panel, &tree, &options);
    let file = periods.first().map_or("", |inputs| inputs.file.as_str());
    problems.extend(found.into_iter().map(|problem| problem.at(file, "", "")));
    if Problem::any_error(&problems) {
        return (Vec::new(), problems);
    }
    let taken = Taken { scheme, panel: &panel, tree: &tree, outcome: &outcome };
    let runs = periods.iter().zip(groups).enumerate();
    let runs = runs.map(|(period, (inputs, groups))| taken.run(period, inputs, groups));
    (runs.collect(), problems)
}

/// What the chain needs for a scheme and its figures. The panel has a column for each item
/// and each figure that items are divided by.
pub fn prepare(scheme: &Scheme, periods: &[Inputs]) -> (Panel, Tree, Options, Vec<Problem>) {
    let (tree, problems) = Tree::new(nodes(scheme));
    (panel(scheme, periods), tree, options(scheme), problems)
}

/// Column of a figure that items are divided by; items have their own keys.
fn divisor(key: &str) -> String {
    format!("÷{key}")
}

fn panel(scheme: &Scheme, periods: &[Inputs]) -> Panel {
    let grouping = match scheme.index.as_ref().map(|index| &index.impute) {
        Some(Impute::GroupMean { grouping } | Impute::GroupMedian { grouping }) => {
            Some(grouping.as_str())
        }
        _ => None,
    };
    let mut units: Vec<Unit> = Vec::new();
    let mut at: BTreeMap<&str, usize> = BTreeMap::new();
    for unit in periods.iter().flat_map(|inputs| &inputs.units) {
        at.entry(&unit.code).or_insert_with(|| {
            units.push(panel_unit(unit, grouping));
            units.len() - 1
        });
    }
    let mut columns: Vec<String> = scheme.items.iter().map(|item| item.key.clone()).collect();
    let mut per: Vec<&str> = scheme.items.iter().filter_map(|item| item.per.as_deref()).collect();
    per.sort_unstable();
    per.dedup();
    columns.extend(per.iter().map(|key| divisor(key)));
    let names = periods.iter().map(|inputs| inputs.period.clone()).collect();
    let mut panel = Panel::new(units, columns, names);
    panel.groupings = grouping.map(str::to_owned).into_iter().collect();
    for (period, inputs) in periods.iter().enumerate() {
        let values = ItemValues::new(scheme, inputs);
        for (unit, row) in inputs.units.iter().map(|unit| at[unit.code.as_str()]).enumerate() {
            for column in 0..scheme.items.len() {
                let value = values.of(column, unit).map(|number| number.to_f64());
                panel.take(period, column, row, value);
            }
            for (column, key) in (scheme.items.len()..).zip(&per) {
                let value = inputs.figure(key, unit).map(Number::to_f64);
                panel.take(period, column, row, value);
            }
        }
    }
    panel
}

fn panel_unit(unit: &UnitIn, grouping: Option<&str>) -> Unit {
    let group = |column: &str| unit.texts.get(column).filter(|text| !text.is_empty()).cloned();
    let groups = grouping.map(group).into_iter().collect();
    Unit { code: unit.code.clone(), name: unit.name.clone(), groups }
}

fn nodes(scheme: &Scheme) -> Vec<Node> {
    let root = &scheme.branches[scheme.root()].key;
    let weight = |weight: &Option<Number>| {
        weight.as_ref().map_or(Weight::default(), |weight| Weight(weight.to_f64()))
    };
    let leaf = |item: &Item| Node {
        code: item.key.clone(),
        name: item.name.text.clone(),
        parent: Some(item.parent.clone().unwrap_or_else(|| root.clone())),
        weight: weight(&item.weight),
        direction: match item.polarity {
            Polarity::Less => Direction::Lower,
            Polarity::More | Polarity::Middle => Direction::Higher,
        },
        denominator: item.per.as_deref().map(divisor),
        target: item.target.as_ref().map(Number::to_f64),
        treat: (!item.treat).then(Treat::none),
        normalise: match &item.method {
            Method::Normalise(normalise) => normalise.clone(),
            _ => None,
        },
        ..Node::default()
    };
    let inner = |branch: &Branch| Node {
        code: branch.key.clone(),
        name: branch.name.text.clone(),
        parent: branch.parent.clone(),
        weight: weight(&branch.weight),
        weigh: Some(branch.weigh.clone()),
        aggregate: Some(branch.combine.aggregate()),
        ..Node::default()
    };
    scheme.items.iter().map(leaf).chain(scheme.branches.iter().map(inner)).collect()
}

fn options(scheme: &Scheme) -> Options {
    let zero_range = match scheme.edges.zero_range {
        efficacy::ZeroRange::Full => ZeroRange::Highest,
        efficacy::ZeroRange::Mid => ZeroRange::Middle,
        efficacy::ZeroRange::Base => ZeroRange::Lowest,
        efficacy::ZeroRange::Missing => ZeroRange::Missing,
    };
    let mut options = Options {
        zero_range,
        weigh: Weigh::Given,
        present_share_min: scheme.edges.present_min.to_f64(),
        ..Options::default()
    };
    if let Some(index) = &scheme.index {
        options.impute = index.impute.clone();
        options.screen = Screen {
            present_share_min: index.screen_present_min,
            non_zero_share_min: index.screen_non_zero_min,
        };
        options.treat = index.treat.clone();
        options.bounds = index.bounds.clone();
        options.normalise = index.normalise.clone();
    }
    options
}

/// The chain's tables, to be taken apart.
struct Taken<'a> {
    scheme: &'a Scheme,
    panel: &'a Panel,
    tree: &'a Tree,
    outcome: &'a Outcome,
}

impl Taken<'_> {
    fn run(&self, period: usize, inputs: &Inputs, groups: &[Grouped]) -> Run {
        let mut run = tree::blank(self.scheme, inputs, groups);
        let at: BTreeMap<&str, usize> = self
            .panel
            .units
            .iter()
            .enumerate()
            .map(|(at, unit)| (unit.code.as_str(), at))
            .collect();
        let rows: Vec<usize> = inputs.units.iter().map(|unit| at[unit.code.as_str()]).collect();
        let values = ItemValues::new(self.scheme, inputs);
        let columns: Vec<Leaf> =
            (0..self.scheme.items.len()).map(|item| Leaf::new(self, period, item, &rows)).collect();
        for (unit, &row) in rows.iter().enumerate() {
            for (item, leaf) in columns.iter().enumerate() {
                let value = values.of(item, unit);
                let source = values.source(&self.scheme.items[item], unit);
                run.units[unit].items.push(self.item_run(leaf, (period, row), value, source));
            }
            let unit = &mut run.units[unit];
            unit.is_incomplete = unit.items.iter().any(|item| item.is_missing);
            for (branch, of) in unit.branches.iter_mut().enumerate() {
                let node = self.scheme.items.len() + branch;
                of.points = self.score(period, node, row);
            }
            unit.scored = unit.branches[self.scheme.root()].points.clone();
            self.contributions(period, &mut unit.items, unit.is_incomplete);
        }
        let stages = self.outcome.stages.iter();
        run.stages =
            stages.map(|(step, table)| (*step, one_period(table, period, &rows))).collect();
        run
    }

    fn score(&self, period: usize, node: usize, row: usize) -> Option<Number> {
        self.outcome.scores.value(period, node, row).and_then(Number::float)
    }

    fn item_run(
        &self,
        leaf: &Leaf,
        (period, row): (usize, usize),
        value: Option<Number>,
        source: String,
    ) -> ItemRun {
        let treated = leaf.treated.get(row).copied().filter(|value| value.is_finite());
        let treated = treated.and_then(Number::float);
        let points = self.score(period, leaf.item, row);
        let shown = treated.as_ref().or(value.as_ref());
        let how = match (&points, shown) {
            (Some(points), Some(shown)) => leaf.how(shown, points),
            _ => Words::new("assess-how-no-value"),
        };
        let is_missing = points.is_none();
        let differs = treated.as_ref().map(Number::to_f64) != value.as_ref().map(Number::to_f64);
        let treated = treated.filter(|_| differs);
        let bounds = leaf.bounds.clone();
        let weight = self.outcome.effective_weights.get(period);
        let weight = weight.and_then(|weights| Number::float(weights[leaf.item]));
        ItemRun {
            value,
            source,
            treated,
            bounds,
            points,
            is_missing,
            how,
            weight,
            contribution: None,
        }
    }

    /// Parts of the total, where every branch is a mean and nothing is missing.
    fn contributions(&self, period: usize, items: &mut [ItemRun], is_incomplete: bool) {
        let adds_up = self.scheme.branches.iter().all(|branch| branch.combine == Combine::Mean);
        let Some(weights) = self.outcome.effective_weights.get(period) else { return };
        if !adds_up || is_incomplete {
            return;
        }
        for (item, weight) in items.iter_mut().zip(weights) {
            let weight = Number::float(*weight);
            item.contribution = weight.zip(item.points.as_ref()).map(|(w, points)| &w * points);
        }
    }
}

/// One item over all units of a period.
struct Leaf {
    item: usize,
    /// By row of the panel, after filling and treating; empty without stages.
    treated: Vec<f64>,
    bounds: Option<BoundsRun>,
    goalposts: Option<(Number, Number)>,
}

impl Leaf {
    fn new(taken: &Taken, period: usize, item: usize, rows: &[usize]) -> Leaf {
        let column = taken.tree.leaves().position(|leaf| leaf == item);
        let table = taken.outcome.stage(Step::Treated);
        let treated = table.zip(column).map(|(table, column)| table.column(period, column));
        let treated = treated.map(<[f64]>::to_vec).unwrap_or_default();
        let normalise = match &taken.scheme.items[item].method {
            Method::Normalise(Some(normalise)) => Some(normalise),
            _ => taken.scheme.index.as_ref().map(|index| &index.normalise),
        };
        let goalposts = match normalise {
            Some(Normalise::Goalposts { lo, hi, .. }) => Number::float(*lo).zip(Number::float(*hi)),
            _ => None,
        };
        let bounds = match &goalposts {
            Some((lo, hi)) => {
                Some(BoundsRun { lo: lo.clone(), hi: hi.clone(), ..BoundsRun::default() })
            }
            None => observed(taken, &treated, rows, taken.scheme.items[item].polarity),
        };
        Leaf { item, treated, bounds, goalposts }
    }

    fn how(&self, value: &Number, points: &Number) -> Words {
        match (&self.goalposts, &self.bounds) {
            (Some((lo, hi)), _) => {
                how("assess-how-between", &[("value", value), ("lo", lo), ("hi", hi)])
                    .with("points", arg(points))
            }
            (None, Some(bounds)) => {
                let numbers = [("value", value), ("lo", &bounds.lo), ("hi", &bounds.hi)];
                how("assess-how-normalised", &numbers).with("points", arg(points))
            }
            (None, None) => how("assess-how-points", &[("value", value)]),
        }
    }
}

/// Worst and best value of the treated column, and whose they are.
fn observed(
    taken: &Taken,
    treated: &[f64],
    rows: &[usize],
    polarity: Polarity,
) -> Option<BoundsRun> {
    let present = || rows.iter().filter(|row| treated.get(**row).is_some_and(|x| x.is_finite()));
    let least = present().map(|row| treated[*row]).fold(f64::INFINITY, f64::min);
    let most = present().map(|row| treated[*row]).fold(f64::NEG_INFINITY, f64::max);
    let holders = |of: f64| -> Vec<String> {
        let held = present().filter(|row| treated[**row] == of);
        held.map(|row| taken.panel.units[*row].code.clone()).collect()
    };
    let (worst, top) = if polarity == Polarity::Less { (most, least) } else { (least, most) };
    let (lo_by, hi_by) = (holders(worst), holders(top));
    Some(BoundsRun { lo: Number::float(worst)?, hi: Number::float(top)?, lo_by, hi_by })
}

/// One period of a table, with the units of a run in their order.
fn one_period(table: &Panel, period: usize, rows: &[usize]) -> Panel {
    let units = rows.iter().map(|row| table.units[*row].clone()).collect();
    let columns = table.columns().iter().enumerate();
    let columns = columns.map(|(at, code)| {
        let cells = table.column(period, at);
        (code.clone(), rows.iter().map(|row| cells[*row]).collect())
    });
    Panel::of_columns(units, columns.collect())
}
