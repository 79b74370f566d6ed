//! Works do not go back.

use super::looked::percent;
use super::{Check, CheckRule, Finding, Looked};
use tici_domain::Measure;

pub(super) const CHECK: Check = Check { code: "progress_falls", run };

fn run(looked: &Looked, _: &CheckRule) -> Option<Finding> {
    let progress = looked.now(Measure::PROGRESS_PERCENT)?;
    let (period, before) = looked.before(Measure::PROGRESS_PERCENT)?;
    (progress < before).then(|| {
        Finding::new("check-progress-falls", Measure::PROGRESS_PERCENT)
            .arg("before", percent(before))
            .arg("period", period)
            .arg("found", percent(progress))
    })
}
