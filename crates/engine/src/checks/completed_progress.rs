//! A completed project is built: its progress is whole.

use super::looked::percent;
use super::{Check, CheckRule, Finding, Looked};
use tici_domain::{Measure, Stage};

pub(super) const CHECK: Check = Check { code: "completed_progress", run };

fn run(looked: &Looked, rule: &CheckRule) -> Option<Finding> {
    let progress = looked.now(Measure::PROGRESS_PERCENT)?;
    let is_completed = looked.stage()? >= Stage::Completed;
    (is_completed && progress < rule.percent).then(|| {
        Finding::new("check-completed-progress", Measure::PROGRESS_PERCENT)
            .arg("found", percent(progress))
    })
}
