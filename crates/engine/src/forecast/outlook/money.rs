//! What the year's investment may come to, against its plan.

use tici_domain::Stage;

use super::{INTERVAL, Outlook};
use crate::facts::Facts;
use crate::forecast::fan::{Draws, Part, Shocks, fan};

/// Share of the plan that is expected to be done where nothing has been due yet, and the
/// weight of that in units of the average project's due amount.
const USUAL: f64 = 0.95;
const USUAL_WEIGHT: f64 = 5.0;

/// The seed of the drawing: the same ledger gives the same fan.
const SEED: u64 = 20_250_101;

/// The year's total, in stored units of the currency.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct YearFan {
    pub plan: f64,
    pub done: f64,
    /// Planned up to the month that was reported.
    pub due: f64,
    pub low: f64,
    pub mid: f64,
    pub high: f64,
}

/// The fan of the projects of `rows` that have a plan for the year; none without any.
///
/// What is left of each plan is spent at the rate at which the plans due so far were, if the
/// project goes on or starts in time to spend it.
pub fn year_fan(outlook: &Outlook<'_>, rows: &[&Facts]) -> Option<YearFan> {
    let planned: Vec<&&Facts> =
        rows.iter().filter(|facts| facts.plan_year.is_some_and(|plan| plan > 0)).collect();
    if planned.is_empty() {
        return None;
    }
    let sum = |of: fn(&Facts) -> Option<i64>| -> f64 {
        planned.iter().filter_map(|facts| of(facts)).map(|amount| amount as f64).sum()
    };
    let (plan, done, due) =
        (sum(|f| f.plan_year), sum(|f| f.done_ytd), sum(|f| f.done_ytd.and(f.due_ytd)));
    let weight = USUAL_WEIGHT * due / planned.len() as f64;
    let rate = match due > 0.0 {
        true => (done + weight * USUAL) / (due + weight),
        false => USUAL,
    };
    let parts: Vec<Part> = planned.iter().map(|facts| part(outlook, facts, rate)).collect();
    let draws = Draws { count: 4_000, seed: SEED };
    let shocks = Shocks { rho: outlook.learned.rules.rho, ..Shocks::default() };
    let (found, _) = fan(&parts, &shocks, draws);
    let at = |level: f64| {
        let index = (level * (found.totals.len() - 1) as f64).round() as usize;
        found.totals.get(index).copied().unwrap_or(done)
    };
    let tail = (1.0 - INTERVAL) / 2.0;
    Some(YearFan { plan, done, due, low: at(tail), mid: at(0.5), high: at(1.0 - tail) })
}

fn part(outlook: &Outlook<'_>, facts: &Facts, rate: f64) -> Part {
    let plan = facts.plan_year.unwrap_or(0);
    let left = (plan - facts.due_ytd.unwrap_or(0)).max(0) as f64;
    // Half the time left must remain for the rest of the plan to be spent.
    let today = outlook.today();
    let end = jiff::civil::date(today.year(), 12, 31);
    let half = today.checked_add(jiff::Span::new().days((end - today).get_days() / 2));
    let goes_on = match (facts.has_started() || !facts.is_live(), half) {
        (true, _) => f64::from(u8::from(facts.is_live())),
        (false, Ok(half)) => {
            let start = outlook.stage(facts, Stage::Started, &[]);
            start.map_or(0.0, |start| start.curve.by(half))
        }
        (false, Err(_)) => 0.0,
    };
    let group = facts.place.and_then(|place| usize::try_from(place).ok()).unwrap_or(0);
    Part { done: facts.done_ytd.unwrap_or(0) as f64, rest: left * rate, goes_on, group }
}
