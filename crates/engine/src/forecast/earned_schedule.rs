//! Earned schedule: where the money spent should have been on the plan's own clock, and what
//! follows for the end and the cost.
//!
//! Money in any one unit, time in periods of the plan (months). A figure that would divide
//! by nothing is `None`, never infinite.

use serde::Serialize;
use tici_domain::Problem;

/// A plan and what has been earned on it.
#[derive(Clone, Debug, PartialEq)]
pub struct Earned<'a> {
    /// Planned value, cumulative, at the end of period 0, 1, 2, …; starts at nothing.
    pub planned: &'a [f64],
    /// Periods gone by.
    pub at: f64,
    /// Planned value of the work done so far.
    pub earned: f64,
    /// What the work done so far has cost.
    pub cost: f64,
    /// The budget of the whole.
    pub budget: f64,
    /// The plan's length, in periods.
    pub duration: f64,
}

/// The indices; names follow the usual abbreviations.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct Standing {
    /// PV: what should have been earned by now.
    pub planned: f64,
    /// ES: the period at which the plan had earned as much.
    pub earned_schedule: f64,
    /// SV and CV: earned less planned, and less cost.
    pub schedule_variance: f64,
    pub cost_variance: f64,
    /// SV(t): periods ahead; negative is behind.
    pub time_variance: f64,
    /// SPI, CPI and SPI(t).
    pub schedule_index: Option<f64>,
    pub cost_index: Option<f64>,
    pub time_index: Option<f64>,
    /// Periods in the whole, if the rest goes by plan.
    pub end_by_plan: f64,
    /// Periods in the whole, if the rest goes at the pace so far.
    pub end_by_pace: Option<f64>,
    /// The same, with the pace of cost as well.
    pub end_by_pace_and_cost: Option<f64>,
    /// Cost of the whole, if the rest goes by plan.
    pub cost_by_plan: f64,
    pub cost_by_index: Option<f64>,
    pub cost_by_both: Option<f64>,
    /// TCPI and TSPI: the index the rest needs to meet budget and end.
    pub cost_index_needed: Option<f64>,
    pub time_index_needed: Option<f64>,
}

/// Where `earned` stands. A plan of less than two points, or one that falls, is a problem;
/// what cannot be worked out is then nothing.
pub fn standing(given: &Earned) -> (Standing, Vec<Problem>) {
    let problems = check(given);
    if Problem::any_error(&problems) {
        return (Standing::default(), problems);
    }
    let planned = value_at(given.planned, given.at);
    let es = time_of(given.planned, given.earned);
    let (left, undone) = (given.duration - es, given.budget - given.earned);
    let schedule_index = ratio(given.earned, planned);
    let cost_index = ratio(given.earned, given.cost);
    let time_index = ratio(es, given.at);
    let both = |a: Option<f64>, b: Option<f64>| Some(a? * b?);
    let after = |rest: f64, index: Option<f64>, base: f64| ratio(rest, index?).map(|r| base + r);
    let found = Standing {
        planned,
        earned_schedule: es,
        schedule_variance: given.earned - planned,
        cost_variance: given.earned - given.cost,
        time_variance: es - given.at,
        schedule_index,
        cost_index,
        time_index,
        end_by_plan: given.at + left,
        end_by_pace: after(left, time_index, given.at),
        end_by_pace_and_cost: after(left, both(time_index, cost_index), given.at),
        cost_by_plan: given.cost + undone,
        cost_by_index: after(undone, cost_index, given.cost),
        cost_by_both: after(undone, both(cost_index, schedule_index), given.cost),
        cost_index_needed: ratio(undone, given.budget - given.cost),
        time_index_needed: ratio(left, given.duration - given.at),
    };
    (found, problems)
}

fn ratio(over: f64, under: f64) -> Option<f64> {
    (under.abs() > 0.0).then(|| over / under).filter(|ratio| ratio.is_finite())
}

fn check(given: &Earned) -> Vec<Problem> {
    let mut problems = Vec::new();
    if given.planned.len() < 2 {
        problems.push(Problem::error("forecast-earned-no-plan"));
    }
    if let Some(at) = given.planned.windows(2).position(|pair| pair[1] < pair[0]) {
        problems.push(Problem::error("forecast-earned-plan-falls").arg("period", at + 1));
    }
    let numbers = [given.at, given.earned, given.cost, given.budget, given.duration];
    if !numbers.iter().chain(given.planned).all(|number| number.is_finite()) {
        problems.push(Problem::error("forecast-earned-not-a-number"));
    }
    problems
}

/// The plan's value at period `at`, straight between its points, level outside them.
pub fn value_at(planned: &[f64], at: f64) -> f64 {
    let last = planned.len() - 1;
    let whole = at.clamp(0.0, last as f64).floor() as usize;
    let next = (whole + 1).min(last);
    planned[whole] + (planned[next] - planned[whole]) * (at.clamp(0.0, last as f64) - whole as f64)
}

/// The period at which the plan reaches `value`; the first where it stays level before rising.
pub fn time_of(planned: &[f64], value: f64) -> f64 {
    let Some(next) = planned.iter().position(|planned| *planned >= value) else {
        return (planned.len() - 1) as f64;
    };
    if next == 0 {
        return 0.0;
    }
    let (low, high) = (planned[next - 1], planned[next]);
    (next - 1) as f64 + (value - low) / (high - low)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_earned_yet_has_no_pace() {
        let given = Earned {
            planned: &[0.0, 10.0, 20.0],
            at: 1.0,
            earned: 0.0,
            cost: 0.0,
            budget: 20.0,
            duration: 2.0,
        };
        let (found, problems) = standing(&given);
        assert!(problems.is_empty());
        assert_eq!((found.end_by_pace, found.cost_index), (None, None));
        assert_eq!((found.end_by_plan, found.time_variance), (3.0, -1.0));
    }

    #[test]
    fn a_plan_that_falls_is_a_problem() {
        let given = Earned {
            planned: &[0.0, 10.0, 5.0],
            at: 1.0,
            earned: 1.0,
            cost: 1.0,
            budget: 20.0,
            duration: 2.0,
        };
        assert_eq!(standing(&given).1[0].key, "forecast-earned-plan-falls");
    }
}
