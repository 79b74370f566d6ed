//! VIKOR: a compromise between the group's regret and the greatest single one.

use super::Items;
use crate::assess::panel::{MISSING, is_present};
use crate::assess::stats;

/// 1 − Q of each unit.
pub(super) fn combine(items: &Items, v: f64, out: &mut [f64]) {
    q(items, v, out);
    out.iter_mut().for_each(|q| *q = 1.0 - *q);
}

/// Q = v(S − S*)/(S⁻ − S*) + (1 − v)(R − R*)/(R⁻ − R*), less being better, where S is the
/// weighted sum and R the greatest of the regrets w(max − x)/(max − min), weights being
/// shares over what the unit has. A term whose units are all the same is 0.
pub fn q(items: &Items, v: f64, out: &mut [f64]) {
    let bounds: Vec<_> = items.columns.iter().map(|column| stats::min_max(column)).collect();
    let mut sums = vec![MISSING; items.units()];
    let mut worst = vec![MISSING; items.units()];
    for unit in 0..items.units() {
        let (mut sum, mut greatest, mut weights, mut present) = (0.0, 0.0_f64, 0.0, 0);
        for ((column, weight), bounds) in items.columns.iter().zip(items.weights).zip(&bounds) {
            let (Some((min, max)), true) = (bounds, is_present(column[unit])) else { continue };
            let regret = if min < max { weight * (max - column[unit]) / (max - min) } else { 0.0 };
            sum += regret;
            greatest = greatest.max(regret);
            weights += weight;
            present += 1;
        }
        if items.enough(present) && weights > 0.0 {
            sums[unit] = sum / weights;
            worst[unit] = greatest / weights;
        }
    }
    let share = |values: &[f64], unit: usize| match stats::min_max(values) {
        Some((least, most)) if least < most => (values[unit] - least) / (most - least),
        _ => 0.0 * values[unit],
    };
    for (unit, q) in out.iter_mut().enumerate() {
        *q = v * share(&sums, unit) + (1.0 - v) * share(&worst, unit);
    }
}
