//! What stops a project, and what people decided on records that look alike.

use crate::SideState;
use crate::codes::codes;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// A project is suspended, goes on (`active`), is terminated or withdrawn. The project's own
/// row carries the state as it is now; these rows are its history.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SideChange {
    pub id: i64,
    pub project: i64,
    pub state: SideState,
    pub on: Date,
    pub reason: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub evidence: Vec<i64>,
}

/// A project becomes a package of another, or stands by itself again. The project's own row
/// says how it is; these say since when and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PackageChange {
    pub id: i64,
    pub project: i64,
    /// None: it stands by itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent: Option<i64>,
    /// Share of the parent, in hundredths of a percent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub share: Option<i64>,
    pub reason: String,
}

codes! {
    /// What somebody found of two projects that look alike.
    pub enum PairVerdict {
        /// Two projects; do not ask again.
        Different = "different",
        /// One project entered twice; the second is withdrawn.
        Same = "same",
        /// The second is a later phase of the first and counts by itself.
        Phase = "phase",
    }
}

/// A decision on two projects. `first` is the lower id.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PairDecision {
    pub id: i64,
    pub first: i64,
    pub second: i64,
    pub verdict: PairVerdict,
    pub reason: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub replaces: Option<i64>,
}
