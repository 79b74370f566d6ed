//! The lists of a year in their versions, with who came and went since the first.

use std::sync::Arc;

use jiff::civil::Date;
use tici_domain::change::ListMembership;
use tici_engine::counting::cohort::{CohortOn, versions};
use tici_engine::counting::{By, Count, ListVersion, SizeBands, count};
use tici_engine::{Filter, Lens, Snapshot};

use crate::lens::{LensQuery, lens};
use crate::view_ledger::{LedgerRow, ledger_row};
use crate::view_project::{EntryMeta, Metas};
use crate::{Action, Desk, OpsError, Session};

/// A project that came or went after the first version.
#[derive(Clone, Debug)]
pub struct ListChangeRow {
    pub membership: ListMembership,
    pub row: LedgerRow,
    /// Who wrote it, when.
    pub meta: Option<EntryMeta>,
}

/// The lists of the lens's year.
#[derive(Clone, Debug)]
pub struct ListsPage {
    pub snapshot: Arc<Snapshot>,
    pub lens: Lens,
    pub versions: Vec<ListVersion>,
    /// Counted by tier, with the rule.
    pub count: Count,
    /// Additions and removals after the first version, the latest first.
    pub changes: Vec<ListChangeRow>,
}

/// Reads the lists of a year.
pub fn view_lists(
    desk: &Desk,
    session: &Session,
    query: LensQuery,
    today: Date,
) -> Result<ListsPage, OpsError> {
    session.need(Action::ReadLedger)?;
    let snapshot = desk.snapshot()?;
    let lens = lens(&snapshot, query, today);
    let table = desk.facts(&snapshot, &lens);
    let year = lens.period.calendar_year();
    let filter = Filter { listed: true, scope: session.actor.place, ..Filter::default() };
    let ask = tici_engine::counting::Ask { by: Some(By::Tier), bands: SizeBands::default() };
    let count = count(&snapshot, &table, &filter, &ask, None);
    let metas = Metas { desk, snapshot: &snapshot };
    let mut changes = Vec::new();
    for entry in snapshot.projects.iter() {
        let of_year = entry.lists.iter().filter(|(row, _)| row.year == i64::from(year));
        for (membership, seq) in of_year.filter(|(row, _)| row.version > 1 || row.until.is_some()) {
            let facts = table.get(entry.project.id);
            let facts = facts.filter(|facts| session.covers(&snapshot, facts.place));
            let Some(facts) = facts else { continue };
            let row = ledger_row(&snapshot, facts);
            changes.push(ListChangeRow {
                membership: membership.clone(),
                row,
                meta: metas.of(*seq)?,
            });
        }
    }
    let day = |row: &ListChangeRow| row.membership.until.unwrap_or(row.membership.from);
    changes.sort_by_key(|row| (std::cmp::Reverse(day(row)), row.membership.id));
    let versions = versions(&snapshot, year, today, CohortOn::Today);
    Ok(ListsPage { versions, count, changes, lens, snapshot: snapshot.clone() })
}
