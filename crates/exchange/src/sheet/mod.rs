//! Bytes of a file to a [`Workbook`]: sheets of typed cells, whatever the format.

mod container;
mod encoding;
mod gzip;
mod ods;
mod ole;
mod plain;
mod probe;
mod text;
mod xls;
mod xlsx;

pub use encoding::{Encoding, sniff as sniff_encoding};
pub(crate) use xlsx::{parse_address, workbook_parts};

use crate::limits;
use jiff::civil::Date;
use std::sync::Arc;
use tici_domain::Problem;

/// A file taken apart.
#[derive(Clone, Debug, PartialEq)]
pub struct Workbook {
    pub format: Format,
    /// How the text was encoded; `None` for workbooks, which say so themselves.
    pub encoding: Option<Encoding>,
    pub sheets: Vec<Sheet>,
    /// Serial numbers of days count from 1904, not from 1900.
    pub epoch_1904: bool,
}

/// What kind of file it was, by its content and not by its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    Text,
    Xlsx,
    Xls,
    Ods,
}

/// One sheet, or the whole of a text file.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sheet {
    /// Empty for a text file.
    pub name: String,
    pub hidden: bool,
    /// Row 1 first, without gaps; a row ends at its last cell that holds something.
    pub rows: Vec<Row>,
    pub merges: Vec<Merge>,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Row {
    /// Row number in a workbook, number of the first line of the record in a text file.
    pub line: u32,
    pub cells: Vec<Cell>,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Cell {
    pub value: CellValue,
    /// The value is the result of a formula as the workbook last kept it.
    pub formula: bool,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub enum CellValue {
    #[default]
    Empty,
    Text(Arc<str>),
    Number(f64),
    Date(Date),
    Bool(bool),
    /// `#REF!` and its kind.
    Error(Arc<str>),
}

/// A merged range, both ends included, counted from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Merge {
    pub top: u32,
    pub left: u32,
    pub bottom: u32,
    pub right: u32,
}

/// How to open a file whose content does not say enough.
#[derive(Clone, Copy, Debug, Default)]
pub struct OpenOptions {
    /// Text is in this encoding, whatever it looks like.
    pub encoding: Option<Encoding>,
    /// Fields of a text file are parted by this byte.
    pub delimiter: Option<u8>,
}

/// Opens `bytes`. Without a workbook there is at least one error among the problems;
/// with one there may be warnings.
pub fn open(name: &str, bytes: &[u8], options: OpenOptions) -> (Option<Workbook>, Vec<Problem>) {
    match open_any(name, bytes, options, true) {
        Ok((workbook, warnings)) => (Some(workbook), placed(name, warnings)),
        Err(problem) => (None, placed(name, vec![*problem])),
    }
}

type Opened = Result<(Workbook, Vec<Problem>), Box<Problem>>;

fn open_any(name: &str, bytes: &[u8], options: OpenOptions, may_unpack: bool) -> Opened {
    if bytes.len() > limits::FILE_BYTES_MAX && may_unpack {
        return over("file-too-large", "bytes", bytes.len(), limits::FILE_BYTES_MAX);
    }
    if bytes.is_empty() {
        return Err(Box::new(Problem::error("file-empty")));
    }
    match bytes {
        [0x1f, 0x8b, ..] if may_unpack => {
            let inner = gzip::unpack(bytes)?;
            open_any(name.trim_end_matches(".gz"), &inner, options, false)
        }
        [b'P', b'K', 3 | 5, 4 | 6, ..] => open_zip(bytes),
        [0xd0, 0xcf, 0x11, 0xe0, ..] => ole::open(bytes),
        _ => text::open(name, bytes, options),
    }
}

fn open_zip(bytes: &[u8]) -> Opened {
    let parts = container::unpack(bytes)?;
    match parts.kind {
        container::Kind::Xlsx => xlsx::read(parts),
        container::Kind::Ods => ods::read(&parts),
        container::Kind::Xlsb => {
            Err(Box::new(Problem::error("file-format-unsupported").arg("format", "XLSB")))
        }
        container::Kind::Other => Err(Box::new(Problem::error("file-not-workbook"))),
    }
}

fn placed(name: &str, mut problems: Vec<Problem>) -> Vec<Problem> {
    for problem in &mut problems {
        problem.file = name.into();
    }
    problems
}

/// The error for a limit that was passed.
fn over<T>(key: &str, what: &str, found: usize, limit: usize) -> Result<T, Box<Problem>> {
    Err(Box::new(Problem::error(key).arg(what, found).arg("limit", limit)))
}

/// Runs a reader that was written by others on bytes that anyone may have made.
/// A panic in it is one broken file, not the end of the program.
fn guarded<T>(read: impl FnOnce() -> Result<T, Box<Problem>>) -> Result<T, Box<Problem>> {
    std::panic::catch_unwind(std::panic::AssertUnwindSafe(read))
        .unwrap_or_else(|_| Err(Box::new(Problem::error("file-broken").arg("detail", "-"))))
}

/// Collects the cells of one sheet in reading order and watches the limits.
struct SheetBuilder {
    sheet: Sheet,
    /// Cells left for the whole workbook.
    cells_left: usize,
}

impl SheetBuilder {
    fn new(name: &str, hidden: bool, cells_left: usize) -> SheetBuilder {
        let sheet = Sheet { name: name.into(), hidden, ..Sheet::default() };
        SheetBuilder { sheet, cells_left }
    }

    /// Sets a cell that holds something; rows and columns count from 0.
    fn put(&mut self, row: usize, column: usize, cell: Cell) -> Result<(), Box<Problem>> {
        if row >= limits::ROWS_MAX {
            return self.over("sheet-too-many-rows", "rows", row + 1, limits::ROWS_MAX);
        }
        if column >= limits::COLUMNS_MAX {
            return self.over("sheet-too-many-columns", "columns", column + 1, limits::COLUMNS_MAX);
        }
        if self.cells_left == 0 {
            let limit = limits::CELLS_MAX;
            return self.over("workbook-too-many-cells", "cells", limit + 1, limit);
        }
        while self.sheet.rows.len() <= row {
            let line = self.sheet.rows.len() as u32 + 1;
            self.sheet.rows.push(Row { line, cells: Vec::new() });
        }
        let cells = &mut self.sheet.rows[row].cells;
        if cells.len() <= column {
            // A wide, thin sheet would otherwise cost its full rectangle.
            let added = column + 1 - cells.len();
            if self.cells_left < added {
                let limit = limits::CELLS_MAX;
                return self.over("workbook-too-many-cells", "cells", limit + 1, limit);
            }
            self.cells_left -= added;
            cells.resize(column + 1, Cell::default());
        }
        cells[column] = cell;
        Ok(())
    }

    fn over(&self, key: &str, what: &str, found: usize, limit: usize) -> Result<(), Box<Problem>> {
        let mut problem = Problem::error(key).arg(what, found).arg("limit", limit);
        problem.sheet = self.sheet.name.clone();
        Err(Box::new(problem))
    }
}

impl Sheet {
    /// The cell at a row and column counted from 0; empty outside the sheet.
    pub fn cell(&self, row: usize, column: usize) -> &Cell {
        static EMPTY: Cell = Cell { value: CellValue::Empty, formula: false };
        self.rows.get(row).and_then(|row| row.cells.get(column)).unwrap_or(&EMPTY)
    }

    /// Columns of the widest row.
    pub fn width(&self) -> usize {
        self.rows.iter().map(|row| row.cells.len()).max().unwrap_or(0)
    }
}

impl CellValue {
    pub fn is_empty(&self) -> bool {
        match self {
            CellValue::Empty => true,
            CellValue::Text(text) => text.trim().is_empty(),
            _ => false,
        }
    }

    /// The value as a person would type it: numbers without exponent where they fit,
    /// days as 2026-05-13.
    pub fn show(&self) -> String {
        match self {
            CellValue::Empty => String::new(),
            CellValue::Text(text) | CellValue::Error(text) => text.to_string(),
            CellValue::Number(number) => show_number(*number),
            CellValue::Date(day) => day.to_string(),
            CellValue::Bool(value) => if *value { "TRUE" } else { "FALSE" }.into(),
        }
    }
}

/// Prints the shortest decimal that reads back as the same number.
pub fn show_number(number: f64) -> String {
    let size = number.abs();
    if size == 0.0 {
        "0".into()
    } else if (1e-9..1e25).contains(&size) {
        number.to_string()
    } else {
        format!("{number:e}")
    }
}

/// Letters of a column counted from 0: `A`, `Z`, `AA`.
pub fn column_letters(column: usize) -> String {
    let mut letters = Vec::new();
    let mut rest = column + 1;
    while rest > 0 {
        letters.push(b'A' + ((rest - 1) % 26) as u8);
        rest = (rest - 1) / 26;
    }
    letters.reverse();
    String::from_utf8(letters).expect("letters are ASCII")
}
