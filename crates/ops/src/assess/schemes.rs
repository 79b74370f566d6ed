//! Schemes by version. A version that a published run stands on is never changed.

use std::collections::BTreeSet;

use jiff::Timestamp;
use jiff::civil::Date;
use tici_domain::{Change, Period, Problem, RunState, Scheme, Table};
use tici_engine::Snapshot;
use tici_engine::assess::scheme::Scheme as Rules;

use crate::keep_tasks::words;
use crate::view_project::{EntryMeta, Metas};
use crate::write::{Written, write};
use crate::{Action, Desk, OpsError, Session};

/// Longest reason and approver, in characters.
const CHARS_MAX: usize = 200;

/// A version as somebody enters it. Its key and version are in the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewScheme {
    /// Name of the file, for the messages.
    pub file: String,
    pub text: String,
    /// The first day of the periods it is for.
    pub from: Date,
    pub reason: String,
    /// The post that approved it.
    pub approver: String,
}

/// Adopts a version. The same text for the same day again writes nothing; another text under
/// the same version takes its place, unless a published run stands on it.
pub fn adopt_scheme(
    desk: &Desk,
    session: &Session,
    new: &NewScheme,
    now: Timestamp,
) -> Result<Written, OpsError> {
    whole(session, Action::KeepRules)?;
    let (rules, mut problems) = Rules::parse(&new.text, &new.file);
    if Problem::any_error(&problems) {
        return Err(OpsError::Problems(problems));
    }
    let reason = words(&new.reason, CHARS_MAX, "rules-words-long", &mut problems);
    let approver = words(&new.approver, CHARS_MAX, "rules-words-long", &mut problems);
    if !(1900..=2200).contains(&new.from.year()) {
        problems.push(Problem::error("rules-day").arg("from", new.from));
    }
    if Problem::any_error(&problems) {
        return Err(OpsError::Problems(problems));
    }
    write(desk, session.actor.id, "adopt_scheme", now, |snapshot, ids| {
        let of_key = (rules.key.clone(), rules.version.clone());
        let old = snapshot.records.schemes.get(&of_key).map(|kept| &kept.row);
        if old.is_some_and(|old| old.text == new.text && old.from == new.from) {
            return Ok(Vec::new());
        }
        if old.is_some()
            && let Some(run) = published_on(snapshot, &rules)
        {
            let problem = Problem::error("assess-scheme-published").arg("version", &rules.version);
            let problem = problem.arg("period", run);
            let at = version_at(&new.text);
            return Err(OpsError::problem(problem.at(&new.file, "", &at)));
        }
        Ok(vec![Change::Scheme(Scheme {
            id: ids.next(Table::Scheme),
            key: of_key.0,
            version: of_key.1,
            from: new.from,
            text: new.text.clone(),
            reason,
            approver,
            replaces: old.map(|old| old.id),
        })])
    })
}

/// What is the whole ledger's is not changed by an account of one place.
pub(super) fn whole(session: &Session, action: Action) -> Result<(), OpsError> {
    session.need(action)?;
    match session.actor.place {
        Some(_) => Err(OpsError::NotPermitted { action, place: None }),
        None => Ok(()),
    }
}

/// The period of a run that is public and stands on a version.
fn published_on(snapshot: &Snapshot, rules: &Rules) -> Option<Period> {
    let runs = snapshot.records.runs.values().map(|kept| &kept.row);
    let mut public = runs.filter(|run| {
        run.scheme == rules.key
            && run.version == rules.version
            && (run.published.is_some() || run.state == RunState::Final)
    });
    public.next().map(|run| run.period)
}

/// `line:column` of the version in a scheme file.
fn version_at(text: &str) -> String {
    let mut lines = text.lines().enumerate();
    let found = lines.find(|(_, line)| line.trim_start().starts_with("version"));
    found.map_or_else(|| "1:1".to_owned(), |(line, _)| format!("{}:1", line + 1))
}

/// Keys of the schemes that were adopted.
pub fn scheme_keys(snapshot: &Snapshot) -> Vec<String> {
    let keys: BTreeSet<&String> = snapshot.records.schemes.keys().map(|(key, _)| key).collect();
    keys.into_iter().cloned().collect()
}

/// The version of a scheme that a period is assessed by, read.
pub fn current_scheme(
    snapshot: &Snapshot,
    key: &str,
    period: Period,
) -> Result<(Scheme, Rules), OpsError> {
    let kept = snapshot.records.scheme_on(key, period.last_day());
    let row = kept.ok_or_else(|| OpsError::not_found("scheme", key))?.row.clone();
    let (rules, problems) = Rules::parse(&row.text, &row.version);
    match Problem::any_error(&problems) {
        true => Err(OpsError::Problems(problems)),
        false => Ok((row, rules)),
    }
}

/// One version with who wrote it.
pub struct SchemeVersion {
    pub row: Scheme,
    pub rules: Rules,
    pub by: Option<EntryMeta>,
    /// Runs that stand on it.
    pub runs: usize,
    /// A published run stands on it: it is not changed any more.
    pub is_fixed: bool,
}

/// Every version, the latest first.
pub fn view_schemes(desk: &Desk, session: &Session) -> Result<Vec<SchemeVersion>, OpsError> {
    session.need(Action::ReadLedger)?;
    let snapshot = desk.snapshot()?;
    let metas = Metas { desk, snapshot: &snapshot };
    let mut versions = Vec::new();
    for kept in snapshot.records.schemes.values() {
        let (rules, _) = Rules::parse(&kept.row.text, &kept.row.version);
        let runs = snapshot.records.runs.values();
        let on_it = runs
            .filter(|run| run.row.scheme == kept.row.key && run.row.version == kept.row.version);
        versions.push(SchemeVersion {
            runs: on_it.count(),
            is_fixed: published_on(&snapshot, &rules).is_some(),
            by: metas.of(kept.entry)?,
            row: kept.row.clone(),
            rules,
        });
    }
    versions.sort_by_key(|kept| std::cmp::Reverse((kept.row.from, kept.row.id)));
    Ok(versions)
}

/// The text of a version.
pub fn scheme_text(
    desk: &Desk,
    session: &Session,
    key: &str,
    version: &str,
) -> Result<String, OpsError> {
    session.need(Action::ReadLedger)?;
    let snapshot = desk.snapshot()?;
    let kept = snapshot.records.schemes.get(&(key.to_owned(), version.to_owned()));
    let kept = kept.ok_or_else(|| OpsError::not_found("scheme", version))?;
    Ok(kept.row.text.clone())
}
