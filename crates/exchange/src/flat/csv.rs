//! A flat table as CSV (RFC 4180): UTF-8 without a mark, a header of column names, blanks
//! for what is not given. Values are exact: nothing is put in front of a text.

use std::io::{self, Write};

use super::{Datum, Field, RowSink, check};

/// Writes rows as they come.
pub struct CsvWriter<W: Write> {
    fields: Vec<Field>,
    out: ::csv::Writer<W>,
}

impl<W: Write> CsvWriter<W> {
    /// Writes the header.
    pub fn new(out: W, fields: Vec<Field>) -> io::Result<CsvWriter<W>> {
        let mut out =
            ::csv::WriterBuilder::new().terminator(::csv::Terminator::CRLF).from_writer(out);
        out.write_record(fields.iter().map(|field| &field.name))?;
        Ok(CsvWriter { fields, out })
    }
}

impl<W: Write> RowSink for CsvWriter<W> {
    fn row(&mut self, row: &[Datum]) -> io::Result<()> {
        check(row, &self.fields)?;
        let cells = self.fields.iter().zip(row);
        let cells = cells.map(|(field, datum)| datum.plain(field.kind).unwrap_or_default());
        Ok(self.out.write_record(cells)?)
    }

    fn finish(mut self: Box<Self>) -> io::Result<()> {
        self.out.flush()
    }
}
