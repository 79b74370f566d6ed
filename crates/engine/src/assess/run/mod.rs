//! A run: scheme, units and figures in; scores, ranks, grades and awards out, each number
//! with what it was made of. The same input gives the same output on any machine.

mod adjust;
mod award;
mod grades;
mod how;
mod index;
mod inputs;
pub mod ledger;
mod points;
mod pool;
mod ranking;
pub mod sensitivity;
mod tree;
mod units;
mod values;

use serde::Serialize;
use tici_domain::{Name, Problem};

use super::outcome::Step;
use super::panel::Panel;
use super::scheme::{Kind, Scheme};
use super::score::Number;
use super::score::places::{Ties, places_of};
use crate::statement::words::Words;

pub use inputs::{Before, Column, EventIn, Inputs, Override, UnitIn};

/// The result of a run. Lists of items, branches, grades follow the scheme's order.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Run {
    pub scheme: String,
    pub version: String,
    pub period: String,
    /// In the order of the input.
    pub units: Vec<UnitRun>,
    pub groups: Vec<GroupRun>,
    pub awards: Vec<AwardRun>,
    /// Of an index: the tables between figures and scores.
    pub stages: Vec<(Step, Panel)>,
}

/// One unit.
#[derive(Clone, Debug, Default, Serialize)]
pub struct UnitRun {
    pub code: String,
    pub name: String,
    /// Index into [`Run::groups`].
    pub group: usize,
    pub items: Vec<ItemRun>,
    pub branches: Vec<BranchRun>,
    /// Only those with events.
    pub bonuses: Vec<BonusRun>,
    pub vetoes: Vec<VetoRun>,
    /// What the tree gives.
    pub scored: Option<Number>,
    /// Added and taken by events, after the caps.
    pub bonus: Number,
    pub deduction: Number,
    /// With events and vetoes, as computed.
    pub total: Option<Number>,
    /// As published: rounded as the scheme says.
    pub published: Option<Number>,
    /// An item is missing.
    pub is_incomplete: bool,
    /// Within the group; `None` without a total, or where a veto or the scheme gives none.
    pub rank: Option<Number>,
    /// Over all units.
    pub rank_of_all: Option<Number>,
    /// How it came to its rank beside another of the same total.
    pub tie: Option<Words>,
    /// Index of the grade in the scheme.
    pub grade: Option<usize>,
    /// The grade before somebody changed it, and why.
    pub overridden: Option<(Option<usize>, String)>,
}

/// One item of one unit: the figure, what it was compared with, and the points.
#[derive(Clone, Debug, Default, Serialize)]
pub struct ItemRun {
    pub value: Option<Number>,
    /// Where the figure came from: `units.csv 3:5`; of a formula the formula.
    pub source: String,
    /// Of an index: the value after filling gaps and treating outliers, where it differs.
    pub treated: Option<Number>,
    pub bounds: Option<BoundsRun>,
    /// Of an index: what it was normalised to.
    pub points: Option<Number>,
    /// No score could be made; the points are what the scheme says for that.
    pub is_missing: bool,
    /// The formula with its numbers.
    pub how: Words,
    /// Its weight in the total, where weights go all the way up.
    pub weight: Option<Number>,
    /// Its part of the total, where parts add up.
    pub contribution: Option<Number>,
}

/// The ends that a figure was measured against, and who holds them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct BoundsRun {
    pub lo: Number,
    pub hi: Number,
    /// Codes of units; empty where the scheme states the bound.
    pub lo_by: Vec<String>,
    pub hi_by: Vec<String>,
}

/// One branch of one unit.
#[derive(Clone, Debug, Default, Serialize)]
pub struct BranchRun {
    pub points: Option<Number>,
    /// Rank within the group by this branch.
    pub rank: Option<Number>,
}

/// Events of one kind.
#[derive(Clone, Debug, Serialize)]
pub struct BonusRun {
    /// Index into the scheme's bonuses.
    pub bonus: usize,
    pub events: Vec<EventRun>,
    pub total: Number,
}

