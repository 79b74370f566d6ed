//! Reads the project ledger: a filter, an order, one page of rows and the totals of all.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::Date;
use tici_domain::change::Enterprise;
use tici_domain::{Light, Place};
use tici_engine::snapshot::ProjectEntry;
use tici_engine::totals::{Totals, totals_of};
use tici_engine::{Facts, FactsTable, Filter, Lens, Snapshot};

use crate::ledger_order::sort_rows;
use crate::lens::{LensQuery, lens};
use crate::{Action, Desk, OpsError, Session};

/// Rows of one page at most.
pub const LEDGER_PAGE_ROWS_MAX: usize = 500;

/// What is asked of the ledger.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LedgerQuery {
    pub filter: Filter,
    pub lens: LensQuery,
    pub sort: Sort,
    pub descending: bool,
    /// From 0.
    pub page: usize,
    /// Rows on a page; 0 is the default of 19, as many as a screen shows.
    pub page_rows: usize,
}

/// A column to sort by. Ties are settled by the project's code.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Sort {
    #[default]
    Total,
    Code,
    Name,
    Place,
    Tier,
    Stage,
    Light,
    PlanYear,
    DoneYtd,
    DoneOfPlan,
    NextMilestone,
    LastReport,
}

impl Sort {
    pub const ALL: [Sort; 12] = [
        Sort::Total,
        Sort::Code,
        Sort::Name,
        Sort::Place,
        Sort::Tier,
        Sort::Stage,
        Sort::Light,
        Sort::PlanYear,
        Sort::DoneYtd,
        Sort::DoneOfPlan,
        Sort::NextMilestone,
        Sort::LastReport,
    ];

    /// The value of `sort=` in an address.
    pub fn code(self) -> &'static str {
        match self {
            Sort::Total => "total",
            Sort::Code => "code",
            Sort::Name => "name",
            Sort::Place => "place",
            Sort::Tier => "tier",
            Sort::Stage => "stage",
            Sort::Light => "light",
            Sort::PlanYear => "plan_year",
            Sort::DoneYtd => "done_ytd",
            Sort::DoneOfPlan => "done_of_plan",
            Sort::NextMilestone => "next_milestone",
            Sort::LastReport => "last_report",
        }
    }

    pub fn parse(code: &str) -> Option<Sort> {
        Sort::ALL.into_iter().find(|sort| sort.code() == code)
    }
}

/// One page of the ledger, with what stands around it.
#[derive(Clone, Debug)]
pub struct LedgerPage {
    pub snapshot: Arc<Snapshot>,
    pub lens: Lens,
    pub rows: Vec<LedgerRow>,
    /// Over everything the filter lets through, not the page.
    pub totals: Totals,
    /// Counts of each light under the filter without its lights.
    pub light_counts: BTreeMap<Light, usize>,
    pub page: usize,
    pub page_rows: usize,
    pub views: ViewCounts,
}

/// Counts behind the built-in views, within the account's places.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ViewCounts {
    pub listed: usize,
    pub listed_not_started: usize,
    pub red: usize,
    pub milestone_this_month: usize,
    pub all: usize,
}

/// A project as a row: its record and its derived facts.
#[derive(Clone, Debug)]
pub struct LedgerRow {
    pub entry: Arc<ProjectEntry>,
    pub facts: Facts,
    pub place: Option<Place>,
    pub enterprise: Option<Enterprise>,
    /// Code of the project it is a package of.
    pub parent: Option<String>,
    /// Next milestone's name and day.
    pub next: Option<(tici_domain::Name, Option<Date>)>,
}

/// Reads one page of the ledger.
pub fn view_ledger(
    desk: &Desk,
    session: &Session,
    query: &LedgerQuery,
    today: Date,
) -> Result<LedgerPage, OpsError> {
    session.need(Action::ReadLedger)?;
    let look = look(desk, session, query, today)?;
    let listing = listing(desk, &look, session, query);
    let Look { snapshot, lens, table, .. } = look;
    let page_rows = match query.page_rows {
        0 => 19,
        asked => asked.min(LEDGER_PAGE_ROWS_MAX),
    };
    let page = query.page.min(listing.rows.len().saturating_sub(1) / page_rows);
    let on_page = listing.rows.iter().skip(page * page_rows).take(page_rows);
    let rows = on_page.map(|index| ledger_row(&snapshot, &table.rows[*index])).collect();
    Ok(LedgerPage {
        rows,
        light_counts: listing.light_counts.clone(),
        views: listing.views,
        totals: listing.totals.clone(),
        page,
        page_rows,
        lens,
        snapshot,
    })
}

/// The ledger as somebody looks at it: which moment, through which lens, which projects.
pub(crate) struct Look {
    pub snapshot: Arc<Snapshot>,
    pub lens: Lens,
    pub table: Arc<FactsTable>,
    /// What was asked for, within the account's places.
    pub filter: Filter,
}

