//! A form with one record, as a sheet of its own: the lines above it, a row of labels, a row
//! of answers. Its cells keep the names they have in the file.

use super::opened::place_of;
use crate::layout::{self, FoundTable, LineKind, Shape};
use crate::sheet::{Cell, CellValue, Row, Sheet};

/// The record of one form.
pub struct Record {
    pub sheet: Sheet,
    /// Name of each cell in the file, row by row.
    pub names: Vec<Vec<String>>,
    /// Row of the labels, from 1; the answers stand below it.
    pub header: u32,
    /// First and last row of the form, as the file counts them.
    pub rows: (u32, u32),
}

/// The records of a sheet's filled forms; of those inside the rows `within` (from 1) only.
pub fn records(sheet: &Sheet, text: bool, within: Option<[u32; 2]>) -> Vec<Record> {
    let found = layout::survey_sheet(sheet, text);
    let inside = |table: &&FoundTable| {
        let (top, bottom) = (table.area.top as u32 + 1, table.area.bottom as u32 + 1);
        table.shape == Shape::Card && within.is_none_or(|[from, to]| from <= top && bottom <= to)
    };
    found.tables.iter().filter(inside).filter_map(|table| record(sheet, table)).collect()
}

/// The record of a form; `None` when nobody filled it in.
pub fn record(sheet: &Sheet, table: &FoundTable) -> Option<Record> {
    if table.fields.iter().all(|field| field.value.trim().is_empty()) {
        return None;
    }
    let mut out = Builder::default();
    let above = |line: &&layout::Line| {
        line.row <= table.area.top
            && !matches!(line.kind, LineKind::Note | LineKind::Signature | LineKind::Figure)
    };
    for line in table.lines.iter().filter(above) {
        out.add(vec![(text_cell(&line.text), String::new())]);
    }
    let labels = table.fields.iter().map(|field| (text_cell(&field.label), &field.label_cell));
    out.add(labels.map(|(cell, name)| (cell, name.clone())).collect());
    let header = out.sheet.rows.len() as u32;
    let answers = table.fields.iter().map(|field| {
        // An answer behind its own label is part of that cell's text.
        let own = (field.value_cell != field.label_cell).then(|| cell_at(sheet, &field.value_cell));
        let cell = own.flatten().unwrap_or_else(|| text_cell(&field.value));
        (cell, field.value_cell.clone())
    });
    out.add(answers.collect());
    out.sheet.name = sheet.name.clone();
    let line = |row: usize| sheet.rows.get(row).map_or(row as u32 + 1, |row| row.line);
    let rows = (line(table.area.top), line(table.area.bottom));
    Some(Record { sheet: out.sheet, names: out.names, header, rows })
}

#[derive(Default)]
struct Builder {
    sheet: Sheet,
    names: Vec<Vec<String>>,
}

impl Builder {
    fn add(&mut self, cells: Vec<(Cell, String)>) {
        let line = self.sheet.rows.len() as u32 + 1;
        let (cells, names) = cells.into_iter().unzip();
        self.sheet.rows.push(Row { line, cells });
        self.names.push(names);
    }
}

fn text_cell(text: &str) -> Cell {
    Cell { value: CellValue::Text(text.into()), formula: false }
}

fn cell_at(sheet: &Sheet, name: &str) -> Option<Cell> {
    let (line, column) = place_of(name)?;
    let row = sheet.rows.iter().find(|row| row.line == line)?;
    row.cells.get(column).cloned()
}
