//! What the chain hands back: every stage's table, weights, scores, places, and what was
//! changed on the way.

use serde::Serialize;

use super::panel::Panel;

/// The result of [`super::chain::run`].
///
/// Tables have the units and periods of the input. `scores` and `ranks` have one column per
/// node of the tree, in the tree's order; a leaf's score is its normalised value.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Outcome {
    /// The tables between input and scores; empty unless [`super::Options::keep_stages`].
    pub stages: Vec<(Step, Panel)>,
    pub scores: Panel,
    /// Places as whole numbers, or halves for average ties; missing where there is no score.
    pub ranks: Panel,
    /// For each period, the weight of each node among its siblings, as shares.
    pub shares: Vec<Vec<f64>>,
    /// For each period, the weight of each node in the index.
    pub effective_weights: Vec<Vec<f64>>,
    /// For each period and unit, whether screening kept it.
    pub included: Vec<Vec<bool>>,
    /// Every cell that imputing or treating changed, by period, column and unit; empty unless
    /// stages are kept.
    pub touched: Vec<Touched>,
}

impl Outcome {
    /// The table after a step, if it was kept.
    pub fn stage(&self, step: Step) -> Option<&Panel> {
        self.stages.iter().find(|(known, _)| *known == step).map(|(_, panel)| panel)
    }
}

/// A step that leaves a table of the leaves.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    Denominated,
    Imputed,
    /// After leaving out units with too little data.
    Screened,
    Treated,
    Normalised,
}

/// A cell that is no longer what came in.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Touched {
    pub period: usize,
    /// The node of the leaf.
    pub node: usize,
    pub unit: usize,
    /// What was there before; `None` for a gap that was filled.
    pub before: Option<f64>,
    pub after: f64,
    pub how: How,
}

/// What touched a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum How {
    Imputed,
    /// Drawn down to the next value.
    WinsorisedHigh,
    /// Drawn up to the next value.
    WinsorisedLow,
    /// The whole column was bent.
    Transformed,
}
