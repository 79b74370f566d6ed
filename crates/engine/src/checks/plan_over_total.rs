//! A year's plan is not more than the whole.

use super::{Check, CheckRule, Finding, Looked};
use tici_domain::Measure;

pub(super) const CHECK: Check = Check { code: "plan_over_total", run };

fn run(looked: &Looked, rule: &CheckRule) -> Option<Finding> {
    let (plan, total) = (looked.plan_year()?, looked.total()?);
    (plan - total > rule.tolerance).then(|| {
        Finding::new("check-plan-over-total", Measure::TOTAL_INVESTMENT)
            .arg("plan", looked.money(plan))
            .arg("found", looked.money(total))
    })
}
