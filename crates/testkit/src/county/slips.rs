//! Returns that were wrong at first, and when they were put right.

use jiff::civil::date;
use jiff::{Span, Timestamp};

use super::dice::Dice;
use super::journal::moment;
use super::returns::YearMonth;
use super::world::World;

/// A project whose return was wrong at first: how much too little was done this month, in 万元.
pub(crate) struct Slip {
    pub plot: usize,
    pub missing: i64,
    pub reason: &'static str,
    pub corrected: Timestamp,
}

/// Reasons that towns give for a correction.
const REASONS: [&str; 4] =
    ["补计设备到货", "漏填预付款", "监理签证晚到，补计工程款", "财务口径核对后更正"];

/// What is wrong with a return at first, in the order it is put right.
pub(crate) fn slips(world: &World, town: usize, at: YearMonth, plots: &[usize]) -> Vec<Slip> {
    let mut dice = Dice::new(world.seed, &format!("slip {town} {at:?}"));
    if (town, at) == (1, (2026, 5)) {
        let known = |code, missing, reason, corrected| Slip {
            plot: world.index(code),
            missing,
            reason,
            corrected,
        };
        return vec![
            known("YX26-001", 1_418, REASONS[0], moment(date(2026, 6, 5), 16, 42)),
            known("YX26-003", 1_100, "进口设备到港，补计设备款", moment(world.today, 7, 40)),
        ];
    }
    let busy = |plot: &&usize| world.flows[**plot].month(at.0, at.1) > 60;
    let busy: Vec<usize> = plots.iter().filter(busy).copied().collect();
    if busy.is_empty() || !dice.chance(7) {
        return Vec::new();
    }
    let plot = *dice.pick(&busy);
    let missing = world.flows[plot].month(at.0, at.1) * dice.between(10, 35) / 100;
    // Some are noticed before the review, some after.
    let day = date(at.0, at.1, 1) + Span::new().months(1).days(dice.between(10, 16));
    let corrected = moment(day, 11, dice.between(0, 59) as i8);
    vec![Slip { plot, missing, reason: dice.pick::<&str>(&REASONS), corrected }]
}
