//! From the unit's other indicators.

use crate::assess::normalise::{Column, Normalise};
use crate::assess::panel::{MISSING, Panel, is_present, present};
use crate::assess::stats;
use crate::assess::tree::Direction;

/// Gives every gap the mean of what the unit has in the same family, between the lowest and
/// the highest of each column. A column without spread has nothing to say, and its own gaps
/// get its one value.
pub(super) fn fill(panel: &mut Panel, directions: &[Direction], families: &[Vec<usize>]) {
    for period in 0..panel.periods().len() {
        for family in families {
            fill_family(panel, period, family, directions);
        }
    }
}

fn fill_family(panel: &mut Panel, period: usize, family: &[usize], directions: &[Direction]) {
    let whole = Normalise::MinMax { lower: 0.0, upper: 1.0 };
    let shares: Vec<Vec<f64>> = family
        .iter()
        .map(|&column| {
            let values = panel.column(period, column);
            let mut out = vec![MISSING; values.len()];
            let column = Column { direction: directions[column], ..Column::new(values) };
            whole.scores(&column, &mut out);
            out
        })
        .collect();
    let mean = |unit: usize| {
        let own: Vec<f64> = shares.iter().filter_map(|column| present(column[unit])).collect();
        stats::mean(&own)
    };
    for &column in family {
        let cells = panel.column_mut(period, column);
        let Some((min, max)) = stats::min_max(cells) else { continue };
        for (unit, cell) in cells.iter_mut().enumerate().filter(|(_, cell)| !is_present(**cell)) {
            let Some(share) = mean(unit) else { continue };
            *cell = match directions[column] {
                Direction::Higher => share * (max - min) + min,
                Direction::Lower => max - share * (max - min),
            };
        }
    }
}
