//! The whole way from a panel to scores and ranks.

use rayon::prelude::*;
use tici_domain::Problem;

use super::denominate::denominate;
use super::impute::impute;
use super::normalise::{Column, Normalise};
use super::options::{Bounds, Options};
use super::outcome::{How, Outcome, Step, Touched};
use super::panel::{MISSING, Panel};
use super::rank::ranks;
use super::roll_up::roll_up;
use super::screen::screen;
use super::treat::Treated;
use super::tree::{Node, Tree};

/// Runs every step of `options` on `panel` as `tree` says.
///
/// Problems: those of [`super::impute::impute`], [`Flaw::key`](super::normalise::Flaw::key)
/// and [`roll_up`], and `assess-tree-empty`, `assess-no-units`, `assess-column-missing`
/// (`code`, `column`), `assess-period-unknown` (`period`), `assess-denominator-zero` (`code`,
/// `count`), `assess-value-not-finite` (`unit`, `column`, `value`; it counts as missing),
/// `assess-units-screened` (`count`). `code` says the period too if there are
/// several. With an error nothing is computed: the outcome is empty.
pub fn run(panel: &Panel, tree: &Tree, options: &Options) -> (Outcome, Vec<Problem>) {
    let (mut outcome, problems) = scored(panel, tree, options);
    outcome.ranks = rank_all(&outcome.scores, options);
    (outcome, problems)
}

/// As [`run`], without places.
pub(super) fn scored(panel: &Panel, tree: &Tree, options: &Options) -> (Outcome, Vec<Problem>) {
    let mut problems = check(panel, tree, options);
    if Problem::any_error(&problems) {
        return (Outcome::default(), problems);
    }
    let mut outcome = Outcome::default();
    let leaves = prepared(panel, tree, options, &mut outcome, &mut problems);
    if Problem::any_error(&problems) {
        return (Outcome::default(), problems);
    }
    let (rolled, found) = roll_up(&leaves, tree, options);
    problems.extend(found);
    if options.keep_stages {
        outcome.stages.push((Step::Normalised, leaves));
    }
    outcome.scores = rolled.scores;
    outcome.effective_weights =
        rolled.shares.iter().map(|shares| tree.effective_weights(shares)).collect();
    outcome.shares = rolled.shares;
    (outcome, problems)
}

/// The steps up to normalised leaves: one column per leaf, in the order of the tree. Says in
/// `outcome` which tables there were, what was touched, and who was left out.
pub fn prepared(
    panel: &Panel,
    tree: &Tree,
    options: &Options,
    outcome: &mut Outcome,
    problems: &mut Vec<Problem>,
) -> Panel {
    let mut table = denominated(panel, tree, problems);
    keep(&table, Step::Denominated, options, outcome);
    fill_gaps(&mut table, tree, options, outcome, problems);
    keep(&table, Step::Imputed, options, outcome);
    leave_out(&mut table, options, outcome, problems);
    keep(&table, Step::Screened, options, outcome);
    treat(&mut table, tree, options, outcome);
    keep(&table, Step::Treated, options, outcome);
    normalised(&table, tree, options, problems)
}

/// What the treatment of each leaf found and did, for one period: the detail behind
/// [`Outcome::touched`]. `table` is the screened one.
pub fn treatment(table: &Panel, period: usize, tree: &Tree, options: &Options) -> Vec<Treated> {
    let one = |(column, leaf): (usize, usize)| {
        let rule = tree.nodes()[leaf].treat.as_ref().unwrap_or(&options.treat);
        rule.treat(&mut table.column(period, column).to_vec())
    };
    tree.leaves().enumerate().map(one).collect()
}

/// Places of every column in every period.
pub fn rank_all(scores: &Panel, options: &Options) -> Panel {
    let mut places = scores.like(scores.columns().to_vec());
    let codes: Vec<&str> = scores.units.iter().map(|unit| unit.code.as_str()).collect();
    let units = codes.len().max(1);
    places
        .cells_mut()
        .par_chunks_mut(units)
        .zip(scores.cells().par_chunks(units))
        .for_each(|(places, scores)| places.copy_from_slice(&ranks(scores, &codes, &options.rank)));
    places
}

