//! The published standards that projects are exchanged in: one importer or exporter, one
//! file. What a standard cannot carry, and what of a file the ledger has no place for, is
//! said as problems; `docs/standards.md` has the tables of fields.

pub mod crs;
pub mod geojson;
pub mod iati;
mod json_in;
mod json_out;
pub mod oc4ids;
pub mod ocds;
pub mod record;

use jiff::civil::Date;
use tici_domain::intake::Intake;
use tici_domain::{Basis, Period, Problem};

pub use crs::Crs;
pub use record::{Party, ProjectRecord, Publication, Related};

/// A standard that projects are written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Standard {
    Oc4ids,
    Geojson,
    Iati,
}

impl Standard {
    pub const ALL: [Standard; 3] = [Standard::Oc4ids, Standard::Geojson, Standard::Iati];

    pub fn code(self) -> &'static str {
        match self {
            Standard::Oc4ids => "oc4ids",
            Standard::Geojson => "geojson",
            Standard::Iati => "iati",
        }
    }

    pub fn parse(code: &str) -> Option<Standard> {
        Standard::ALL.into_iter().find(|standard| standard.code() == code)
    }

    pub fn extension(self) -> &'static str {
        match self {
            Standard::Oc4ids => "json",
            Standard::Geojson => "geojson",
            Standard::Iati => "xml",
        }
    }

    pub fn media_type(self) -> &'static str {
        match self {
            Standard::Oc4ids => "application/json",
            Standard::Geojson => "application/geo+json",
            Standard::Iati => "application/xml",
        }
    }
}

/// How a standard's own choices are taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Choices {
    /// Coordinate system of GeoJSON; the other standards mean WGS-84.
    pub crs: Crs,
    /// The series that IATI's money spent is of.
    pub basis: Basis,
}

/// The records as a file.
pub fn write(
    standard: Standard,
    publication: &Publication,
    records: &[ProjectRecord],
    choices: Choices,
) -> Vec<u8> {
    match standard {
        Standard::Oc4ids => oc4ids::write(publication, records),
        Standard::Geojson => geojson::write(publication, records, choices.crs),
        Standard::Iati => iati::write(publication, records, choices.basis),
    }
}

/// What of the records the standard cannot carry.
pub fn losses(
    standard: Standard,
    publication: &Publication,
    records: &[ProjectRecord],
    choices: Choices,
) -> Vec<Problem> {
    match standard {
        Standard::Oc4ids => oc4ids::losses(publication, records),
        Standard::Geojson => geojson::losses(records),
        Standard::Iati => iati::losses(records, choices.basis),
    }
}

/// A standard that projects are read from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Incoming {
    Oc4ids,
    Ocds,
    /// With the coordinate system of files that state none, where somebody knows it.
    Geojson(Option<Crs>),
}

/// Reads a file into rows, each cell a JSON pointer, with everything to be said of it.
pub fn read(incoming: Incoming, name: &str, bytes: &[u8]) -> (Intake, Vec<Problem>) {
    match incoming {
        Incoming::Oc4ids => oc4ids::read(name, bytes),
        Incoming::Ocds => ocds::read(name, bytes),
        Incoming::Geojson(crs) => geojson::read(name, bytes, crs),
    }
}

/// The period of the ledger that two days, both in it, begin and end.
fn period_of(from: Date, to: Date) -> Option<Period> {
    let (year, month) = (from.year(), from.month() as u8);
    let part = from.day() as u8 / 10 + 1;
    let known = [
        Some(Period::year(year)),
        Period::half(year, month.div_ceil(6)),
        Period::quarter(year, month.div_ceil(3)),
        Some(Period::jan_feb(year)),
        Period::month(year, month),
        Period::ten_days(year, month, part.min(3)),
    ];
    let is_it = |period: &Period| period.first_day() == from && period.last_day() == to;
    known.into_iter().flatten().find(is_it)
}
