//! The monthly return: a round is opened for all places, each fills its form in a workbook
//! or on the page, the office checks, accepts or sends back, and locks.
//!
//! A place without a sheet has not reported. Its figures are ordinary figures of the entry
//! that wrote the sheet; what is changed after the sheet was closed is a correction and
//! shown as one.

mod corrections;
mod draft;
mod fill;
mod filled;
mod judge_return;
mod lock_round;
mod open_round;
mod plan;
mod sent_back;
mod series;
mod submit_return;
mod versions;
mod view_place;
mod view_round;

pub use corrections::Correction;
pub use draft::{choose_draft, draft_file, drop_draft, stage_return};
pub use fill::{form_out, template, templates};
pub use filled::{Filled, FilledCell, FilledRow, Side, cell_key};
pub use judge_return::{Judgement, judge_return};
pub use lock_round::{lock_round, unlock_return};
pub use open_round::{due_day, open_round};
pub use plan::{Conflict, ReturnPlan};
pub use sent_back::{SentBack, sent_back};
pub use series::{BasisLine, series_of};
pub use submit_return::{
    FileOutcome, SubmitOptions, read_form, read_forms, submit_files, submit_return,
};
pub use tici_engine::reporters::{Asked, Counted, PlaceReport, Reporting, Standing, reporting};
pub use tici_exchange::form::{self, Column, FormWords, Holds};
pub use versions::{Hands, SheetMeta, acceptance};
pub use view_place::{PlacePage, view_place};
pub use view_round::{PlaceLine, RoundPage, rounds, view_round};

use tici_domain::{Period, Place, ReturnRound, ReturnSheet, Table};
use tici_engine::Snapshot;
use tici_engine::snapshot::Kept;

use crate::{Action, OpsError, Session};

/// The round of the monthly form for a period.
pub fn round_of(snapshot: &Snapshot, period: Period) -> Result<&ReturnRound, OpsError> {
    let kept = snapshot.records.round_of(form::MONTHLY, period);
    kept.map(|kept| &kept.row).ok_or_else(|| OpsError::not_found("round", period))
}

/// A place by its code, its id or one of its names, within the account's places.
pub fn place_named<'a>(
    snapshot: &'a Snapshot,
    session: &Session,
    name: &str,
) -> Result<&'a Place, OpsError> {
    let name = name.trim();
    let is_it = |place: &&Place| {
        let names = [&place.name, &place.short];
        let written = names
            .iter()
            .flat_map(|name| [Some(name.text.as_str()), name.hant.as_deref(), name.en.as_deref()]);
        place.code.code == name
            || place.id.to_string() == name
            || written.flatten().any(|known| known.eq_ignore_ascii_case(name))
    };
    // A code before an id: both are digits, and people know codes.
    let coded = snapshot.places.values().find(|place| place.code.code == name);
    let found = coded.or_else(|| snapshot.places.values().find(is_it));
    let seen = found.filter(|place| session.covers(snapshot, Some(place.id)));
    seen.ok_or_else(|| OpsError::not_found("place", name))
}

/// The place's sheet in a round.
fn sheet_of<'a>(
    snapshot: &'a Snapshot,
    round: &ReturnRound,
    place: i64,
) -> Option<&'a Kept<ReturnSheet>> {
    snapshot.records.sheet_of(round, place)
}

/// The row that follows `before` in a place's sheet.
fn next_sheet(
    ids: &mut crate::import::Ids,
    (round, place): (&ReturnRound, i64),
    before: Option<&ReturnSheet>,
    state: tici_domain::SheetState,
) -> ReturnSheet {
    ReturnSheet {
        id: ids.next(Table::ReturnSheet),
        round: round.series,
        place,
        state,
        rows: before.map_or(0, |sheet| sheet.rows),
        file: before.and_then(|sheet| sheet.file),
        reason: None,
        replaces: before.map(|sheet| sheet.id),
    }
}

/// A place that exists and that the account may act for.
fn need_place(
    snapshot: &Snapshot,
    session: &Session,
    action: Action,
    place: i64,
) -> Result<(), OpsError> {
    session.need(action)?;
    if !snapshot.places.contains_key(&place) {
        return Err(OpsError::not_found("place", place));
    }
    session.need_at(action, snapshot, Some(place))
}
