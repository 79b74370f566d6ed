//! Which rule file a ledger goes by.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// The day from which a version goes that was adopted without one.
pub const ALWAYS: Date = Date::constant(1, 1, 1);

/// One version of the rules of a kind, as the office adopted it. The text is kept whole, so
/// that a light or a league of an earlier month can be made again by the rules of its time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RuleSet {
    pub id: i64,
    /// What it rules: `lights`, `league`, `evidence`, `checks`, `board`, `agenda`.
    pub kind: String,
    /// Name of the shipped preset it comes from, or of the office's own.
    pub name: String,
    /// 1 for the first of its kind in this ledger.
    pub version: i64,
    /// The first day it goes by; until the day of a later version. One version a day: a
    /// second one of the same day takes the place of the first.
    #[serde(default = "always", skip_serializing_if = "is_always")]
    pub from: Date,
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

fn always() -> Date {
    ALWAYS
}

fn is_always(day: &Date) -> bool {
    *day == ALWAYS
}
