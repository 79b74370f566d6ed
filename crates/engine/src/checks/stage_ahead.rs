//! The row says a stage that nobody has claimed: a claim has its evidence and its verifier,
//! a return does not.

use super::{Check, CheckRule, Finding, Looked};
use tici_domain::Measure;

pub(super) const CHECK: Check = Check { code: "stage_ahead", run };

fn run(looked: &Looked, _: &CheckRule) -> Option<Finding> {
    let said = looked.row.stage?;
    (looked.claimed() < Some(said))
        .then(|| Finding::new("check-stage-ahead", Measure::PHASE_TEXT).arg("stage", said.code()))
}
