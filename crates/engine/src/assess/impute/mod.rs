//! Filling missing values, and saying which.

use serde::{Deserialize, Serialize};

/// How a missing value is filled. What cannot be filled stays missing.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(tag = "method", rename_all = "snake_case")]
pub enum Impute {
    /// Missing stays missing.
    #[default]
    None,
    /// Mean of the column in the period.
    Mean,
    /// Median of the column in the period.
    Median,
    /// Mean of the unit's group; a unit in no group, or in a group without values, keeps its
    /// gap.
    GroupMean { grouping: String },
    /// Median of the unit's group.
    GroupMedian { grouping: String },
    /// Mean of the unit's other indicators of the same parent, all brought to 0–1 with their
    /// directions, then taken back to the column's own scale.
    RowMean,
    /// The unit's last value at most so many periods back.
    LastValue { periods_back_max: usize },
    /// On the line between the unit's neighbours in time; before the first and after the
    /// last value, that value.
    Linear,
}
