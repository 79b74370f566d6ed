//! How the chain is run: one method for each step, and what is done where sources are silent.

use serde::{Deserialize, Serialize};

use super::aggregate::Aggregate;
use super::impute::Impute;
use super::normalise::Normalise;
use super::rank::RankRule;
use super::screen::Screen;
use super::treat::Treat;
use super::weigh::Weigh;

/// What is done to the panel, step by step, in this order. A leaf or an inner node of the
/// tree may say otherwise for itself.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Options {
    /// How missing values are filled, after dividing by denominators.
    pub impute: Impute,
    /// Which units have too little to be assessed.
    pub screen: Screen,
    /// What is done about outliers.
    pub treat: Treat,
    /// How columns are brought to one scale.
    pub normalise: Normalise,
    /// The score of a column in which all values are the same.
    pub zero_range: ZeroRange,
    /// Whose values give the bounds of a column when there are several periods.
    pub bounds: Bounds,
    /// Where the weights of siblings come from.
    pub weigh: Weigh,
    /// How siblings are put together: the first for nodes of level 2, the next for level 3;
    /// the last one for all levels above. Never empty.
    pub aggregate: Vec<Aggregate>,
    /// The least share of a node's children (by number) that must be present; below it the
    /// node is missing. 0 asks for one child.
    pub present_share_min: f64,
    pub rank: RankRule,
    /// Whether the tables between input and scores, and every cell that was changed on the
    /// way, are kept in the outcome.
    pub keep_stages: bool,
}

impl Default for Options {
    fn default() -> Options {
        Options {
            impute: Impute::None,
            screen: Screen::default(),
            treat: Treat::none(),
            normalise: Normalise::default(),
            zero_range: ZeroRange::default(),
            bounds: Bounds::default(),
            weigh: Weigh::Given,
            aggregate: vec![Aggregate::default()],
            present_share_min: 0.0,
            rank: RankRule::default(),
            keep_stages: true,
        }
    }
}

impl Options {
    /// The way to put together the children of a node of `level`, unless it says otherwise.
    pub fn aggregate_at(&self, level: usize) -> &Aggregate {
        static ARITHMETIC: Aggregate = Aggregate::Arithmetic;
        let at = level.saturating_sub(2).min(self.aggregate.len().saturating_sub(1));
        self.aggregate.get(at).unwrap_or(&ARITHMETIC)
    }
}

/// The score of every unit when a column has no spread.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ZeroRange {
    /// No score; its weight goes to what is present. Said as `assess-zero-range`.
    #[default]
    Missing,
    /// The lowest score the method can give.
    Lowest,
    /// The middle of the scale.
    Middle,
    /// The highest score the method can give.
    Highest,
}

/// Whose values give minimum, maximum, mean and spread.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Bounds {
    /// Each period for itself.
    #[default]
    EachPeriod,
    /// All periods together, so that scores can be compared over time.
    AllPeriods,
    /// One period for all, by its name; scores of others may leave the scale.
    OnePeriod(String),
}
