//! Discrete-time hazard: the chance that the event comes in a month, given that it has not
//! come before. The model of project stages by default.
//!
//! logit P = α(months waited) + xβ + Σ effects of place, kind, size, sponsor, on one row for
//! each project and month. Coefficients are held by a ridge; the effects of groups are drawn
//! towards zero, the more the less is known of a group and the less groups differ (partial
//! pooling), so that sixty projects give sane answers and fifty thousand sharp ones.
//!
//! Every probability comes with the largest reasons for it, see [`Hazard::reasons`].

mod fit;
mod newton;
mod predict;
mod rows;

use serde::Serialize;

pub use fit::fit;
pub use predict::{Hazard, Reason};
pub use rows::{HazardRows, person_months};

use super::dense::{Cholesky, Matrix};

/// What joins the chance to the linear predictor.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Link {
    #[default]
    Logit,
    /// log(−log(1 − p)): proportional hazards seen month by month.
    CLogLog,
}

/// A factor whose levels are drawn towards a common mean.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Factor {
    pub name: String,
    pub levels: Vec<String>,
    /// The level of each row; a number past the levels stands for a level never seen.
    pub of_row: Vec<u32>,
}

impl Factor {
    /// A factor from the words of each row, levels in alphabetical order.
    pub fn from_words(name: &str, words: &[&str]) -> Factor {
        let mut levels: Vec<&str> = words.to_vec();
        levels.sort_unstable();
        levels.dedup();
        let of = |word: &&str| levels.binary_search(word).map_or(u32::MAX, |index| index as u32);
        let of_row = words.iter().map(of).collect();
        let levels = levels.into_iter().map(str::to_owned).collect();
        Factor { name: name.to_owned(), levels, of_row }
    }

    /// The number of a level by its name; past the levels for one never seen.
    pub fn level(&self, name: &str) -> u32 {
        self.levels.iter().position(|level| level == name).map_or(u32::MAX, |index| index as u32)
    }
}

/// How much a factor's levels differ.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum Spread {
    /// Learnt from the rows, with a weak pull towards a half.
    #[default]
    Learnt,
    /// Standard deviation of the levels' effects.
    Given(f64),
}

#[derive(Clone, Debug)]
pub struct HazardOptions {
    pub link: Link,
    /// Strength of the penalty, half of it times the sum of squared coefficients; 1/C of those
    /// who count it the other way. The intercept is free.
    pub ridge: f64,
    /// Whether the penalty is on covariates divided by their standard deviation.
    pub scale: bool,
    /// A log-F(m, m) prior on each coefficient, which never lets one run away.
    pub log_f: Option<f64>,
    /// For each factor; learnt where the list is shorter.
    pub spread: Vec<Spread>,
}

impl Default for HazardOptions {
    fn default() -> HazardOptions {
        HazardOptions {
            link: Link::Logit,
            ridge: 1.0,
            scale: true,
            log_f: None,
            spread: Vec::new(),
        }
    }
}

#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct HazardCoefficient {
    pub name: String,
    pub value: f64,
    pub std_err: f64,
    /// Mean of the covariate over the rows: contributions are counted from it.
    pub mean: f64,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct GroupEffect {
    pub level: String,
    pub value: f64,
    pub std_err: f64,
    pub rows: usize,
    pub events: f64,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct GroupFit {
    pub name: String,
    /// Standard deviation of the levels' effects.
    pub spread: f64,
    pub effects: Vec<GroupEffect>,
}

/// A fitted model.
#[derive(Clone, Debug, Serialize)]
pub struct HazardFit {
    pub rows: usize,
    pub events: f64,
    pub intercept: f64,
    pub intercept_std_err: f64,
    pub coefficients: Vec<HazardCoefficient>,
    pub groups: Vec<GroupFit>,
    /// −2 times the log-likelihood, penalties left out.
    pub deviance: f64,
    pub iterations: usize,
    pub converged: bool,
    pub separated: Vec<String>,
    #[serde(skip)]
    link: Link,
    #[serde(skip)]
    solved: Solved,
}

/// What the error of a prediction is worked out from.
#[derive(Clone, Debug)]
struct Solved {
    /// Of the core columns once the largest factor is eliminated.
    core: Cholesky,
    /// Curvature of each level of the largest factor, and its ties to the core.
    last: Vec<f64>,
    cross: Matrix,
    /// Which factor is eliminated, and where the others' levels begin in the core.
    last_factor: Option<usize>,
    core_begins: Vec<usize>,
    /// What each covariate was divided by before fitting.
    deviation: Vec<f64>,
    means: Vec<f64>,
}
