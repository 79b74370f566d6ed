//! The counting rule of a total, as data: it travels with every sum and is put into words
//! beside it (guarantee 5).

use jiff::civil::Date;
use serde::Serialize;
use tici_domain::{Basis, Period};

/// Whether a project made of packages counts once or by package.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Packages {
    /// The parent counts once; its money is its own, or its packages' where it has none.
    #[default]
    Whole,
    /// Each package counts; the parent does not.
    Split,
}

/// Which stage claims count.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum StageStatus {
    /// Claims that have not been rejected or reversed; pending ones count.
    #[default]
    Claimed,
    /// Only claims that somebody other than the claimant has verified.
    Verified,
}

/// A lower bound on total investment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct Threshold {
    /// In stored units of the project's currency.
    pub amount: i64,
    /// 含 or 不含: "5亿元以上" includes 5.
    pub inclusive: bool,
}

impl Threshold {
    pub fn admits(self, amount: i64) -> bool {
        if self.inclusive { amount >= self.amount } else { amount > self.amount }
    }
}

/// Everything that decides what a total counts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Rule {
    /// The cohort: which filter, as `(field, value)` pairs in the order they narrow.
    pub cohort: Vec<(String, String)>,
    pub packages: Packages,
    pub stage_status: StageStatus,
    pub basis: Basis,
    pub threshold: Option<Threshold>,
    pub period: Period,
    /// Day on which lists and states are read.
    pub on: Date,
    /// Journal sequence of the snapshot: what was known.
    pub as_of: i64,
}
