//! A flat table as Apache Parquet: format version 1, plain pages packed with gzip, every
//! column optional, with counts of blanks and, for numbers and days, least and greatest.
//!
//! Written here and not by a library: see `docs/decisions/0011-parquet-by-hand.md`. What is
//! needed of the format is its simplest part, which every reader has to read.

use std::io::{self, Write};

use flate2::Compression;
use flate2::write::GzEncoder;

use super::thrift::{BINARY, I32, STRUCT, Thrift, varint};
use super::{Datum, Field, Kind, RowSink, check};

/// Rows of a group at most; a group is what a reader reads at once.
pub const ROWS_PER_GROUP: usize = 100_000;
/// Bytes of a group before it is packed, at most; what is held in memory.
pub const BYTES_PER_GROUP: usize = 64 << 20;

const MAGIC: &[u8] = b"PAR1";
/// Numbers that the format gives to what is used of it.
const PLAIN: i32 = 0;
const RLE: i32 = 3;
const GZIP: i32 = 2;

/// Writes rows in groups.
pub struct ParquetWriter<W: Write> {
    out: W,
    at: i64,
    fields: Vec<Field>,
    columns: Vec<Column>,
    rows: usize,
    groups: Vec<Group>,
    notes: Vec<(String, String)>,
}

struct Group {
    rows: i64,
    chunks: Vec<Chunk>,
}

/// A column of a group as it stands in the file.
struct Chunk {
    at: i64,
    bytes: i64,
    packed_bytes: i64,
    blanks: i64,
    range: Option<(i64, i64)>,
}

impl<W: Write> ParquetWriter<W> {
    /// Opens a file; `notes` are kept in its footer by name.
    pub fn new(
        mut out: W,
        fields: Vec<Field>,
        notes: Vec<(String, String)>,
    ) -> io::Result<ParquetWriter<W>> {
        out.write_all(MAGIC)?;
        let columns = fields.iter().map(|_| Column::default()).collect();
        let at = MAGIC.len() as i64;
        Ok(ParquetWriter { out, at, fields, columns, rows: 0, groups: Vec::new(), notes })
    }

    fn flush(&mut self) -> io::Result<()> {
        if self.rows == 0 {
            return Ok(());
        }
        let mut chunks = Vec::with_capacity(self.columns.len());
        for (field, column) in self.fields.iter().zip(&mut self.columns) {
            let column = std::mem::take(column);
            let (page, bytes) = column.page()?;
            self.out.write_all(&page)?;
            let packed_bytes = page.len() as i64;
            let blanks = column.present.iter().filter(|present| !**present).count() as i64;
            let range = column.range.filter(|_| has_range(field.kind));
            chunks.push(Chunk { at: self.at, bytes, packed_bytes, blanks, range });
            self.at += packed_bytes;
        }
        self.groups.push(Group { rows: self.rows as i64, chunks });
        self.rows = 0;
        Ok(())
    }
}

impl<W: Write> RowSink for ParquetWriter<W> {
    fn row(&mut self, row: &[Datum]) -> io::Result<()> {
        check(row, &self.fields)?;
        self.columns.iter_mut().zip(row).for_each(|(column, datum)| column.push(datum));
        self.rows += 1;
        // Adding the columns up for every row would cost more than writing them.
        let is_full = self.rows.is_multiple_of(1_024)
            && self.columns.iter().map(|c| c.values.len()).sum::<usize>() > BYTES_PER_GROUP;
        if is_full || self.rows == ROWS_PER_GROUP { self.flush() } else { Ok(()) }
    }

    fn finish(mut self: Box<Self>) -> io::Result<()> {
        self.flush()?;
        let footer = footer(&self.fields, &self.groups, &self.notes);
        self.out.write_all(&footer)?;
        self.out.write_all(&(footer.len() as u32).to_le_bytes())?;
        self.out.write_all(MAGIC)?;
        self.out.flush()
    }
}

/// The values of a column of the group being filled.
#[derive(Default)]
struct Column {
    present: Vec<bool>,
    values: Vec<u8>,
    flags: Vec<bool>,
    range: Option<(i64, i64)>,
}

impl Column {
    fn push(&mut self, datum: &Datum) {
        self.present.push(*datum != Datum::Missing);
        match datum {
            Datum::Missing => {}
            Datum::Integer(value) => self.long(*value),
            Datum::Moment(at) => self.long(at.as_microsecond()),
            Datum::Date(day) => {
                let days = days_since_1970(*day);
                self.values.extend_from_slice(&days.to_le_bytes());
                self.widen(i64::from(days));
            }
            Datum::Text(text) => {
                self.values.extend_from_slice(&(text.len() as u32).to_le_bytes());
                self.values.extend_from_slice(text.as_bytes());
            }
            Datum::Flag(flag) => self.flags.push(*flag),
        }
    }

    fn long(&mut self, value: i64) {
        self.values.extend_from_slice(&value.to_le_bytes());
        self.widen(value);
    }

    fn widen(&mut self, value: i64) {
        let (least, greatest) = self.range.unwrap_or((value, value));
        self.range = Some((least.min(value), greatest.max(value)));
    }

    /// The one page of the column with its head, and its bytes unpacked, head included.
    fn page(&self) -> io::Result<(Vec<u8>, i64)> {
        let mut body = levels(&self.present);
        body.extend_from_slice(&self.values);
        body.extend(packed_bits(&self.flags));
        let mut gzip = GzEncoder::new(Vec::new(), Compression::new(4));
        gzip.write_all(&body)?;
        let packed = gzip.finish()?;
        let mut head = Thrift::new();
        head.i32(1, 0);
        head.i32(2, body.len() as i32);
        head.i32(3, packed.len() as i32);
        head.begin(5);
        head.i32(1, self.present.len() as i32);
        head.i32(2, PLAIN);
        head.i32(3, RLE);
        head.i32(4, RLE);
        head.end();
        head.end();
        let bytes = (head.out.len() + body.len()) as i64;
        let mut page = head.out;
        page.extend(packed);
        Ok((page, bytes))
    }
}

