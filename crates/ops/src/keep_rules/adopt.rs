//! Adopting a version of the rules from a day on.

use jiff::Timestamp;
use jiff::civil::Date;
use tici_domain::{Change, Problem, RuleSet, Table};

use super::kinds::{RuleKind, rule_kind};
use crate::keep_tasks::words;
use crate::write::{Written, write};
use crate::{Action, Desk, OpsError, Session};

/// Longest reason, approver and name, in characters.
const RULE_CHARS_MAX: usize = 200;

/// Rules may be adopted for days up to this year.
const YEAR_MAX: i16 = 2200;

/// A version as somebody enters it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewRules {
    /// `lights`, `league`, …
    pub kind: String,
    /// Name of the file or preset it comes from.
    pub name: String,
    pub text: String,
    /// The first day it goes by.
    pub from: Date,
    pub reason: String,
    /// The post that approved it.
    pub approver: String,
}

/// Adopts a version. The same text for the same day again writes nothing; another text for
/// that day takes the place of the first.
pub fn adopt_rules(
    desk: &Desk,
    session: &Session,
    new: &NewRules,
    now: Timestamp,
) -> Result<Written, OpsError> {
    session.need(Action::KeepRules)?;
    // Rules are the whole ledger's, so an account of one place does not change them.
    if session.actor.place.is_some() {
        return Err(OpsError::NotPermitted { action: Action::KeepRules, place: None });
    }
    let (mut problems, _) = check_rules(&new.kind, &new.name, &new.text)?;
    if !(1900..=YEAR_MAX).contains(&new.from.year()) {
        problems.push(Problem::error("rules-day").arg("from", new.from));
    }
    let reason = words(&new.reason, RULE_CHARS_MAX, "rules-words-long", &mut problems);
    let approver = words(&new.approver, RULE_CHARS_MAX, "rules-words-long", &mut problems);
    let name = words(&new.name, RULE_CHARS_MAX, "rules-words-long", &mut problems);
    if Problem::any_error(&problems) {
        return Err(OpsError::Problems(problems));
    }
    write(desk, session.actor.id, "adopt_rules", now, |snapshot, ids| {
        let records = &snapshot.records;
        let old = records.rule_sets.get(&(new.kind.clone(), new.from)).map(|kept| &kept.row);
        if old.is_some_and(|old| old.text == new.text) {
            return Ok(Vec::new());
        }
        let newest = records.rule_sets_of(&new.kind).map(|kept| kept.row.version).max();
        Ok(vec![Change::RuleSet(RuleSet {
            id: ids.next(Table::RuleSet),
            kind: new.kind.clone(),
            name: name.unwrap_or_else(|| new.kind.clone()),
            version: newest.unwrap_or(0) + 1,
            from: new.from,
            text: new.text.clone(),
            reason,
            approver,
            replaces: old.map(|old| old.id),
        })])
    })
}

/// Reads a file as rules of a kind; every problem has its line and column.
pub fn check_rules(
    kind: &str,
    file: &str,
    text: &str,
) -> Result<(Vec<Problem>, &'static RuleKind), OpsError> {
    let kind = rule_kind(kind).ok_or_else(|| OpsError::not_found("rules", kind))?;
    Ok((kind.read(text, file).1, kind))
}
