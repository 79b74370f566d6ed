//! Places from scores: what is equal, and what place the equal get.

use serde::{Deserialize, Serialize};

/// How places are given; 1 is the highest score.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct RankRule {
    pub ties: Ties,
    pub on: RankOn,
}

/// The places of units whose scores are equal.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ties {
    /// The best of their places: 1, 2, 2, 4.
    #[default]
    Min,
    /// 1, 2, 2, 3.
    Dense,
    /// The mean of their places: 1, 2.5, 2.5, 4.
    Average,
    /// By unit code: 1, 2, 3, 4.
    Ordinal,
}

/// Which number is compared: what is published, or what was computed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RankOn {
    #[default]
    Unrounded,
    /// The score rounded half away from zero.
    Rounded { decimals: u32 },
}
