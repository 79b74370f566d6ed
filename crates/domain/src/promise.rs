//! Promises and what excuses them.

use crate::{Name, Stage};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// A reason, approved by a post, why a project is not to be blamed for a light, and until when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Excuse {
    pub id: i64,
    pub project: i64,
    /// Key of the light's rule it speaks of: `start`, `progress`, `entry`, `funds`; `*` is all.
    pub rule: String,
    pub from: Date,
    /// Last day on which it holds.
    pub until: Date,
    pub reason: String,
    /// The post that approved it.
    pub approver: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub evidence: Vec<i64>,
    #[serde(default)]
    pub withdrawn: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub replaces: Option<i64>,
}

/// A promise about a frozen cohort: these projects reach this stage (or milestone) by a day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Commitment {
    pub id: i64,
    /// Id of its first row; the same for all that replace it.
    pub series: i64,
    pub name: Name,
    /// The stage to be reached, or else `milestone`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stage: Option<Stage>,
    /// Key of a milestone, for a promise of single projects.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub milestone: Option<String>,
    /// The cohort, as it was on the day `frozen`.
    pub projects: Vec<i64>,
    /// How the cohort was chosen, as the counting rule's `(field, value)` pairs.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub cohort: Vec<(String, String)>,
    pub frozen: Date,
    pub due_original: Date,
    pub due: Date,
    /// The unit that promised.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub owner: Option<Name>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<i64>,
    #[serde(default)]
    pub withdrawn: bool,
    /// Why it was revised or withdrawn.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub replaces: Option<i64>,
}
