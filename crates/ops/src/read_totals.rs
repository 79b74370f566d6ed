//! Totals of a filter, alone or split by a field: the figures of a page without the page.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::Serialize;
use tici_domain::Name;
use tici_engine::counting::{Ask, Count, count};
use tici_engine::{Facts, Filter, Lens, Snapshot};

use crate::lens::key;
use crate::view_ledger::{LedgerQuery, Look, look};
use crate::{Action, Desk, OpsError, Session};

pub use tici_engine::counting::By;

/// What is asked beside the ledger's query.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TotalsAsk {
    pub split: Ask,
    /// With the same cohort a year before.
    pub year_before: bool,
}

/// Totals of everything a query lets through, and of each group.
#[derive(Clone, Debug, Serialize)]
pub struct TotalsAnswer {
    #[serde(flatten)]
    pub count: Count,
    /// How many figures of the ledger are behind projects of the filter, by measure.
    pub figures: BTreeMap<String, FigureCount>,
    /// Periods for which any figure of the filter is kept, first and last.
    pub periods: usize,
    /// What the ledger calls its region, for sentences.
    #[serde(skip)]
    pub region: Name,
}

/// Count and sum of the figures of one measure over all periods; money by currency.
#[derive(Clone, Debug, Default, Serialize)]
pub struct FigureCount {
    pub count: usize,
    pub sums: BTreeMap<String, i128>,
}

/// What totals were made for: entries, lens, filter, what was asked beside it.
pub(crate) type TotalsKey = (i64, Lens, Filter, TotalsAsk);

/// Reads totals. They are kept until the next write.
pub fn read_totals(
    desk: &Desk,
    session: &Session,
    query: &LedgerQuery,
    ask: &TotalsAsk,
    today: Date,
) -> Result<TotalsAnswer, OpsError> {
    session.need(Action::ReadLedger)?;
    let look = look(desk, session, query, today)?;
    let key = (look.snapshot.seq, look.lens.clone(), look.filter.clone(), ask.clone());
    let answer = desk.totals.get_or_make(key, || Ok::<_, OpsError>(make(desk, &look, ask)))?;
    Ok((*answer).clone())
}

fn make(desk: &Desk, look: &Look, ask: &TotalsAsk) -> TotalsAnswer {
    let Look { snapshot, lens, table, filter } = look;
    let before = ask.year_before.then(|| desk.facts(snapshot, &year_before(lens)));
    let rows = filter.apply(snapshot, table);
    let projects = rows.iter().map(|index| &table.rows[*index]);
    let (figures, periods) = count_figures(snapshot, projects, lens.basis);
    TotalsAnswer {
        count: count(snapshot, table, filter, &ask.split, before.as_deref()),
        figures,
        periods,
        region: region(snapshot, filter),
    }
}

/// The same lens a year earlier.
fn year_before(lens: &Lens) -> Lens {
    let today = lens.today.checked_sub(jiff::Span::new().years(1)).unwrap_or(lens.today);
    Lens {
        period: lens.period.year_before(),
        stock_period: lens.stock_period.year_before(),
        today,
        start_deadline: None,
        ..lens.clone()
    }
}

/// The one place asked for, else the whole ledger's name.
fn region(snapshot: &Snapshot, filter: &Filter) -> Name {
    let place = match (filter.places.as_slice(), filter.scope) {
        ([place], _) => Some(*place),
        ([], scope) => scope,
        _ => None,
    };
    let setting = |key| snapshot.setting(key).map(str::to_owned);
    match place.and_then(|id| snapshot.places.get(&id)) {
        Some(place) => place.short.clone(),
        None => Name {
            text: setting(key::NAME).unwrap_or_default(),
            hant: setting(key::NAME_HANT),
            en: setting(key::NAME_EN),
        },
    }
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
