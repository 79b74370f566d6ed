//! Totals of a filter, alone or split by a field: the figures of a page without the page.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::Serialize;
use tici_engine::totals::{Totals, totals_of};
use tici_engine::{Facts, Filter, Snapshot};

use crate::lens::lens;
use crate::view_ledger::LedgerQuery;
use crate::{Action, Desk, OpsError, Session};

/// What totals are split by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum By {
    Place,
    Tier,
    Stage,
    Chain,
    Sector,
    Light,
}

impl By {
    pub const ALL: [By; 6] = [By::Place, By::Tier, By::Stage, By::Chain, By::Sector, By::Light];

    pub fn code(self) -> &'static str {
        match self {
            By::Place => "place",
            By::Tier => "tier",
            By::Stage => "stage",
            By::Chain => "chain",
            By::Sector => "sector",
            By::Light => "light",
        }
    }

    pub fn parse(code: &str) -> Option<By> {
        By::ALL.into_iter().find(|by| by.code() == code)
    }
}

/// Totals of everything a query lets through, and of each group.
#[derive(Clone, Debug, Serialize)]
pub struct TotalsAnswer {
    pub all: Totals,
    /// Group and its totals, in the order of the group's name; blank is "none stated".
    pub groups: Vec<(String, Totals)>,
    /// How many figures of the ledger are behind projects of the filter, by measure.
    pub figures: BTreeMap<String, FigureCount>,
    /// Periods for which any figure of the filter is kept, first and last.
    pub periods: usize,
}

/// Count and sum of the figures of one measure over all periods; money by currency.
#[derive(Clone, Debug, Default, Serialize)]
pub struct FigureCount {
    pub count: usize,
    pub sums: BTreeMap<String, i128>,
}

/// Reads totals.
pub fn read_totals(
    desk: &Desk,
    session: &Session,
    query: &LedgerQuery,
    by: Option<By>,
    today: Date,
) -> Result<TotalsAnswer, OpsError> {
    session.need(Action::ReadLedger)?;
    let snapshot = match query.as_of {
        Some(seq) => desk.snapshot_as_of(seq)?,
        None => desk.snapshot()?,
    };
    let lens = lens(&snapshot, query.lens, today);
    let table = desk.facts(&snapshot, &lens);
    let filter = Filter { scope: session.actor.place, ..query.filter.clone() };
    let rows = filter.apply(&snapshot, &table);
    let mut groups = BTreeMap::<String, Vec<usize>>::new();
    if let Some(by) = by {
        for index in &rows {
            let group = group_of(&snapshot, &table.rows[*index], by);
            groups.entry(group).or_default().push(*index);
        }
    }
    let groups = groups.into_iter().map(|(name, rows)| {
        let totals = totals_of(&snapshot, &table, &filter, &rows);
        (name, totals)
    });
    let projects = rows.iter().map(|index| &table.rows[*index]);
    let (figures, periods) = count_figures(&snapshot, projects, lens.basis);
    Ok(TotalsAnswer {
        groups: groups.collect(),
        all: totals_of(&snapshot, &table, &filter, &rows),
        figures,
        periods,
    })
}

fn group_of(snapshot: &Snapshot, facts: &Facts, by: By) -> String {
    let entry = snapshot.projects.get(facts.project);
    let text = match by {
        By::Place => {
            let place = facts.place.and_then(|id| snapshot.places.get(&id));
            place.map(|place| place.short.text.clone())
        }
        By::Tier => facts.tier.map(|tier| tier.code().to_owned()),
        By::Stage => facts.stage.map(|stage| stage.code().to_owned()),
        By::Chain => entry.and_then(|entry| entry.project.chain.clone()),
        By::Sector => entry.and_then(|entry| entry.project.sector.clone()),
        By::Light => Some(facts.light.code().to_owned()),
    };
    text.unwrap_or_default()
}

fn count_figures<'a>(
    snapshot: &Snapshot,
    projects: impl Iterator<Item = &'a Facts>,
    basis: tici_domain::Basis,
) -> (BTreeMap<String, FigureCount>, usize) {
    let mut counts = BTreeMap::<String, FigureCount>::new();
    let mut periods = std::collections::BTreeSet::new();
    for facts in projects {
        let cells = snapshot.project_figures.of_subject(facts.project);
        for cell in cells.filter(|cell| cell.basis == basis) {
            let count = counts.entry(cell.measure.code().to_owned()).or_default();
            count.count += 1;
            periods.insert(cell.period);
            if cell.measure.spec().unit == tici_domain::measure::Unit::Money {
                let sum = count.sums.entry(facts.currency.code().to_owned()).or_default();
                *sum += i128::from(cell.number);
            }
        }
    }
    (counts, periods.len())
}
