//! Lists, plans and problems as they are on record.

use tici_domain::{Currency, Period};
use tici_ops::view_project::{EntryMeta, ProjectPage};

use super::claims::who;
use crate::{T, Visit};

/// A line of the lists and plans beside the milestones.
pub struct Line {
    pub what: String,
    pub value: String,
    pub note: String,
    pub entry_href: String,
}

/// List memberships, newest year first.
pub fn lists(t: T, page: &ProjectPage) -> Vec<Line> {
    let rows = page.row.entry.lists.iter().rev();
    rows.map(|(row, entry)| Line {
        what: format!("{} {}", t.period(Period::year(row.year as i16)), t.tier(row.tier)),
        value: match row.until {
            Some(until) => format!("{} – {until}", row.from),
            None => t.t1("project-list-from", &[("day", &row.from)]),
        },
        note: list_note(t, row.version, row.reason.as_deref()),
        entry_href: format!("/journal/{entry}"),
    })
    .collect()
}

fn list_note(t: T, version: i64, reason: Option<&str>) -> String {
    let version = t.t1("project-version", &[("n", &version)]);
    match reason {
        Some(reason) => format!("{version}{}", t.comma(reason)),
        None => version,
    }
}

/// Every version of the year's plan, newest first.
pub fn plans(visit: &Visit, page: &ProjectPage, currency: Currency) -> Vec<Line> {
    let t = visit.t;
    let line = |(plan, meta): &(tici_domain::change::Plan, Option<EntryMeta>)| {
        let approver = plan.approver.as_deref().map(|post| t.comma(post)).unwrap_or_default();
        let reason = list_note(t, plan.version, plan.reason.as_deref());
        Line {
            what: t.period(plan.period),
            value: t.money_wide(i128::from(plan.amount), currency),
            note: format!("{reason}{approver}{}", t.comma(&who(visit, meta.as_ref()))),
            entry_href: meta.as_ref().map_or_else(String::new, |m| format!("/journal/{}", m.seq)),
        }
    };
    page.plans.iter().map(line).collect()
}

/// What the months say stands in the way, newest first.
pub fn issues(t: T, page: &ProjectPage) -> Vec<(String, String)> {
    let said = page.months.iter().rev().filter_map(|row| {
        let issue = row.issue.as_deref().filter(|issue| !issue.trim().is_empty())?;
        Some((t.period_short(row.period), issue.to_owned()))
    });
    let mut issues: Vec<(String, String)> = said.collect();
    // A problem that is carried from month to month is told once, at its newest.
    let mut seen = std::collections::BTreeSet::new();
    issues.retain(|(_, issue)| seen.insert(issue.clone()));
    issues
}
