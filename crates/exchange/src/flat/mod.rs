//! Flat tables: typed columns and rows without headings, totals or words, for programs that
//! count with them. One writer per format; rows go out as they come, so that a table of
//! millions needs no more memory than one group of its rows.

pub mod csv;
pub mod hashed;
pub mod package;
pub mod parquet;
mod thrift;
pub mod xlsx;

use std::io;

use jiff::Timestamp;
use jiff::civil::Date;

/// What the cells of a column hold. Every column may be blank.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Integer,
    /// A number of so many decimals, kept as an integer: 326 with 2 is 3.26.
    Decimal(u8),
    Text,
    Date,
    /// A moment, to the microsecond, in UTC.
    Moment,
    Flag,
}

impl Kind {
    /// The type as Table Schema (Frictionless) names it.
    pub fn schema_type(self) -> &'static str {
        match self {
            Kind::Integer => "integer",
            Kind::Decimal(_) => "number",
            Kind::Text => "string",
            Kind::Date => "date",
            Kind::Moment => "datetime",
            Kind::Flag => "boolean",
        }
    }
}

/// A column by name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    pub name: String,
    pub kind: Kind,
}

impl Field {
    pub fn new(name: &str, kind: Kind) -> Field {
        Field { name: name.into(), kind }
    }
}

/// One value.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Datum {
    #[default]
    Missing,
    /// Of an integer column, or the digits of a decimal one.
    Integer(i64),
    Text(String),
    Date(Date),
    Moment(Timestamp),
    Flag(bool),
}

impl Datum {
    /// Whether a column of this kind may hold it.
    pub fn fits(&self, kind: Kind) -> bool {
        matches!(
            (self, kind),
            (Datum::Missing, _)
                | (Datum::Integer(_), Kind::Integer | Kind::Decimal(_))
                | (Datum::Text(_), Kind::Text)
                | (Datum::Date(_), Kind::Date)
                | (Datum::Moment(_), Kind::Moment)
                | (Datum::Flag(_), Kind::Flag)
        )
    }

    /// The value in plain characters; `None` where nothing is given.
    pub fn plain(&self, kind: Kind) -> Option<String> {
        match (self, kind) {
            (Datum::Missing, _) => None,
            (Datum::Integer(value), Kind::Decimal(power)) => {
                Some(super::export::CellOut::Scaled { value: *value, power }.decimal(None)?)
            }
            (Datum::Integer(value), _) => Some(value.to_string()),
            (Datum::Text(text), _) => Some(text.clone()),
            (Datum::Date(day), _) => Some(day.to_string()),
            (Datum::Moment(at), _) => Some(at.to_string()),
            (Datum::Flag(flag), _) => Some(flag.to_string()),
        }
    }
}

impl From<Option<i64>> for Datum {
    fn from(value: Option<i64>) -> Datum {
        value.map_or(Datum::Missing, Datum::Integer)
    }
}

impl From<Option<Date>> for Datum {
    fn from(value: Option<Date>) -> Datum {
        value.map_or(Datum::Missing, Datum::Date)
    }
}

impl From<Option<&String>> for Datum {
    fn from(value: Option<&String>) -> Datum {
        value.map_or(Datum::Missing, |text| Datum::Text(text.clone()))
    }
}

impl From<&str> for Datum {
    fn from(value: &str) -> Datum {
        Datum::Text(value.into())
    }
}

/// Where rows go.
pub trait RowSink {
    /// Takes one row with a value for each column, in their order.
    fn row(&mut self, row: &[Datum]) -> io::Result<()>;

    /// Writes what is still held back.
    fn finish(self: Box<Self>) -> io::Result<()>;
}

/// A row that does not fit its columns is a mistake of the program, told and not written.
fn check(row: &[Datum], fields: &[Field]) -> io::Result<()> {
    let misfit = fields.iter().zip(row).find(|(field, datum)| !datum.fits(field.kind));
    match misfit {
        None if row.len() == fields.len() => Ok(()),
        None => Err(io::Error::other(format!("{} values, {} columns", row.len(), fields.len()))),
        Some((field, datum)) => Err(io::Error::other(format!("{}: {datum:?}", field.name))),
    }
}
