//! ODS, read part by part: what is repeated a million times is counted before it is made.

use super::container::Parts;
use super::{Cell, CellValue, Format, Merge, Opened, SheetBuilder, Workbook, over, xls};
use crate::limits::{CELLS_MAX, MERGES_MAX, SHEETS_MAX, TEXT_BYTES_MAX};
use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};
use std::sync::Arc;
use tici_domain::Problem;

pub fn read(parts: &Parts) -> Opened {
    let manifest = parts.get("META-INF/manifest.xml").unwrap_or_default();
    if String::from_utf8_lossy(manifest).contains("encryption-data") {
        return Err(Box::new(Problem::error("file-password")));
    }
    let xml = parts.get("content.xml").ok_or_else(broken)?;
    let xml = std::str::from_utf8(xml).map_err(|_| broken())?;
    let mut state = State::default();
    let mut reader = Reader::from_str(xml);
    loop {
        match reader.read_event().map_err(|_| broken())? {
            Event::Start(tag) => state.open(&tag, false)?,
            Event::Empty(tag) => state.open(&tag, true)?,
            Event::End(tag) => state.close(tag.local_name().as_ref())?,
            Event::Text(text) => {
                state.text(&text.xml_content(XmlVersion::Implicit1_0))?;
            }
            Event::GeneralRef(entity) => state.entity(&entity)?,
            Event::Eof => break,
            _ => {}
        }
    }
    let (sheets, epoch_1904) = (state.sheets, false);
    if sheets.is_empty() {
        return Err(broken());
    }
    Ok((Workbook { format: Format::Ods, encoding: None, sheets, epoch_1904 }, Vec::new()))
}

fn broken() -> Box<Problem> {
    Box::new(Problem::error("file-broken").arg("detail", "ODS"))
}

/// A cell while its text is still being read.
#[derive(Default)]
struct Pending {
    repeat: usize,
    spans: (u32, u32),
    kind: String,
    value: String,
    formula: bool,
    text: String,
    paragraphs: usize,
}

#[derive(Default)]
struct State {
    sheets: Vec<super::Sheet>,
    builder: Option<SheetBuilder>,
    row: usize,
    row_repeat: usize,
    column: usize,
    /// Cells of the current row that hold something.
    row_cells: Vec<(usize, Cell)>,
    pending: Option<Pending>,
    cells_used: usize,
    /// Depth inside a note or a shape, whose text is not the cell's.
    aside: usize,
}

impl State {
    fn open(&mut self, tag: &BytesStart<'_>, empty: bool) -> Result<(), Box<Problem>> {
        let name = tag.local_name();
        match name.as_ref() {
            "table" => self.open_table(tag)?,
            "table-row" => {
                self.row_repeat = count(tag, "number-rows-repeated");
                self.column = 0;
                self.row_cells.clear();
                if empty {
                    self.row += self.row_repeat;
                }
            }
            "table-cell" | "covered-table-cell" => {
                self.pending = Some(Pending {
                    repeat: count(tag, "number-columns-repeated"),
                    spans: (
                        count(tag, "number-rows-spanned") as u32,
                        count(tag, "number-columns-spanned") as u32,
                    ),
                    kind: attribute(tag, "value-type").unwrap_or_default(),
                    value: ["date-value", "boolean-value", "value", "string-value"]
                        .iter()
                        .find_map(|name| attribute(tag, name))
                        .unwrap_or_default(),
                    formula: attribute(tag, "formula").is_some(),
                    ..Pending::default()
                });
                if empty {
                    self.close_cell()?;
                }
            }
            "annotation" | "shapes" | "frame" if !empty => self.aside += 1,
            "p" if self.aside == 0 => {
                if let Some(pending) = &mut self.pending {
                    pending.paragraphs += 1;
                    if pending.paragraphs > 1 {
                        pending.text.push('\n');
                    }
                }
            }
            "s" => self.text(" ")?,
            _ => {}
        }
        Ok(())
    }

