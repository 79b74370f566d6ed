//! What is assessed: units by columns by periods, kept column by column.

use serde::{Deserialize, Serialize};
use tici_domain::Problem;

/// The stored sign of a missing cell. Read cells with [`Panel::value`], or test a cell of a
/// column with [`is_present`]; a missing cell never equals another.
pub const MISSING: f64 = f64::NAN;

/// Whether a cell of a column holds a value.
pub fn is_present(cell: f64) -> bool {
    !cell.is_nan()
}

/// The value of a cell of a column, if it has one.
pub fn present(cell: f64) -> Option<f64> {
    is_present(cell).then_some(cell)
}

/// One thing that is assessed: a town, a county, a country, a firm.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unit {
    /// Unique in the panel; the last key of an ordinal rank.
    pub code: String,
    #[serde(default)]
    pub name: String,
    /// The unit's group in each grouping of the panel, in the panel's order.
    #[serde(default)]
    pub groups: Vec<Option<String>>,
}

impl Unit {
    /// A unit in no group, called by its code.
    pub fn new(code: &str) -> Unit {
        Unit { code: code.into(), name: code.into(), groups: Vec::new() }
    }
}

/// Units × columns × periods of numbers, some of them missing.
///
/// Columns are indicators and denominators on the way in, and the nodes of the tree in
/// results. A panel without time has one period, usually called by the empty string. The
/// cells of one column in one period lie side by side in the order of the units, so that a
/// pass over a column is a pass over memory.
///
/// No cell is infinite: whatever is not finite counts as missing. Say so to the person with
/// [`Panel::take`], which names each such cell.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Panel {
    pub units: Vec<Unit>,
    /// Codes of the groupings that [`Unit::groups`] speaks of.
    pub groupings: Vec<String>,
    columns: Vec<String>,
    periods: Vec<String>,
    #[serde(with = "cells_or_null")]
    cells: Vec<f64>,
}

impl Panel {
    /// A panel in which every cell is missing.
    pub fn new(units: Vec<Unit>, columns: Vec<String>, periods: Vec<String>) -> Panel {
        let cells = vec![MISSING; units.len() * columns.len() * periods.len()];
        Panel { units, groupings: Vec::new(), columns, periods, cells }
    }

    /// A panel of one period from whole columns, each as long as `units`.
    ///
    /// # Panics
    /// If a column has another length.
    pub fn of_columns(units: Vec<Unit>, columns: Vec<(String, Vec<f64>)>) -> Panel {
        let codes = columns.iter().map(|(code, _)| code.clone()).collect();
        let mut panel = Panel::new(units, codes, vec![String::new()]);
        for (at, (code, cells)) in columns.into_iter().enumerate() {
            assert_eq!(cells.len(), panel.units.len(), "cells of {code}");
            panel.column_mut(0, at).copy_from_slice(&cells);
        }
        panel.blank_infinite();
        panel
    }

    /// A panel of the same units, groupings and periods with other columns, all missing.
    pub fn like(&self, columns: Vec<String>) -> Panel {
        let groupings = self.groupings.clone();
        Panel { groupings, ..Panel::new(self.units.clone(), columns, self.periods.clone()) }
    }

    pub fn columns(&self) -> &[String] {
        &self.columns
    }

    pub fn periods(&self) -> &[String] {
        &self.periods
    }

    /// Where the column called `code` is.
    pub fn column_index(&self, code: &str) -> Option<usize> {
        self.columns.iter().position(|column| column == code)
    }

    pub fn period_index(&self, period: &str) -> Option<usize> {
        self.periods.iter().position(|known| known == period)
    }

    pub fn unit_index(&self, code: &str) -> Option<usize> {
        self.units.iter().position(|unit| unit.code == code)
    }

    pub fn value(&self, period: usize, column: usize, unit: usize) -> Option<f64> {
        present(self.column(period, column)[unit])
    }

    /// Sets a cell; a value that is not finite is a problem and leaves the cell missing.
    pub fn take(
        &mut self,
        period: usize,
        column: usize,
        unit: usize,
        value: Option<f64>,
    ) -> Option<Problem> {
        let finite = value.filter(|value| value.is_finite());
        self.column_mut(period, column)[unit] = finite.unwrap_or(MISSING);
        let refused = value.filter(|value| !value.is_finite())?;
        let problem = Problem::error("assess-value-not-finite")
            .arg("unit", &self.units[unit].code)
            .arg("column", &self.columns[column])
            .arg("value", refused);
        Some(problem)
    }

    /// One column in one period, in the order of the units. See [`MISSING`].
    pub fn column(&self, period: usize, column: usize) -> &[f64] {
        let from = self.offset(period, column);
        &self.cells[from..from + self.units.len()]
    }

    /// As [`Panel::column`]. Whoever writes keeps to finite numbers and [`MISSING`].
    pub fn column_mut(&mut self, period: usize, column: usize) -> &mut [f64] {
        let from = self.offset(period, column);
        &mut self.cells[from..from + self.units.len()]
    }

    /// All cells, period by period and column by column.
    pub fn cells(&self) -> &[f64] {
        &self.cells
    }

    /// All cells of one period, column by column.
    pub fn period_cells_mut(&mut self, period: usize) -> &mut [f64] {
        let length = self.units.len() * self.columns.len();
        &mut self.cells[period * length..(period + 1) * length]
    }

    /// As [`Panel::cells`]. Whoever writes keeps to finite numbers and [`MISSING`].
    pub(crate) fn cells_mut(&mut self) -> &mut [f64] {
        &mut self.cells
    }

    /// Groups of the units in one grouping: for each unit the number of its group, and the
    /// groups' names in order. `None` when the panel has no such grouping.
    pub fn groups(&self, grouping: &str) -> Option<(Vec<Option<usize>>, Vec<String>)> {
        let at = self.groupings.iter().position(|known| known == grouping)?;
        let group = |unit: &Unit| unit.groups.get(at).cloned().flatten();
        let mut names: Vec<String> = self.units.iter().filter_map(group).collect();
        names.sort();
        names.dedup();
        let number = |unit: &Unit| names.binary_search(&group(unit)?).ok();
        Some((self.units.iter().map(number).collect(), names))
    }

    fn offset(&self, period: usize, column: usize) -> usize {
        assert!(column < self.columns.len(), "no column {column}");
        (period * self.columns.len() + column) * self.units.len()
    }

    fn blank_infinite(&mut self) {
        for cell in self.cells.iter_mut().filter(|cell| !cell.is_finite()) {
            *cell = MISSING;
        }
    }
}

/// Cells are the same when both are missing or both hold the same number.
impl PartialEq for Panel {
    fn eq(&self, other: &Panel) -> bool {
        let same = |(a, b): (&f64, &f64)| a == b || (a.is_nan() && b.is_nan());
        self.units == other.units
            && self.groupings == other.groupings
            && self.columns == other.columns
            && self.periods == other.periods
            && self.cells.iter().zip(&other.cells).all(same)
    }
}

/// A missing cell is written as nothing and read as missing, also where a format could write
/// "not a number" in its own way.
mod cells_or_null {
    use serde::{Deserialize, Deserializer, Serializer};

    use super::{MISSING, present};

    pub fn serialize<S: Serializer>(cells: &[f64], serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(cells.iter().map(|cell| present(*cell)))
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<f64>, D::Error> {
        let cells: Vec<Option<f64>> = Vec::deserialize(from)?;
        Ok(cells.into_iter().map(|cell| cell.unwrap_or(MISSING)).collect())
    }
}
