//! Between the unit's neighbours in time.

use crate::assess::panel::{Panel, is_present};

/// Puts every gap on the line between the values before and after it; before the first and
/// after the last value the line is level.
pub(super) fn fill(panel: &mut Panel) {
    let times = times(panel.periods());
    for column in 0..panel.columns().len() {
        for unit in 0..panel.units.len() {
            let cell = |period| panel.column(period, column)[unit];
            let mut series: Vec<f64> = (0..times.len()).map(cell).collect();
            fill_series(&mut series, &times);
            for (period, value) in series.into_iter().enumerate() {
                panel.column_mut(period, column)[unit] = value;
            }
        }
    }
}

fn times(periods: &[String]) -> Vec<f64> {
    let numbers: Option<Vec<f64>> = periods.iter().map(|period| period.parse().ok()).collect();
    let rise = |times: &Vec<f64>| times.is_sorted_by(|a, b| a < b);
    numbers.filter(rise).unwrap_or_else(|| (0..periods.len()).map(|at| at as f64).collect())
}

fn fill_series(series: &mut [f64], times: &[f64]) {
    let known: Vec<(f64, f64)> = times
        .iter()
        .zip(series.iter())
        .filter(|(_, value)| is_present(**value))
        .map(|(time, value)| (*time, *value))
        .collect();
    let (Some(first), Some(last)) = (known.first(), known.last()) else { return };
    for (value, time) in series.iter_mut().zip(times).filter(|(value, _)| !is_present(**value)) {
        let after = known.partition_point(|(known, _)| known < time);
        *value = match (after.checked_sub(1).map(|at| known[at]), known.get(after)) {
            (Some((from, low)), Some((to, high))) => {
                low + (high - low) * ((time - from) / (to - from))
            }
            (None, _) => first.1,
            (_, None) => last.1,
        };
    }
}
