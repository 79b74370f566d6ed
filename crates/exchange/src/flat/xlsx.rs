//! Flat tables as one workbook: a sheet for each, columns by name in a frozen head, values
//! typed. A table longer than a sheet goes on in the next.

use std::io;

use rust_xlsxwriter::{
    DocProperties, ExcelDateTime, Format, FormatBorder, Workbook, Worksheet, XlsxError,
};

use super::{Datum, Field, Kind, check};

/// Rows of a sheet, its head included; the format has no more.
pub const SHEET_ROWS_MAX: u32 = 1_048_576;

/// Numbers of more digits than this are written as text: a spreadsheet would round them.
const EXACT_MAX: u64 = 1 << 53;

/// A workbook being filled, one table after another.
pub struct FlatWorkbook {
    workbook: Workbook,
    formats: Formats,
    table: Option<Open>,
}

/// The table being filled.
struct Open {
    name: String,
    fields: Vec<Field>,
    sheet: Worksheet,
    /// How many sheets it has begun.
    sheets: usize,
    next: u32,
}

struct Formats {
    head: Format,
    date: Format,
    moment: Format,
    integer: Format,
}

impl FlatWorkbook {
    pub fn new(title: &str) -> Result<FlatWorkbook, XlsxError> {
        let mut workbook = Workbook::new();
        let made = ExcelDateTime::from_ymd(2000, 1, 1)?;
        let properties = DocProperties::new().set_title(title).set_creation_datetime(&made);
        workbook.set_properties(&properties);
        let formats = Formats {
            head: Format::new().set_bold().set_border_bottom(FormatBorder::Thin),
            date: Format::new().set_num_format("yyyy-mm-dd"),
            moment: Format::new().set_num_format("yyyy-mm-dd hh:mm:ss"),
            integer: Format::new().set_num_format("0"),
        };
        Ok(FlatWorkbook { workbook, formats, table: None })
    }

    /// Opens the next table.
    pub fn table(&mut self, name: &str, fields: Vec<Field>) -> Result<(), XlsxError> {
        self.close();
        let mut open =
            Open { name: name.into(), fields, sheet: Worksheet::new(), sheets: 0, next: 0 };
        open.begin(&self.formats)?;
        self.table = Some(open);
        Ok(())
    }

    /// Takes a row of the table that is open.
    pub fn row(&mut self, row: &[Datum]) -> io::Result<()> {
        let table = self.table.as_mut().ok_or_else(|| io::Error::other("no table is open"))?;
        check(row, &table.fields)?;
        if table.next == SHEET_ROWS_MAX {
            let full = std::mem::take(&mut table.sheet);
            self.workbook.push_worksheet(full);
            table.begin(&self.formats).map_err(io::Error::other)?;
        }
        table.write(row, &self.formats).map_err(io::Error::other)
    }

    /// The finished workbook.
    pub fn finish(mut self) -> Result<Vec<u8>, XlsxError> {
        self.close();
        self.workbook.save_to_buffer()
    }

    fn close(&mut self) {
        if let Some(table) = self.table.take() {
            self.workbook.push_worksheet(table.sheet);
        }
    }
}

impl Open {
    fn begin(&mut self, formats: &Formats) -> Result<(), XlsxError> {
        self.sheets += 1;
        let name = match self.sheets {
            1 => self.name.clone(),
            number => format!("{} {number}", self.name),
        };
        self.sheet.set_name(name)?;
        for (column, field) in self.fields.iter().enumerate() {
            let column = column as u16;
            self.sheet.write_string_with_format(0, column, &field.name, &formats.head)?;
            let wide: f64 = match field.kind {
                Kind::Moment => 19.0,
                Kind::Text => 18.0,
                _ => 12.0,
            };
            self.sheet.set_column_width(column, wide.max(field.name.len() as f64 + 2.0))?;
        }
        self.sheet.set_freeze_panes(1, 0)?;
        self.next = 1;
        Ok(())
    }

    fn write(&mut self, row: &[Datum], formats: &Formats) -> Result<(), XlsxError> {
        let (sheet, at) = (&mut self.sheet, self.next);
        for (column, (field, datum)) in self.fields.iter().zip(row).enumerate() {
            let column = column as u16;
            let plain = || datum.plain(field.kind).unwrap_or_default();
            match datum {
                Datum::Missing => continue,
                Datum::Integer(value) if value.unsigned_abs() <= EXACT_MAX => {
                    let number: f64 = plain().parse().unwrap_or_default();
                    match field.kind {
                        Kind::Integer => {
                            sheet.write_number_with_format(at, column, number, &formats.integer)?
                        }
                        _ => sheet.write_number(at, column, number)?,
                    }
                }
                Datum::Date(day) if day.year() >= 1900 => {
                    let (year, month, day) = (day.year() as u16, day.month(), day.day());
                    let day = ExcelDateTime::from_ymd(year, month as u8, day as u8)?;
                    sheet.write_datetime_with_format(at, column, &day, &formats.date)?
                }
                Datum::Moment(moment) => {
                    let seconds = moment.as_millisecond() as f64 / 86_400_000.0 + 25_569.0;
                    sheet.write_number_with_format(at, column, seconds, &formats.moment)?
                }
                Datum::Flag(flag) => sheet.write_boolean(at, column, *flag)?,
                _ => {
                    let fits: String = plain().chars().take(32_767).collect();
                    sheet.write_string(at, column, fits)?
                }
            };
        }
        self.next += 1;
        Ok(())
    }
}
