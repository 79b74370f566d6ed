//! A month is below zero only where money was taken back, which has a reason.

use super::{Check, CheckRule, Finding, Looked};
use tici_domain::Measure;

pub(super) const CHECK: Check = Check { code: "month_negative", run };

fn run(looked: &Looked, rule: &CheckRule) -> Option<Finding> {
    let month = looked.now(Measure::INVEST_MONTH)?;
    (month < -rule.tolerance).then(|| {
        Finding::new("check-month-negative", Measure::INVEST_MONTH)
            .arg("found", looked.money(month))
    })
}
