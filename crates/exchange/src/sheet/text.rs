//! CSV and TSV in any of the known encodings.

use super::{Cell, CellValue, Encoding, Format, OpenOptions, Opened, Row, Sheet, Workbook};
use super::{encoding, over};
use crate::limits;
use std::sync::Arc;
use tici_domain::Problem;

pub fn open(name: &str, bytes: &[u8], options: OpenOptions) -> Opened {
    let encoding = options.encoding.unwrap_or_else(|| encoding::sniff(bytes));
    let text = match encoding.decode(bytes) {
        Ok(text) => text,
        Err(at) => {
            let problem = Problem::error("text-wrong-encoding");
            return Err(Box::new(problem.arg("encoding", encoding.name()).arg("at", at + 1)));
        }
    };
    refuse_what_is_no_table(&text)?;
    let delimiter = options.delimiter.unwrap_or_else(|| sniff_delimiter(name, &text));
    let sheet = read(&text, delimiter)?;
    if sheet.rows.is_empty() {
        return Err(Box::new(Problem::error("file-empty")));
    }
    let mut warnings = Vec::new();
    if options.encoding.is_none() && encoding != Encoding::Utf8 {
        warnings.push(Problem::warning("text-encoding-guessed").arg("encoding", encoding.name()));
    }
    let (encoding, sheets) = (Some(encoding), vec![sheet]);
    Ok((Workbook { format: Format::Text, encoding, sheets, epoch_1904: false }, warnings))
}

/// A picture, a PDF or a saved web page is not a table, whatever it is called.
fn refuse_what_is_no_table(text: &str) -> Result<(), Box<Problem>> {
    let head: String = text.chars().take(4_096).collect();
    let lower = head.trim_start().to_ascii_lowercase();
    if lower.starts_with("<!doctype html") || lower.starts_with("<html") {
        return Err(Box::new(Problem::error("file-is-web-page")));
    }
    let is_control = |c: &char| c.is_control() && !matches!(c, '\t' | '\r' | '\n' | '\u{c}');
    let controls = head.chars().filter(is_control).count();
    if controls * 50 > head.chars().count() || lower.starts_with("%pdf") {
        return Err(Box::new(Problem::error("file-not-workbook")));
    }
    Ok(())
}

/// The separator that parts the most records into the same number of fields, if more
/// than one; commas otherwise.
fn sniff_delimiter(name: &str, text: &str) -> u8 {
    if name.to_ascii_lowercase().ends_with(".tsv") {
        return b'\t';
    }
    let mut end = text.len().min(64 << 10);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let sample = &text.as_bytes()[..end];
    let mut best = (0, b',');
    for delimiter in [b',', b'\t', b';', b'|'] {
        let score = delimiter_score(sample, delimiter);
        if score > best.0 {
            best = (score, delimiter);
        }
    }
    best.1
}

fn delimiter_score(sample: &[u8], delimiter: u8) -> usize {
    let mut widths = std::collections::BTreeMap::new();
    let mut reader = reader(sample, delimiter);
    let mut record = csv::ByteRecord::new();
    for _ in 0..50 {
        match reader.read_byte_record(&mut record) {
            Ok(true) if record.len() > 1 => *widths.entry(record.len()).or_insert(0) += 1,
            Ok(true) => {}
            _ => break,
        }
    }
    widths.into_iter().map(|(width, records): (usize, usize)| records * width).max().unwrap_or(0)
}

fn reader(text: &[u8], delimiter: u8) -> csv::Reader<&[u8]> {
    csv::ReaderBuilder::new()
        .delimiter(delimiter)
        .has_headers(false)
        .flexible(true)
        .from_reader(text)
}

fn read(text: &str, delimiter: u8) -> Result<Sheet, Box<Problem>> {
    let mut sheet = Sheet::default();
    let mut cells_left = limits::CELLS_MAX;
    let mut reader = reader(text.as_bytes(), delimiter);
    let mut record = csv::StringRecord::new();
    let mut lines = Lines { text: text.as_bytes(), offset: 0, line: 1 };
    loop {
        match reader.read_record(&mut record) {
            Ok(true) => {}
            Ok(false) => return Ok(sheet),
            Err(_) => return Err(Box::new(Problem::error("file-broken").arg("detail", "CSV"))),
        }
        if sheet.rows.len() == limits::ROWS_MAX {
            let found = limits::ROWS_MAX + 1;
            return over("sheet-too-many-rows", "rows", found, limits::ROWS_MAX);
        }
        if record.len() > limits::COLUMNS_MAX {
            let limit = limits::COLUMNS_MAX;
            return over("sheet-too-many-columns", "columns", record.len(), limit);
        }
        if record.len() > cells_left {
            let limit = limits::CELLS_MAX;
            return over("workbook-too-many-cells", "cells", limit + 1, limit);
        }
        cells_left -= record.len();
        let offset = record.position().map_or(0, |position| position.byte() as usize);
        let line = lines.at(offset);
        let above = sheet.rows.last().map(|row| row.cells.as_slice()).unwrap_or_default();
        let cells = row_cells(&record, above)?;
        sheet.rows.push(Row { line, cells });
    }
}

/// Cells of one record. A text equal to the one above shares its memory: districts, units
/// and phases repeat for thousands of rows.
fn row_cells(record: &csv::StringRecord, above: &[Cell]) -> Result<Vec<Cell>, Box<Problem>> {
    let mut cells = Vec::with_capacity(record.len());
    for (column, field) in record.iter().enumerate() {
        if field.len() > limits::TEXT_BYTES_MAX {
            return over("cell-too-long", "bytes", field.len(), limits::TEXT_BYTES_MAX);
        }
        let value = if field.trim().is_empty() {
            CellValue::Empty
        } else {
            match above.get(column).map(|cell| &cell.value) {
                Some(CellValue::Text(text)) if **text == *field => CellValue::Text(text.clone()),
                _ => CellValue::Text(Arc::from(field)),
            }
        };
        cells.push(Cell { value, formula: false });
    }
    while cells.last().is_some_and(|cell| cell.value == CellValue::Empty) {
        cells.pop();
    }
    Ok(cells)
}

/// Counts lines as an editor shows them: CR, LF and CRLF each end one.
struct Lines<'a> {
    text: &'a [u8],
    offset: usize,
    line: u32,
}

impl Lines<'_> {
    /// Line of the first byte of the record that the reader says begins at `offset`; the
    /// reader counts line ends and blank lines in front of a record as part of it.
    fn at(&mut self, offset: usize) -> u32 {
        let mut end = offset;
        while self.text.get(end).is_some_and(|byte| matches!(byte, b'\r' | b'\n')) {
            end += 1;
        }
        for at in self.offset..end {
            let lone_cr = self.text[at] == b'\r' && self.text.get(at + 1) != Some(&b'\n');
            self.line += u32::from(self.text[at] == b'\n' || lone_cr);
        }
        self.offset = self.offset.max(end);
        self.line
    }
}
