//! The three bases of a figure, which are never mixed (guarantee 4).

use serde::{Deserialize, Serialize};

/// Who vouches for a figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Basis {
    /// As the town, park or firm reported it.
    Reported,
    /// As the project office verified it.
    Verified,
    /// As the statistics bureau registered it.
    Statistical,
}

impl Basis {
    pub const ALL: [Basis; 3] = [Basis::Reported, Basis::Verified, Basis::Statistical];

    /// The stored and printed code.
    pub fn code(self) -> &'static str {
        match self {
            Basis::Reported => "reported",
            Basis::Verified => "verified",
            Basis::Statistical => "statistical",
        }
    }

    /// Reads a code back; `None` for anything else.
    pub fn parse(code: &str) -> Option<Basis> {
        Basis::ALL.into_iter().find(|basis| basis.code() == code)
    }
}
