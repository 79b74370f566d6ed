//! The one counting function, whole: a total with its rule, by group, with what has to be
//! said beside it. Totals of groups are counted each by itself, and so is the total of all;
//! where they differ, a note says why, and nothing is adjusted.

pub mod bands;
pub mod check;
pub mod cohort;
pub mod compare;
pub mod groups;
pub mod starts;

use serde::Serialize;

use crate::facts::FactsTable;
use crate::filter::Filter;
use crate::snapshot::Snapshot;
use crate::statement::words::Words;
use crate::totals::{Totals, totals_of};

pub use bands::SizeBands;
pub use cohort::{CohortOn, ListVersion, Lists};
pub use groups::{By, Group};
pub use starts::Starts;

/// What is asked beside the filter.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ask {
    pub by: Option<By>,
    pub bands: SizeBands,
}

/// A count of everything a filter lets through.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Tally {
    #[serde(flatten)]
    pub totals: Totals,
    pub starts: Starts,
}

/// A count with its groups and what has to be said of them.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Count {
    pub all: Tally,
    pub groups: Vec<Group>,
    /// The same cohort a year before, by that year's lists.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub year_before: Option<Tally>,
    pub notes: Vec<Words>,
}

/// Counts what `filter` lets through, and by group where one is asked for. `before` is the
/// table of the year before, for growth.
pub fn count(
    snapshot: &Snapshot,
    table: &FactsTable,
    filter: &Filter,
    ask: &Ask,
    before: Option<&FactsTable>,
) -> Count {
    let rows = filter.apply(snapshot, table);
    let groups = match ask.by {
        Some(by) => groups::groups(snapshot, table, filter, &rows, (by, &ask.bands)),
        None => Vec::new(),
    };
    let mut out = Count {
        all: tally(snapshot, table, filter, &rows),
        groups,
        year_before: before.map(|table| {
            let rows = filter.apply(snapshot, table);
            tally(snapshot, table, filter, &rows)
        }),
        notes: Vec::new(),
    };
    out.notes = check::notes(snapshot, table, filter, &rows, &out);
    out
}

/// Counts rows that a filter has chosen.
pub fn tally(snapshot: &Snapshot, table: &FactsTable, filter: &Filter, rows: &[usize]) -> Tally {
    let mut starts = Starts::default();
    rows.iter().for_each(|index| starts.add(snapshot, table, &table.rows[*index]));
    Tally { totals: totals_of(snapshot, table, filter, rows), starts }
}
