//! XLSX: one sheet per table with title, frozen header, number formats and totals, and a
//! sheet of notes with the counting rule.

use super::{CellOut, Document, Kind, TableOut, decimals};
use rust_xlsxwriter::{
    ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError,
};
use tici_domain::Problem;

/// Words the file needs beside its own: the name of the sheet of notes.
#[derive(Clone, Copy, Debug)]
pub struct XlsxWords<'a> {
    pub notes_sheet: &'a str,
}

/// Writes the workbook. Two exports of one document are the same bytes: the file carries
/// no time of its making.
pub fn write(document: &Document, words: XlsxWords<'_>) -> Result<Vec<u8>, Box<Problem>> {
    build(document, words)
        .map_err(|error| Box::new(Problem::error("export-failed").arg("detail", error)))
}

fn build(document: &Document, words: XlsxWords<'_>) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    let made = ExcelDateTime::from_ymd(2000, 1, 1)?;
    let properties = rust_xlsxwriter::DocProperties::new()
        .set_title(&document.title)
        .set_creation_datetime(&made);
    workbook.set_properties(&properties);
    let mut names = Vec::new();
    for table in &document.tables {
        let name = sheet_name(&table.title, &mut names);
        write_table(workbook.add_worksheet().set_name(name)?, table)?;
    }
    if !document.notes.is_empty() {
        let name = sheet_name(words.notes_sheet, &mut names);
        let sheet = workbook.add_worksheet().set_name(name)?;
        let wrapped = Format::new().set_text_wrap().set_align(FormatAlign::Top);
        sheet.set_column_width(0, 100)?;
        sheet.write_string_with_format(0, 0, &document.title, &title_format())?;
        for (index, note) in document.notes.iter().enumerate() {
            sheet.write_string_with_format(index as u32 + 2, 0, note, &wrapped)?;
        }
    }
    workbook.save_to_buffer()
}

fn title_format() -> Format {
    Format::new().set_bold().set_font_size(14)
}

fn head_format() -> Format {
    Format::new()
        .set_bold()
        .set_text_wrap()
        .set_align(FormatAlign::Center)
        .set_align(FormatAlign::VerticalCenter)
        .set_border_top(FormatBorder::Medium)
        .set_border_bottom(FormatBorder::Thin)
}

fn number_format(kind: Kind) -> String {
    match kind {
        Kind::Text => "@".into(),
        Kind::Integer => "#,##0".into(),
        Kind::Decimal(0) => "#,##0".into(),
        Kind::Decimal(decimals) => format!("#,##0.{}", "0".repeat(decimals.min(9).into())),
        Kind::Percent => "0.0%".into(),
        Kind::Date => "yyyy-mm-dd".into(),
    }
}

/// Rows above the data: the title, and the header under it.
const HEAD_ROWS: u32 = 2;

fn write_table(sheet: &mut Worksheet, table: &TableOut) -> Result<(), XlsxError> {
    sheet.write_string_with_format(0, 0, &table.title, &title_format())?;
    let head = head_format();
    let total = |kind| {
        Format::new()
            .set_bold()
            .set_num_format(number_format(kind))
            .set_border_top(FormatBorder::Thin)
            .set_border_bottom(FormatBorder::Medium)
    };
    for (column, out) in table.columns.iter().enumerate() {
        let at = column as u16;
        let plain = Format::new().set_num_format(number_format(out.kind));
        let total = total(out.kind);
        sheet.write_string_with_format(1, at, out.title(), &head)?;
        sheet.set_column_width(at, width(table, column))?;
        for (row, cells) in table.rows.iter().enumerate() {
            let Some(cell) = cells.get(column) else { continue };
            write_cell(sheet, HEAD_ROWS + row as u32, at, cell, out.kind, &plain)?;
        }
        if !table.totals.is_empty() {
            let row = HEAD_ROWS + table.rows.len() as u32;
            let cell = table.totals.get(column).unwrap_or(&CellOut::Missing);
            write_cell(sheet, row, at, cell, out.kind, &total)?;
        }
    }
    let below = HEAD_ROWS + table.rows.len() as u32 + u32::from(!table.totals.is_empty()) + 1;
    for (index, note) in table.notes.iter().enumerate() {
        sheet.write_string(below + index as u32, 0, note)?;
    }
    sheet.set_freeze_panes(HEAD_ROWS, 0)?;
    sheet.set_repeat_rows(0, HEAD_ROWS - 1)?;
    sheet.set_landscape();
    sheet.set_print_fit_to_pages(1, 0);
    Ok(())
}

fn write_cell(
    sheet: &mut Worksheet,
    row: u32,
    column: u16,
    cell: &CellOut,
    kind: Kind,
    format: &Format,
) -> Result<(), XlsxError> {
    match cell {
        CellOut::Missing => sheet.write_blank(row, column, format)?,
        // A string cell is never a formula, so it needs no apostrophe here.
        CellOut::Text(text) => {
            let fits: String = text.chars().take(32_767).collect();
            sheet.write_string_with_format(row, column, fits, format)?
        }
        CellOut::Date(day) => {
            let (year, month, day) = (day.year(), day.month(), day.day());
            match ExcelDateTime::from_ymd(year.max(0) as u16, month as u8, day as u8) {
                Ok(date) => sheet.write_datetime_with_format(row, column, &date, format)?,
                // Before 1900 a spreadsheet has no days.
                Err(_) => sheet.write_string(row, column, format!("{year}-{month:02}-{day:02}"))?,
            }
        }
        number => {
            let exact = number.decimal(decimals(kind)).unwrap_or_default();
            let value: f64 = exact.parse().unwrap_or_default();
            sheet.write_number_with_format(row, column, value, format)?
        }
    };
    Ok(())
}

/// Width of a column in characters, wide characters counted twice, within reason.
fn width(table: &TableOut, column: usize) -> f64 {
    const ROWS_LOOKED_AT: usize = 200;
    let wide = |text: &str| text.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum::<usize>();
    let cells = table.rows.iter().take(ROWS_LOOKED_AT).filter_map(|row| row.get(column));
    let cell_width = |cell: &CellOut| match cell {
        CellOut::Text(text) => wide(text),
        CellOut::Date(_) => 10,
        CellOut::Missing => 0,
        number => number.decimal(Some(2)).map_or(0, |text| text.len() + text.len() / 3),
    };
    let widest = cells.map(cell_width).max().unwrap_or(0);
    let header = wide(&table.columns[column].title()).div_ceil(2);
    widest.max(header).clamp(8, 44) as f64 + 2.0
}

/// A name a sheet may have, and none has yet: 31 characters, without `[]:*?/\`.
fn sheet_name(title: &str, taken: &mut Vec<String>) -> String {
    let clean: String =
        title.chars().map(|c| if "[]:*?/\\'".contains(c) { ' ' } else { c }).collect();
    let base: String = clean.trim().chars().take(26).collect();
    let base = if base.is_empty() { "1".to_string() } else { base };
    let mut name = base.clone();
    let mut number = 2;
    while taken.iter().any(|other| other.to_lowercase() == name.to_lowercase()) {
        name = format!("{base} ({number})");
        number += 1;
    }
    taken.push(name.clone());
    name
}
