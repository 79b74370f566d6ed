//! By principal components of the correlations.

use serde::{Deserialize, Serialize};

use super::to_shares;
use crate::assess::components::{Components, components, varimax};

/// Which loadings of principal components become weights.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PcaBy {
    /// The first component's loadings, with the sign that makes their sum positive.
    #[default]
    First,
    /// Squared varimax-rotated loadings of the components with eigenvalue above 1 (at least
    /// one): each child takes part in the component on which it loads most, by its share in
    /// it times that component's share of the explained variance.
    Rotated,
}

/// Weights of any scale; with [`PcaBy::First`] some may be negative. Zeros if the columns
/// have fewer than two complete units, or one has no spread among these.
pub fn pca(columns: &[&[f64]], by: PcaBy) -> Vec<f64> {
    let Some(found) = components(columns) else { return vec![0.0; columns.len()] };
    match by {
        PcaBy::First => found.vectors[0].clone(),
        PcaBy::Rotated => rotated(&found),
    }
}

fn rotated(found: &Components) -> Vec<f64> {
    let kept = found.values.iter().filter(|value| **value > 1.0).count().max(1);
    let loadings: Vec<Vec<f64>> = (0..kept)
        .map(|at| found.vectors[at].iter().map(|x| x * found.values[at].sqrt()).collect())
        .collect();
    let loadings = varimax(loadings);
    let variance = |factor: &Vec<f64>| factor.iter().map(|x| x * x).sum::<f64>();
    let variances: Vec<f64> = loadings.iter().map(variance).collect();
    let whole: f64 = variances.iter().sum();
    let own = |item: usize| {
        let square = |at: &usize| loadings[*at][item] * loadings[*at][item];
        let most = (0..kept).max_by(|a, b| square(a).total_cmp(&square(b)).then(b.cmp(a)));
        most.map_or(0.0, |at| square(&at) / variances[at] * (variances[at] / whole))
    };
    to_shares((0..found.vectors[0].len()).map(own).collect())
}