fn days_since_1970(day: jiff::civil::Date) -> i32 {
    day.since((jiff::Unit::Day, jiff::civil::date(1970, 1, 1))).map_or(0, |span| span.get_days())
}

/// Which values are there, one bit each, behind the length of what says so.
fn levels(present: &[bool]) -> Vec<u8> {
    let mut runs = Vec::new();
    if present.iter().all(|present| *present) {
        varint(&mut runs, (present.len() as u64) << 1);
        runs.push(1);
    } else {
        varint(&mut runs, (present.len().div_ceil(8) as u64) << 1 | 1);
        runs.extend(packed_bits(present));
    }
    let mut out = (runs.len() as u32).to_le_bytes().to_vec();
    out.extend(runs);
    out
}

/// Eight to a byte, the first in its lowest bit.
fn packed_bits(bits: &[bool]) -> Vec<u8> {
    let byte = |eight: &[bool]| {
        eight.iter().enumerate().fold(0, |byte, (at, bit)| byte | u8::from(*bit) << at)
    };
    bits.chunks(8).map(byte).collect()
}

fn has_range(kind: Kind) -> bool {
    !matches!(kind, Kind::Text | Kind::Flag)
}

/// The format's number of the stored type.
fn physical(kind: Kind) -> i32 {
    match kind {
        Kind::Flag => 0,
        Kind::Date => 1,
        Kind::Integer | Kind::Decimal(_) | Kind::Moment => 2,
        Kind::Text => 6,
    }
}

fn footer(fields: &[Field], groups: &[Group], notes: &[(String, String)]) -> Vec<u8> {
    let mut out = Thrift::new();
    out.i32(1, 1);
    out.list(2, STRUCT, fields.len() + 1);
    out.open();
    out.binary(4, b"table");
    out.i32(5, fields.len() as i32);
    out.end();
    fields.iter().for_each(|field| schema(&mut out, field));
    out.i64(3, groups.iter().map(|group| group.rows).sum());
    out.list(4, STRUCT, groups.len());
    groups.iter().for_each(|group| row_group(&mut out, fields, group));
    out.list(5, STRUCT, notes.len());
    for (name, value) in notes {
        out.open();
        out.binary(1, name.as_bytes());
        out.binary(2, value.as_bytes());
        out.end();
    }
    out.binary(6, b"tici");
    // Least and greatest are by the order of each column's type.
    out.list(7, STRUCT, fields.len());
    for _ in fields {
        out.open();
        out.empty(1);
        out.end();
    }
    out.end();
    out.out
}

/// One column of the schema, with its meaning in both of the format's ways.
fn schema(out: &mut Thrift, field: &Field) {
    const OPTIONAL: i32 = 1;
    out.open();
    out.i32(1, physical(field.kind));
    out.i32(3, OPTIONAL);
    out.binary(4, field.name.as_bytes());
    match field.kind {
        Kind::Integer | Kind::Flag => {}
        Kind::Text => {
            out.i32(6, 0);
            out.begin(10);
            out.empty(1);
            out.end();
        }
        Kind::Decimal(scale) => {
            out.i32(6, 5);
            out.i32(7, i32::from(scale));
            out.i32(8, 18);
            out.begin(10);
            out.begin(5);
            out.i32(1, i32::from(scale));
            out.i32(2, 18);
            out.end();
            out.end();
        }
        Kind::Date => {
            out.i32(6, 6);
            out.begin(10);
            out.empty(6);
            out.end();
        }
        Kind::Moment => {
            out.i32(6, 10);
            out.begin(10);
            out.begin(8);
            out.flag(1, true);
            out.begin(2);
            out.empty(2);
            out.end();
            out.end();
            out.end();
        }
    }
    out.end();
}

fn row_group(out: &mut Thrift, fields: &[Field], group: &Group) {
    out.open();
    out.list(1, STRUCT, group.chunks.len());
    for (field, chunk) in fields.iter().zip(&group.chunks) {
        out.open();
        out.i64(2, chunk.at);
        out.begin(3);
        column_meta(out, field, chunk, group.rows);
        out.end();
        out.end();
    }
    out.i64(2, group.chunks.iter().map(|chunk| chunk.bytes).sum());
    out.i64(3, group.rows);
    out.end();
}

fn column_meta(out: &mut Thrift, field: &Field, chunk: &Chunk, rows: i64) {
    out.i32(1, physical(field.kind));
    out.list(2, I32, 2);
    out.element_i32(PLAIN);
    out.element_i32(RLE);
    out.list(3, BINARY, 1);
    out.bytes(field.name.as_bytes());
    out.i32(4, GZIP);
    out.i64(5, rows);
    out.i64(6, chunk.bytes);
    out.i64(7, chunk.packed_bytes);
    out.i64(9, chunk.at);
    out.begin(12);
    out.i64(3, chunk.blanks);
    if let Some((least, greatest)) = chunk.range {
        let bytes = |value: i64| match field.kind {
            Kind::Date => (value as i32).to_le_bytes().to_vec(),
            _ => value.to_le_bytes().to_vec(),
        };
        out.binary(5, &bytes(greatest));
        out.binary(6, &bytes(least));
    }
    out.end();
}
