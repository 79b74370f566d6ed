//! Figures by place, measure and period, as statistics systems exchange them: what places
//! said themselves, and what the counting function counts of their projects.

use std::collections::BTreeSet;

use jiff::civil::Date;
use tici_domain::measure::Unit;
use tici_domain::{Basis, Currency, Period};
use tici_engine::Filter;
use tici_engine::counting::{Ask, By, Tally};
use tici_exchange::statistics::{Observation, ObservedUnit};

use crate::lens::LensQuery;
use crate::read_totals::{TotalsAsk, read_totals};
use crate::view_ledger::LedgerQuery;
use crate::{Action, Desk, OpsError, Session};

/// What is asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ObserveAsk {
    /// Periods of the values; counts are made for those of a month.
    pub periods: Vec<Period>,
    pub basis: Option<Basis>,
}

/// What is counted of projects, beside the measures that places say themselves.
pub const COUNTED: [&str; 7] = [
    "count_projects",
    "count_started",
    "sum_total_investment",
    "sum_plan_year",
    "sum_due_ytd",
    "sum_done_ytd",
    "sum_invest_since_start",
];

/// Gives the values in the order of places, periods and measures.
pub fn observe(
    desk: &Desk,
    session: &Session,
    ask: &ObserveAsk,
    today: Date,
) -> Result<Vec<Observation>, OpsError> {
    session.need(Action::ExportProjects)?;
    let mut out = said(desk, session, ask)?;
    for period in &ask.periods {
        if period.kind() == tici_domain::period::Kind::Month {
            counted(desk, session, (*period, ask.basis), today, &mut out)?;
        }
    }
    out.sort_by(|a, b| {
        let key = |o: &Observation| (o.place.clone(), o.period, o.measure.clone(), o.basis);
        key(a).cmp(&key(b))
    });
    Ok(out)
}

/// Numbers that places said of themselves.
fn said(desk: &Desk, session: &Session, ask: &ObserveAsk) -> Result<Vec<Observation>, OpsError> {
    let snapshot = desk.snapshot()?;
    let periods: BTreeSet<Period> = ask.periods.iter().copied().collect();
    let mut out = Vec::new();
    for place in snapshot.places.values() {
        if !session.covers(&snapshot, Some(place.id)) {
            continue;
        }
        for cell in snapshot.place_figures.of_subject(place.id) {
            let (unit, power) = match cell.measure.spec().unit {
                Unit::Money => (ObservedUnit::Money(Currency::CNY), 0),
                Unit::PercentHundredths => (ObservedUnit::Percent, 2),
                Unit::Count => (ObservedUnit::Count, 0),
                Unit::Text | Unit::Date => continue,
            };
            let is_asked = periods.is_empty() || periods.contains(&cell.period);
            if !is_asked || ask.basis.is_some_and(|basis| basis != cell.basis) {
                continue;
            }
            out.push(Observation {
                place: place.code.code.clone(),
                measure: cell.measure.code().into(),
                basis: cell.basis,
                period: cell.period,
                value: Some(cell.number),
                power,
                unit,
                projects: None,
                written: desk.store.entry(cell.entry)?.map(|record| record.meta.at),
            });
        }
    }
    Ok(out)
}

/// Counts of a month, place by place, and of the one place that holds them all.
fn counted(
    desk: &Desk,
    session: &Session,
    (period, basis): (Period, Option<Basis>),
    today: Date,
    out: &mut Vec<Observation>,
) -> Result<(), OpsError> {
    let snapshot = desk.snapshot()?;
    let query = LedgerQuery {
        filter: Filter::default(),
        lens: LensQuery { period: Some(period), basis, ..LensQuery::default() },
        ..LedgerQuery::default()
    };
    let split = Ask { by: Some(By::Place), ..Ask::default() };
    let ask = TotalsAsk { split, year_before: false };
    let answer = read_totals(desk, session, &query, &ask, today)?;
    let written = match snapshot.seq {
        0 => None,
        seq => desk.store.entry(seq - 1)?.map(|record| record.meta.at),
    };
    let mut seen = BTreeSet::new();
    let at = (period, basis.unwrap_or(Basis::Reported), written);
    for group in &answer.count.groups {
        let place = group.key.parse().ok().and_then(|id: i64| snapshot.places.get(&id));
        if let Some(place) = place {
            seen.insert(place.id);
            out.extend(tallied(&place.code.code, at, &group.tally));
        }
    }
    let root = session.actor.place.or_else(|| {
        let mut roots = snapshot.places.values().filter(|place| place.parent.is_none());
        roots.next().filter(|_| roots.next().is_none()).map(|place| place.id)
    });
    let root = root.filter(|id| !seen.contains(id)).and_then(|id| snapshot.places.get(&id));
    if let Some(root) = root {
        out.extend(tallied(&root.code.code, at, &answer.count.all));
    }
    Ok(())
}

/// The counted values of one place. Sums of several currencies are never added.
fn tallied(
    place: &str,
    (period, basis, written): (Period, Basis, Option<jiff::Timestamp>),
    tally: &Tally,
) -> Vec<Observation> {
    let totals = &tally.totals;
    let value = |measure: &str, value: Option<i128>, unit| Observation {
        place: place.into(),
        measure: measure.into(),
        basis,
        period,
        value: value.and_then(|value| i64::try_from(value).ok()),
        power: 0,
        unit,
        projects: Some(totals.projects),
        written,
    };
    let mut out = vec![
        value(COUNTED[0], Some(totals.projects as i128), ObservedUnit::Count),
        value(COUNTED[1], Some(totals.started as i128), ObservedUnit::Count),
    ];
    if let (1, Some((currency, sums))) = (totals.sums.len(), totals.sums.iter().next()) {
        let money = |measure, amount, power| Observation {
            power,
            ..value(measure, amount, ObservedUnit::Money(*currency))
        };
        let power = currency.stored_digits() as u8;
        // Nobody has reported: missing, not zero.
        let is_missing = totals.projects > 0 && totals.unreported.len() == totals.projects;
        let done = Some(sums.done_ytd).filter(|_| !is_missing);
        out.extend([
            money(COUNTED[2], Some(sums.total), power),
            money(COUNTED[3], Some(sums.plan_year), power),
            money(COUNTED[4], Some(sums.due_ytd), power),
            money(COUNTED[5], done, power),
            money(COUNTED[6], Some(sums.done_since_start), power),
        ]);
    }
    out
}
