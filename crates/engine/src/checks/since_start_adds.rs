//! Since the start is what was done by the end of last year and what was done this year.

use super::{Check, CheckRule, Finding, Looked};
use tici_domain::{Measure, Period};

pub(super) const CHECK: Check = Check { code: "since_start_adds", run };

fn run(looked: &Looked, rule: &CheckRule) -> Option<Finding> {
    let now = looked.now(Measure::INVEST_SINCE_START)?;
    let ytd = looked.now(Measure::INVEST_YTD)?;
    let december = Period::month(looked.period.calendar_year() - 1, 12)?;
    let before = looked.kept(Measure::INVEST_SINCE_START, december)?;
    let expected = before.checked_add(ytd)?;
    ((now - expected).abs() > rule.tolerance).then(|| {
        Finding::new("check-since-start-adds", Measure::INVEST_SINCE_START)
            .arg("before", looked.money(before))
            .arg("ytd", looked.money(ytd))
            .arg("expected", looked.money(expected))
            .arg("found", looked.money(now))
    })
}
