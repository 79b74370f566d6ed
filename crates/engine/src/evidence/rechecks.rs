//! When a verified start is looked at again.

use jiff::ToSpan;
use jiff::civil::Date;
use tici_domain::Stage;

use super::EvidenceRules;

/// The looks that a stage verified on `today` still has before it: how many days after the
/// stage's own day, and the day it falls on. A look whose day has passed is not asked for,
/// since the verification itself was one.
pub fn recheck_days(
    rules: &EvidenceRules,
    (stage, on): (Stage, Date),
    today: Date,
) -> Vec<(i32, Date)> {
    let Some(rule) = rules.recheck.as_ref().filter(|rule| rule.stage == stage) else {
        return Vec::new();
    };
    let looks =
        rule.days.iter().filter_map(|days| Some((*days, on.checked_add(days.days()).ok()?)));
    looks.filter(|(_, due)| *due > today).collect()
}
