//! From the unit's group.

use tici_domain::Problem;

use crate::assess::panel::{Panel, is_present};

/// Gives every gap what `middle` makes of the values of the unit's group.
pub(super) fn fill(
    panel: &mut Panel,
    grouping: &str,
    middle: impl Fn(&[f64]) -> Option<f64>,
) -> Option<Problem> {
    let Some((groups, names)) = panel.groups(grouping) else {
        return Some(Problem::error("assess-grouping-unknown").arg("grouping", grouping));
    };
    let mut members = vec![Vec::new(); names.len()];
    for (unit, group) in groups.iter().enumerate() {
        if let Some(group) = group {
            members[*group].push(unit);
        }
    }
    for period in 0..panel.periods().len() {
        for column in 0..panel.columns().len() {
            let cells = panel.column_mut(period, column);
            for members in &members {
                fill_group(cells, members, &middle);
            }
        }
    }
    None
}

fn fill_group(cells: &mut [f64], members: &[usize], middle: impl Fn(&[f64]) -> Option<f64>) {
    let gaps: Vec<usize> =
        members.iter().copied().filter(|unit| !is_present(cells[*unit])).collect();
    if gaps.is_empty() {
        return;
    }
    let own: Vec<f64> = members.iter().map(|unit| cells[*unit]).collect();
    if let Some(value) = middle(&own) {
        gaps.into_iter().for_each(|unit| cells[unit] = value);
    }
}
