//! Drawing in the furthest points until the column passes.

use super::Treat;
use crate::assess::outcome::How;
use crate::assess::stats;

/// Gives the point or points furthest out on the skewed side the next value, again and
/// again until the column passes or `points_max` points have been drawn in. Names the points
/// by unit.
pub(super) fn winsorise(column: &mut [f64], rule: &Treat) -> Vec<(usize, How)> {
    let (mut high, mut low): (Vec<usize>, Vec<usize>) = (Vec::new(), Vec::new());
    while high.len() + low.len() < rule.points_max {
        let Some(shape) = rule.shape(column).filter(|shape| !shape.pass) else { break };
        let Some((min, max)) = stats::min_max(column) else { break };
        let extreme = if shape.skew >= 0.0 { max } else { min };
        let out: Vec<usize> = (0..column.len()).filter(|unit| column[*unit] == extreme).collect();
        let inner = stats::present_cells(column).filter(|value| *value != extreme);
        let next = match shape.skew >= 0.0 {
            true => inner.reduce(f64::max),
            false => inner.reduce(f64::min),
        };
        // A column that can be checked has spread, and so a next value.
        let Some(next) = next else { break };
        out.iter().for_each(|unit| column[*unit] = next);
        // The points drawn in before are among the outermost again.
        *if shape.skew >= 0.0 { &mut high } else { &mut low } = out;
    }
    let mut points: Vec<(usize, How)> =
        high.into_iter().map(|unit| (unit, How::WinsorisedHigh)).collect();
    points.extend(low.into_iter().map(|unit| (unit, How::WinsorisedLow)));
    points.sort_unstable_by_key(|(unit, _)| *unit);
    points
}
