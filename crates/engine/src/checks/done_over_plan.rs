//! What was done this year is far above the year's plan.

use super::{Check, CheckRule, Finding, Looked};
use tici_domain::Measure;

pub(super) const CHECK: Check = Check { code: "done_over_plan", run };

fn run(looked: &Looked, rule: &CheckRule) -> Option<Finding> {
    let (done, plan) = (looked.now(Measure::INVEST_YTD)?, looked.plan_year()?);
    let is_over = i128::from(done) * 10_000 > i128::from(plan) * i128::from(rule.percent);
    is_over.then(|| {
        Finding::new("check-done-over-plan", Measure::INVEST_YTD)
            .arg("plan", looked.money(plan))
            .arg("found", looked.money(done))
    })
}
