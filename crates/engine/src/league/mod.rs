//! Towns and parks compared every month by a rule file: which figures, how they are scored,
//! in which groups, and what happens to ties and to what is missing. The rules are data.

mod count;
mod number;
mod pick;
mod presets;
mod read;
mod score;
mod table;
mod words;

use tici_domain::place::PlaceKind;
use tici_domain::{ListTier, Name};

use crate::lights::Bound;
use crate::rule::Packages;

pub use count::Given;
pub use number::{Ratio, Score};
pub use presets::{DEFAULT_PRESET, PRESETS, preset, rules_or_preset};
pub use table::{Cell, Constant, League, LeagueInput, PeerTable, Row, league};

/// The league of one region.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeagueRules {
    /// Short name: `yanan`.
    pub key: String,
    pub title: Name,
    /// Where the rules were published, and what this file adds to them.
    pub source: String,
    pub cohort: Cohort,
    pub groups: Vec<PeerGroup>,
    /// Kinds of projects, for items that tell them apart; the first that fits.
    pub classes: Vec<Class>,
    pub unreported: Unreported,
    pub rank: RankRule,
    pub items: Vec<Item>,
    /// Best first.
    pub grades: Vec<Grade>,
}

/// Which projects count.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cohort {
    /// Only those on a list of the year.
    pub listed: bool,
    pub tiers: Vec<ListTier>,
    pub packages: Packages,
}

/// Places that are compared with each other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PeerGroup {
    pub key: String,
    pub name: Name,
    pub kinds: Vec<PlaceKind>,
    /// Codes or names of places; a place named here is in no other group.
    pub places: Vec<String>,
}

/// A kind of project, by its industry or by the source's own word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Class {
    pub key: String,
    pub name: Name,
    /// First letters of GB/T 4754 codes.
    pub industries: Vec<String>,
    pub sectors: Vec<String>,
    /// Whatever fits no class before it.
    pub others: bool,
}

/// What a project does to money when it has not reported for the month. A place none of
/// whose projects has reported has no figure at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unreported {
    /// Its plan counts and nothing is done.
    NothingDone,
    /// Neither its plan nor anything else counts.
    LeftOut,
}

/// How scores become ranks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RankRule {
    pub ties: Ties,
    pub missing: MissingRank,
    /// Decimals of the total, rounded half away from zero before it is ranked.
    pub decimals: u8,
}

/// The rank behind two that share one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ties {
    /// 1, 1, 3
    Skip,
    /// 1, 1, 2
    Dense,
}

/// How a place ranks of which an item is missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MissingRank {
    /// It has no rank.
    Unranked,
    /// Behind all that are whole, by what it has.
    Last,
    /// By what it has.
    ByRest,
}

/// From which total on a grade is given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grade {
    pub key: String,
    pub name: Name,
    /// Millionths; the total itself is in.
    pub from: Score,
}

/// One column of the league.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    pub key: String,
    pub name: Name,
    pub of: Quantity,
    /// Divided by this, a share.
    pub by: Option<Quantity>,
    pub only: Only,
    pub method: Method,
    pub missing: Missing,
    /// Ends of the item's score.
    pub min: Option<Score>,
    pub max: Option<Score>,
    /// Decimals of the item's score; unrounded where not stated.
    pub decimals: Option<u8>,
}

/// Which projects of the cohort an item looks at.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Only {
    pub tiers: Vec<ListTier>,
    pub classes: Vec<String>,
}

/// What stands in a column where the place has no figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Missing {
    /// Nothing, and the total is incomplete.
    Missing,
    /// This score: no criticism on record is no deduction.
    Score(Score),
}

/// What is counted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Quantity {
    Projects(Pick),
    Money(Amount),
    /// Start events of the year up to the month, held by the place.
    StartEvents,
    /// A figure of the place: a measure of the ledger, or given beside it.
    Given(String),
    /// One hundred: what a figure given in percent is divided by.
    Percent,
}

