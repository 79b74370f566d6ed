//! Objections: a place says that its score is wrong, and is answered. What was right is
//! reckoned again, as a new run beside the old one.

use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::Date;
use tici_domain::{Change, Objection, ObjectionState, Problem, RunState, ScoreRun, Table};
use tici_engine::Snapshot;

use super::WORDS_CHARS_MAX;
use super::open_run::{may_run, opened, seen};
use super::runs::{NewRun, Started, start_run};
use super::schemes::whole;
use crate::keep_tasks::words;
use crate::view_project::{EntryMeta, Metas};
use crate::write::{Written, write};
use crate::{Action, Desk, OpsError, Session};

/// An objection as a place files it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewObjection {
    /// Series of the run.
    pub run: i64,
    pub place: i64,
    /// Key of the item, branch or bonus; blank for the whole.
    pub about: String,
    pub claim: String,
}

/// Files an objection to a published run, within its window.
pub fn file_objection(
    desk: &Desk,
    session: &Session,
    new: &NewObjection,
    (now, today): (Timestamp, Date),
) -> Result<Written, OpsError> {
    let snapshot = desk.snapshot()?;
    session.need_at(Action::FileObjection, &snapshot, Some(new.place))?;
    let missing = || OpsError::not_found("run", new.run);
    let row = snapshot.records.runs.get(&new.run).map(|kept| kept.row.clone());
    let opened = opened(desk, &snapshot, &row.ok_or_else(missing)?)?;
    write(desk, session.actor.id, "file_objection", now, |snapshot, ids| {
        let run = &snapshot.records.runs.get(&new.run).ok_or_else(missing)?.row;
        let mut problems = Vec::new();
        let is_open = run.state == RunState::Published
            && run.objections_until.is_none_or(|until| today <= until);
        if !is_open {
            let until = run.objections_until.map_or_else(String::new, |until| until.to_string());
            problems.push(Problem::error("assess-window-closed").arg("until", until));
        }
        let code = snapshot.places.get(&new.place).map(|place| place.code.code.as_str());
        if opened.run.units.iter().all(|unit| Some(unit.code.as_str()) != code) {
            problems.push(Problem::error("assess-objection-place"));
        }
        let about = new.about.trim();
        if !about.is_empty() && opened.rules.name_of(about).is_none() {
            problems.push(Problem::error("assess-objection-about").arg("about", about));
        }
        let claim = words(&new.claim, WORDS_CHARS_MAX, "assess-words-long", &mut problems);
        let Some(claim) = claim.filter(|_| problems.is_empty()) else {
            if problems.is_empty() {
                problems.push(Problem::error("assess-needs-claim"));
            }
            return Err(OpsError::Problems(problems));
        };
        let id = ids.next(Table::Objection);
        Ok(vec![Change::Objection(Objection {
            id,
            series: id,
            run: new.run,
            place: new.place,
            about: about.to_owned(),
            claim,
            evidence: Vec::new(),
            filed: today,
            state: ObjectionState::Open,
            answer: None,
            answered: None,
            replaces: None,
        })])
    })
}

/// Answers an objection. One that is upheld is reckoned again at once, with the figures as
/// the ledger has them by then: mend them first.
pub fn answer_objection(
    desk: &Desk,
    session: &Session,
    (series, state, answer): (i64, ObjectionState, &str),
    (now, today): (Timestamp, Date),
) -> Result<(Written, Option<Started>), OpsError> {
    let withdraws = state == ObjectionState::Withdrawn;
    let snapshot = desk.snapshot()?;
    let missing = || OpsError::not_found("objection", series);
    let kept = snapshot.records.objections.get(&series).ok_or_else(missing)?;
    let (place, run) = (kept.row.place, kept.row.run);
    match withdraws {
        true => session.need_at(Action::FileObjection, &snapshot, Some(place))?,
        false => whole(session, Action::RunAssessment)?,
    }
    let written = write(desk, session.actor.id, "answer_objection", now, |snapshot, ids| {
        let old = &snapshot.records.objections.get(&series).ok_or_else(missing)?.row;
        let mut problems = Vec::new();
        if old.state != ObjectionState::Open || state == ObjectionState::Open {
            problems.push(Problem::error("assess-objection-answered"));
        }
        let answer = words(answer, WORDS_CHARS_MAX, "assess-words-long", &mut problems);
        if answer.is_none() && !withdraws {
            problems.push(Problem::error("assess-needs-answer"));
        }
        if Problem::any_error(&problems) {
            return Err(OpsError::Problems(problems));
        }
        Ok(vec![Change::Objection(Objection {
            id: ids.next(Table::Objection),
            state,
            answer,
            answered: Some(today),
            replaces: Some(old.id),
            ..old.clone()
        })])
    })?;
    if state != ObjectionState::Upheld {
        return Ok((written, None));
    }
    let again = again(&written.snapshot, (run, series))?;
    let started = start_run(desk, session, &again, (now, today))?;
    Ok((written, Some(started)))
}

fn again(snapshot: &Snapshot, (run, objection): (i64, i64)) -> Result<NewRun, OpsError> {
    let kept = snapshot.records.runs.get(&run).ok_or_else(|| OpsError::not_found("run", run))?;
    Ok(NewRun {
        scheme: kept.row.scheme.clone(),
        period: kept.row.period,
        purpose: kept.row.purpose,
        again: Some(run),
        reason: format!("objection {objection}"),
    })
}

/// One objection, with who wrote it down and what it led to.
pub struct ObjectionView {
    pub row: Objection,
    pub run: ScoreRun,
    pub by: Option<EntryMeta>,
    /// The run that was reckoned because of it.
    pub rerun: Option<i64>,
    pub may_withdraw: bool,
}

/// Objections that the account may see: of its own places, or all for those who answer and
/// those who look over everything. The open ones first.
pub fn view_objections(
    desk: &Desk,
    session: &Session,
    run: Option<i64>,
) -> Result<(Arc<Snapshot>, Vec<ObjectionView>), OpsError> {
    session.need(Action::ReadLedger)?;
    let snapshot = desk.snapshot()?;
    let metas = Metas { desk, snapshot: &snapshot };
    let sees_all = may_run(session) || session.need(Action::ReadJournal).is_ok();
    let known = seen(&snapshot, session);
    let mut views = Vec::new();
    for kept in snapshot.records.objections.values() {
        let covers =
            session.actor.place.is_some() && session.covers(&snapshot, Some(kept.row.place));
        let wanted = run.is_none_or(|run| run == kept.row.run);
        let Some(of) = known.iter().find(|row| row.series == kept.row.run) else { continue };
        if !wanted || !(sees_all || covers) {
            continue;
        }
        let reason = format!("objection {}", kept.row.series);
        let mut reruns = known.iter().filter(|run| {
            run.again == Some(kept.row.run) && run.reason.as_deref() == Some(reason.as_str())
        });
        views.push(ObjectionView {
            by: metas.of(kept.entry)?,
            rerun: reruns.next().map(|run| run.series),
            may_withdraw: session
                .need_at(Action::FileObjection, &snapshot, Some(kept.row.place))
                .is_ok(),
            run: of.clone(),
            row: kept.row.clone(),
        });
    }
    views.sort_by_key(|view| (view.row.state != ObjectionState::Open, -view.row.series));
    Ok((snapshot, views))
}
