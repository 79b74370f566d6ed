//! The cumulative figure is blank: the project stays without a report for the month, which
//! is not zero.

use super::{Check, CheckRule, Finding, Looked};
use tici_domain::Measure;

pub(super) const CHECK: Check = Check { code: "amount_missing", run };

fn run(looked: &Looked, _: &CheckRule) -> Option<Finding> {
    let is_blank = looked.now(Measure::INVEST_YTD).is_none();
    is_blank.then(|| Finding::new("check-amount-missing", Measure::INVEST_YTD))
}
