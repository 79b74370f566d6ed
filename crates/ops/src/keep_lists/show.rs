//! The lists of a year in their versions, with who came and went since the first.

use std::sync::Arc;

use jiff::civil::Date;
use tici_domain::change::ListMembership;
use tici_domain::{ListTier, Period};
use tici_engine::counting::cohort::{CohortOn, versions};
use tici_engine::counting::{Ask, By, Count, ListVersion, Lists, SizeBands, count};
use tici_engine::{FactsTable, Filter, Lens, Snapshot};

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
    let ask = Ask { by: Some(By::Tier), bands: SizeBands::default() };
    let count = count(&snapshot, &table, &filter, &ask, None);
    let of_year = |row: &ListMembership| {
        row.year == i64::from(year) && (row.version > 1 || row.until.is_some())
    };
    let changes = changes(desk, session, (&snapshot, &table), of_year)?;
    let versions = versions(&snapshot, year, today, CohortOn::Today);
    Ok(ListsPage { versions, count, changes, lens, snapshot: snapshot.clone() })
}

/// One list on one day.
#[derive(Clone, Debug)]
pub struct ListPage {
    pub snapshot: Arc<Snapshot>,
    pub lens: Lens,
    pub tier: ListTier,
    pub year: i64,
    pub on: Date,
    /// The version in force that day; none before the list was published.
    pub version: Option<ListVersion>,
    /// Who is on it that day, in the order of the codes.
    pub members: Vec<ListChangeRow>,
    /// Additions and removals after the first version, whatever the day; the latest first.
    pub changes: Vec<ListChangeRow>,
    /// Its members counted as every total is, with the rule.
    pub count: Count,
    /// Years that have a list, the latest first.
    pub years: Vec<i64>,
}

/// Reads one list as it stood on a day; without one, today, or the last day of another year.
pub fn view_list(
    desk: &Desk,
    session: &Session,
    (tier, year, on): (ListTier, Option<i64>, Option<Date>),
    today: Date,
) -> Result<ListPage, OpsError> {
    session.need(Action::ReadLedger)?;
    let snapshot = desk.snapshot()?;
    let this_year = i64::from(today.year());
    let year = year.or_else(|| on.map(|on| i64::from(on.year()))).unwrap_or(this_year);
    let calendar = i16::try_from(year).ok().filter(|year| (1900..=2200).contains(year));
    let calendar = calendar.ok_or_else(|| OpsError::not_found("list", year))?;
    let on = on.unwrap_or(match year == this_year {
        true => today,
        false => Period::year(calendar).last_day(),
    });
    let period = (year != this_year).then(|| Period::month(calendar, 12)).flatten();
    let query = LensQuery { period, cohort: CohortOn::Day(on), ..LensQuery::default() };
    let lens = lens(&snapshot, query, today);
    let table = desk.facts(&snapshot, &lens);
    let scope = session.actor.place;
    let (tiers, list_reading) = (vec![tier], Lists::Each);
    let filter = Filter { tiers, list_reading, scope, ..Filter::default() };
    let count =
        count(&snapshot, &table, &filter, &Ask { by: None, bands: SizeBands::default() }, None);
    let of_list = |row: &ListMembership| row.tier == tier && row.year == year;
    let is_on = |row: &ListMembership| {
        of_list(row) && row.from <= on && row.until.is_none_or(|until| on < until)
    };
    let mut members = changes(desk, session, (&snapshot, &table), is_on)?;
    let code = |row: &ListChangeRow| row.row.entry.project.code.clone();
    members.sort_by_key(code);
    let is_change = |row: &ListMembership| of_list(row) && (row.version > 1 || row.until.is_some());
    let changes = changes(desk, session, (&snapshot, &table), is_change)?;
    let mut versions = versions(&snapshot, calendar, on, CohortOn::Day(on)).into_iter();
    let version = versions.find(|version| version.tier == tier);
    let lists = snapshot.projects.iter().flat_map(|entry| entry.lists.iter());
    let years: std::collections::BTreeSet<i64> = lists.map(|(row, _)| row.year).collect();
    let years = years.into_iter().rev().collect();
    let snapshot = snapshot.clone();
    Ok(ListPage { tier, year, on, version, members, changes, count, years, lens, snapshot })
}

/// Memberships that `wanted` lets through, with who wrote them; the latest day first.
fn changes(
    desk: &Desk,
    session: &Session,
    (snapshot, table): (&Snapshot, &FactsTable),
    wanted: impl Fn(&ListMembership) -> bool,
) -> Result<Vec<ListChangeRow>, OpsError> {
    let metas = Metas { desk, snapshot };
    // A list comes in a few entries with many rows each.
    let mut known = std::collections::BTreeMap::new();
    let mut out = Vec::new();
    for entry in snapshot.projects.iter() {
        for (membership, seq) in entry.lists.iter().filter(|(row, _)| wanted(row)) {
            let facts = table.get(entry.project.id);
            let facts = facts.filter(|facts| session.covers(snapshot, facts.place));
            let Some(facts) = facts else { continue };
            if !known.contains_key(seq) {
                known.insert(*seq, metas.of(*seq)?);
            }
            let (row, membership) = (ledger_row(snapshot, facts), membership.clone());
            out.push(ListChangeRow { membership, row, meta: known[seq].clone() });
        }
    }
    let day = |row: &ListChangeRow| row.membership.until.unwrap_or(row.membership.from);
    out.sort_by_key(|row| (std::cmp::Reverse(day(row)), row.membership.id));
    Ok(out)
}
