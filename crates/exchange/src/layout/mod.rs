//! Finding the tables in a workbook nobody described: titles, headers of several rows, groups,
//! sums before or after the records, notes, several tables on a sheet, forms with one record,
//! lists on their side. Rules only: the same file always gives the same layout, and every
//! finding says what it was told by.
//!
//! ```
//! use tici_exchange::{layout, sheet};
//!
//! let text = "某县2026年重点项目表,,\n单位：万元,,\n序号,项目名称,总投资\n\
//!             合计,2个,800\n1,城北水厂,300\n2,城南泵站,500\n";
//! let workbook = sheet::open("a.csv", text.as_bytes(), Default::default()).0.unwrap();
//! let layout = layout::survey(&workbook);
//! let table = &layout.sheets[0].tables[0];
//! assert_eq!(table.title.as_deref(), Some("某县2026年重点项目表"));
//! assert_eq!(table.header, Some((2, 2)));
//! assert_eq!(table.totals[0].agree, [2]);
//! assert_eq!(table.columns[2].unit.as_ref().unwrap().text, "万元");
//! ```

mod block;
mod build;
mod card;
mod columns;
mod dates;
mod describe;
mod facts;
mod fingerprint;
mod grid;
mod header;
pub(crate) mod heading;
mod lines;
mod look;
mod marks;
mod numbers;
mod pieces;
mod rows;
mod totals;
mod units;

pub use card::CardField;
pub use columns::{Flag, FlagKind, FoundColumn, Values};
pub use dates::{Dated, in_cell as date_in_cell, in_line as date_in_line};
pub use facts::Several;
pub use fingerprint::of as fingerprint;
pub use grid::Area;
pub use header::HeaderReason;
pub use heading::{Heading, Style};
pub use lines::{Line, LineKind};
pub use look::is_filler;
pub use marks::strip as strip_marks;
pub use numbers::{NumberText, parse as parse_number};
pub use rows::{Group, RowRole};
pub use totals::{Difference, Total};
pub use units::{StatedUnit, UnitKind, in_header as unit_in_header, in_line as unit_in_line};

use crate::sheet::{Format, Sheet, Workbook};
use grid::Grid;
use serde::Serialize;

/// Everything found in a workbook.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Layout {
    pub sheets: Vec<SheetLayout>,
}

/// Everything found on one sheet.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SheetLayout {
    pub name: String,
    pub hidden: bool,
    pub tables: Vec<FoundTable>,
    /// Texts that belong to no table.
    pub lines: Vec<Line>,
    /// There were more tables than are looked for.
    pub cut: bool,
}

/// What a table is like.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Shape {
    /// A record to a row.
    List,
    /// A list with a column for each month, quarter, year or day.
    Periods,
    /// Labels beside answers: one record.
    Card,
    /// A record to a column.
    Turned,
}

impl Shape {
    pub fn code(self) -> &'static str {
        match self {
            Shape::List => "list",
            Shape::Periods => "periods",
            Shape::Card => "card",
            Shape::Turned => "turned",
        }
    }
}

/// A table as it lies on its sheet. Rows and columns count from 0.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct FoundTable {
    pub shape: Shape,
    /// From the header, or the first record, to the last row.
    pub area: Area,
    /// First and last row of the header (columns, of a list on its side). It may stand over
    /// an earlier list of the same columns.
    pub header: Option<(usize, usize)>,
    pub reason: Option<HeaderReason>,
    /// 0 to 100.
    pub confidence: u8,
    pub title: Option<String>,
    /// Unit a line beside the table states for all of it.
    pub unit: Option<StatedUnit>,
    /// Day or period named beside it, the most exact one.
    pub dated: Option<Dated>,
    pub lines: Vec<Line>,
    pub columns: Vec<FoundColumn>,
    /// The column that names the records.
    pub key: Option<usize>,
    /// The column that says the unit of each row.
    pub unit_column: Option<usize>,
    /// Roles of the rows below the header.
    pub roles: Vec<RowRole>,
    pub groups: Vec<Group>,
    pub totals: Vec<Total>,
    /// Questions and answers of a form.
    pub fields: Vec<CardField>,
    pub flags: Vec<Flag>,
    /// The same for next month's table of this layout.
    pub fingerprint: String,
}

impl FoundTable {
    /// The first row below the header.
    pub fn body_from(&self) -> usize {
        self.header.map_or(self.area.top, |header| (header.1 + 1).max(self.area.top))
    }

    /// Rows of a role, as the sheet counts them from 0.
    pub fn rows(&self, role: RowRole) -> impl Iterator<Item = usize> {
        let from = self.body_from();
        let of = move |(index, found): (usize, &RowRole)| (*found == role).then_some(from + index);
        self.roles.iter().enumerate().filter_map(of)
    }

    /// Columns that fill a field, and surely so.
    pub fn known_columns(&self) -> usize {
        self.columns.iter().filter(|column| column.confidence >= 60).count()
    }
}

/// Looks through every sheet of a workbook, the hidden ones too.
pub fn survey(workbook: &Workbook) -> Layout {
    let text = workbook.format == Format::Text;
    Layout { sheets: workbook.sheets.iter().map(|sheet| survey_sheet(sheet, text)).collect() }
}

/// Looks through one sheet; `text` when it is a text file.
pub fn survey_sheet(sheet: &Sheet, text: bool) -> SheetLayout {
    let grid = Grid::new(sheet, text);
    let (pieces, lines) = pieces::of_sheet(&grid);
    let cut = pieces.len() >= crate::limits::TABLES_MAX;
    let tables = pieces.into_iter().flat_map(|piece| build::tables(&grid, piece)).collect();
    SheetLayout { name: sheet.name.clone(), hidden: sheet.hidden, tables, lines, cut }
}
