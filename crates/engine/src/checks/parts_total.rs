//! Building, installation, equipment and other costs are the cumulative figure; where only
//! some of them are given, they are not more than it.

use super::{Check, CheckRule, Finding, Looked, PARTS};
use tici_domain::Measure;

pub(super) const CHECK: Check = Check { code: "parts_total", run };

fn run(looked: &Looked, rule: &CheckRule) -> Option<Finding> {
    let parts: Vec<i64> = PARTS.iter().filter_map(|part| looked.now(*part)).collect();
    let ytd = looked.now(Measure::INVEST_YTD)?;
    let sum = parts.iter().try_fold(0_i64, |sum, part| sum.checked_add(*part))?;
    let differs = match parts.len() {
        0 => false,
        4 => (sum - ytd).abs() > rule.tolerance,
        _ => sum - ytd > rule.tolerance,
    };
    differs.then(|| {
        Finding::new("check-parts-total", Measure::INVEST_YTD)
            .arg("parts", looked.money(sum))
            .arg("found", looked.money(ytd))
    })
}
