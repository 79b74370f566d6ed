//! Writing promises: each write is a whole new row that replaces the one before.

use jiff::Timestamp;
use jiff::civil::Date;
use tici_domain::{Change, Commitment, ListTier, Name, Problem, Stage, Table};
use tici_engine::{Filter, Snapshot};

use super::{PROMISE_NAME_CHARS_MAX, PROMISE_REASON_CHARS_MAX};
use crate::keep_tasks::words;
use crate::lens::{LensQuery, lens};
use crate::write::{Written, write};
use crate::{Action, Desk, OpsError, Session};

/// A promise as somebody makes it. The cohort is what the filter lets through now, or the
/// projects named.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NewPromise {
    pub name: String,
    pub stage: Option<Stage>,
    /// Key of a milestone, when it is not a stage that is promised.
    pub milestone: Option<String>,
    pub due: Option<Date>,
    pub tiers: Vec<ListTier>,
    /// On any list of the year.
    pub listed: bool,
    /// Subtree of a place.
    pub place: Option<i64>,
    /// Exactly these, when given.
    pub projects: Vec<i64>,
    /// The unit that promises.
    pub owner: String,
}

/// A change of a promise; always with its reason.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Revision {
    /// Another day.
    pub due: Option<Date>,
    pub withdrawn: bool,
    pub reason: String,
}

/// Freezes a cohort under a promise; gives its series.
pub fn make_promise(
    desk: &Desk,
    session: &Session,
    new: &NewPromise,
    now: Timestamp,
    today: Date,
) -> Result<(Written, i64), OpsError> {
    session.need(Action::KeepPromises)?;
    let mut series = 0;
    let written = write(desk, session.actor.id, "make_promise", now, |snapshot, ids| {
        session.need_at(Action::KeepPromises, snapshot, new.place.or(session.actor.place))?;
        let projects = cohort(desk, snapshot, session, new, today);
        let problems = check(snapshot, session, new, &projects, today);
        let (Some(due), true) = (new.due, problems.is_empty()) else {
            return Err(OpsError::Problems(problems));
        };
        series = ids.next(Table::Commitment);
        Ok(vec![Change::Commitment(Commitment {
            id: series,
            series,
            name: Name::new(new.name.trim()),
            stage: new.stage,
            milestone: new.milestone.clone().filter(|_| new.stage.is_none()),
            projects,
            cohort: said(new),
            frozen: today,
            due_original: due,
            due,
            owner: Some(new.owner.trim()).filter(|owner| !owner.is_empty()).map(Name::new),
            place: new.place,
            withdrawn: false,
            reason: None,
            replaces: None,
        })])
    })?;
    Ok((written, series))
}

/// Gives a promise another day, or withdraws it. The first day stays beside the new one.
pub fn revise_promise(
    desk: &Desk,
    session: &Session,
    series: i64,
    revision: &Revision,
    now: Timestamp,
    today: Date,
) -> Result<Written, OpsError> {
    session.need(Action::KeepPromises)?;
    write(desk, session.actor.id, "revise_promise", now, |snapshot, ids| {
        let kept = snapshot.records.commitments.get(&series);
        let old = &kept.ok_or_else(|| OpsError::not_found("commitment", series))?.row;
        // One of the whole region is not for an office of one place.
        session.need_at(Action::KeepPromises, snapshot, old.place)?;
        let mut problems = Vec::new();
        let reason =
            words(&revision.reason, PROMISE_REASON_CHARS_MAX, "promise-reason-long", &mut problems);
        if reason.is_none() {
            problems.push(Problem::error("promise-needs-reason"));
        }
        if old.withdrawn {
            problems.push(Problem::error("promise-withdrawn"));
        }
        if let Some(due) = revision.due.filter(|due| *due < today) {
            problems.push(Problem::error("promise-due-past").arg("day", due));
        }
        let moves = revision.due.is_some_and(|due| due != old.due);
        if !moves && !revision.withdrawn && !old.withdrawn {
            problems.push(Problem::error("promise-unchanged"));
        }
        if !problems.is_empty() {
            return Err(OpsError::Problems(problems));
        }
        Ok(vec![Change::Commitment(Commitment {
            id: ids.next(Table::Commitment),
            due: revision.due.unwrap_or(old.due),
            withdrawn: revision.withdrawn,
            reason,
            replaces: Some(old.id),
            ..old.clone()
        })])
    })
}

