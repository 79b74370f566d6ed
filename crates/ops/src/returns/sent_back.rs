//! Returns of an account's own places that were sent back and wait to be mended.

use tici_domain::{Change, Period, Place, SheetState, Table};
use tici_engine::Snapshot;
use tici_exchange::form::MONTHLY;

use super::SheetMeta;
use crate::view_project::Metas;
use crate::{Action, Desk, OpsError, Session};

/// A return that was sent back: which, by whom, when and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SentBack {
    pub period: Period,
    pub place: Place,
    pub meta: SheetMeta,
}

/// What waits for the account, the oldest month first. An office that reports for no place of
/// its own has nothing waiting: it sees them on the page of the round.
pub fn sent_back(
    desk: &Desk,
    session: &Session,
    snapshot: &Snapshot,
) -> Result<Vec<SentBack>, OpsError> {
    session.need(Action::ReadLedger)?;
    if session.actor.place.is_none() {
        return Ok(Vec::new());
    }
    let metas = Metas { desk, snapshot };
    let mut found = Vec::new();
    for ((form, period), round) in snapshot.records.rounds.iter() {
        let series = round.row.series;
        let sheets = snapshot.records.sheets.range((series, i64::MIN)..=(series, i64::MAX));
        let returned = sheets.filter(|(_, kept)| kept.row.state == SheetState::Returned);
        let returned = returned.filter(|((_, place), _)| session.covers(snapshot, Some(*place)));
        for ((_, place), kept) in returned.filter(|_| form == MONTHLY) {
            let Some(place) = snapshot.places.get(place) else { continue };
            let Some(dated) = desk.store.row(Table::ReturnSheet, kept.row.id)? else { continue };
            let Change::ReturnSheet(sheet) = dated.row else { continue };
            let meta = SheetMeta { sheet, by: metas.meta_of(dated.entry) };
            found.push(SentBack { period: *period, place: place.clone(), meta });
        }
    }
    Ok(found)
}