/// Opens the ledger for a query.
pub(crate) fn look(
    desk: &Desk,
    session: &Session,
    query: &LedgerQuery,
    today: Date,
) -> Result<Look, OpsError> {
    let snapshot = desk.snapshot()?;
    let lens = lens(&snapshot, query.lens, today);
    let table = desk.facts(&snapshot, &lens);
    let filter = Filter { scope: session.actor.place, ..query.filter.clone() };
    Ok(Look { snapshot, lens, table, filter })
}

/// What one filter and order give, made once for a snapshot and a lens.
pub(crate) struct Listing {
    /// Indices into the facts table.
    rows: Vec<usize>,
    totals: Totals,
    light_counts: BTreeMap<Light, usize>,
    views: ViewCounts,
}

/// What a listing was made for: entries, lens, filter, order.
pub(crate) type ListingKey = (i64, Lens, Filter, (Sort, bool));

fn listing(desk: &Desk, look: &Look, session: &Session, query: &LedgerQuery) -> Arc<Listing> {
    let Look { snapshot, lens, table, filter } = look;
    let order = (query.sort, query.descending);
    let make = || {
        let mut rows = filter.apply(snapshot, table);
        let totals = totals_of(snapshot, table, filter, &rows);
        sort_rows(snapshot, table, &mut rows, order);
        Ok::<_, std::convert::Infallible>(Listing {
            rows,
            light_counts: light_counts(snapshot, table, filter, &totals),
            views: *kept_view_counts(desk, snapshot, table, session),
            totals,
        })
    };
    let key = (table.seq, lens.clone(), filter.clone(), order);
    let Ok(listing) = desk.listings.get_or_make(key, make);
    listing
}

/// All rows of a query in its order, for exports.
pub fn all_rows(
    desk: &Desk,
    session: &Session,
    query: &LedgerQuery,
    today: Date,
) -> Result<(LedgerPage, Vec<LedgerRow>), OpsError> {
    session.need(Action::ExportProjects)?;
    let page = view_ledger(desk, session, query, today)?;
    // The rows of the very page: whatever was written since is not among them.
    let look = look(&desk.looking_back(page.snapshot.seq), session, query, today)?;
    let listing = listing(desk, &look, session, query);
    let row = |index: &usize| ledger_row(&look.snapshot, &look.table.rows[*index]);
    let rows = listing.rows.iter().map(row).collect();
    Ok((page, rows))
}

/// A project's row, from its facts.
pub fn ledger_row(snapshot: &Snapshot, facts: &Facts) -> LedgerRow {
    let entry = snapshot.projects.get(facts.project).expect("facts are made from projects");
    let milestone = |(index, on): (u16, Option<Date>)| {
        let (row, _) = entry.milestones.get(usize::from(index))?;
        Some((row.name.clone(), on))
    };
    LedgerRow {
        entry: entry.clone(),
        place: facts.place.and_then(|id| snapshot.places.get(&id)).cloned(),
        enterprise: facts.enterprise.and_then(|id| snapshot.enterprises.get(&id)).cloned(),
        parent: facts
            .parent
            .and_then(|id| snapshot.projects.get(id))
            .map(|parent| parent.project.code.clone()),
        next: facts.next_milestone.and_then(milestone),
        facts: facts.clone(),
    }
}

fn light_counts(
    snapshot: &Snapshot,
    table: &FactsTable,
    filter: &Filter,
    totals: &Totals,
) -> BTreeMap<Light, usize> {
    if filter.lights.is_empty() {
        return totals.by_light.clone();
    }
    let without = Filter { lights: Vec::new(), ..filter.clone() };
    let mut counts = BTreeMap::new();
    for index in without.apply(snapshot, table) {
        *counts.entry(table.rows[index].light).or_default() += 1;
    }
    counts
}

/// [`view_counts`], made once for a snapshot, a lens and an account's place.
pub(crate) fn kept_view_counts(
    desk: &Desk,
    snapshot: &Snapshot,
    table: &FactsTable,
    session: &Session,
) -> Arc<ViewCounts> {
    let key = (table.seq, table.lens.clone(), session.actor.place);
    let make = || Ok::<_, std::convert::Infallible>(view_counts(snapshot, table, session));
    let Ok(counts) = desk.views.get_or_make(key, make);
    counts
}

/// Counts the built-in views within the account's places. Late ones and due milestones are
/// of the listed projects, where any are listed, since those are what the office is held to.
pub fn view_counts(snapshot: &Snapshot, table: &FactsTable, session: &Session) -> ViewCounts {
    let all = Filter { scope: session.actor.place, ..Filter::default() };
    let rows = all.apply(snapshot, table);
    let listed = rows.iter().filter(|index| table.rows[**index].tier.is_some()).count();
    let this_month = Filter { milestone_this_month: true, listed: listed > 0, ..all };
    let mut counts = ViewCounts {
        all: rows.len(),
        listed,
        milestone_this_month: this_month.apply(snapshot, table).len(),
        ..ViewCounts::default()
    };
    for facts in rows.iter().map(|index| &table.rows[*index]) {
        let is_listed = facts.tier.is_some();
        let counts_as_red = facts.light == Light::Red && (is_listed || listed == 0);
        counts.listed_not_started += usize::from(is_listed && !facts.has_started());
        counts.red += usize::from(counts_as_red);
    }
    counts
}
