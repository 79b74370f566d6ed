//! A list as a sheet with its rows and cells marked by colour and comment, and tables behind
//! it: how a list differs from an earlier one.

use super::xlsx::{XlsxWords, add_tables};
use super::{Document, neutral};
use rust_xlsxwriter::{
    Color, ExcelDateTime, Format, FormatAlign, FormatBorder, Note, Workbook, XlsxError,
};
use tici_domain::Problem;

/// A list with its marks.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct MarkedList {
    /// Name of the sheet, and the line above the header.
    pub title: String,
    pub headers: Vec<String>,
    pub rows: Vec<MarkedRow>,
    /// What each colour means, in the order of [`RowMark`]: new, gone, changed, restated.
    pub legend: [String; 4],
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct MarkedRow {
    pub mark: RowMark,
    /// What became of the row, in words.
    pub state: String,
    pub cells: Vec<MarkedCell>,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct MarkedCell {
    pub text: String,
    /// The number that `text` says.
    pub number: Option<f64>,
    /// What stood there before.
    pub note: Option<String>,
    pub restated: bool,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum RowMark {
    #[default]
    Same,
    New,
    Gone,
    Changed,
}

/// Comments a workbook carries; a spreadsheet becomes slow with more. The cells stay coloured.
const NOTES_MAX: usize = 5_000;

const FILL_NEW: u32 = 0x00_E3_F1_E3;
const FILL_GONE: u32 = 0x00_F6_E0_DE;
const FILL_CHANGED: u32 = 0x00_FF_F2_CC;
const FILL_RESTATED: u32 = 0x00_FB_D9_B5;

/// Writes the workbook: the marked list first, then the tables of `document`.
pub fn write(
    list: &MarkedList,
    document: &Document,
    words: XlsxWords<'_>,
) -> Result<Vec<u8>, Box<Problem>> {
    build(list, document, words)
        .map_err(|error| Box::new(Problem::error("export-failed").arg("detail", error)))
}

fn build(
    list: &MarkedList,
    document: &Document,
    words: XlsxWords<'_>,
) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    let made = ExcelDateTime::from_ymd(2000, 1, 1)?;
    let properties = rust_xlsxwriter::DocProperties::new()
        .set_title(&document.title)
        .set_creation_datetime(&made);
    workbook.set_properties(&properties);
    let mut names = Vec::new();
    let name = super::xlsx::sheet_name(&list.title, &mut names);
    write_list(workbook.add_worksheet().set_name(name)?, list)?;
    add_tables(&mut workbook, document, words, &mut names)?;
    workbook.save_to_buffer()
}

const HEAD_ROWS: u32 = 2;

fn write_list(sheet: &mut rust_xlsxwriter::Worksheet, list: &MarkedList) -> Result<(), XlsxError> {
    let fill = |colour: u32| Format::new().set_background_color(Color::RGB(colour));
    let fills = [fill(FILL_NEW), fill(FILL_GONE), fill(FILL_CHANGED), fill(FILL_RESTATED)];
    sheet.write_string_with_format(0, 0, &list.title, &Format::new().set_bold())?;
    for (index, (words, format)) in list.legend.iter().zip(&fills).enumerate() {
        sheet.write_string_with_format(0, index as u16 + 1, words, format)?;
    }
    let head = Format::new()
        .set_bold()
        .set_text_wrap()
        .set_align(FormatAlign::VerticalCenter)
        .set_border_bottom(FormatBorder::Thin);
    for (column, header) in list.headers.iter().enumerate() {
        sheet.write_string_with_format(HEAD_ROWS - 1, column as u16 + 1, header, &head)?;
        sheet.set_column_width(column as u16 + 1, width(list, column))?;
    }
    let mut notes = 0;
    let plain = Format::new();
    let gone = fills[1].clone().set_font_strikethrough();
    for (index, row) in list.rows.iter().enumerate() {
        let at = HEAD_ROWS + index as u32;
        let of_row = match row.mark {
            RowMark::New => &fills[0],
            RowMark::Gone => &gone,
            RowMark::Same | RowMark::Changed => &plain,
        };
        if !row.state.is_empty() {
            sheet.write_string_with_format(at, 0, &row.state, of_row)?;
        }
        for (column, cell) in row.cells.iter().enumerate() {
            let format = match (&cell.note, cell.restated) {
                (Some(_), true) => &fills[3],
                (Some(_), false) => &fills[2],
                (None, _) => of_row,
            };
            write_cell(sheet, (at, column as u16 + 1), cell, format)?;
            if let Some(note) = cell.note.as_ref().filter(|_| notes < NOTES_MAX) {
                let note: String = note.chars().take(1_000).collect();
                sheet.insert_note(at, column as u16 + 1, &Note::new(note))?;
                notes += 1;
            }
        }
    }
    sheet.set_column_width(0, 12)?;
    sheet.set_freeze_panes(HEAD_ROWS, 1)?;
    let last = HEAD_ROWS + (list.rows.len() as u32).max(1) - 1;
    if !list.headers.is_empty() {
        sheet.autofilter(HEAD_ROWS - 1, 0, last, list.headers.len() as u16)?;
    }
    Ok(())
}

fn write_cell(
    sheet: &mut rust_xlsxwriter::Worksheet,
    (row, column): (u32, u16),
    cell: &MarkedCell,
    format: &Format,
) -> Result<(), XlsxError> {
    match cell.number {
        Some(number) => sheet.write_number_with_format(row, column, number, format)?,
        None if cell.text.is_empty() => sheet.write_blank(row, column, format)?,
        None => {
            let fits: String = neutral(&cell.text).chars().take(32_767).collect();
            sheet.write_string_with_format(row, column, fits, format)?
        }
    };
    Ok(())
}

fn width(list: &MarkedList, column: usize) -> f64 {
    const ROWS_LOOKED_AT: usize = 200;
    let wide = |text: &str| text.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum::<usize>();
    let rows = list.rows.iter().take(ROWS_LOOKED_AT);
    let cells = rows.filter_map(|row| row.cells.get(column)).map(|cell| wide(&cell.text));
    let header = list.headers.get(column).map_or(0, |header| wide(header).div_ceil(2));
    cells.max().unwrap_or(0).max(header).clamp(8, 40) as f64 + 2.0
}