pub(super) fn check(panel: &Panel, tree: &Tree, options: &Options) -> Vec<Problem> {
    let mut problems = Vec::new();
    if tree.is_empty() {
        problems.push(Problem::error("assess-tree-empty"));
    }
    if panel.units.is_empty() {
        problems.push(Problem::error("assess-no-units"));
    }
    if let Bounds::OnePeriod(period) = &options.bounds
        && panel.period_index(period).is_none()
    {
        problems.push(Problem::error("assess-period-unknown").arg("period", period));
    }
    for node in tree.leaves().map(|leaf| &tree.nodes()[leaf]) {
        for column in [Some(&node.code), node.denominator.as_ref()].into_iter().flatten() {
            if panel.column_index(column).is_none() {
                let problem = Problem::error("assess-column-missing");
                problems.push(problem.arg("code", &node.code).arg("column", column));
            }
        }
    }
    problems
}

/// How a node is called in a problem: with the period if there are several.
pub(super) fn place_name(panel: &Panel, period: usize, node: &Node) -> String {
    match panel.periods() {
        [] | [_] => node.code.clone(),
        periods => format!("{} ({})", node.code, periods[period]),
    }
}

fn keep(table: &Panel, step: Step, options: &Options, outcome: &mut Outcome) {
    if options.keep_stages {
        outcome.stages.push((step, table.clone()));
    }
}

fn denominated(panel: &Panel, tree: &Tree, problems: &mut Vec<Problem>) -> Panel {
    let leaves: Vec<usize> = tree.leaves().collect();
    let node = |leaf: &usize| &tree.nodes()[*leaf];
    let mut table = panel.like(leaves.iter().map(|leaf| node(leaf).code.clone()).collect());
    for (column, leaf) in leaves.iter().enumerate() {
        let node = node(leaf);
        let Some(from) = panel.column_index(&node.code) else { continue };
        let below = node.denominator.as_ref().and_then(|code| panel.column_index(code));
        for period in 0..panel.periods().len() {
            let cells = table.column_mut(period, column);
            cells.copy_from_slice(panel.column(period, from));
            let refused = refuse_infinite(cells);
            problems.extend(refused.into_iter().map(|(unit, value)| {
                let problem = Problem::warning("assess-value-not-finite");
                let problem = problem.arg("unit", &panel.units[unit].code);
                problem.arg("column", place_name(panel, period, node)).arg("value", value)
            }));
            let Some(below) = below else { continue };
            let refused = denominate(cells, panel.column(period, below));
            if refused > 0 {
                let problem = Problem::warning("assess-denominator-zero");
                let code = place_name(panel, period, node);
                problems.push(problem.arg("code", code).arg("count", refused));
            }
        }
    }
    table
}

/// Blanks what is infinite, and says which units had what.
pub(super) fn refuse_infinite(cells: &mut [f64]) -> Vec<(usize, f64)> {
    let mut refused = Vec::new();
    for (unit, cell) in cells.iter_mut().enumerate().filter(|(_, cell)| cell.is_infinite()) {
        refused.push((unit, *cell));
        *cell = MISSING;
    }
    refused
}

fn fill_gaps(
    table: &mut Panel,
    tree: &Tree,
    options: &Options,
    outcome: &mut Outcome,
    problems: &mut Vec<Problem>,
) {
    let leaves: Vec<usize> = tree.leaves().collect();
    let directions: Vec<_> = leaves.iter().map(|leaf| tree.nodes()[*leaf].direction).collect();
    let family = |parent: usize| {
        let own = |column: &usize| tree.parent(leaves[*column]) == Some(parent);
        (0..leaves.len()).filter(own).collect::<Vec<usize>>()
    };
    let families: Vec<_> = (0..tree.nodes().len()).map(family).collect();
    let (filled, problem) = impute(table, &options.impute, &directions, &families);
    problems.extend(problem);
    let filled = filled.into_iter().filter(|_| options.keep_stages);
    outcome.touched.extend(filled.map(|filled| Touched {
        period: filled.period,
        node: leaves[filled.column],
        unit: filled.unit,
        before: None,
        after: filled.value,
        how: How::Imputed,
    }));
}

