//! Events that add points, take them, or are vetoes: each with the document it rests on.

use jiff::Timestamp;
use tici_domain::{AssessedEvent, Change, Period, Problem, Table};
use tici_engine::assess::score::Number;

use super::WORDS_CHARS_MAX;
use super::schemes::{current_scheme, whole};
use crate::keep_tasks::words;
use crate::view_project::{EntryMeta, Metas};
use crate::write::{Written, write};
use crate::{Action, Desk, OpsError, Session};

/// An event as somebody enters it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewAssessedEvent {
    pub scheme: String,
    pub period: Period,
    pub place: i64,
    /// Key of the bonus, deduction or veto.
    pub item: String,
    pub matter: String,
    /// Blank for a veto.
    pub points: String,
    /// Number and name of the document.
    pub document: String,
}

/// Writes an event down.
pub fn put_assessed_event(
    desk: &Desk,
    session: &Session,
    new: &NewAssessedEvent,
    now: Timestamp,
) -> Result<Written, OpsError> {
    whole(session, Action::DeliverFigures)?;
    write(desk, session.actor.id, "put_assessed_event", now, |snapshot, ids| {
        let (_, rules) = current_scheme(snapshot, &new.scheme, new.period)?;
        let mut problems = Vec::new();
        let bonus = rules.bonuses.iter().find(|bonus| bonus.key == new.item);
        let is_veto = rules.vetoes.iter().any(|veto| veto.key == new.item);
        if bonus.is_none() && !is_veto {
            let known = rules.bonuses.iter().map(|bonus| bonus.key.as_str());
            let known: Vec<&str> =
                known.chain(rules.vetoes.iter().map(|v| v.key.as_str())).collect();
            let problem = Problem::error("assess-event-item").arg("item", &new.item);
            problems.push(problem.arg("known", known.join(", ")));
        }
        if !snapshot.places.contains_key(&new.place) {
            problems.push(Problem::error("assess-event-unit").arg("unit", new.place));
        }
        let points = Number::parse(&new.points).filter(|points| !points.is_negative());
        if bonus.is_some() && points.is_none() {
            problems.push(Problem::error("assess-event-points").arg("item", &new.item));
        }
        let matter = words(&new.matter, WORDS_CHARS_MAX, "assess-words-long", &mut problems);
        let document = words(&new.document, WORDS_CHARS_MAX, "assess-words-long", &mut problems);
        if document.is_none() && bonus.is_none_or(|bonus| bonus.needs_document) {
            problems.push(Problem::error("assess-event-document").arg("matter", &new.matter));
        }
        if matter.is_none() {
            problems.push(Problem::error("assess-needs-matter"));
        }
        if Problem::any_error(&problems) {
            return Err(OpsError::Problems(problems));
        }
        let id = ids.next(Table::AssessedEvent);
        Ok(vec![Change::AssessedEvent(AssessedEvent {
            id,
            series: id,
            scheme: new.scheme.clone(),
            period: new.period,
            place: new.place,
            item: new.item.clone(),
            matter: matter.unwrap_or_default(),
            points: points.filter(|_| bonus.is_some()).map(|points| points.exact()),
            document: document.unwrap_or_default(),
            evidence: Vec::new(),
            withdrawn: false,
            replaces: None,
        })])
    })
}

/// Takes an event back; runs that counted it keep it.
pub fn withdraw_event(
    desk: &Desk,
    session: &Session,
    series: i64,
    now: Timestamp,
) -> Result<Written, OpsError> {
    whole(session, Action::DeliverFigures)?;
    write(desk, session.actor.id, "withdraw_assessed_event", now, |snapshot, ids| {
        let kept = snapshot.records.assessed_events.get(&series);
        let old = &kept.ok_or_else(|| OpsError::not_found("event", series))?.row;
        if old.withdrawn {
            return Ok(Vec::new());
        }
        Ok(vec![Change::AssessedEvent(AssessedEvent {
            id: ids.next(Table::AssessedEvent),
            withdrawn: true,
            replaces: Some(old.id),
            ..old.clone()
        })])
    })
}

/// Events of a scheme and period, with who wrote each.
pub fn view_assessed_events(
    desk: &Desk,
    session: &Session,
    (scheme, period): (&str, Period),
) -> Result<Vec<(AssessedEvent, Option<EntryMeta>)>, OpsError> {
    session.need(Action::ReadLedger)?;
    let snapshot = desk.snapshot()?;
    let metas = Metas { desk, snapshot: &snapshot };
    let mut events = Vec::new();
    for kept in snapshot.records.assessed_events.values() {
        if kept.row.scheme == scheme && kept.row.period == period {
            events.push((kept.row.clone(), metas.of(kept.entry)?));
        }
    }
    Ok(events)
}
