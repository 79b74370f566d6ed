//! What was done since the start is far above the total investment.

use super::{Check, CheckRule, Finding, Looked};
use tici_domain::Measure;

pub(super) const CHECK: Check = Check { code: "done_over_total", run };

fn run(looked: &Looked, rule: &CheckRule) -> Option<Finding> {
    let (done, total) = (looked.now(Measure::INVEST_SINCE_START)?, looked.total()?);
    let is_over = i128::from(done) * 10_000 > i128::from(total) * i128::from(rule.percent);
    is_over.then(|| {
        Finding::new("check-done-over-total", Measure::INVEST_SINCE_START)
            .arg("total", looked.money(total))
            .arg("found", looked.money(done))
    })
}