/// Projects by their codes; every code that is not within the account's places is a problem.
pub fn projects_by_code(
    desk: &Desk,
    session: &Session,
    codes: &[String],
) -> Result<Vec<i64>, OpsError> {
    session.need(Action::ReadLedger)?;
    let snapshot = desk.snapshot()?;
    let (mut found, mut problems) = (Vec::new(), Vec::new());
    for code in codes {
        let entry = snapshot.projects.iter().find(|entry| entry.project.code == *code);
        match entry.filter(|entry| session.covers(&snapshot, entry.project.place)) {
            Some(entry) => found.push(entry.project.id),
            None => problems.push(Problem::error("event-unknown-code").arg("project", code)),
        }
    }
    match problems.is_empty() {
        true => Ok(found),
        false => Err(OpsError::Problems(problems)),
    }
}

fn cohort(
    desk: &Desk,
    snapshot: &Snapshot,
    session: &Session,
    new: &NewPromise,
    today: Date,
) -> Vec<i64> {
    if !new.projects.is_empty() {
        let mut projects = new.projects.clone();
        projects.sort_unstable();
        projects.dedup();
        return projects;
    }
    let filter = filter_of(&said(new), session.actor.place);
    let table = desk.facts(snapshot, &lens(snapshot, LensQuery::default(), today));
    let rows = filter.apply(snapshot, &table);
    rows.into_iter().map(|index| table.rows[index].project).collect()
}

/// How the cohort was chosen, in the counting rule's pairs. Named projects choose nothing.
fn said(new: &NewPromise) -> Vec<(String, String)> {
    if !new.projects.is_empty() {
        return Vec::new();
    }
    let mut out = Vec::new();
    if let Some(place) = new.place {
        out.push(("place".to_owned(), place.to_string()));
    }
    if new.listed {
        out.push(("listed".to_owned(), String::new()));
    }
    out.extend(new.tiers.iter().map(|tier| ("tier".to_owned(), tier.code().to_owned())));
    out
}

/// The filter that a cohort was frozen from.
pub(super) fn filter_of(cohort: &[(String, String)], scope: Option<i64>) -> Filter {
    let mut filter = Filter { scope, ..Filter::default() };
    for (field, value) in cohort {
        match field.as_str() {
            "place" => filter.places.extend(value.parse::<i64>().ok()),
            "listed" => filter.listed = true,
            "tier" => filter.tiers.extend(ListTier::parse(value)),
            _ => {}
        }
    }
    filter
}

fn check(
    snapshot: &Snapshot,
    session: &Session,
    new: &NewPromise,
    projects: &[i64],
    today: Date,
) -> Vec<Problem> {
    let mut problems = Vec::new();
    let name = words(&new.name, PROMISE_NAME_CHARS_MAX, "promise-name-long", &mut problems);
    words(&new.owner, PROMISE_NAME_CHARS_MAX, "promise-name-long", &mut problems);
    if name.is_none() {
        problems.push(Problem::error("promise-needs-name"));
    }
    if new.stage.is_none() && new.milestone.as_deref().is_none_or(|key| key.trim().is_empty()) {
        problems.push(Problem::error("promise-needs-goal"));
    }
    match new.due {
        None => problems.push(Problem::error("promise-needs-day")),
        Some(due) if due < today => {
            problems.push(Problem::error("promise-due-past").arg("day", due))
        }
        Some(_) => {}
    }
    if projects.is_empty() {
        problems.push(Problem::error("promise-without-projects"));
    }
    for id in projects {
        let entry = snapshot.projects.get(*id);
        if !entry.is_some_and(|entry| session.covers(snapshot, entry.project.place)) {
            problems.push(Problem::error("promise-unknown-project").arg("id", id));
        }
    }
    problems
}
