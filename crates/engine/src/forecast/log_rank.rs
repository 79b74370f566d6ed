//! Do groups differ in time to the event: the log-rank test and Peto's weighting of it.

use serde::Serialize;
use tici_domain::Problem;

use super::dense::{Cholesky, Matrix, dot};
use super::events::Events;
use super::km::{AtTime, by_stratum, risk_table};
use super::special::chi_squared_tail;

#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct LogRank {
    pub chi_squared: f64,
    pub freedom: usize,
    /// Chance of a difference this large where there is none.
    pub p: f64,
    /// Events seen in each group, and expected were the groups alike.
    pub observed: Vec<f64>,
    pub expected: Vec<f64>,
}

/// Compares the strata of `events`: every time alike, or weighted by the pooled curve just
/// before it (`peto`), which looks harder at early differences.
pub fn log_rank(events: &Events, peto: bool) -> (Option<LogRank>, Vec<Problem>) {
    let (events, mut problems) = events.checked();
    let groups = by_stratum(&events);
    if groups.len() < 2 {
        problems.push(Problem::error("forecast-one-group"));
        return (None, problems);
    }
    let tables: Vec<_> = groups.iter().map(|group| risk_table(&events, &group.1, None)).collect();
    let all: Vec<u32> = (0..events.len() as u32).collect();
    let pooled = risk_table(&events, &all, None);
    let counted = count(&events, &groups, &tables, &pooled, peto);
    if counted.observed.iter().sum::<f64>() == 0.0 {
        problems.push(Problem::error("forecast-no-events").arg("count", events.len()));
        return (None, problems);
    }
    (Some(counted), problems)
}

fn count(
    events: &Events,
    groups: &[(u32, Vec<u32>)],
    tables: &[Vec<AtTime>],
    pooled: &[AtTime],
    peto: bool,
) -> LogRank {
    let size = groups.len();
    let (mut observed, mut expected) = (vec![0.0; size], vec![0.0; size]);
    let mut covariance = Matrix::zeros(size, size);
    let mut survival = 1.0;
    for here in pooled.iter().filter(|here| here.events > 0.0) {
        let weight = if peto { survival } else { 1.0 };
        survival *= 1.0 - here.events / here.at_risk;
        let at_risk: Vec<f64> =
            (0..size).map(|g| at_risk(events, &groups[g].1, &tables[g], here.time)).collect();
        let spread = match here.at_risk > 1.0 {
            true => (here.at_risk - here.events) / (here.at_risk - 1.0),
            false => 0.0,
        };
        for g in 0..size {
            observed[g] += weight * events_at(&tables[g], here.time);
            let share = at_risk[g] / here.at_risk;
            expected[g] += weight * here.events * share;
            for (h, other) in at_risk.iter().enumerate() {
                let same = if g == h { share } else { 0.0 };
                let rest = same - share * other / here.at_risk;
                *covariance.at_mut(g, h) += weight * weight * here.events * spread * rest;
            }
        }
    }
    let difference: Vec<f64> = (0..size).map(|g| observed[g] - expected[g]).collect();
    // The groups' differences add up to nothing: the last says nothing new, and is dropped.
    let factor = Cholesky::new(&covariance);
    let chi_squared = dot(&difference, &factor.solve(&difference));
    let freedom = factor.dropped.iter().filter(|dropped| !**dropped).count();
    let p = chi_squared_tail(chi_squared, freedom as f64);
    LogRank { chi_squared, freedom, p, observed, expected }
}

fn events_at(table: &[AtTime], time: f64) -> f64 {
    let found = table.binary_search_by(|here| here.time.total_cmp(&time));
    found.map_or(0.0, |index| table[index].events)
}

/// A group's size at risk at a time at which it need not have an exit of its own.
fn at_risk(events: &Events, rows: &[u32], table: &[AtTime], time: f64) -> f64 {
    if !events.entry.is_empty() {
        let each = rows.iter().map(|row| *row as usize);
        let here = each.filter(|row| events.entry(*row) < time && events.exit[*row] >= time);
        return here.map(|row| events.weight(row)).sum();
    }
    let next = table.partition_point(|here| here.time < time);
    table.get(next).map_or(0.0, |here| here.at_risk)
}
