//! Takes figures of places from a statistics system, after a look at what would change.

use std::collections::BTreeMap;

use jiff::Timestamp;
use tici_domain::measure::Unit;
use tici_domain::place::with_code_on;
use tici_domain::{
    Change, Currency, Figure, FigureKey, Measure, Place, Problem, Subject, Table, Value,
};
use tici_engine::Snapshot;
use tici_exchange::schedule::Losses;
use tici_exchange::statistics::dhis2_read::{Given, read};
use tici_exchange::statistics::mapping::Mapping;

use crate::import_projects::{attachment, source_of};
use crate::observe::COUNTED;
use crate::write::{Draft, Origin, write_all};
use crate::{Action, Desk, OpsError, Session};

/// What an import does, or would do.
#[derive(Clone, Debug, Default)]
pub struct ObservationsOutcome {
    /// Values that are new, that change one, and that say what is known.
    pub new: usize,
    pub changed: usize,
    pub unchanged: usize,
    pub problems: Vec<Problem>,
    pub entries: Vec<i64>,
}

/// Says what a file would change, and writes nothing.
pub fn preview_observations(
    desk: &Desk,
    session: &Session,
    (file, bytes): (&str, &[u8]),
    mapping: &Mapping,
) -> Result<ObservationsOutcome, OpsError> {
    let snapshot = desk.snapshot()?;
    let (given, problems) = read(file, bytes, mapping);
    Ok(plan(&snapshot, session, file, &given, problems)?.0)
}

/// Writes what a file changes as one entry, or nothing while there is an error.
pub fn import_observations(
    desk: &Desk,
    session: &Session,
    (file, bytes): (&str, &[u8]),
    mapping: &Mapping,
    (reason, now): (Option<&str>, Timestamp),
) -> Result<ObservationsOutcome, OpsError> {
    let (given, problems) = read(file, bytes, mapping);
    let source = source_of(file, bytes);
    let mut outcome = ObservationsOutcome::default();
    let written = write_all(desk, session.actor.id, "import_observations", now, |now, ids| {
        let (planned, rows) = plan(now, session, file, &given, problems)?;
        if Problem::any_error(&planned.problems) {
            return Err(OpsError::Problems(planned.problems));
        }
        outcome = planned;
        let figure = |mut row: Figure| {
            row.id = ids.next(Table::Figure);
            row.reason = reason.map(str::to_owned);
            Change::Figure(row)
        };
        let mut changes: Vec<Change> = rows.into_iter().map(figure).collect();
        if !changes.is_empty() {
            changes.splice(0..0, attachment(now, &source, ids));
        }
        Ok(vec![Draft { origin: Some(Origin { source: &source, bytes }), changes }])
    })?;
    outcome.entries = written.entries;
    Ok(outcome)
}

fn plan(
    snapshot: &Snapshot,
    session: &Session,
    file: &str,
    given: &[Given],
    problems: Vec<Problem>,
) -> Result<(ObservationsOutcome, Vec<Figure>), OpsError> {
    session.need(Action::ImportProjects)?;
    let mut outcome = ObservationsOutcome { problems, ..ObservationsOutcome::default() };
    let places: Vec<Place> = snapshot.places.values().cloned().collect();
    let mut values: BTreeMap<FigureKey, (i64, &Given)> = BTreeMap::new();
    let mut losses = Losses::default();
    for each in given {
        if COUNTED.contains(&each.measure.as_str()) {
            losses.add("observations-counted", &each.measure);
            continue;
        }
        let at = |problem: Problem| problem.at(file, "", &each.cell);
        match keyed(&places, each) {
            Err(problem) => outcome.problems.push(at(*problem)),
            Ok((key, value)) => {
                session.need_at(Action::ImportProjects, snapshot, Some(key.subject.id()))?;
                match values.get(&key) {
                    Some((other, _)) if *other != value => {
                        outcome.problems.push(at(Problem::error("observations-duplicate")));
                    }
                    _ => {
                        values.insert(key, (value, each));
                    }
                }
            }
        }
    }
    let mut counted = losses.problems(file);
    counted.iter_mut().for_each(|problem| {
        let code = problem.args.iter().find(|(name, _)| name == "example").cloned();
        problem.args.extend(code.map(|(_, code)| ("code".to_owned(), code)));
    });
    outcome.problems.extend(counted);
    let mut rows = Vec::new();
    for (key, (value, each)) in values {
        let known = snapshot.figure(&key);
        match known.map(|cell| cell.number == value) {
            Some(true) => {
                outcome.unchanged += 1;
                continue;
            }
            Some(false) => outcome.changed += 1,
            None => outcome.new += 1,
        }
        rows.push(Figure {
            id: 0,
            subject: key.subject,
            measure: key.measure,
            period: key.period,
            basis: key.basis,
            value: Value::Int(value),
            raw: Some(each.value.clone()),
            sheet: None,
            cell: Some(each.cell.clone()),
            replaces: known.map(|cell| cell.id),
            reason: None,
        });
    }
    Ok((outcome, rows))
}

/// The figure a value is of: its place is whoever bore the code at the period's end.
fn keyed(places: &[Place], each: &Given) -> Result<(FigureKey, i64), Box<Problem>> {
    let unknown = || Box::new(Problem::error("observations-element").arg("code", &each.measure));
    let measure = Measure::parse(&each.measure).ok_or_else(unknown)?;
    let digits = match measure.spec().unit {
        Unit::Money => Currency::CNY.stored_digits(),
        Unit::PercentHundredths => 2,
        Unit::Count => 0,
        Unit::Text | Unit::Date => return Err(unknown()),
    };
    let day = each.period.last_day();
    let coded = |place: &&Place| place.code.code == each.place;
    let found = places.iter().find(coded).map(|place| place.code.clone());
    let place = found.and_then(|code| with_code_on(places, &code, day));
    let place = place.or_else(|| places.iter().find(coded));
    let place = place
        .ok_or_else(|| Box::new(Problem::error("observations-place").arg("code", &each.place)))?;
    let value = each.scaled(digits);
    let value = value
        .ok_or_else(|| Box::new(Problem::error("observations-value").arg("value", &each.value)))?;
    let subject = Subject::Place(place.id);
    Ok((FigureKey { subject, measure, period: each.period, basis: each.basis }, value))
}
