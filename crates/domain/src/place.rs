//! Places: divisions with dated codes, zones, and any other scheme of codes.

use crate::Name;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// What kind of place a place is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PlaceKind {
    Nation,
    Province,
    City,
    County,
    /// 功能区, 开发区
    Zone,
    /// 园区
    Park,
    /// 镇
    Town,
    /// 乡
    Township,
    /// 街道
    Subdistrict,
    /// A place of some other country's scheme.
    Area,
}

impl PlaceKind {
    pub const ALL: [PlaceKind; 10] = [
        PlaceKind::Nation,
        PlaceKind::Province,
        PlaceKind::City,
        PlaceKind::County,
        PlaceKind::Zone,
        PlaceKind::Park,
        PlaceKind::Town,
        PlaceKind::Township,
        PlaceKind::Subdistrict,
        PlaceKind::Area,
    ];

    /// The stored and printed code.
    pub fn code(self) -> &'static str {
        match self {
            PlaceKind::Nation => "nation",
            PlaceKind::Province => "province",
            PlaceKind::City => "city",
            PlaceKind::County => "county",
            PlaceKind::Zone => "zone",
            PlaceKind::Park => "park",
            PlaceKind::Town => "town",
            PlaceKind::Township => "township",
            PlaceKind::Subdistrict => "subdistrict",
            PlaceKind::Area => "area",
        }
    }

    /// Reads a code back; `None` for anything else.
    pub fn parse(code: &str) -> Option<PlaceKind> {
        PlaceKind::ALL.into_iter().find(|kind| kind.code() == code)
    }
}

/// A code within a scheme. `gbt2260` codes are checked for shape only: they carry no
/// check digit, so whether one exists is a dated lookup in the ledger's own table.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct PlaceCode {
    pub scheme: String,
    pub code: String,
}

impl PlaceCode {
    pub const GBT2260: &str = "gbt2260";

    /// A GB/T 2260 code of 6 digits, 9 for a town (GB/T 10114), 12 for a village.
    pub fn gbt2260(code: &str) -> Option<PlaceCode> {
        let well_formed =
            matches!(code.len(), 6 | 9 | 12) && code.bytes().all(|byte| byte.is_ascii_digit());
        well_formed.then(|| PlaceCode { scheme: PlaceCode::GBT2260.into(), code: code.into() })
    }

    /// A code of any other scheme; `None` when either part is blank.
    pub fn other(scheme: &str, code: &str) -> Option<PlaceCode> {
        let (scheme, code) = (scheme.trim(), code.trim());
        let well_formed = !scheme.is_empty() && !code.is_empty();
        well_formed.then(|| PlaceCode { scheme: scheme.into(), code: code.into() })
    }
}

/// One place. A change of code or parent is a new version of the same `id`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    pub id: i64,
    pub code: PlaceCode,
    pub kind: PlaceKind,
    pub name: Name,
    /// Short form for tables: 经开区.
    pub short: Name,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent: Option<i64>,
    /// Order among its siblings, as the office lists them.
    #[serde(default)]
    pub rank: i64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_from: Option<Date>,
    /// First day on which the code is no longer valid.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_to: Option<Date>,
    /// GeoJSON geometry, coordinates in CGCS2000.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub boundary: Option<String>,
}
