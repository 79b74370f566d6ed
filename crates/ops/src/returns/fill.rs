//! The prefilled form of a place.

use std::collections::BTreeMap;
use std::sync::Arc;

use tici_domain::{Basis, Lang, Measure, Period, Place, Value};
use tici_engine::Snapshot;
use tici_engine::reporters::{asked, asked_of};
use tici_engine::snapshot::ProjectEntry;
use tici_exchange::form::{self, COLUMNS, Column, FormHead, FormOut, FormWords, Holds, RowOut};

use super::{need_place, round_of};
use crate::{Action, Desk, OpsError, Session};

/// The form of a place for a period, as a workbook. Whoever may read the place may take it.
pub fn template(
    desk: &Desk,
    session: &Session,
    (period, place): (Period, i64),
    lang: Lang,
    words: &FormWords,
) -> Result<Vec<u8>, OpsError> {
    let snapshot = desk.snapshot()?;
    need_place(&snapshot, session, Action::ReadLedger, place)?;
    let form = form_out(&snapshot, (period, place), lang)?;
    form::write(&form, words).map_err(|problem| OpsError::problem(*problem))
}

/// The forms of all places that are asked, within the account's own: made on all cores, in
/// the order of the places. `words` are those of one place.
pub fn templates(
    desk: &Desk,
    session: &Session,
    period: Period,
    lang: Lang,
    words: impl Fn(&Place) -> FormWords + Sync,
) -> Result<Vec<(Place, Vec<u8>)>, OpsError> {
    session.need(Action::ReadLedger)?;
    let snapshot = desk.snapshot()?;
    let round = round_of(&snapshot, period)?.series;
    let asked = asked(&snapshot, period);
    let here = asked.iter().filter(|(place, _)| session.covers(&snapshot, Some(**place)));
    let jobs: Vec<(&Place, &Vec<i64>)> =
        here.filter_map(|(id, projects)| Some((snapshot.places.get(id)?, projects))).collect();
    let made = on_all_cores(&jobs, |(place, projects)| {
        let form = form_of(&snapshot, (round, period, place.id), projects, lang);
        form::write(&form, &words(place))
    });
    let made = jobs.iter().zip(made).map(|((place, _), bytes)| Ok(((*place).clone(), bytes?)));
    made.collect::<Result<_, Box<_>>>().map_err(|problem| OpsError::problem(*problem))
}

/// Does a job for each item, in their order whatever the number of threads.
pub(super) fn on_all_cores<T: Sync, R: Send>(items: &[T], job: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let share = items.len().div_ceil(threads).max(1);
    let job = &job;
    std::thread::scope(|scope| {
        let work = items.chunks(share);
        let work: Vec<_> = work
            .map(|chunk| scope.spawn(move || chunk.iter().map(job).collect::<Vec<R>>()))
            .collect();
        work.into_iter().flat_map(|thread| thread.join().expect("a job does not panic")).collect()
    })
}

/// What the form of a place says before anybody has filled it in.
pub fn form_out(
    snapshot: &Snapshot,
    (period, place): (Period, i64),
    lang: Lang,
) -> Result<FormOut, OpsError> {
    let round = round_of(snapshot, period)?;
    let projects = asked_of(snapshot, place, period);
    Ok(form_of(snapshot, (round.series, period, place), &projects, lang))
}

/// The same for projects that are known already.
pub(super) fn form_of(
    snapshot: &Snapshot,
    (round, period, place): (i64, Period, i64),
    projects: &[i64],
    lang: Lang,
) -> FormOut {
    let code = snapshot.places.get(&place).map(|place| place.code.code.clone());
    let entries = projects.iter().filter_map(|id| snapshot.projects.get(*id));
    FormOut {
        head: FormHead {
            form: form::MONTHLY.into(),
            place,
            place_code: code.unwrap_or_default(),
            period,
            round,
            base: snapshot.seq,
        },
        rows: entries.map(|entry| row_of(snapshot, entry, period, lang)).collect(),
    }
}

fn row_of(snapshot: &Snapshot, entry: &Arc<ProjectEntry>, period: Period, lang: Lang) -> RowOut {
    let project = &entry.project;
    let firm = project.enterprise.and_then(|id| snapshot.enterprises.get(&id));
    let values = COLUMNS.iter().filter_map(|column| {
        let value = shown(snapshot, entry, column, period)?;
        Some((column.key, value))
    });
    RowOut {
        project: project.id,
        code: project.code.clone(),
        name: project.name.get(lang).to_owned(),
        firm: firm.map_or_else(String::new, |firm| firm.short.get(lang).to_owned()),
        currency: project.currency,
        values: values.collect::<BTreeMap<_, _>>(),
    }
}

/// What a cell shows before it is filled in.
pub(super) fn shown(
    snapshot: &Snapshot,
    entry: &ProjectEntry,
    column: &Column,
    period: Period,
) -> Option<Value> {
    let id = entry.project.id;
    match column.holds {
        Holds::Plan => {
            let year = Period::year(period.calendar_year());
            snapshot.plan(id, year).map(|cell| Value::Int(cell.number))
        }
        Holds::Before(measure) => before(snapshot, id, measure, period),
        Holds::Figure(measure) => {
            let kept = kept(snapshot, id, measure, period);
            kept.or_else(|| carried(snapshot, entry, measure, period))
        }
        _ => None,
    }
}

/// The figure of exactly the period.
pub(super) fn kept(
    snapshot: &Snapshot,
    id: i64,
    measure: Measure,
    period: Period,
) -> Option<Value> {
    let figures = &snapshot.project_figures;
    figures.get(id, measure, Basis::Reported, period).map(|cell| cell.value())
}

/// What stands until something else is said: the total investment, and the stage as it was
/// claimed.
pub(super) fn carried(
    snapshot: &Snapshot,
    entry: &ProjectEntry,
    measure: Measure,
    period: Period,
) -> Option<Value> {
    if measure == Measure::TOTAL_INVESTMENT {
        let figures = &snapshot.project_figures;
        let cell = figures.latest(entry.project.id, measure, Basis::Reported, period)?;
        return Some(cell.value());
    }
    if measure != Measure::PHASE_TEXT {
        return None;
    }
    let reached = entry.claims.iter().filter(|state| {
        state.stands()
            && state.claim.stage != tici_domain::Stage::StatEntered
            && state.claim.on <= period.last_day()
    });
    let stage = reached.map(|state| state.claim.stage).max()?;
    Some(Value::Text(stage.code().into()))
}

/// The latest figure before the period; a cumulative one only within its year.
pub(super) fn before(
    snapshot: &Snapshot,
    id: i64,
    measure: Measure,
    period: Period,
) -> Option<Value> {
    use tici_domain::measure::Accumulation;
    let figures = &snapshot.project_figures;
    let cell = figures.latest(id, measure, Basis::Reported, period.previous())?;
    let same_year = cell.period.calendar_year() == period.calendar_year();
    let is_of_year = measure.spec().accumulation == Accumulation::YearToDate;
    (same_year || !is_of_year).then(|| cell.value())
}
