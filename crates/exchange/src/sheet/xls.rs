//! XLS through calamine, after `ole` has made sure that no cell lies where it must not.

use super::{Cell, CellValue, Format, Merge, Opened, SheetBuilder, Workbook, guarded, over};
use crate::limits::{CELLS_MAX, MERGES_MAX, SHEETS_MAX, TEXT_BYTES_MAX};
use calamine::{Data, ExcelDateTime, Reader, SheetType, SheetVisible, Xls};
use jiff::civil::Date;
use std::collections::HashMap;
use std::io::Cursor;
use std::sync::Arc;
use tici_domain::Problem;

pub fn read(bytes: &[u8]) -> Opened {
    guarded(|| {
        let mut xls: Xls<_> = Xls::new(Cursor::new(bytes)).map_err(broken)?;
        let listed = xls.sheets_metadata().to_vec();
        if listed.len() > SHEETS_MAX {
            return over("workbook-too-many-sheets", "sheets", listed.len(), SHEETS_MAX);
        }
        let epoch_1904 = xls.has_1904_epoch();
        let mut texts = HashMap::new();
        let mut cells_left = CELLS_MAX;
        let mut sheets = Vec::new();
        for entry in listed.iter().filter(|entry| entry.typ == SheetType::WorkSheet) {
            let hidden = entry.visible != SheetVisible::Visible;
            let mut builder = SheetBuilder::new(&entry.name, hidden, cells_left);
            read_sheet(&mut xls, &mut builder, &mut texts)?;
            cells_left = builder.cells_left;
            sheets.push(builder.sheet);
        }
        let workbook = Workbook { format: Format::Xls, encoding: None, sheets, epoch_1904 };
        Ok((workbook, Vec::new()))
    })
}

type Texts = HashMap<String, Arc<str>>;

fn read_sheet(
    xls: &mut Xls<Cursor<&[u8]>>,
    builder: &mut SheetBuilder,
    texts: &mut Texts,
) -> Result<(), Box<Problem>> {
    let name = builder.sheet.name.clone();
    let Ok(range) = xls.worksheet_range(&name) else { return Ok(()) };
    let start = range.start().unwrap_or((0, 0));
    for (row, column, data) in range.used_cells() {
        let value = cell_value(data, texts)?;
        if value != CellValue::Empty {
            let (row, column) = (row + start.0 as usize, column + start.1 as usize);
            builder.put(row, column, Cell { value, formula: false })?;
        }
    }
    if let Ok(formulas) = xls.worksheet_formula(&name) {
        let start = formulas.start().unwrap_or((0, 0));
        for (row, column, _) in formulas.used_cells() {
            let (row, column) = (row + start.0 as usize, column + start.1 as usize);
            let value = builder.sheet.cell(row, column).value.clone();
            builder.put(row, column, Cell { value, formula: true })?;
        }
    }
    let merges = xls.merge_cells_by_sheet_name(&name).unwrap_or_default();
    if merges.len() > MERGES_MAX {
        return builder.over("sheet-too-many-merges", "merges", merges.len(), MERGES_MAX);
    }
    let merge = |range: &calamine::Dimensions| Merge {
        top: range.start.0,
        left: range.start.1,
        bottom: range.end.0,
        right: range.end.1,
    };
    builder.sheet.merges = merges.iter().map(merge).collect();
    Ok(())
}

fn cell_value(data: &Data, texts: &mut Texts) -> Result<CellValue, Box<Problem>> {
    Ok(match data {
        Data::Empty => CellValue::Empty,
        Data::Int(number) => CellValue::Number(*number as f64),
        Data::Float(number) => CellValue::Number(*number),
        Data::Bool(value) => CellValue::Bool(*value),
        Data::String(text) | Data::DurationIso(text) => {
            if text.trim().is_empty() {
                return Ok(CellValue::Empty);
            }
            if text.len() > TEXT_BYTES_MAX {
                return over("cell-too-long", "bytes", text.len(), TEXT_BYTES_MAX);
            }
            if !texts.contains_key(text) {
                texts.insert(text.clone(), Arc::from(text.as_str()));
            }
            CellValue::Text(texts[text].clone())
        }
        Data::DateTime(day) => date_value(*day),
        Data::DateTimeIso(text) => iso_value(text),
        Data::Error(error) => CellValue::Error(error.to_string().into()),
    })
}

/// A day of either epoch; times of day are left out, durations stay numbers. Serial 60 of
/// the 1900 epoch, 29 February 1900, was never a day and stays a number too.
pub fn date_value(day: ExcelDateTime) -> CellValue {
    let serial = day.as_f64();
    if !day.is_datetime() || !(1.0..2_958_466.0).contains(&serial) {
        return CellValue::Number(serial);
    }
    let (year, month, day, ..) = day.to_ymd_hms_milli();
    match Date::new(year as i16, month as i8, day as i8) {
        Ok(date) => CellValue::Date(date),
        Err(_) => CellValue::Number(serial),
    }
}

/// `2026-05-13` or `2026-05-13T00:00:00`.
pub fn iso_value(text: &str) -> CellValue {
    match text.get(..10).and_then(|day| day.parse::<Date>().ok()) {
        Some(day) => CellValue::Date(day),
        None => CellValue::Text(Arc::from(text)),
    }
}

fn broken(error: calamine::XlsError) -> Box<Problem> {
    match error {
        calamine::XlsError::Password => Box::new(Problem::error("file-password")),
        other => Box::new(Problem::error("file-broken").arg("detail", other)),
    }
}
