//! Reads the stage board: columns, moves of the month, and whether enough is coming.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;
use tici_domain::{SideState, Stage};
use tici_engine::board::{Asked, Board, BoardRules, Order, board, month_start};
use tici_engine::{Filter, Lens, Snapshot};
use tici_store::EntryFilter;

use crate::lens::{LensQuery, lens};
use crate::view_ledger::{LedgerRow, ledger_row};
use crate::{Action, Desk, OpsError, Session};

/// What is asked of the board.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BoardQuery {
    pub lens: LensQuery,
    /// Subtrees of places; empty is all.
    pub places: Vec<i64>,
    pub chains: Vec<String>,
    pub order: Order,
    /// Show every card of this stage.
    pub all_of: Option<Stage>,
}

/// The board with the records its cards name.
#[derive(Clone, Debug)]
pub struct BoardPage {
    pub snapshot: Arc<Snapshot>,
    pub lens: Lens,
    pub rules: BoardRules,
    pub board: Board,
    /// The projects on the cards.
    pub rows: BTreeMap<i64, LedgerRow>,
}

/// What a board was made for: entries, day, the account's place, what was asked.
pub(crate) type BoardKey = (i64, Date, Option<i64>, BoardQuery);

/// Reads the board within the account's places. It is kept until the next write.
pub fn view_board(
    desk: &Desk,
    session: &Session,
    query: &BoardQuery,
    today: Date,
) -> Result<Arc<BoardPage>, OpsError> {
    session.need(Action::ReadLedger)?;
    let snapshot = desk.snapshot()?;
    let key = (snapshot.seq, today, session.actor.place, query.clone());
    desk.boards.get_or_make(key, || make(desk, session, query, snapshot, today))
}

fn make(
    desk: &Desk,
    session: &Session,
    query: &BoardQuery,
    snapshot: Arc<Snapshot>,
    today: Date,
) -> Result<BoardPage, OpsError> {
    let lens = lens(&snapshot, query.lens, today);
    let table = desk.facts(&snapshot, &lens);
    let filter = Filter {
        places: query.places.clone(),
        chains: query.chains.clone(),
        scope: session.actor.place,
        ..Filter::default()
    };
    let rules = BoardRules::of(&snapshot, today);
    let ended_on = ended_on(desk, &snapshot, today)?;
    let asked = Asked { order: query.order, ended_on, all_of: query.all_of };
    let board = board(&snapshot, &table, &filter, &rules, &asked);
    let cards = board.columns.iter().flat_map(|column| &column.cards);
    let row = |project: i64| Some((project, ledger_row(&snapshot, table.get(project)?)));
    let rows = cards.filter_map(|card| row(card.project)).collect();
    Ok(BoardPage { rows, board, rules, lens, snapshot })
}

/// Days on which projects ended this month that have no record of their own of it: the day
/// of the entry that last wrote their row.
fn ended_on(
    desk: &Desk,
    snapshot: &Snapshot,
    today: Date,
) -> Result<BTreeMap<i64, Date>, OpsError> {
    let zone = TimeZone::fixed(jiff::tz::offset(8));
    let midnight = month_start(today).to_datetime(Time::midnight());
    let Ok(from) = zone.to_timestamp(midnight) else { return Ok(BTreeMap::new()) };
    let since = EntryFilter { from: Some(from), ..EntryFilter::default() };
    let first = desk.store.head()? - desk.store.entry_count(&since)?;
    let ended = snapshot.projects.iter().filter(|entry| {
        let is_ended = matches!(entry.project.state, SideState::Terminated | SideState::Withdrawn);
        is_ended && entry.entry >= first
    });
    let mut days = BTreeMap::new();
    for entry in ended {
        if let Some(record) = desk.store.entry(entry.entry)? {
            days.insert(entry.project.id, zone.to_datetime(record.meta.at).date());
        }
    }
    Ok(days)
}
