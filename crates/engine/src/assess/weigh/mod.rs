//! Where the weights of siblings come from, a file for each way.

pub mod ahp;
pub mod benefit_of_doubt;
mod budget;
mod critic;
mod entropy;
pub mod equal_influence;
mod pca;
mod simplex;
mod standard_deviation;
mod variation;

use serde::{Deserialize, Serialize};
use tici_domain::Problem;

use super::aggregate::Aggregate;
use super::normalise::{Column, Normalise};
use super::panel::MISSING;

pub use ahp::AhpBy;
pub use critic::critic;
pub use entropy::{entropies, entropy};
pub use pca::{PcaBy, pca};
pub use standard_deviation::standard_deviation;
pub use variation::variation;

/// How the children of a node are weighed among themselves. Methods that look at data read
/// the children's scores, of which more is better.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(tag = "method", rename_all = "snake_case")]
pub enum Weigh {
    /// The weights written in the tree.
    #[default]
    Given,
    /// All the same.
    Equal,
    /// Points given out by several people: each row is one person's, in the order of the
    /// children; rows are brought to shares, then averaged.
    Budget { points: Vec<Vec<f64>> },
    /// Pairwise comparison matrices, one a person, in the order of the children; entries are
    /// averaged geometrically.
    Ahp {
        matrices: Vec<Vec<Vec<f64>>>,
        #[serde(default)]
        by: AhpBy,
    },
    /// By how unevenly a child's scores are spread over the units; scores are brought to 0–1
    /// and `shift` is added first.
    Entropy {
        #[serde(default)]
        shift: f64,
    },
    /// By spread and by how little a child repeats the others, on scores brought to 0–1.
    Critic,
    /// By the standard deviation of scores brought to 0–1.
    StandardDeviation,
    /// By standard deviation over mean of the scores as they are.
    Variation,
    /// By loadings of principal components.
    Pca {
        #[serde(default)]
        by: PcaBy,
    },
    /// Such that each child's share of influence, its correlation with the parent over the
    /// sum of all, is its written weight's share.
    EqualInfluence,
    /// Each unit's own most favourable weights: the parent's score is the most the unit can
    /// have while nobody has more than 1 with the same weights. Written weights are not
    /// looked at; each child's part of the score may be bounded.
    BenefitOfDoubt {
        #[serde(default)]
        share_min: f64,
        #[serde(default = "whole")]
        share_max: f64,
    },
}

fn whole() -> f64 {
    1.0
}

/// What is weighed.
#[derive(Clone, Copy, Debug)]
pub struct Siblings<'a> {
    /// The children's scores.
    pub columns: &'a [&'a [f64]],
    /// The weights written in the tree.
    pub given: &'a [f64],
    /// How the children are put together afterwards.
    pub aggregate: &'a Aggregate,
}

impl Weigh {
    /// Weights of any scale, one a child, none negative and not all zero unless given so.
    ///
    /// Problems: `assess-weights-shape` (an error: the rows or the matrix do not fit the
    /// children; `children`), `assess-weights-fallback` (data say nothing, all weigh the
    /// same), `assess-weights-negative` (`count`; those became 0), and those of
    /// [`ahp::weights`]. None names a node: the caller knows it.
    pub fn weights(&self, siblings: &Siblings) -> (Vec<f64>, Vec<Problem>) {
        let children = siblings.given.len();
        let mut problems = Vec::new();
        let weights = match self {
            Weigh::Given | Weigh::BenefitOfDoubt { .. } => {
                return (siblings.given.to_vec(), problems);
            }
            Weigh::Equal => return (vec![1.0; children], problems),
            Weigh::Budget { points } => budget::weights(points, children),
            Weigh::Ahp { matrices, by } => ahp::weights(matrices, *by, children, &mut problems),
            Weigh::Entropy { shift } => on_shares(siblings, |columns| entropy(columns, *shift)),
            Weigh::Critic => on_shares(siblings, critic),
            Weigh::StandardDeviation => on_shares(siblings, standard_deviation),
            Weigh::Variation => Some(variation(siblings.columns)),
            Weigh::Pca { by } => Some(pca(siblings.columns, *by)),
            Weigh::EqualInfluence => Some(equal_influence::weights(siblings)),
        };
        let Some(weights) = weights else {
            problems.push(Problem::error("assess-weights-shape").arg("children", children));
            return (vec![1.0; children], problems);
        };
        (settle(weights, &mut problems), problems)
    }
}

