//! Filling missing values, a file for each way, and saying which were filled.

mod group;
mod last_value;
mod linear;
mod row_mean;
mod whole_column;

use serde::{Deserialize, Serialize};
use tici_domain::Problem;

use super::panel::{Panel, is_present};
use super::stats;
use super::tree::Direction;

/// How a missing value is filled. What cannot be filled stays missing.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(tag = "method", rename_all = "snake_case")]
pub enum Impute {
    /// Missing stays missing.
    #[default]
    None,
    /// Mean of the column in the period.
    Mean,
    /// Median of the column in the period.
    Median,
    /// Mean of the unit's group; a unit in no group, or in a group without values, keeps its
    /// gap.
    GroupMean { grouping: String },
    /// Median of the unit's group.
    GroupMedian { grouping: String },
    /// Mean of the unit's other indicators of the same parent, all brought to 0–1 with their
    /// directions, then taken back to the column's own scale.
    RowMean,
    /// The unit's last value at most so many periods back.
    LastValue { periods_back_max: usize },
    /// On the line between the unit's neighbours in time; before the first and after the
    /// last value, that value. Periods whose names are all numbers lie that far apart, others
    /// one step each.
    Linear,
}

/// A gap that was filled.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Filled {
    pub period: usize,
    pub column: usize,
    pub unit: usize,
    pub value: f64,
}

/// Fills a panel in place. `directions` are those of the columns, and `families` are the
/// columns that have the same parent; both are looked at by row means only.
///
/// Problem: `assess-grouping-unknown` (`grouping`), and nothing is filled.
pub fn impute(
    panel: &mut Panel,
    how: &Impute,
    directions: &[Direction],
    families: &[Vec<usize>],
) -> (Vec<Filled>, Option<Problem>) {
    let gaps = gaps(panel);
    if gaps.is_empty() {
        return (Vec::new(), None);
    }
    let mut problem = None;
    match how {
        Impute::None => {}
        Impute::Mean => whole_column::fill(panel, stats::mean),
        Impute::Median => whole_column::fill(panel, stats::median),
        Impute::GroupMean { grouping } => problem = group::fill(panel, grouping, stats::mean),
        Impute::GroupMedian { grouping } => problem = group::fill(panel, grouping, stats::median),
        Impute::RowMean => row_mean::fill(panel, directions, families),
        Impute::LastValue { periods_back_max } => last_value::fill(panel, *periods_back_max),
        Impute::Linear => linear::fill(panel),
    }
    let filled = gaps.into_iter().filter_map(|(period, column, unit)| {
        let value = panel.value(period, column, unit)?;
        Some(Filled { period, column, unit, value })
    });
    (filled.collect(), problem)
}

fn gaps(panel: &Panel) -> Vec<(usize, usize, usize)> {
    let mut gaps = Vec::new();
    for period in 0..panel.periods().len() {
        for column in 0..panel.columns().len() {
            let cells = panel.column(period, column).iter().enumerate();
            let missing = cells.filter(|(_, cell)| !is_present(**cell));
            gaps.extend(missing.map(|(unit, _)| (period, column, unit)));
        }
    }
    gaps
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::assess::panel::present;
    use crate::assess::{MISSING, Unit};

    /// Two columns (the second: less is better) of four units.
    fn panel() -> Panel {
        let unit = |code, group: &str| Unit {
            groups: vec![(!group.is_empty()).then(|| group.to_owned())],
            ..Unit::new(code)
        };
        let units = vec![unit("a", "g"), unit("b", "g"), unit("c", "h"), unit("d", "")];
        let mut panel = Panel::of_columns(
            units,
            vec![
                ("x".into(), vec![1.0, MISSING, 5.0, 9.0]),
                ("y".into(), vec![4.0, 2.0, MISSING, 0.0]),
            ],
        );
        panel.groupings = vec!["kind".into()];
        panel
    }

    fn check(how: Impute, x: [Option<f64>; 4], y: [Option<f64>; 4]) {
        let mut panel = panel();
        let directions = [Direction::Higher, Direction::Lower];
        let (filled, problem) = impute(&mut panel, &how, &directions, &[vec![0, 1]]);
        assert_eq!(problem, None);
        let column = |at| panel.column(0, at).iter().map(|cell| present(*cell)).collect::<Vec<_>>();
        assert_eq!((column(0), column(1)), (x.to_vec(), y.to_vec()), "{how:?}");
        let gaps = x.iter().chain(&y).filter(|cell| cell.is_none()).count();
        assert_eq!(filled.len(), 2 - gaps);
    }

    #[test]
    fn worked_examples() {
        let x = |gap| [Some(1.0), gap, Some(5.0), Some(9.0)];
        let y = |gap| [Some(4.0), Some(2.0), gap, Some(0.0)];
        check(Impute::None, x(None), y(None));
        check(Impute::Mean, x(Some(5.0)), y(Some(2.0)));
        check(Impute::Median, x(Some(5.0)), y(Some(2.0)));
        let grouping = || "kind".to_owned();
        check(Impute::GroupMean { grouping: grouping() }, x(Some(1.0)), y(None));
        check(Impute::GroupMedian { grouping: grouping() }, x(Some(1.0)), y(None));
        // b: y is half way (2 of 4…0), so x is half way of 1…9; c: x is half way likewise.
        check(Impute::RowMean, x(Some(5.0)), y(Some(2.0)));
    }

    #[test]
    fn over_time() {
        let unit = vec![Unit::new("a")];
        let periods = ["2018", "2019", "2020", "2024", "2025"].map(String::from).to_vec();
        let mut early = Panel::new(unit, vec!["x".into()], periods);
        early.column_mut(1, 0)[0] = 10.0;
        early.column_mut(3, 0)[0] = 20.0;
        let check = |how, expected: [Option<f64>; 5]| {
            let mut panel = early.clone();
            impute(&mut panel, &how, &[Direction::Higher], &[]);
            let found: Vec<_> = (0..5).map(|period| panel.value(period, 0, 0)).collect();
            assert_eq!(found, expected, "{how:?}");
        };
        let last = |periods_back_max| Impute::LastValue { periods_back_max };
        let (ten, twenty) = (Some(10.0), Some(20.0));
        check(last(1), [None, ten, ten, twenty, twenty]);
        check(last(0), [None, ten, None, twenty, None]);
        check(Impute::Linear, [ten, ten, Some(12.0), twenty, twenty]);
    }

    #[test]
    fn an_unknown_grouping_is_named() {
        let how = Impute::GroupMean { grouping: "size".into() };
        let (filled, problem) = impute(&mut panel(), &how, &[], &[]);
        assert_eq!(filled, []);
        assert_eq!(problem.unwrap().key, "assess-grouping-unknown");
    }
}
