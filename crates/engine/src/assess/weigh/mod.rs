//! Where the weights of siblings come from.

use serde::{Deserialize, Serialize};

/// How the children of a node are weighed among themselves. Methods that look at data read
/// the children's scores, best first means more.
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
    Budget {
        points: Vec<Vec<f64>>,
    },
    /// Pairwise comparison matrices, one a person; entries are averaged geometrically.
    Ahp {
        matrices: Vec<Vec<Vec<f64>>>,
        by: AhpBy,
    },
    /// Entropy of the children's scores (brought to 0–1), `shift` added first.
    Entropy {
        shift: f64,
    },
    Critic,
    StandardDeviation,
    Variation,
    /// Loadings of the first principal component, or those of several.
    Pca {
        by: PcaBy,
    },
    /// Weights with which every child has the same correlation with the parent.
    EqualInfluence,
    /// Each unit's own most favourable weights: the parent's score is the unit's best share
    /// of what the best could get with the same weights. Shares of each child may be bound.
    BenefitOfDoubt {
        share_min: f64,
        share_max: f64,
    },
}

/// How weights come out of a comparison matrix.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AhpBy {
    #[default]
    Eigenvector,
    RowGeometricMean,
    ColumnMean,
}

/// Which loadings of principal components become weights.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PcaBy {
    /// The first component's loadings, their sign such that their sum is positive.
    #[default]
    First,
    /// Squared rotated loadings of the components with eigenvalue above 1, each by its share
    /// of variance.
    Rotated,
}