/// Runs a method on the columns brought to 0–1; one without spread comes as zeros.
fn on_shares(siblings: &Siblings, method: impl Fn(&[&[f64]]) -> Vec<f64>) -> Option<Vec<f64>> {
    let whole = Normalise::MinMax { lower: 0.0, upper: 1.0 };
    let share = |column: &&[f64]| {
        let mut out = vec![MISSING; column.len()];
        let zero_range = super::ZeroRange::Lowest;
        whole.scores(&Column { zero_range, ..Column::new(column) }, &mut out);
        out
    };
    let shares: Vec<Vec<f64>> = siblings.columns.iter().map(share).collect();
    let shares: Vec<&[f64]> = shares.iter().map(Vec::as_slice).collect();
    Some(method(&shares))
}

/// Takes out what cannot be a weight, and says so.
fn settle(mut weights: Vec<f64>, problems: &mut Vec<Problem>) -> Vec<f64> {
    let negative = weights.iter().filter(|weight| **weight < 0.0).count();
    if negative > 0 {
        problems.push(Problem::warning("assess-weights-negative").arg("count", negative));
        weights.iter_mut().for_each(|weight| *weight = weight.max(0.0));
    }
    let sum: f64 = weights.iter().sum();
    if !(sum.is_finite() && sum > 0.0) {
        problems.push(Problem::warning("assess-weights-fallback"));
        weights.fill(1.0);
    }
    weights
}

/// Weights as shares of their sum; all zeros stay so.
fn to_shares(mut weights: Vec<f64>) -> Vec<f64> {
    let sum: f64 = weights.iter().sum();
    if sum != 0.0 {
        weights.iter_mut().for_each(|weight| *weight /= sum);
    }
    weights
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(weigh: Weigh, columns: &[&[f64]], expected: &[f64]) {
        let given = vec![1.0; columns.len()];
        let siblings = Siblings { columns, given: &given, aggregate: &Aggregate::Arithmetic };
        let (weights, problems) = weigh.weights(&siblings);
        let shares = to_shares(weights);
        let near = shares.iter().zip(expected).all(|(a, b)| (a - b).abs() < 1e-12);
        assert!(near && shares.len() == expected.len(), "{weigh:?}: {shares:?} {problems:?}");
    }

    #[test]
    fn worked_examples() {
        let (a, b) = (&[0.0, 1.0, 2.0, 3.0][..], &[3.0, 1.0, 2.0, 0.0][..]);
        check(Weigh::Equal, &[a, b], &[0.5, 0.5]);
        let points = vec![vec![60.0, 40.0], vec![1.0, 4.0]];
        check(Weigh::Budget { points }, &[a, b], &[0.4, 0.6]);
        check(Weigh::Critic, &[a, b], &[0.5, 0.5]);
        check(Weigh::StandardDeviation, &[a, b], &[0.5, 0.5]);
        check(Weigh::Variation, &[a, &[10.0, 10.0, 10.0, 10.0]], &[1.0, 0.0]);
        // One unit has everything: no entropy at all; the other column is spread in halves.
        let even = &[1.0, 1.0, 0.0, 0.0][..];
        check(
            Weigh::Entropy { shift: 0.0 },
            &[&[1.0, 0.0, 0.0, 0.0], even],
            &[2.0 / 3.0, 1.0 / 3.0],
        );
        check(Weigh::Pca { by: PcaBy::First }, &[a, a], &[0.5, 0.5]);
        check(Weigh::EqualInfluence, &[a, b], &[0.5, 0.5]);
    }

    #[test]
    fn columns_that_say_nothing_weigh_the_same_and_it_is_said() {
        let columns = [&[1.0, 1.0, 1.0][..], &[MISSING, MISSING, MISSING]];
        for weigh in [
            Weigh::Entropy { shift: 0.0 },
            Weigh::Critic,
            Weigh::StandardDeviation,
            Weigh::Variation,
            Weigh::Pca { by: PcaBy::First },
            Weigh::Pca { by: PcaBy::Rotated },
        ] {
            let siblings = Siblings {
                columns: &columns,
                given: &[1.0, 1.0],
                aggregate: &Aggregate::Arithmetic,
            };
            let (weights, problems) = weigh.weights(&siblings);
            assert_eq!(weights, [1.0, 1.0], "{weigh:?}");
            assert_eq!(problems[0].key, "assess-weights-fallback", "{weigh:?}");
        }
    }

    #[test]
    fn rows_that_do_not_fit_are_refused() {
        let siblings =
            Siblings { columns: &[], given: &[1.0, 1.0], aggregate: &Aggregate::Arithmetic };
        let (_, problems) = Weigh::Budget { points: vec![vec![1.0]] }.weights(&siblings);
        assert_eq!(problems[0].key, "assess-weights-shape");
        let ahp = Weigh::Ahp { matrices: vec![vec![vec![1.0]]], by: AhpBy::Eigenvector };
        assert_eq!(ahp.weights(&siblings).1[0].key, "assess-weights-shape");
    }
}
