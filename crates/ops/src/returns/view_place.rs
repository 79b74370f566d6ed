//! Reads one place's return: the form as it is filled in so far, what is wrong with it, what
//! two people changed, and what was corrected after it was closed.

use std::sync::Arc;

use tici_domain::{
    Basis, Change, Figure, FigureKey, Lang, Measure, Period, Place, ReturnRound, ReturnSheet,
    SheetState, Subject, Table, Value,
};
use tici_engine::Snapshot;
use tici_engine::checks::CheckRules;
use tici_exchange::form::{Column, FormOut, RowOut};

use super::draft::{Kept, find};
use super::fill::form_out;
use super::submit_return::plan_of;
use super::{BasisLine, Filled, ReturnPlan, SheetMeta, Standing, need_place, round_of, series_of};
use crate::import::Ids;
use crate::view_project::{EntryMeta, Metas};
use crate::{Action, Desk, OpsError, Session};

/// Versions of a sheet looked back on at most; a return goes to and fro a few times.
const VERSIONS_MAX: usize = 64;

/// A place's return.
#[derive(Clone, Debug)]
pub struct PlacePage {
    pub snapshot: Arc<Snapshot>,
    pub round: ReturnRound,
    pub place: Place,
    pub standing: Standing,
    /// Every version of the sheet, the newest first.
    pub versions: Vec<SheetMeta>,
    /// The form as the ledger has it.
    pub form: FormOut,
    /// The form as the account has filled it in.
    pub filled: Filled,
    /// Something is kept aside that has not been handed in.
    pub has_draft: bool,
    /// The workbook it was read from; empty when there is none.
    pub file: String,
    /// What handing it in would write, and what stands in the way.
    pub plan: ReturnPlan,
    pub corrections: Vec<Correction>,
    /// The three series of each project of the form, in its order.
    pub series: Vec<[BasisLine; 3]>,
    pub may_fill: bool,
    pub may_judge: bool,
}

/// A figure that was changed after the return had been closed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Correction {
    pub project: i64,
    pub measure: Measure,
    /// What stood when it was closed; `None` for nothing.
    pub before: Option<Value>,
    pub figure: Figure,
    pub by: EntryMeta,
}

/// Reads a place's return, with the account's own draft in it.
pub fn view_place(
    desk: &Desk,
    session: &Session,
    (period, place): (Period, i64),
    lang: Lang,
) -> Result<PlacePage, OpsError> {
    let snapshot = desk.snapshot()?;
    session.need(Action::ReadLedger)?;
    if !snapshot.places.contains_key(&place) || !session.covers(&snapshot, Some(place)) {
        return Err(OpsError::not_found("place", place));
    }
    let round = round_of(&snapshot, period)?;
    let form = form_out(&snapshot, (period, place), lang)?;
    let sheet = super::sheet_of(&snapshot, round, place).map(|kept| &kept.row);
    let metas = Metas { desk, snapshot: &snapshot };
    let versions = match sheet {
        Some(sheet) => versions(&metas, sheet)?,
        None => Vec::new(),
    };
    let draft = find(desk, session, (period, place))?;
    let has_draft = draft.is_some();
    let kept = draft.unwrap_or_else(|| Kept { filled: untouched(&form), ..Kept::default() });
    let rules = CheckRules::monthly();
    // The ids of a look are not those that will be written.
    let mut ids = Ids::default();
    let mut plan = plan_of(desk, &snapshot, &rules, (round, place), &kept.filled, &mut ids)?;
    plan.problems.iter_mut().for_each(|problem| problem.file = kept.file.clone());
    let standing = Standing::of(sheet);
    let is_own = |meta: &SheetMeta| {
        meta.sheet.state == SheetState::Submitted && meta.by.actor == session.actor.id
    };
    let has_own = versions.iter().find(|meta| meta.sheet.state == SheetState::Submitted);
    let may = |action| need_place(&snapshot, session, action, place).is_ok();
    let series = form.rows.iter().map(|row| series_of(&snapshot, row.project, period)).collect();
    Ok(PlacePage {
        corrections: corrections(&metas, &form, period, &versions)?,
        place: snapshot.places[&place].clone(),
        round: round.clone(),
        standing,
        may_fill: may(Action::SubmitReturn) && takes_returns(round, standing),
        may_judge: may(Action::RunReturns) && !has_own.is_some_and(is_own),
        form,
        filled: kept.filled,
        file: kept.file,
        has_draft,
        plan,
        series,
        versions,
        snapshot: snapshot.clone(),
    })
}

fn takes_returns(round: &ReturnRound, standing: Standing) -> bool {
    match standing {
        Standing::Returned => true,
        Standing::Missing | Standing::Submitted => round.state == tici_domain::RoundState::Open,
        Standing::Accepted | Standing::Locked => false,
    }
}

/// The form with what the ledger has, as texts to write over.
pub(super) fn untouched(form: &FormOut) -> Filled {
    Filled::untouched(form, text_of)
}

