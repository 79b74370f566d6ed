//! Codes of the standard's lists for words of the ledger.

use tici_domain::{SideState, Stage};

/// Activity status: 1 pipeline, 2 implementation, 3 finalisation, 4 closed, 5 cancelled,
/// 6 suspended.
pub fn status(stage: Option<Stage>, state: SideState) -> &'static str {
    match (state, stage) {
        (SideState::Terminated | SideState::Withdrawn, _) => "5",
        (SideState::Suspended, _) => "6",
        (_, None | Some(Stage::Lead | Stage::Signed | Stage::Landed)) => "1",
        (_, Some(Stage::Started | Stage::StatEntered | Stage::InProgress)) => "2",
        (_, Some(Stage::Completed)) => "3",
        (_, Some(Stage::InProduction | Stage::AtCapacity)) => "4",
    }
}

/// Three-digit purpose codes of the Development Assistance Committee for industries of
/// GB/T 4754 by the beginning of their code, the longest that fits.
const SECTORS: &[(&str, &str)] = &[
    ("A", "311"),
    ("B", "322"),
    ("C", "321"),
    ("D", "230"),
    ("D46", "140"),
    ("E", "323"),
    ("E481", "210"),
    ("F", "331"),
    ("G", "210"),
    ("G60", "220"),
    ("H", "332"),
    ("I", "220"),
    ("J", "240"),
    ("K", "323"),
    ("L", "250"),
    ("M", "250"),
    ("N", "410"),
    ("N76", "140"),
    ("N78", "430"),
    ("N782", "140"),
    ("P", "110"),
    ("Q", "120"),
    ("R", "160"),
    ("S", "151"),
];

/// Several sectors at once, where the ledger names no industry.
pub const MULTISECTOR: &str = "430";

pub fn sector(industry: Option<&str>) -> &'static str {
    let Some(industry) = industry else { return MULTISECTOR };
    let fits = SECTORS.iter().filter(|(start, _)| industry.starts_with(start));
    fits.max_by_key(|(start, _)| start.len()).map_or(MULTISECTOR, |(_, code)| code)
}
