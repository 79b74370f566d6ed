//! CSV: headers, rows and totals of the tables, numbers plain, texts neutral.

use super::{CellOut, ColumnOut, Document, Kind, TableOut, decimals, neutral};

/// How the file is written.
#[derive(Clone, Copy, Debug)]
pub struct CsvOptions {
    /// A byte order mark in front, without which older spreadsheets misread Chinese.
    pub bom: bool,
    /// Titles and notes around the tables; without them the file is data only.
    pub prose: bool,
}

impl Default for CsvOptions {
    fn default() -> CsvOptions {
        CsvOptions { bom: true, prose: false }
    }
}

/// UTF-8, CRLF line ends, one table after another with a blank line between.
pub fn write(document: &Document, options: CsvOptions) -> Vec<u8> {
    let mut out = Vec::new();
    if options.bom {
        out.extend_from_slice("\u{feff}".as_bytes());
    }
    for (index, table) in document.tables.iter().enumerate() {
        if index > 0 {
            out.extend_from_slice(b"\r\n");
        }
        write_table(&mut out, table, options.prose);
    }
    if options.prose {
        for note in &document.notes {
            write_record(&mut out, [neutral(note).into_owned()].into_iter());
        }
    }
    out
}

fn write_table(out: &mut Vec<u8>, table: &TableOut, prose: bool) {
    if prose && !table.title.is_empty() {
        write_record(out, [neutral(&table.title).into_owned()].into_iter());
    }
    let titles = table.columns.iter().map(|column| neutral(&column.title()).into_owned());
    write_record(out, titles);
    for row in table.rows.iter().chain(Some(&table.totals).filter(|row| !row.is_empty())) {
        let cells = table.columns.iter().zip(row);
        write_record(out, cells.map(|(column, cell)| show(column, cell)));
    }
    if prose {
        for note in &table.notes {
            write_record(out, [neutral(note).into_owned()].into_iter());
        }
    }
}

fn show(column: &ColumnOut, cell: &CellOut) -> String {
    match cell {
        CellOut::Missing => String::new(),
        CellOut::Text(text) => neutral(text).into_owned(),
        CellOut::Date(day) => day.to_string(),
        CellOut::Scaled { value, power } if column.kind == Kind::Percent => {
            // 0.369 is 36.9%: two powers of ten fewer, and the sign behind.
            let whole = i64::from(*power) - 2;
            let share = match u8::try_from(whole) {
                Ok(power) => CellOut::Scaled { value: *value, power },
                Err(_) => CellOut::Integer(value.saturating_mul(10_i64.pow(-whole as u32))),
            };
            format!("{}%", share.decimal(Some(1)).unwrap_or_default())
        }
        number => number.decimal(decimals(column.kind)).unwrap_or_default(),
    }
}

fn write_record(out: &mut Vec<u8>, fields: impl Iterator<Item = String>) {
    let mut writer = ::csv::WriterBuilder::new()
        .terminator(::csv::Terminator::CRLF)
        .flexible(true)
        .from_writer(Vec::new());
    let fields: Vec<String> = fields.collect();
    writer.write_record(&fields).expect("a vector takes any record");
    out.extend(writer.into_inner().expect("a vector takes any record"));
}
