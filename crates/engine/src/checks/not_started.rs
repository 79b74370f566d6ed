//! A month's investment of a project that has not started: land and preparations may cost
//! money, works may not.

use super::{Check, CheckRule, Finding, Looked};
use tici_domain::{Measure, Stage};

pub(super) const CHECK: Check = Check { code: "not_started", run };

fn run(looked: &Looked, rule: &CheckRule) -> Option<Finding> {
    if looked.stage().is_some_and(Stage::has_started) {
        return None;
    }
    let month = looked.now(Measure::INVEST_MONTH)?;
    (month > rule.tolerance).then(|| {
        Finding::new("check-not-started", Measure::INVEST_MONTH).arg("found", looked.money(month))
    })
}
