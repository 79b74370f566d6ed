//! What was done since the start never falls.

use super::{Check, CheckRule, Finding, Looked};
use tici_domain::Measure;

pub(super) const CHECK: Check = Check { code: "since_start_falls", run };

fn run(looked: &Looked, rule: &CheckRule) -> Option<Finding> {
    let now = looked.now(Measure::INVEST_SINCE_START)?;
    let (period, before) = looked.before(Measure::INVEST_SINCE_START)?;
    (before - now > rule.tolerance).then(|| {
        Finding::new("check-since-start-falls", Measure::INVEST_SINCE_START)
            .arg("before", looked.money(before))
            .arg("period", period)
            .arg("found", looked.money(now))
    })
}