fn leave_out(
    table: &mut Panel,
    options: &Options,
    outcome: &mut Outcome,
    problems: &mut Vec<Problem>,
) {
    let (units, columns) = (table.units.len(), table.columns().len());
    for period in 0..table.periods().len() {
        let cells: Vec<&[f64]> = (0..columns).map(|at| table.column(period, at)).collect();
        let available = screen(&cells, units, &options.screen);
        let included: Vec<bool> = available.iter().map(|unit| unit.included).collect();
        let left_out = included.iter().filter(|included| !**included).count();
        if left_out > 0 {
            problems.push(Problem::warning("assess-units-screened").arg("count", left_out));
            for cells in table.period_cells_mut(period).chunks_mut(units) {
                let out = cells.iter_mut().zip(&included).filter(|(_, included)| !**included);
                out.for_each(|(cell, _)| *cell = MISSING);
            }
        }
        outcome.included.push(included);
    }
}

fn treat(table: &mut Panel, tree: &Tree, options: &Options, outcome: &mut Outcome) {
    let leaves: Vec<usize> = tree.leaves().collect();
    let units = table.units.len();
    let one = |(at, cells): (usize, &mut [f64])| {
        let (period, node) = (at / leaves.len(), leaves[at % leaves.len()]);
        let rule = tree.nodes()[node].treat.as_ref().unwrap_or(&options.treat);
        if rule.is_none() {
            return Vec::new();
        }
        let changed = rule.treat(cells).changed.into_iter().filter(|_| options.keep_stages);
        let touched = changed.map(|(unit, before, how)| {
            let (before, after) = (Some(before), cells[unit]);
            Touched { period, node, unit, before, after, how }
        });
        touched.collect()
    };
    let touched: Vec<Vec<Touched>> =
        table.cells_mut().par_chunks_mut(units).enumerate().map(one).collect();
    outcome.touched.extend(touched.into_iter().flatten());
}

fn normalised(table: &Panel, tree: &Tree, options: &Options, problems: &mut Vec<Problem>) -> Panel {
    let leaves: Vec<usize> = tree.leaves().collect();
    let bases: Vec<Basis> =
        (0..leaves.len()).map(|column| Basis::of(table, column, options)).collect();
    let mut scores = table.like(table.columns().to_vec());
    let one = |(at, out): (usize, &mut [f64])| {
        let (period, column) = (at / leaves.len(), at % leaves.len());
        let node = &tree.nodes()[leaves[column]];
        let basis = bases[column].values(table, period, column);
        normalise_leaf(table, (period, column), node, basis, options, out)
    };
    let units = table.units.len();
    let found: Vec<Option<Problem>> =
        scores.cells_mut().par_chunks_mut(units).enumerate().map(one).collect();
    problems.extend(found.into_iter().flatten());
    scores
}

fn normalise_leaf(
    table: &Panel,
    (period, at): (usize, usize),
    node: &Node,
    basis: &[f64],
    options: &Options,
    out: &mut [f64],
) -> Option<Problem> {
    let method = node.normalise.as_ref().unwrap_or(&options.normalise);
    let reference = match method {
        Normalise::DistanceToReference { unit, .. } => table.unit_index(unit),
        _ => None,
    };
    let column = Column {
        values: table.column(period, at),
        basis,
        direction: node.direction,
        target: node.target,
        reference: reference.and_then(|unit| table.value(period, at, unit)),
        zero_range: options.zero_range,
    };
    let flaw = method.scores(&column, out)?;
    Some(Problem::warning(flaw.key()).arg("code", place_name(table, period, node)))
}

/// Whose values give the bounds of a column.
enum Basis {
    Own,
    Of(usize),
    Gathered(Vec<f64>),
}

impl Basis {
    fn of(table: &Panel, column: usize, options: &Options) -> Basis {
        match &options.bounds {
            _ if table.periods().len() < 2 => Basis::Own,
            Bounds::EachPeriod => Basis::Own,
            Bounds::AllPeriods => {
                let periods = 0..table.periods().len();
                Basis::Gathered(periods.flat_map(|at| table.column(at, column)).copied().collect())
            }
            Bounds::OnePeriod(period) => table.period_index(period).map_or(Basis::Own, Basis::Of),
        }
    }

    fn values<'a>(&'a self, table: &'a Panel, period: usize, column: usize) -> &'a [f64] {
        match self {
            Basis::Own => table.column(period, column),
            Basis::Of(period) => table.column(*period, column),
            Basis::Gathered(values) => values,
        }
    }
}
