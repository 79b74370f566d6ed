//! Tables written in a test's text, columns parted by `|`.
//!
//! ```
//! let table = tici_testkit::table::parse(
//!     "
//!     code     | total | note
//!     ---------|-------|------
//!     YX26-001 | 3,260 | first
//!     YX26-002 | 2,850 |
//!     ",
//! );
//! let totals: Vec<i64> = table.rows().map(|row| row.int("total")).collect();
//! assert_eq!(totals, [3_260, 2_850]);
//! assert_eq!(table.row(1).some("note"), None);
//! ```

use std::fmt;

use jiff::civil::Date;

/// A parsed table. It is for tests: whatever is wrong panics and says where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    header: Vec<String>,
    rows: Vec<Vec<String>>,
}

/// One row of a [`Table`].
#[derive(Clone, Copy)]
pub struct Row<'a> {
    header: &'a [String],
    cells: &'a [String],
}

/// Parses a header line and the rows below it. Blank lines, `#` comments and rules of `-`
/// are left out.
///
/// # Panics
/// When there is no header, or a row has another number of cells.
pub fn parse(text: &str) -> Table {
    let is_rule = |line: &&str| line.chars().all(|c| matches!(c, '-' | '|' | '+' | ' '));
    let mut lines = text
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty() && !line.starts_with('#') && !is_rule(line))
        .map(|line| line.split('|').map(|cell| cell.trim().to_owned()).collect::<Vec<_>>());
    let header = lines.next().expect("a table has a header");
    let rows: Vec<_> = lines.collect();
    for row in &rows {
        assert_eq!(row.len(), header.len(), "cells in the row {}", row.join(" | "));
    }
    Table { header, rows }
}

impl Table {
    pub fn rows(&self) -> impl Iterator<Item = Row<'_>> {
        self.rows.iter().map(|cells| Row { header: &self.header, cells })
    }

    /// Row `index`, from 0.
    pub fn row(&self, index: usize) -> Row<'_> {
        Row { header: &self.header, cells: &self.rows[index] }
    }

    pub fn header(&self) -> &[String] {
        &self.header
    }

    pub fn len(&self) -> usize {
        self.rows.len()
    }

    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }
}

impl<'a> Row<'a> {
    /// The text under `column`.
    ///
    /// # Panics
    /// When there is no such column.
    pub fn text(self, column: &str) -> &'a str {
        let found = self.header.iter().position(|name| name == column);
        let index = found.unwrap_or_else(|| panic!("no column {column} in {:?}", self.header));
        &self.cells[index]
    }

    /// The text under `column`; `None` when it is blank or `-`.
    pub fn some(self, column: &str) -> Option<&'a str> {
        Some(self.text(column)).filter(|text| !matches!(*text, "" | "-" | "—"))
    }

    /// The whole number under `column`; thousands may be separated by `,` or `_`.
    ///
    /// # Panics
    /// When it is none.
    pub fn int(self, column: &str) -> i64 {
        self.some_int(column).unwrap_or_else(|| panic!("{column} is blank in {self:?}"))
    }

    /// Like [`Row::int`], and `None` for a blank.
    pub fn some_int(self, column: &str) -> Option<i64> {
        let plain = self.some(column)?.replace([',', '_'], "").replace('−', "-");
        Some(plain.parse().unwrap_or_else(|_| panic!("{column} is no number in {self:?}")))
    }

    /// The day under `column`, as `2026-06-18`; `None` for a blank.
    ///
    /// # Panics
    /// When it is no day.
    pub fn some_date(self, column: &str) -> Option<Date> {
        let text = self.some(column)?;
        Some(text.parse().unwrap_or_else(|_| panic!("{column} is no day in {self:?}")))
    }
}

impl fmt::Debug for Row<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.cells.join(" | "))
    }
}
