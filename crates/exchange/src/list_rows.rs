//! The records of a list as they stand, without a map: for comparing two dates of a list
//! that the ledger need not know.
//!
//! ```
//! use tici_exchange::{list_rows, sheet};
//!
//! let text = "项目名称,总投资\n城北水厂,300\n合计,300\n";
//! let workbook = sheet::open("a.csv", text.as_bytes(), Default::default()).0.unwrap();
//! let list = list_rows::read(&workbook, None).unwrap();
//! assert_eq!(list.columns[1].name, "总投资");
//! assert_eq!(list.rows[0].cells, ["城北水厂", "300"]);
//! assert_eq!(list.rows.len(), 1);
//! ```

use crate::guess::field_of_header;
use crate::layout::{self, FoundTable, RowRole, Shape, Values};
use crate::map::{DateOrder, Field};
use crate::read::{date, period_in_header};
use crate::sheet::{Format, Sheet, Workbook};
use crate::table::View;
use jiff::civil::Date;
use std::collections::BTreeMap;
use tici_domain::Period;

/// A list, its sums, groups and notes left out.
#[derive(Clone, Debug, PartialEq)]
pub struct ListRows {
    pub sheet: String,
    pub columns: Vec<ListRowsColumn>,
    pub rows: Vec<ListRow>,
    /// The same for another date of this layout.
    pub fingerprint: String,
}

#[derive(Clone, Debug, PartialEq)]
pub struct ListRowsColumn {
    /// The header in one line; a second column of the same name has ` (2)` behind it.
    pub name: String,
    pub field: Field,
    /// 0 to 100: how sure the field is.
    pub confidence: u8,
    pub period: Option<Period>,
    /// Running numbers say nothing of the row.
    pub is_counter: bool,
}

#[derive(Clone, Debug, PartialEq)]
pub struct ListRow {
    /// `A9`, or `12:1` in a text file.
    pub at: String,
    /// As they stand; days of a workbook as 2026-05-31.
    pub cells: Vec<String>,
}

/// The list with the most records on the visible sheets, or on the sheet called `only`.
/// `None` where there is none with a header.
pub fn read(workbook: &Workbook, only: Option<&str>) -> Option<ListRows> {
    let text = workbook.format == Format::Text;
    let sheets = workbook.sheets.iter().filter(|sheet| match only {
        Some(name) => sheet.name == name,
        None => !sheet.hidden,
    });
    let mut best: Option<ListRows> = None;
    for sheet in sheets {
        for table in layout::survey_sheet(sheet, text).tables {
            let Some(list) = list(sheet, text, &table) else { continue };
            if best.as_ref().is_none_or(|best| list.rows.len() > best.rows.len()) {
                best = Some(list);
            }
        }
    }
    best
}

/// The day a cell names, by the orders of day, month and year given.
pub fn day(text: &str, orders: &[DateOrder]) -> Option<Date> {
    date::parse(text, orders).map(|span| span.first)
}

fn list(sheet: &Sheet, text: bool, table: &FoundTable) -> Option<ListRows> {
    table.header?;
    match table.shape {
        Shape::List | Shape::Periods => Some(upright(sheet, text, table)),
        Shape::Turned => Some(turned(sheet, text, table)),
        Shape::Card => None,
    }
}

fn upright(sheet: &Sheet, text: bool, table: &FoundTable) -> ListRows {
    let view = View::new(sheet, false, text);
    let mut names = Names::default();
    let named = || table.columns.iter().filter(|column| !column.header.is_empty());
    let columns = named().map(|column| ListRowsColumn {
        name: names.unique(&column.header),
        field: column.field.clone(),
        confidence: column.confidence,
        period: period_in_header(&column.header, None),
        is_counter: column.values == Values::Counter,
    });
    let columns: Vec<ListRowsColumn> = columns.collect();
    let indexes: Vec<usize> = named().map(|column| column.index).collect();
    let rows = table.rows(RowRole::Data).map(|row| ListRow {
        at: view.address(row, table.area.left),
        cells: indexes.iter().map(|column| view.cell(row, *column).value.show()).collect(),
    });
    ListRows {
        sheet: sheet.name.clone(),
        rows: rows.collect(),
        columns,
        fingerprint: table.fingerprint.clone(),
    }
}

/// A list on its side: its rows are the columns.
fn turned(sheet: &Sheet, text: bool, table: &FoundTable) -> ListRows {
    let view = View::new(sheet, true, text);
    let area = &table.area;
    let mut names = Names::default();
    let (mut columns, mut indexes) = (Vec::new(), Vec::new());
    for line in area.top..=area.bottom {
        let header = view.cell(area.left, line).value.show();
        if header.trim().is_empty() {
            continue;
        }
        let (field, _, confidence) = field_of_header(&header);
        let period = period_in_header(&header, None);
        let name = names.unique(&header);
        columns.push(ListRowsColumn { name, field, confidence, period, is_counter: false });
        indexes.push(line);
    }
    let rows = (area.left + 1..=area.right).map(|record| ListRow {
        at: view.address(record, area.top),
        cells: indexes.iter().map(|line| view.cell(record, *line).value.show()).collect(),
    });
    let filled = |row: &ListRow| row.cells.iter().any(|cell| !cell.trim().is_empty());
    ListRows {
        sheet: sheet.name.clone(),
        rows: rows.filter(filled).collect(),
        columns,
        fingerprint: table.fingerprint.clone(),
    }
}

/// Names given so far, without regard to case.
#[derive(Default)]
struct Names(BTreeMap<String, usize>);

impl Names {
    fn unique(&mut self, header: &str) -> String {
        let name = header.split_whitespace().collect::<Vec<_>>().join(" ");
        let count = self.0.entry(name.to_lowercase()).or_insert(0);
        *count += 1;
        if *count == 1 { name } else { format!("{name} ({count})") }
    }
}
