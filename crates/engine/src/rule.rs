//! The counting rule of a total, as data: it travels with every sum and is put into words
//! beside it (guarantee 5).

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::Serialize;
use tici_domain::{Basis, Currency, Period, Stage};

use crate::counting::cohort::{CohortOn, ListVersion, Lists};

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

impl Packages {
    pub fn code(self) -> &'static str {
        match self {
            Packages::Whole => "whole",
            Packages::Split => "split",
        }
    }

    /// Reads a code back; `None` for anything else.
    pub fn parse(code: &str) -> Option<Packages> {
        [Packages::Whole, Packages::Split].into_iter().find(|packages| packages.code() == code)
    }
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

/// A bound on total investment: lower as a threshold, upper as a ceiling.
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

    /// As a ceiling: at most, or less than.
    pub fn caps(self, amount: i64) -> bool {
        if self.inclusive { amount <= self.amount } else { amount < self.amount }
    }
}

/// A stage reached within some days, such as 新签约: signed this year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct Reached {
    pub stage: Stage,
    /// First and last day, both included.
    pub from: Date,
    pub to: Date,
}

impl Reached {
    /// Reads `signed:2026-01-01..2026-06-30`; `None` for anything else.
    pub fn parse(text: &str) -> Option<Reached> {
        let (stage, days) = text.split_once(':')?;
        let (from, to) = days.split_once("..")?;
        let stage = Stage::parse(stage)?;
        Some(Reached { stage, from: from.parse().ok()?, to: to.parse().ok()? })
    }
}

/// The annual plans that were added up: how many projects have one, by its version.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct PlanVersions {
    pub year: i16,
    pub of: BTreeMap<i64, usize>,
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
    /// The threshold of other currencies, such as US$30m beside 5亿元.
    pub threshold_in: BTreeMap<Currency, i64>,
    pub ceiling: Option<Threshold>,
    /// Only projects that have, or have not, been entered with the statistics bureau.
    pub stat_entered: Option<bool>,
    pub reached: Option<Reached>,
    pub period: Period,
    /// Day on which states are read, and lists unless `cohort_on` says otherwise.
    pub on: Date,
    pub cohort_on: CohortOn,
    pub list_reading: Lists,
    /// Versions of the lists behind the cohort; none where it asks for no list.
    pub lists: Vec<ListVersion>,
    pub plans: PlanVersions,
    /// Journal sequence of the snapshot: what was known.
    pub as_of: i64,
}
