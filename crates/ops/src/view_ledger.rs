//! Reads the project ledger: a filter, an order, one page of rows and the totals of all.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::Date;
use tici_domain::change::Enterprise;
use tici_domain::{Light, Place, Stage};
use tici_engine::snapshot::ProjectEntry;
use tici_engine::totals::{Totals, totals_of};
use tici_engine::{Facts, FactsTable, Filter, Lens, Snapshot};

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
    /// As known after this many journal entries.
    pub as_of: Option<i64>,
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
    let snapshot = match query.as_of {
        Some(seq) => desk.snapshot_as_of(seq)?,
        None => desk.snapshot()?,
    };
    let lens = lens(&snapshot, query.lens, today);
    let table = desk.facts(&snapshot, &lens);
    let listing = listing(desk, (&snapshot, &table), session, query);
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

/// What one filter and order give, made once for a snapshot and a lens.
pub(crate) struct Listing {
    seq: i64,
    lens: Lens,
    filter: Filter,
    order: (Sort, bool),
    /// Indices into the facts table.
    rows: Vec<usize>,
    totals: Totals,
    light_counts: BTreeMap<Light, usize>,
    views: ViewCounts,
}

fn listing(
    desk: &Desk,
    (snapshot, table): (&Snapshot, &FactsTable),
    session: &Session,
    query: &LedgerQuery,
) -> Arc<Listing> {
    let filter = Filter { scope: session.actor.place, ..query.filter.clone() };
    let order = (query.sort, query.descending);
    let is_asked = |kept: &Listing| {
        kept.seq == table.seq
            && kept.order == order
            && kept.lens == table.lens
            && kept.filter == filter
    };
    desk.listing(is_asked, || {
        let mut rows = filter.apply(snapshot, table);
        let totals = totals_of(snapshot, table, &filter, &rows);
        sort_rows(snapshot, table, &mut rows, query);
        Listing {
            seq: table.seq,
            lens: table.lens.clone(),
            order,
            rows,
            light_counts: light_counts(snapshot, table, &filter, &totals),
            views: view_counts(snapshot, table, session),
            totals,
            filter: filter.clone(),
        }
    })
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
    let table = desk.facts(&page.snapshot, &page.lens);
    let listing = listing(desk, (&page.snapshot, &table), session, query);
    let row = |index: &usize| ledger_row(&page.snapshot, &table.rows[*index]);
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

fn sort_rows(snapshot: &Snapshot, table: &FactsTable, rows: &mut [usize], query: &LedgerQuery) {
    let code = |index: &usize| {
        let entry = snapshot.projects.get(table.rows[*index].project);
        entry.map(|entry| entry.project.code.as_str())
    };
    let name = |index: &usize| {
        let entry = snapshot.projects.get(table.rows[*index].project);
        entry.map(|entry| entry.project.name.text.as_str())
    };
    match query.sort {
        Sort::Code => rows.sort_by(|a, b| code(a).cmp(&code(b))),
        Sort::Name => rows.sort_by(|a, b| name(a).cmp(&name(b)).then(code(a).cmp(&code(b)))),
        sort => {
            // Each key is made once; comparing makes many times as many comparisons.
            let key = |index: &usize| (sort_key(snapshot, &table.rows[*index], sort), *index);
            let mut keyed: Vec<_> = rows.iter().map(key).collect();
            keyed.sort_by(|(a, left), (b, right)| {
                let order = a.cmp(b);
                // The tie is settled the same way in both directions.
                let order = if query.descending { order.reverse() } else { order };
                order.then_with(|| code(left).cmp(&code(right)))
            });
            rows.iter_mut().zip(keyed).for_each(|(row, (_, index))| *row = index);
            return;
        }
    }
    if query.descending {
        rows.reverse();
    }
}

/// Missing sorts as least, so that it comes last where the largest come first.
fn sort_key(snapshot: &Snapshot, facts: &Facts, sort: Sort) -> Option<i128> {
    let wide = |value: Option<i64>| value.map(i128::from);
    match sort {
        Sort::Total | Sort::Code | Sort::Name => wide(facts.total),
        Sort::Place => {
            let place = facts.place.and_then(|id| snapshot.places.get(&id));
            place.map(|place| i128::from(place.rank) << 64 | i128::from(place.id))
        }
        Sort::Tier => facts.tier.map(|tier| -(tier as i128)),
        Sort::Stage => facts.stage.map(|stage: Stage| i128::from(stage.number())),
        Sort::Light => Some(-(facts.light as i128)),
        Sort::PlanYear => wide(facts.plan_year),
        Sort::DoneYtd => wide(facts.done_ytd),
        Sort::DoneOfPlan => {
            let plan = i128::from(facts.plan_year.filter(|plan| *plan > 0)?);
            Some(i128::from(facts.done_ytd?) * 1_000_000_000 / plan)
        }
        Sort::NextMilestone => {
            let (_, on) = facts.next_milestone?;
            on.map(|on| i128::from(on.year()) * 400 + i128::from(on.day_of_year()))
        }
        Sort::LastReport => facts.last_report.map(|period| i128::from(period.ordinal())),
    }
}
