//! Progress is a share of the whole.

use super::looked::percent;
use super::{Check, CheckRule, Finding, Looked};
use tici_domain::Measure;

pub(super) const CHECK: Check = Check { code: "progress_over", run };

fn run(looked: &Looked, rule: &CheckRule) -> Option<Finding> {
    let progress = looked.now(Measure::PROGRESS_PERCENT)?;
    (progress > rule.percent || progress < 0).then(|| {
        Finding::new("check-progress-over", Measure::PROGRESS_PERCENT)
            .arg("limit", percent(rule.percent))
            .arg("found", percent(progress))
    })
}
