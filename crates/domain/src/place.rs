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

    /// The code above a GB/T 2260 code: village → town → county → city → province.
    /// `None` above a province and in any other scheme.
    pub fn parent(&self) -> Option<PlaceCode> {
        if self.scheme != PlaceCode::GBT2260 {
            return None;
        }
        let code = self.code.as_str();
        let parent = match code.len() {
            12 => code[..9].to_owned(),
            9 => code[..6].to_owned(),
            6 if !code.ends_with("00") => format!("{}00", &code[..4]),
            6 if !code.ends_with("0000") => format!("{}0000", &code[..2]),
            _ => return None,
        };
        PlaceCode::gbt2260(&parent)
    }

    /// The kind that the digits of a GB/T 2260 code stand for: the last three of a town's
    /// nine are 001–099 for a 街道, 100–199 for a 镇, 200–399 for a 乡, 400–599 for a zone
    /// that is run like one. `None` for villages, other ranges and other schemes.
    pub fn kind(&self) -> Option<PlaceKind> {
        if self.scheme != PlaceCode::GBT2260 {
            return None;
        }
        match (self.code.len(), self.code.get(6..)?) {
            (6, _) if self.code.ends_with("0000") => Some(PlaceKind::Province),
            (6, _) if self.code.ends_with("00") => Some(PlaceKind::City),
            (6, _) => Some(PlaceKind::County),
            (9, town) => match town.parse().ok()? {
                1..=99 => Some(PlaceKind::Subdistrict),
                100..=199 => Some(PlaceKind::Town),
                200..=399 => Some(PlaceKind::Township),
                400..=599_u16 => Some(PlaceKind::Zone),
                _ => None,
            },
            _ => None,
        }
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

impl Place {
    /// Whether this version's code was in force on a day; open ends are always in force.
    pub fn valid_on(&self, day: Date) -> bool {
        self.valid_from.is_none_or(|from| from <= day) && self.valid_to.is_none_or(|to| day < to)
    }
}

/// The versions in force on a day.
pub fn valid_on(places: &[Place], day: Date) -> impl Iterator<Item = &Place> {
    places.iter().filter(move |place| place.valid_on(day))
}

/// The place that bore `code` on a day: a code may pass to another place later.
pub fn with_code_on<'a>(places: &'a [Place], code: &PlaceCode, day: Date) -> Option<&'a Place> {
    valid_on(places, day).find(|place| place.code == *code)
}

/// The version of place `id` in force on a day.
pub fn version_on(places: &[Place], id: i64, day: Date) -> Option<&Place> {
    valid_on(places, day).find(|place| place.id == id)
}

/// All versions of place `id`, oldest first.
pub fn history(places: &[Place], id: i64) -> Vec<&Place> {
    let mut versions: Vec<&Place> = places.iter().filter(|place| place.id == id).collect();
    versions.sort_by_key(|place| place.valid_from);
    versions
}

/// The place that an old code means today: whoever bore `code` on its own day, in the
/// version in force on `today`. A return of 1985 is so read beside one of this year.
pub fn successor<'a>(
    places: &'a [Place],
    code: &PlaceCode,
    then: Date,
    today: Date,
) -> Option<&'a Place> {
    version_on(places, with_code_on(places, code, then)?.id, today)
}
