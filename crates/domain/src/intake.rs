//! What an importer hands to `ops`: rows of a project list, each cell with its place.

use crate::{Currency, PlaceCode};
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
