//! Approved excuses: a light is not blamed on a project until a day, by a post's decision.
//! They are counted, so that whoever excuses much is seen to.

mod show;

pub use show::{ExcuseLine, ExcuseStanding, ExcusesPage, view_excuses};

use jiff::Timestamp;
use jiff::civil::Date;
use tici_domain::{Change, Excuse, Problem, Table};
use tici_engine::Snapshot;

use crate::keep_tasks::words;
use crate::rule_files::light_rules;
use crate::write::{Written, write};
use crate::{Action, Desk, OpsError, Session};

/// Longest reason and name of an approver, in characters.
pub const EXCUSE_CHARS_MAX: usize = 200;
/// Longest time an excuse may hold, in days.
pub const EXCUSE_DAYS_MAX: i32 = 366;

/// Stands for every rule of the lights.
pub const ALL_RULES: &str = "*";

/// An excuse as somebody enters it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewExcuse {
    pub project: i64,
    /// Key of a light's rule, such as `start`; `*` is all.
    pub rule: String,
    pub from: Date,
    /// Last day on which it holds.
    pub until: Date,
    pub reason: String,
    /// The post that approved it.
    pub approver: String,
    pub withdrawn: bool,
}

/// Writes an excuse, in place of an earlier one of the same project and rule.
pub fn put_excuse(
    desk: &Desk,
    session: &Session,
    new: &NewExcuse,
    now: Timestamp,
) -> Result<Written, OpsError> {
    session.need(Action::KeepPromises)?;
    write(desk, session.actor.id, "put_excuse", now, |snapshot, ids| {
        let entry = snapshot.projects.get(new.project);
        let entry = entry.filter(|entry| session.covers(snapshot, entry.project.place));
        let entry = entry.ok_or_else(|| OpsError::not_found("project", new.project))?;
        session.need_at(Action::KeepPromises, snapshot, entry.project.place)?;
        let old = old(snapshot, new);
        let (mut problems, reason, approver) = check(new, old);
        let known = light_rules(snapshot, new.from);
        let is_rule = |rule: &str| rule == ALL_RULES || known.rules.iter().any(|r| r.key == rule);
        if !new.rule.trim().is_empty() && !is_rule(&new.rule) {
            let names: Vec<&str> = known.rules.iter().map(|rule| rule.key.as_str()).collect();
            let problem = Problem::error("excuse-unknown-rule").arg("rule", &new.rule);
            problems.push(problem.arg("rules", names.join(", ")));
        }
        let (Some(reason), Some(approver), true) = (reason, approver, problems.is_empty()) else {
            return Err(OpsError::Problems(problems));
        };
        Ok(vec![Change::Excuse(Excuse {
            id: ids.next(Table::Excuse),
            project: new.project,
            rule: new.rule.clone(),
            from: new.from,
            until: new.until,
            reason,
            approver,
            evidence: Vec::new(),
            withdrawn: new.withdrawn,
            replaces: old.map(|old| old.id),
        })])
    })
}

/// Ends an excuse: `last` is the last day on which it holds. One that never held by then is
/// taken back whole.
pub fn end_excuse(
    desk: &Desk,
    session: &Session,
    (project, rule): (i64, &str),
    (last, reason): (Date, &str),
    now: Timestamp,
) -> Result<Written, OpsError> {
    session.need(Action::KeepPromises)?;
    write(desk, session.actor.id, "end_excuse", now, |snapshot, ids| {
        let entry = snapshot.projects.get(project);
        let entry = entry.filter(|entry| session.covers(snapshot, entry.project.place));
        entry.ok_or_else(|| OpsError::not_found("project", project))?;
        let mut problems = Vec::new();
        let reason = words(reason, EXCUSE_CHARS_MAX, "excuse-long", &mut problems);
        if reason.is_none() {
            problems.push(Problem::error("excuse-needs-reason"));
        }
        let kept = snapshot.records.excuses.get(&(project, rule.to_owned()));
        let Some(old) = kept.map(|kept| &kept.row).filter(|old| !old.withdrawn) else {
            problems.push(Problem::error("excuse-not-there"));
            return Err(OpsError::Problems(problems));
        };
        if last >= old.until {
            problems.push(Problem::error("excuse-ends-anyway").arg("until", old.until));
        }
        let (Some(reason), true) = (reason, problems.is_empty()) else {
            return Err(OpsError::Problems(problems));
        };
        let withdrawn = last < old.from;
        Ok(vec![Change::Excuse(Excuse {
            id: ids.next(Table::Excuse),
            until: if withdrawn { old.until } else { last },
            reason,
            withdrawn,
            replaces: Some(old.id),
            ..old.clone()
        })])
    })
}

fn old<'a>(snapshot: &'a Snapshot, new: &NewExcuse) -> Option<&'a Excuse> {
    let kept = snapshot.records.excuses.get(&(new.project, new.rule.clone()));
    kept.map(|kept| &kept.row)
}

fn check(new: &NewExcuse, old: Option<&Excuse>) -> (Vec<Problem>, Option<String>, Option<String>) {
    let mut problems = Vec::new();
    let reason = words(&new.reason, EXCUSE_CHARS_MAX, "excuse-long", &mut problems);
    let approver = words(&new.approver, EXCUSE_CHARS_MAX, "excuse-long", &mut problems);
    if reason.is_none() {
        problems.push(Problem::error("excuse-needs-reason"));
    }
    if approver.is_none() {
        problems.push(Problem::error("excuse-needs-approver"));
    }
    if new.rule.trim().is_empty() {
        problems.push(Problem::error("excuse-needs-rule"));
    }
    let days = (new.until - new.from).get_days();
    if days < 0 {
        problems.push(Problem::error("excuse-ends-first").arg("from", new.from));
    }
    if days > EXCUSE_DAYS_MAX {
        problems.push(Problem::error("excuse-too-long").arg("limit", EXCUSE_DAYS_MAX));
    }
    if new.withdrawn && old.is_none_or(|old| old.withdrawn) {
        problems.push(Problem::error("excuse-not-there"));
    }
    (problems, reason, approver)
}
