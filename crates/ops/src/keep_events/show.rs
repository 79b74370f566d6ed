//! Events with their sums and the sentence a bulletin would print.

use std::sync::Arc;

use jiff::civil::Date;
use tici_domain::{Event, EventItem};
use tici_engine::ceremony::{EventTotals, sentence, totals};
use tici_engine::counting::SizeBands;
use tici_engine::statement::words::{Arg, Words};
use tici_engine::{Lens, Snapshot};

use crate::lens::{LensQuery, lens};
use crate::view_ledger::{LedgerRow, ledger_row};
use crate::view_project::{EntryMeta, Metas};
use crate::{Action, Desk, OpsError, Session};

/// One event in the list.
#[derive(Clone, Debug)]
pub struct EventLine {
    pub event: Event,
    pub totals: EventTotals,
    pub said: Words,
}

/// All events, the latest first; withdrawn ones stay in it, last.
#[derive(Clone, Debug)]
pub struct EventsPage {
    pub snapshot: Arc<Snapshot>,
    pub lens: Lens,
    pub lines: Vec<EventLine>,
}

/// A project of an event: as announced, and as the ledger has it now, if the account may
/// see it.
#[derive(Clone, Debug)]
pub struct EventRow {
    pub item: EventItem,
    pub row: Option<LedgerRow>,
}

/// One event with its projects.
#[derive(Clone, Debug)]
pub struct EventPage {
    pub snapshot: Arc<Snapshot>,
    pub lens: Lens,
    pub line: EventLine,
    pub rows: Vec<EventRow>,
    pub meta: Option<EntryMeta>,
}

/// Reads all events.
pub fn view_events(desk: &Desk, session: &Session, today: Date) -> Result<EventsPage, OpsError> {
    session.need(Action::ReadLedger)?;
    let snapshot = desk.snapshot()?;
    let lens = lens(&snapshot, LensQuery::default(), today);
    let table = desk.facts(&snapshot, &lens);
    let events = snapshot.records.events.values().map(|kept| &kept.row);
    let mut lines: Vec<EventLine> = events
        .map(|event| {
            let totals = totals(&snapshot, &table, event, &SizeBands::default());
            let said = sentence(event, &totals, &region(&snapshot, event));
            EventLine { event: event.clone(), totals, said }
        })
        .collect();
    let late_first = |line: &EventLine| std::cmp::Reverse((line.event.on, line.event.series));
    lines.sort_by_key(|line| (line.event.withdrawn, late_first(line)));
    Ok(EventsPage { snapshot, lens, lines })
}

/// Reads one event.
pub fn view_event(
    desk: &Desk,
    session: &Session,
    series: i64,
    today: Date,
) -> Result<EventPage, OpsError> {
    let EventsPage { snapshot, lens, lines } = view_events(desk, session, today)?;
    let line = lines.into_iter().find(|line| line.event.series == series);
    let line = line.ok_or_else(|| OpsError::not_found("event", series))?;
    let table = desk.facts(&snapshot, &lens);
    let rows = line.event.items.iter().map(|item| {
        let facts = table.get(item.project);
        let facts = facts.filter(|facts| session.covers(&snapshot, facts.place));
        EventRow { item: item.clone(), row: facts.map(|facts| ledger_row(&snapshot, facts)) }
    });
    let rows = rows.collect();
    let entry = snapshot.records.events.get(&series).map(|kept| kept.entry);
    let metas = Metas { desk, snapshot: &snapshot };
    let meta = entry.map_or(Ok(None), |entry| metas.of(entry))?;
    Ok(EventPage { line, rows, meta, lens, snapshot: snapshot.clone() })
}

/// The place that held it, or the whole region.
fn region(snapshot: &Snapshot, event: &Event) -> Arg {
    let place = event.place.and_then(|id| snapshot.places.get(&id));
    let root = || snapshot.places.values().find(|place| place.parent.is_none());
    let place = place.or_else(root);
    place.map_or(Arg::Text(String::new()), |place| Arg::Name(place.short.clone()))
}
