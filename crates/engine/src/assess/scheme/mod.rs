//! A scheme (考核方案): one readable file that says what is assessed, how it becomes points,
//! and what is done with them. The file is data: nothing about a score is left to code.

mod branch;
mod check;
mod edges;
pub mod formula;
mod grading;
mod index;
mod item;
mod method;
mod presets;
mod read;
pub mod reference;
pub mod reference_keys;
mod sections;
mod value;

use tici_domain::{ListTier, Name};

use super::score::growth::GrowthRule;
use super::score::number::RoundMode;
use super::score::places::Ties;
use super::score::veto::VetoEffect;
use super::score::{Number, efficacy::ZeroRange};
use crate::league::Quantity;
use crate::rule::Packages;

pub use branch::{Branch, Combine};
pub use formula::Formula;
pub use grading::{Award, AwardRule, Grade, GradeBy, Grading};
pub use index::IndexOptions;
pub use item::{Item, Polarity, Source};
pub use method::{Against, Gap, Method, Scale};
pub use presets::{PRESETS, preset};
pub use value::{Bound, Ref};

/// Everything that decides a score.
#[derive(Clone, Debug, PartialEq)]
pub struct Scheme {
    /// Short name: `gaoan`.
    pub key: String,
    /// As the office numbers it; every result names it.
    pub version: String,
    pub title: Name,
    /// Where the rules were published, and what the file adds to them.
    pub source: String,
    pub kind: Kind,
    pub edges: Edges,
    pub rounding: Rounding,
    pub rank: RankRule,
    pub groups: Groups,
    pub figures: Vec<Figure>,
    pub counting: Vec<Counting>,
    /// The first without a parent is the root.
    pub branches: Vec<Branch>,
    pub items: Vec<Item>,
    /// Of an index: how its columns are prepared.
    pub index: Option<IndexOptions>,
    pub adjust: Adjust,
    pub bonuses: Vec<Bonus>,
    pub vetoes: Vec<Veto>,
    pub grading: Option<Grading>,
    pub awards: Vec<Award>,
    pub objection: Option<Objection>,
}

/// How figures become scores.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Kind {
    /// By rules, in exact fractions, figure by figure.
    #[default]
    Points,
    /// A composite indicator: columns are treated, normalised, weighed and put together.
    Index,
}

/// What published rules leave open; every one is said by the scheme.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Edges {
    /// All figures of a group are the same (max = min).
    pub zero_range: ZeroRange,
    /// A group has one unit with a figure.
    pub alone: ZeroRange,
    pub missing: Missing,
    /// Least share of a branch's weight that must be present, 0 to 1.
    pub present_min: Number,
    pub growth: GrowthRule,
}

/// What a figure does that is missing, or from which no score can be made.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Missing {
    /// Zero points.
    #[default]
    Zero,
    /// Its weight goes to what is present beside it; in a sum nothing is added.
    Reweigh,
    /// What it is part of is missing as well.
    Missing,
}

/// Decimals at each stage; `None` is not rounded.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Rounding {
    pub items: Option<u32>,
    pub branches: Option<u32>,
    /// What is published.
    pub total: Option<u32>,
    pub mode: RoundMode,
}

/// How totals become ranks.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RankRule {
    pub on: RankOn,
    pub ties: Ties,
    /// Items and branches that decide between equal totals, in this order; `code` last of
    /// all lets the lower code go first.
    pub then_by: Vec<String>,
    pub then_by_code: bool,
    pub incomplete: Incomplete,
}

/// Which number is compared.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum RankOn {
    /// What is published.
    #[default]
    Rounded,
    /// What was computed.
    Unrounded,
}

/// How a unit ranks of which an item is missing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Incomplete {
    /// By what it has.
    #[default]
    Ranked,
    /// Behind all that are whole.
    Last,
    Unranked,
}

/// Who is compared with whom.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Groups {
    pub by: GroupBy,
    /// Bounds, places and averages are of all units, not of the unit's group.
    pub bounds_of_all: bool,
    pub groups: Vec<Group>,
}

/// What puts a unit into a group.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum GroupBy {
    /// All are one group.
    #[default]
    None,
    /// A column of the table of units holds the group's key.
    Column(String),
    /// Each group lists its units.
    Listed,
}

/// Units that are compared with each other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    pub key: String,
    pub name: Name,
    /// Codes or names, where groups list their units.
    pub units: Vec<String>,
}

/// A figure that items are made of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Figure {
    pub key: String,
    pub name: Name,
    /// 万元, %, 个 …
    pub unit: String,
    pub from: FigureFrom,
}

/// Where a figure comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FigureFrom {
    /// A department brings it, so many days after the period's end.
    Department { name: String, due_days: Option<i64> },
    /// The counting function gives it: a quantity of the ledger, and the key of the counting
    /// rule; none counts every project.
    Ledger { of: Quantity, counting: Option<String> },
}

/// A counting rule for figures of the ledger.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Counting {
    pub key: String,
    /// Only projects on a list of the year.
    pub listed: bool,
    pub tiers: Vec<ListTier>,
    pub packages: Packages,
}

/// Caps on all bonuses and all deductions together.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Adjust {
    pub bonus_max: Option<Number>,
    pub deduction_max: Option<Number>,
}

/// A kind of event that adds points, or takes them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bonus {
    pub key: String,
    pub name: Name,
    pub is_deduction: bool,
    /// The same matter counts once, at its highest level.
    pub once: bool,
    pub each_max: Option<Number>,
    pub total_max: Option<Number>,
    /// An event without a document is refused.
    pub needs_document: bool,
}

/// A veto and what it does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Veto {
    pub key: String,
    pub name: Name,
    pub effect: VetoEffect,
}

/// How long units may object after publication.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Objection {
    pub days: i64,
    pub working_days: bool,
}

impl Scheme {
    /// The branch that is the total; a checked scheme has one.
    pub fn root(&self) -> usize {
        self.branches.iter().position(|branch| branch.parent.is_none()).unwrap_or(0)
    }

    pub fn branch(&self, key: &str) -> Option<usize> {
        self.branches.iter().position(|branch| branch.key == key)
    }

    pub fn item(&self, key: &str) -> Option<usize> {
        self.items.iter().position(|item| item.key == key)
    }

    /// The branch an item or a branch is part of; `None` of the root.
    pub fn parent_of(&self, parent: Option<&String>) -> usize {
        parent.and_then(|key| self.branch(key)).unwrap_or_else(|| self.root())
    }

    /// Keys of the figures a run needs, in the order of the items, each once.
    pub fn columns(&self) -> Vec<&str> {
        let mut columns: Vec<&str> = Vec::new();
        for item in &self.items {
            for key in item.columns(self) {
                if !columns.contains(&key) {
                    columns.push(key);
                }
            }
        }
        columns
    }

    /// Keys of the items that a figure feeds.
    pub fn fed_by(&self, figure: &str) -> Vec<&str> {
        let items = self.items.iter().filter(|item| item.columns(self).contains(&figure));
        items.map(|item| item.key.as_str()).collect()
    }

    /// Name of an item, a branch or a figure.
    pub fn name_of(&self, key: &str) -> Option<&Name> {
        let item = self.items.iter().find(|item| item.key == key).map(|item| &item.name);
        let branch = || self.branches.iter().find(|b| b.key == key).map(|branch| &branch.name);
        let figure = || self.figures.iter().find(|f| f.key == key).map(|figure| &figure.name);
        item.or_else(branch).or_else(figure)
    }
}
