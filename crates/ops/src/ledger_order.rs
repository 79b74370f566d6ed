//! The order of a ledger page.

use rayon::prelude::*;
use tici_domain::Stage;
use tici_engine::{Facts, FactsTable, Snapshot};

use crate::view_ledger::Sort;

/// Sorts rows of a facts table. Ties are settled by the project's code, in whichever
/// direction the rest runs.
pub(crate) fn sort_rows(
    snapshot: &Snapshot,
    table: &FactsTable,
    rows: &mut [usize],
    (sort, descending): (Sort, bool),
) {
    let ranks = match sort {
        Sort::Name => table.name_ranks(snapshot),
        _ => table.code_ranks(snapshot),
    };
    if matches!(sort, Sort::Code | Sort::Name) {
        rows.par_sort_unstable_by_key(|index| ranks[*index]);
        if descending {
            rows.reverse();
        }
        return;
    }
    // Each key is made once; comparing makes many times as many comparisons.
    let key =
        |index: &usize| (sort_key(snapshot, &table.rows[*index], sort), ranks[*index], *index);
    let mut keyed: Vec<_> = rows.par_iter().map(key).collect();
    keyed.par_sort_unstable_by(|(a, left, _), (b, right, _)| {
        let order = if descending { b.cmp(a) } else { a.cmp(b) };
        order.then(left.cmp(right))
    });
    rows.iter_mut().zip(keyed).for_each(|(row, (_, _, index))| *row = index);
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
