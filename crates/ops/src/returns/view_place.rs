//! Reads one place's return: the form as it is filled in so far, what is wrong with it, what
//! two people changed, and what was corrected after it was closed.

use std::sync::Arc;

use tici_domain::{Lang, Measure, Period, Place, Problem, ReturnRound, Severity, SheetState};
use tici_engine::Snapshot;
use tici_engine::checks::CheckRules;
use tici_exchange::form::{Column, FormOut, RowOut};

use super::corrections::corrections;
use super::draft::{Kept, find};
use super::fill::form_out;
use super::submit_return::{look_of, plan_of};
use super::versions::sheets;
use super::{
    BasisLine, Correction, Filled, Hands, ReturnPlan, SheetMeta, Standing, need_place, read_form,
    round_of, series_of,
};
use crate::import::Ids;
use crate::view_project::Metas;
use crate::{Action, Desk, OpsError, Session};

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
    /// There is something to look at: a draft, or what has been handed in.
    pub is_said: bool,
    pub hands: Hands,
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
        Some(sheet) => sheets(&metas, sheet)?,
        None => Vec::new(),
    };
    let standing = Standing::of(sheet);
    let rules = CheckRules::monthly();
    // The ids of a look are not those that will be written.
    let mut ids = Ids::default();
    let draft = find(desk, session, (period, place))?;
    let has_draft = draft.is_some();
    let kept = match draft {
        Some(draft) => draft,
        None => Kept { filled: as_it_stands(&form, &versions), ..Kept::default() },
    };
    let at = (round, place);
    let mut plan = match has_draft {
        true => plan_of(desk, &snapshot, &rules, at, &kept.filled, &mut ids)?,
        false => look_of(desk, &snapshot, &rules, at, &kept.filled, &mut ids)?,
    };
    if has_draft {
        plan.problems.iter_mut().for_each(|problem| problem.file = kept.file.clone());
    } else {
        plan.problems.splice(0..0, said_of_file(desk, &snapshot, &versions)?);
    }
    let is_own = |meta: &SheetMeta| {
        meta.sheet.state == SheetState::Submitted && meta.by.actor == session.actor.id
    };
    let has_own = newest_in(&versions);
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
        // A form that nobody has touched has nothing wrong with it yet.
        is_said: has_draft || !versions.is_empty(),
        hands: Hands::of(&versions),
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

/// The form with what the ledger has, and what the reporter said with it.
fn as_it_stands(form: &FormOut, versions: &[SheetMeta]) -> Filled {
    let came = newest_in(versions);
    let note = came.and_then(|meta| meta.sheet.reason.clone()).unwrap_or_default();
    Filled { note, ..Filled::untouched(form, text_of) }
}

fn newest_in(versions: &[SheetMeta]) -> Option<&SheetMeta> {
    versions.iter().find(|meta| meta.sheet.state == SheetState::Submitted)
}

/// What the workbook that was handed in was warned of when it was read: whoever judges a
/// return sees what its reporter saw.
fn said_of_file(
    desk: &Desk,
    snapshot: &Snapshot,
    versions: &[SheetMeta],
) -> Result<Vec<Problem>, OpsError> {
    let file = newest_in(versions).and_then(|meta| meta.sheet.file);
    let file = file.and_then(|id| snapshot.attachments.get(&id));
    let Some(file) = file else { return Ok(Vec::new()) };
    let bytes = desk.store.blob(&file.sha256)?.unwrap_or_default();
    let (read, mut problems) = read_form(&file.file, &bytes);
    problems.retain(|problem| read.is_some() && problem.severity == Severity::Warning);
    Ok(problems)
}

fn text_of(row: &RowOut, column: &Column) -> String {
    let value = row.values.get(column.key);
    let measure = column.figure().unwrap_or(Measure::NOTE_TEXT);
    value.map_or_else(String::new, |value| super::series::print(measure, value, row.currency))
}