fn text_of(row: &RowOut, column: &Column) -> String {
    let value = row.values.get(column.key);
    let measure = column.figure().unwrap_or(Measure::NOTE_TEXT);
    value.map_or_else(String::new, |value| super::series::print(measure, value, row.currency))
}

/// Every version of a sheet, the newest first.
pub(super) fn versions(metas: &Metas, sheet: &ReturnSheet) -> Result<Vec<SheetMeta>, OpsError> {
    let mut versions = Vec::new();
    let mut next = Some(sheet.id);
    while let Some(id) = next.filter(|_| versions.len() < VERSIONS_MAX) {
        let Some(dated) = metas.desk.store.row(Table::ReturnSheet, id)? else { break };
        let Change::ReturnSheet(sheet) = dated.row else { break };
        next = sheet.replaces;
        versions.push(SheetMeta { sheet, by: metas.meta_of(dated.entry) });
    }
    Ok(versions)
}

/// Whether the sheet, or one it replaced, was accepted or locked.
pub(super) fn was_closed(desk: &Desk, sheet: &ReturnSheet) -> Result<bool, OpsError> {
    Ok(walk(desk, sheet, |row| is_closed(row.state))?.is_some())
}

/// Who handed in the version that the sheet speaks of.
pub(super) fn handed_in(
    desk: &Desk,
    sheet: &ReturnSheet,
) -> Result<Option<tici_store::EntryMeta>, OpsError> {
    walk(desk, sheet, |row| row.state == SheetState::Submitted)
}

/// The newest version that `is_it` recognises, by the entry that wrote it.
fn walk(
    desk: &Desk,
    sheet: &ReturnSheet,
    is_it: impl Fn(&ReturnSheet) -> bool,
) -> Result<Option<tici_store::EntryMeta>, OpsError> {
    // Most sheets are new: no need to ask the store about those.
    if sheet.replaces.is_none() && !is_it(sheet) {
        return Ok(None);
    }
    let mut next = Some(sheet.id);
    for _ in 0..VERSIONS_MAX {
        let Some(id) = next else { break };
        let Some(dated) = desk.store.row(Table::ReturnSheet, id)? else { break };
        let Change::ReturnSheet(row) = dated.row else { break };
        if is_it(&row) {
            return Ok(Some(dated.entry));
        }
        next = row.replaces;
    }
    Ok(None)
}

fn is_closed(state: SheetState) -> bool {
    matches!(state, SheetState::Accepted | SheetState::Locked)
}

/// Figures written after the return was first closed.
fn corrections(
    metas: &Metas,
    form: &FormOut,
    period: Period,
    versions: &[SheetMeta],
) -> Result<Vec<Correction>, OpsError> {
    let closed = versions.iter().rev().find(|meta| is_closed(meta.sheet.state));
    let Some(closed) = closed.map(|meta| meta.by.seq) else { return Ok(Vec::new()) };
    let mut found = Vec::new();
    for row in &form.rows {
        let figures = metas.snapshot.project_figures.of_subject(row.project);
        let late: Vec<Measure> = figures
            .filter(|cell| {
                cell.period == period && cell.basis == Basis::Reported && cell.entry > closed
            })
            .map(|cell| cell.measure)
            .collect();
        for measure in late {
            let subject = Subject::Project(row.project);
            let key = FigureKey { subject, measure, period, basis: Basis::Reported };
            let history = metas.desk.store.figure_history(&key)?;
            let before = history.iter().find(|(_, meta)| meta.seq <= closed);
            let before = before.map(|(figure, _)| figure.value.clone());
            let Some((figure, meta)) = history.into_iter().next() else { continue };
            let by = metas.meta_of(meta);
            found.push(Correction { project: row.project, measure, before, figure, by });
        }
    }
    Ok(found)
}

/// The latest acceptance of a project's return for a period: who reviewed it, and when.
pub fn acceptance(
    metas: &Metas,
    project: i64,
    period: Period,
) -> Result<Option<EntryMeta>, OpsError> {
    let snapshot = metas.snapshot;
    let place = snapshot.projects.get(project).and_then(|entry| entry.project.place);
    let round = snapshot.records.round_of(tici_exchange::form::MONTHLY, period);
    let sheet = round.zip(place).and_then(|(round, place)| {
        snapshot.records.sheet_of(&round.row, place).map(|kept| &kept.row)
    });
    let Some(sheet) = sheet.filter(|sheet| is_closed(sheet.state)) else { return Ok(None) };
    let versions = versions(metas, sheet)?;
    // What closed a return that had been handed in; a lock of the round only follows it.
    let accepted = versions.windows(2).find(|pair| {
        is_closed(pair[0].sheet.state) && pair[1].sheet.state == SheetState::Submitted
    });
    Ok(accepted.map(|pair| pair[0].by.clone()))
}