/// Projects of a place by what became of them, up to the month's end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pick {
    All,
    /// Started this year.
    NewStart,
    /// Started before this year and not completed before it.
    Continuing,
    Started,
    /// Planned to start this year, and not started before it.
    PlannedStart,
    /// The same, planned by the month's end.
    DueStart,
    /// Of those planned for this year, started.
    PlannedStarted,
    /// Of those planned by the month's end, started.
    DueStarted,
    /// Planned to start by the month's end and not started.
    LateStart,
    /// Started two months ago or more, and not entered into statistics.
    LateEntry,
    /// Either of the two, once.
    LateStartOrEntry,
    /// Completed this year.
    Completed,
    /// In production since this year.
    Producing,
    /// Suspended.
    Suspended,
    /// In a start event of the year, and not planned to start this year.
    EventStart,
}

/// Money of the projects of a place, in yuan.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Amount {
    Total,
    PlanYear,
    DoneYtd,
    DueYtd,
    /// What the cumulative figures rose by in the month.
    DoneMonth,
}

/// How a quantity becomes a score.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Method {
    /// So many points for each one, or times the share.
    Per {
        points: Score,
    },
    /// Points of the first step reached by the place's figure.
    Steps {
        steps: Vec<Step>,
    },
    /// For each project, points of the first step its amount reaches.
    EachSteps {
        amount: Amount,
        steps: Vec<Step>,
    },
    /// For each project, the points of its class.
    EachClass {
        points: Vec<(String, Score)>,
    },
    OverUnder(OverUnder),
    /// Points by rank in the group; equal figures have equal ranks.
    Ladder {
        rungs: Vec<Rung>,
    },
    Bands(Bands),
    Efficacy(Efficacy),
}

/// A threshold and its points. The bound is in hundredths of yuan, pieces or percent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    pub bound: Bound,
    pub points: Score,
}

/// The last rank of a rung and its points.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rung {
    pub to: u32,
    pub points: Score,
}

/// A base, more or less for each step of percentage points over or under a target.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OverUnder {
    pub base: Score,
    /// Target in hundredths of a percent, by how many projects the share is of: the last
    /// whose count is reached.
    pub targets: Vec<(i64, i64)>,
    /// Hundredths of a percentage point.
    pub step: i64,
    /// Only whole steps count.
    pub whole: bool,
    pub below: Score,
    /// Up to which share (hundredths of a percent) how much for each step; the last goes on.
    pub above: Vec<(Option<i64>, Score)>,
    /// The most that is added or taken.
    pub cap: Score,
    /// Score of a place that has nothing to do, such as no start planned.
    pub nothing: Option<Score>,
}

/// `base + x₁·base/d₁ + x₂·base/d₂ + …`: x is the part of the difference, in percentage
/// points, that falls into each band; below, the same is taken off.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bands {
    pub base: Score,
    /// Width of a band, in percentage points.
    pub width: i64,
    pub divisors: Vec<i64>,
    /// What each further band's divisor grows by.
    pub then: i64,
    pub against: Against,
}

/// What a share is compared with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Against {
    /// The share of the whole group together.
    Whole,
    /// The mean of the places' shares.
    Mean,
    /// Nothing: the figure itself is a growth.
    Zero,
    /// A given share, such as the province's.
    Given(String),
}

/// `points/100 × (low + span·(x − min)/(max − min))` within the group (功效系数法).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Efficacy {
    pub points: Score,
    pub low: Score,
    pub span: Score,
    /// Less is better.
    pub reverse: bool,
    /// In place of the fraction, of 100, where all are equal.
    pub equal: Score,
    /// The same for a group of one.
    pub alone: Score,
}

impl Quantity {
    /// What the ledger itself can count, by the words of rule files.
    pub fn of_ledger() -> &'static [(&'static str, Quantity)] {
        read::QUANTITIES
    }
}

impl LeagueRules {
    /// Whether any item needs figures from outside the ledger, by their keys.
    pub fn given_keys(&self) -> Vec<&str> {
        let mut keys: Vec<&str> = Vec::new();
        for item in &self.items {
            for quantity in std::iter::once(&item.of).chain(&item.by) {
                if let Quantity::Given(key) = quantity {
                    keys.push(key);
                }
            }
            if let Method::Bands(Bands { against: Against::Given(key), .. }) = &item.method {
                keys.push(key);
            }
        }
        keys.sort_unstable();
        keys.dedup();
        keys
    }

    /// The grade of a total.
    pub fn grade(&self, total: Score) -> Option<&Grade> {
        self.grades.iter().find(|grade| total >= grade.from)
    }
}
