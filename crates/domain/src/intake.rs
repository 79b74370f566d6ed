//! What an importer hands to `ops`: rows of a project list, each cell with its place.

use crate::{Basis, Currency, PlaceCode};
use crate::{ListTier, Measure, Name, Period, SideState, Stage, figure::Value};
use jiff::civil::Date;

/// A value and the cell it was read from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct At<T> {
    pub value: T,
    /// `E9`, or `12:5` (line:column) in a text file.
    pub cell: String,
    /// As it stood in the file.
    pub raw: String,
}

/// One project as one row (or one column of a transposed sheet) tells of it, for one
/// period. `None` means the file says nothing, which is not zero.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ProjectRow {
    /// Sheet the row is on; empty for text files.
    pub sheet: String,
    /// Index into [`Intake::files`].
    pub file: usize,
    /// First cell of the row, for messages about the whole of it.
    pub cell: String,
    /// Which cells of the sheet are the record's.
    pub extent: Extent,
    /// The period the row's figures belong to.
    pub period: Option<Period>,
    pub code: Option<At<String>>,
    pub national_code: Option<At<String>>,
    pub name: Option<At<Name>>,
    /// The project it is a package of, as named or coded in the file.
    pub parent: Option<At<String>>,
    /// Its share of that project, in hundredths of a percent.
    pub parent_share: Option<At<i64>>,
    pub enterprise: Option<At<String>>,
    pub enterprise_code: Option<At<String>>,
    /// Place as named or coded in the file; `ops` looks it up.
    pub place: Option<At<String>>,
    pub place_code: Option<PlaceCode>,
    pub currency: Option<Currency>,
    pub chain: Option<At<String>>,
    pub industry: Option<At<String>>,
    pub sector: Option<At<String>>,
    pub content: Option<At<String>>,
    pub lead_unit: Option<At<String>>,
    pub sponsor: Option<At<String>>,
    pub build_from: Option<At<Date>>,
    pub build_to: Option<At<Date>>,
    pub state: Option<At<SideState>>,
    /// List tier and the year of the list.
    pub tier: Option<At<(ListTier, i16)>>,
    /// Stage the row says the project is at, and the day, when it gives one.
    pub stages: Vec<At<(Stage, Option<Date>)>>,
    /// Planned investment by period, in stored units of the row's currency.
    pub plans: Vec<(Period, At<i64>)>,
    /// Dated steps: key, planned day, actual day, expected day.
    pub milestones: Vec<At<MilestoneCell>>,
    pub figures: Vec<(Measure, At<Value>)>,
    /// The series the figures are of, where the file says so itself.
    pub basis: Option<Basis>,
    /// 建设性质, 1..=7 of the statistics bureau's list.
    pub nature: Option<At<i64>>,
    /// Longitude and latitude in CGCS2000, in millionths of a degree.
    pub location: Option<At<(i64, i64)>>,
    /// Names it was known by before.
    pub aliases: Vec<At<String>>,
    /// Lists beside `tier`.
    pub lists: Vec<At<(ListTier, i16)>>,
    /// What the milestones are called, and why their days are what they are.
    pub milestone_words: Vec<MilestoneWords>,
    /// What more the file says of the firm, for a firm the ledger does not know.
    pub firm: FirmWords,
}

/// Words of one milestone.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MilestoneWords {
    pub key: String,
    pub name: Option<String>,
    pub reason: Option<String>,
}

/// A firm beyond its name and code.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FirmWords {
    pub short: Option<String>,
    /// Place as named in the file.
    pub place: Option<String>,
    pub chain: Option<String>,
    pub industry: Option<String>,
    pub is_key: bool,
}

/// Which cells of a sheet belong to one record: those of its row, of its column, or of a form
/// that takes several rows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Extent {
    #[default]
    Row,
    Column,
    /// First and last row, as the sheet counts them.
    Rows(u32, u32),
}

impl Extent {
    /// Whether a record that begins in the cell `first` has the cell `other`. Cells are named
    /// as in [`At::cell`]; a name that is none belongs to no record.
    pub fn holds(self, first: &str, other: &str) -> bool {
        let Some((row, column)) = row_and_column(other) else { return false };
        match self {
            Extent::Rows(top, bottom) => (top..=bottom).contains(&row),
            Extent::Row => row_and_column(first).is_some_and(|first| first.0 == row),
            Extent::Column => row_and_column(first).is_some_and(|first| first.1 == column),
        }
    }
}

/// Row and column of `E9`, or of `9:5` in a text file.
fn row_and_column(cell: &str) -> Option<(u32, &str)> {
    if let Some((row, column)) = cell.split_once(':') {
        return Some((row.parse().ok()?, column));
    }
    let letters = cell.trim_end_matches(|c: char| c.is_ascii_digit());
    Some((cell[letters.len()..].parse().ok()?, letters))
}

/// One date of one milestone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MilestoneCell {
    /// Stage code, or a key of the office's own.
    pub key: String,
    pub role: DateRole,
    pub on: Date,
}

/// Which of a milestone's dates a column gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DateRole {
    Planned,
    Actual,
    Expected,
    /// Start of the work that leads to it.
    PlannedFrom,
    ActualFrom,
}

/// A file handed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IntakeFile {
    pub name: String,
    pub sha256: String,
    pub bytes: u64,
}

/// Everything read from the files of one import.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Intake {
    pub files: Vec<IntakeFile>,
    pub rows: Vec<ProjectRow>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_has_its_own_cells() {
        let cases = [
            (Extent::Row, "A9", "E9", true),
            (Extent::Row, "A9", "E10", false),
            (Extent::Row, "12:1", "12:5", true),
            (Extent::Column, "C1", "C14", true),
            (Extent::Column, "C1", "D1", false),
            (Extent::Column, "1:3", "9:3", true),
            (Extent::Rows(2, 6), "B2", "F6", true),
            (Extent::Rows(2, 6), "B2", "B7", false),
            (Extent::Row, "A9", "", false),
        ];
        for (extent, first, other, holds) in cases {
            assert_eq!(extent.holds(first, other), holds, "{extent:?} {first} {other}");
        }
    }
}
