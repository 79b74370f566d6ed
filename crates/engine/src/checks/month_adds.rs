//! The month's own and the cumulative figure before it are the cumulative figure.
//!
//! | before | month | cumulative | found |
//! |---|---|---|---|
//! | 26,400 | 9,818 | 36,218 | nothing |
//! | 26,400 | 9,800 | 36,218 | 36,200 was expected |
//! | not reported | 9,818 | 36,218 | nothing: there is nothing to add to |

use super::{Check, CheckRule, Finding, Looked};
use tici_domain::Measure;

pub(super) const CHECK: Check = Check { code: "month_adds", run };

fn run(looked: &Looked, rule: &CheckRule) -> Option<Finding> {
    let month = looked.now(Measure::INVEST_MONTH)?;
    let ytd = looked.now(Measure::INVEST_YTD)?;
    let before = looked.ytd_before()?;
    let expected = before.checked_add(month)?;
    ((ytd - expected).abs() > rule.tolerance).then(|| {
        Finding::new("check-month-adds", Measure::INVEST_YTD)
            .arg("before", looked.money(before))
            .arg("month", looked.money(month))
            .arg("expected", looked.money(expected))
            .arg("found", looked.money(ytd))
    })
}
