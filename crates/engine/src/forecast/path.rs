//! From stage to stage: when each next stage will be reached, by adding up the ways through
//! those before it.
//!
//! # Example
//!
//! With a chance of a half each month at either of two stages, the first is reached in months
//! 1, 2, 3 with ½, ¼, ⅛, and the second in months 2, 3, 4 with ¼, ¼, 3/16.

use serde::Serialize;

/// One month at one stage.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moment {
    /// Steps ahead of the present stage: 0 while waiting for the first next one.
    pub step: usize,
    /// Months spent waiting for it, this one included.
    pub waited: u32,
    /// Months from now, this one included.
    pub ahead: u32,
}

/// What may happen in a month.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Chances {
    /// Reaching the next stage.
    pub next: f64,
    /// Leaving for good: cancelled, terminated.
    pub away: f64,
}

/// When one stage is reached.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Arrival {
    /// Chance of arriving in each month from now, the first of them next month.
    pub months: Vec<f64>,
    /// Chance of arriving within the horizon.
    pub within: f64,
    /// Chance of having left for good before arriving, within the horizon.
    pub away: f64,
}

impl Arrival {
    /// Chance of having arrived by the end of month `month` from now.
    pub fn by(&self, month: u32) -> f64 {
        self.months.iter().take(month as usize).sum()
    }

    /// The month by which it will have arrived with chance `share`; none where that is past
    /// the horizon or never.
    pub fn month(&self, share: f64) -> Option<u32> {
        let mut sum = 0.0;
        let reached = self.months.iter().position(|chance| {
            sum += chance;
            sum >= share - 1e-12
        });
        reached.map(|index| index as u32 + 1)
    }
}

/// Arrivals at the next `steps` stages within `horizon` months, for one that has waited
/// `waited` months at its present stage. A chance that is not between 0 and 1 is cut.
pub fn arrivals(
    steps: usize,
    waited: u32,
    horizon: u32,
    chances: impl Fn(Moment) -> Chances,
) -> Vec<Arrival> {
    let mut begins = vec![0.0; horizon as usize + 1];
    begins[0] = 1.0;
    let (mut found, mut gone) = (Vec::with_capacity(steps), 0.0);
    for step in 0..steps {
        let before = if step == 0 { waited } else { 0 };
        let (months, away) = through(&begins, |month, ahead| {
            let cut = |chance: f64| if chance.is_nan() { 0.0 } else { chance.clamp(0.0, 1.0) };
            let Chances { next, away } = chances(Moment { step, waited: before + month, ahead });
            let next = cut(next);
            (next, cut(away).min(1.0 - next))
        });
        gone += away;
        begins = std::iter::once(0.0).chain(months.iter().copied()).collect();
        found.push(Arrival { within: months.iter().sum(), away: gone, months });
    }
    found
}

/// Arrivals by month, and those who left, for a stage begun in month `u` with `begins[u]`.
fn through(begins: &[f64], chances: impl Fn(u32, u32) -> (f64, f64)) -> (Vec<f64>, f64) {
    let horizon = begins.len() - 1;
    let (mut months, mut away) = (vec![0.0; horizon], 0.0);
    for (begun, share) in begins.iter().enumerate().filter(|begin| *begin.1 > 0.0) {
        let mut still = *share;
        for ahead in begun + 1..=horizon {
            let (next, leaves) = chances((ahead - begun) as u32, ahead as u32);
            months[ahead - 1] += still * next;
            away += still * leaves;
            still *= 1.0 - next - leaves;
        }
    }
    (months, away)
}
