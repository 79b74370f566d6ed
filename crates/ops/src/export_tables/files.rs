//! Tables as files: each its own file of CSV or Parquet, or all of them in one workbook.

use std::io::{self, BufWriter, Write};

use tici_exchange::flat::csv::CsvWriter;
use tici_exchange::flat::hashed::{Hashed, Sum};
use tici_exchange::flat::parquet::ParquetWriter;
use tici_exchange::flat::xlsx::FlatWorkbook;
use tici_exchange::flat::{Datum, Field, RowSink};

use super::{TableSink, TableSpec};

/// What the files are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TableFormat {
    Csv,
    Parquet,
    Xlsx,
}

impl TableFormat {
    pub const ALL: [TableFormat; 3] = [TableFormat::Csv, TableFormat::Parquet, TableFormat::Xlsx];

    /// Its code, which is the ending of its files.
    pub fn code(self) -> &'static str {
        match self {
            TableFormat::Csv => "csv",
            TableFormat::Parquet => "parquet",
            TableFormat::Xlsx => "xlsx",
        }
    }

    pub fn parse(code: &str) -> Option<TableFormat> {
        TableFormat::ALL.into_iter().find(|format| format.code() == code)
    }

    pub fn media_type(self) -> &'static str {
        match self {
            TableFormat::Csv => "text/csv; charset=utf-8",
            TableFormat::Parquet => "application/vnd.apache.parquet",
            TableFormat::Xlsx => {
                "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
            }
        }
    }
}

/// A table that has been written.
pub struct TableFile {
    pub table: &'static TableSpec,
    pub path: String,
    pub rows: u64,
    /// Of a file of its own; 0 in a workbook.
    pub bytes: u64,
    pub sha256: String,
}

/// Opens the file of a name.
pub type Opener<'a> = dyn FnMut(&str) -> io::Result<Box<dyn Write>> + 'a;

/// Name of the workbook that holds all tables.
pub const WORKBOOK: &str = "tables.xlsx";

/// More sheets of a workbook: name, columns, rows.
pub type Sheet = (String, Vec<Field>, Vec<Vec<Datum>>);

/// Writes each table into a file as its rows come.
pub struct FileSink<'a> {
    format: TableFormat,
    open: &'a mut Opener<'a>,
    workbook: Option<FlatWorkbook>,
    writer: Option<(Box<dyn RowSink>, Sum)>,
    pub files: Vec<TableFile>,
}

impl<'a> FileSink<'a> {
    pub fn new(
        format: TableFormat,
        title: &str,
        open: &'a mut Opener<'a>,
    ) -> io::Result<FileSink<'a>> {
        let workbook = match format {
            TableFormat::Xlsx => Some(FlatWorkbook::new(title).map_err(io::Error::other)?),
            _ => None,
        };
        Ok(FileSink { format, open, workbook, writer: None, files: Vec::new() })
    }

    /// Ends the files; a workbook is given `more` sheets.
    pub fn finish(self, more: Vec<Sheet>) -> io::Result<()> {
        let Some(mut workbook) = self.workbook else { return Ok(()) };
        for (name, fields, rows) in more {
            workbook.table(&name, fields).map_err(io::Error::other)?;
            rows.iter().try_for_each(|row| workbook.row(row))?;
        }
        let bytes = workbook.finish().map_err(io::Error::other)?;
        let mut out = (self.open)(WORKBOOK)?;
        out.write_all(&bytes)?;
        out.flush()
    }
}

impl TableSink for FileSink<'_> {
    fn begin(&mut self, table: &'static TableSpec, fields: Vec<Field>) -> io::Result<()> {
        let mut path = format!("{}.{}", table.name, self.format.code());
        if let Some(workbook) = &mut self.workbook {
            path = WORKBOOK.into();
            workbook.table(table.name, fields).map_err(io::Error::other)?;
        } else {
            let (out, sum) = Hashed::new(BufWriter::new((self.open)(&path)?));
            let writer: Box<dyn RowSink> = match self.format {
                TableFormat::Parquet => {
                    let notes = vec![("tici.table".to_owned(), table.name.to_owned())];
                    Box::new(ParquetWriter::new(out, fields, notes)?)
                }
                _ => Box::new(CsvWriter::new(out, fields)?),
            };
            self.writer = Some((writer, sum));
        }
        self.files.push(TableFile { table, path, rows: 0, bytes: 0, sha256: String::new() });
        Ok(())
    }

    fn row(&mut self, row: &[Datum]) -> io::Result<()> {
        match (&mut self.writer, &mut self.workbook) {
            (Some((writer, _)), _) => writer.row(row),
            (None, Some(workbook)) => workbook.row(row),
            (None, None) => Err(io::Error::other("no table is open")),
        }
    }

    fn end(&mut self, rows: u64) -> io::Result<()> {
        let Some(file) = self.files.last_mut() else { return Ok(()) };
        file.rows = rows;
        if let Some((writer, sum)) = self.writer.take() {
            writer.finish()?;
            (file.bytes, file.sha256) = sum.read();
        }
        Ok(())
    }
}
