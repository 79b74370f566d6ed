//! Which rule file a ledger goes by.

use serde::{Deserialize, Serialize};

/// One version of the rules of a kind, as the office adopted it. The text is kept whole, so
/// that a light or a league of an earlier month can be made again by the rules of its time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RuleSet {
    pub id: i64,
    /// What it rules: `lights`, `league`, `evidence`, `checks`, `stages`.
    pub kind: String,
    /// Name of the shipped preset it comes from, or of the office's own.
    pub name: String,
    /// 1 for the first of its kind in this ledger.
    pub version: i64,
    /// The rule file, TOML.
    pub text: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// The post that approved it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub approver: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub replaces: Option<i64>,
}