    fn close(&mut self, name: &str) -> Result<(), Box<Problem>> {
        match name {
            "annotation" | "shapes" | "frame" => self.aside = self.aside.saturating_sub(1),
            "table-cell" | "covered-table-cell" => self.close_cell()?,
            "table-row" => self.close_row()?,
            "table" => {
                if let Some(builder) = self.builder.take() {
                    self.cells_used = CELLS_MAX - builder.cells_left;
                    self.sheets.push(builder.sheet);
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn open_table(&mut self, tag: &BytesStart<'_>) -> Result<(), Box<Problem>> {
        if self.sheets.len() == SHEETS_MAX {
            let found = SHEETS_MAX + 1;
            return over("workbook-too-many-sheets", "sheets", found, SHEETS_MAX);
        }
        let name = attribute(tag, "name").unwrap_or_default();
        self.builder = Some(SheetBuilder::new(&name, false, CELLS_MAX - self.cells_used));
        (self.row, self.column) = (0, 0);
        Ok(())
    }

    fn text(&mut self, text: &str) -> Result<(), Box<Problem>> {
        if let (0, Some(pending)) = (self.aside, &mut self.pending)
            && pending.paragraphs > 0
        {
            pending.text.push_str(text);
            if pending.text.len() > TEXT_BYTES_MAX {
                let bytes = pending.text.len();
                return over("cell-too-long", "bytes", bytes, TEXT_BYTES_MAX);
            }
        }
        Ok(())
    }

    fn entity(&mut self, entity: &quick_xml::events::BytesRef<'_>) -> Result<(), Box<Problem>> {
        let code = entity.resolve_char_ref().ok().flatten();
        let named = match entity.as_ref() {
            "amp" => Some('&'),
            "lt" => Some('<'),
            "gt" => Some('>'),
            "quot" => Some('"'),
            "apos" => Some('\''),
            _ => None,
        };
        match code.or(named) {
            Some(c) => self.text(c.encode_utf8(&mut [0; 4])),
            None => Ok(()),
        }
    }

    fn close_cell(&mut self) -> Result<(), Box<Problem>> {
        let Some(pending) = self.pending.take() else { return Ok(()) };
        let (row, column) = (self.row as u32, self.column as u32);
        self.column = self.column.saturating_add(pending.repeat);
        if pending.spans.0 > 1 || pending.spans.1 > 1 {
            let merge = Merge {
                top: row,
                left: column,
                bottom: row.saturating_add(pending.spans.0 - 1),
                right: column.saturating_add(pending.spans.1 - 1),
            };
            self.merge(merge)?;
        }
        let cell = pending.cell();
        if cell.value == CellValue::Empty && !cell.formula {
            return Ok(());
        }
        let limit = crate::limits::COLUMNS_MAX;
        if self.column > limit {
            return over("sheet-too-many-columns", "columns", self.column, limit);
        }
        let from = column as usize;
        self.row_cells.extend((from..self.column).map(|column| (column, cell.clone())));
        Ok(())
    }

    fn merge(&mut self, merge: Merge) -> Result<(), Box<Problem>> {
        let Some(builder) = &mut self.builder else { return Ok(()) };
        builder.sheet.merges.push(merge);
        let merges = builder.sheet.merges.len();
        if merges > MERGES_MAX {
            return builder.over("sheet-too-many-merges", "merges", merges, MERGES_MAX);
        }
        Ok(())
    }

    fn close_row(&mut self) -> Result<(), Box<Problem>> {
        let (first, cells) = (self.row, std::mem::take(&mut self.row_cells));
        self.row = self.row.saturating_add(self.row_repeat);
        let Some(builder) = &mut self.builder else { return Ok(()) };
        if cells.is_empty() {
            return Ok(());
        }
        for row in first..self.row {
            for (column, cell) in &cells {
                builder.put(row, *column, cell.clone())?;
            }
        }
        Ok(())
    }
}

impl Pending {
    fn cell(self) -> Cell {
        let number = || self.value.parse().map_or(CellValue::Empty, CellValue::Number);
        let value = match self.kind.as_str() {
            "float" | "currency" | "percentage" => number(),
            "date" => xls::iso_value(&self.value),
            "boolean" => CellValue::Bool(self.value == "true"),
            "" => CellValue::Empty,
            // A formula in error keeps the error as its text.
            _ if self.formula && self.text.starts_with('#') => {
                CellValue::Error(Arc::from(self.text.as_str()))
            }
            _ => {
                let text = if self.text.is_empty() { &self.value } else { &self.text };
                let blank = text.trim().is_empty();
                if blank { CellValue::Empty } else { CellValue::Text(Arc::from(text.as_str())) }
            }
        };
        Cell { value, formula: self.formula }
    }
}

fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let found =
        tag.attributes().flatten().find(|attribute| attribute.key.local_name().as_ref() == name)?;
    let raw = found.value.clone().into_owned();
    Some(quick_xml::escape::unescape(&raw).map(|text| text.into_owned()).unwrap_or(raw))
}

fn count(tag: &BytesStart<'_>, name: &str) -> usize {
    let stated = attribute(tag, name).and_then(|text| text.parse().ok());
    stated.unwrap_or(1).max(1)
}
