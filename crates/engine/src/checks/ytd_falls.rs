//! A cumulative figure does not fall within its year.

use super::{Check, CheckRule, Finding, Looked};
use tici_domain::Measure;

pub(super) const CHECK: Check = Check { code: "ytd_falls", run };

fn run(looked: &Looked, rule: &CheckRule) -> Option<Finding> {
    let ytd = looked.now(Measure::INVEST_YTD)?;
    let (period, before) = looked.before_in_year(Measure::INVEST_YTD)?;
    (before - ytd > rule.tolerance).then(|| {
        Finding::new("check-ytd-falls", Measure::INVEST_YTD)
            .arg("before", looked.money(before))
            .arg("period", period)
            .arg("found", looked.money(ytd))
    })
}
