//! Leaving out units that have too little data.

use serde::{Deserialize, Serialize};

/// What a unit must have to be assessed; both are shares of the indicators, 0 to 1.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Screen {
    /// The least share of indicators that must be present after imputation.
    pub present_share_min: Option<f64>,
    /// The least share of the present indicators that must not be zero.
    pub non_zero_share_min: Option<f64>,
}