/// One event, and what of it counted.
#[derive(Clone, Debug, Serialize)]
pub struct EventRun {
    pub matter: String,
    pub points: Number,
    pub counted: Number,
    pub document: String,
    pub source: String,
}

/// A veto that fell.
#[derive(Clone, Debug, Serialize)]
pub struct VetoRun {
    /// Index into the scheme's vetoes.
    pub veto: usize,
    pub matter: String,
    pub document: String,
    pub source: String,
}

/// Units that were compared, best first; those without a rank last.
#[derive(Clone, Debug, Default, Serialize)]
pub struct GroupRun {
    pub key: String,
    pub name: Name,
    pub units: Vec<usize>,
}

/// An award and who met it.
#[derive(Clone, Debug, Serialize)]
pub struct AwardRun {
    /// Index into the scheme's awards.
    pub award: usize,
    pub winners: Vec<Winner>,
}

/// Who met an award, and by what.
#[derive(Clone, Debug, Serialize)]
pub struct Winner {
    pub unit: usize,
    pub by: Words,
}

/// Runs a scheme. With an error among the problems there is no result: nothing is computed
/// by halves.
pub fn run(scheme: &Scheme, inputs: &Inputs) -> (Option<Run>, Vec<Problem>) {
    let (runs, problems) = run_periods(scheme, std::slice::from_ref(inputs));
    (runs.into_iter().next(), problems)
}

/// Runs a scheme over several periods, in their order. Each sees the one before it, unless
/// its input says what was before. With an error there is no result of any.
pub fn run_periods(scheme: &Scheme, periods: &[Inputs]) -> (Vec<Run>, Vec<Problem>) {
    let mut problems = Vec::new();
    let mut linked: Vec<Inputs> = Vec::with_capacity(periods.len());
    for inputs in periods {
        let before = linked.last().map(|before| inputs.figures_before(before));
        let mut inputs = inputs.clone();
        inputs.before = inputs.before.or(before);
        linked.push(inputs);
    }
    let mut grouped = Vec::new();
    for inputs in &linked {
        let (groups, found) = units::check(scheme, inputs);
        problems.extend(found);
        grouped.push(groups);
    }
    if Problem::any_error(&problems) {
        return (Vec::new(), problems);
    }
    let mut runs = match scheme.kind {
        Kind::Points => points::score_all(scheme, &linked, &grouped),
        Kind::Index => {
            let (runs, found) = index::score_all(scheme, &linked, &grouped);
            problems.extend(found);
            runs
        }
    };
    if Problem::any_error(&problems) {
        return (Vec::new(), problems);
    }
    for at in 0..runs.len() {
        if let (Some(before), Some(run)) = (linked[at].before.as_mut(), at.checked_sub(1)) {
            before.take_ranks(&runs[run]);
        }
        finish(scheme, &linked[at], &mut runs[at]);
    }
    (runs, problems)
}

/// Everything after the scores.
fn finish(scheme: &Scheme, inputs: &Inputs, run: &mut Run) {
    (run.scheme, run.version) = (scheme.key.clone(), scheme.version.clone());
    run.period.clone_from(&inputs.period);
    adjust::adjust(scheme, inputs, run);
    ranking::rank(scheme, run);
    grades::grade(scheme, inputs, run);
    run.awards = award::awards(scheme, inputs, run);
}

impl Run {
    /// Places by the points of every item, then of every branch, over all units; ties share
    /// the better one.
    pub fn places(&self) -> Vec<Vec<Option<Number>>> {
        let of = |points: &dyn Fn(&UnitRun) -> Option<Number>| {
            places_of(&self.units.iter().map(points).collect::<Vec<_>>(), Ties::Min)
        };
        let first = self.units.first();
        let (items, branches) =
            first.map_or((0, 0), |unit| (unit.items.len(), unit.branches.len()));
        let items = (0..items).map(|at| of(&|unit: &UnitRun| unit.items[at].points.clone()));
        let branches =
            (0..branches).map(|at| of(&|unit: &UnitRun| unit.branches[at].points.clone()));
        items.chain(branches).collect()
    }

    pub fn unit(&self, code: &str) -> Option<&UnitRun> {
        self.units.iter().find(|unit| unit.code == code)
    }
}
