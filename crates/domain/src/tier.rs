//! The list a project stands on for a year: 列省, 列市 or the county's own.

use serde::{Deserialize, Serialize};

/// Tier of a list of major projects, highest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ListTier {
    Province,
    City,
    County,
}

impl ListTier {
    pub const ALL: [ListTier; 3] = [ListTier::Province, ListTier::City, ListTier::County];

    /// The stored and printed code.
    pub fn code(self) -> &'static str {
        match self {
            ListTier::Province => "province",
            ListTier::City => "city",
            ListTier::County => "county",
        }
    }

    /// Reads a code back; `None` for anything else.
    pub fn parse(code: &str) -> Option<ListTier> {
        ListTier::ALL.into_iter().find(|tier| tier.code() == code)
    }
}
