//! The monthly form as a workbook: written prefilled for one place, and read back however
//! it was sorted, cut or saved by another program.
//!
//! A hidden sheet says which form it is, for which place and period, from which state of the
//! ledger it was made, and what stood in each cell then. Rows are found by their code and
//! columns by a hidden row of keys, so that neither order nor position matters.

mod cell;
mod keys;
mod read;
mod write;

use std::collections::BTreeMap;

pub use cell::{Said, is_no_change, parse_cell};
pub use read::{CellRead, FormRead, RowRead, is_form, read, read_opened};
use tici_domain::measure::Unit;
use tici_domain::{Currency, Measure, Period, Stage, Value};
pub use write::write;

/// Layout of the form; a workbook of another layout is refused.
pub const LAYOUT: &str = "1";

/// Code of the form, as rounds name it.
pub const MONTHLY: &str = "monthly";

/// Key of the column that says why a figure is changed or falls.
pub const REASON: &str = "reason";

/// What stands in a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holds {
    /// The project's code: the key of the row.
    Code,
    Name,
    Firm,
    /// The year's plan.
    Plan,
    /// A figure of the month before, to compare with.
    Before(Measure),
    /// A figure to fill in.
    Figure(Measure),
}

/// One column of the form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Column {
    /// Its name in the hidden row, in forms of a page and, behind `form-`, in locales.
    pub key: &'static str,
    pub holds: Holds,
}

/// The columns, from left to right.
pub const COLUMNS: &[Column] = &[
    column("code", Holds::Code),
    column("name", Holds::Name),
    column("firm", Holds::Firm),
    column("total", Holds::Figure(Measure::TOTAL_INVESTMENT)),
    column("plan", Holds::Plan),
    column("before-ytd", Holds::Before(Measure::INVEST_YTD)),
    column("month", Holds::Figure(Measure::INVEST_MONTH)),
    column("ytd", Holds::Figure(Measure::INVEST_YTD)),
    column("building", Holds::Figure(Measure::INVEST_YTD_BUILDING)),
    column("installation", Holds::Figure(Measure::INVEST_YTD_INSTALLATION)),
    column("equipment", Holds::Figure(Measure::INVEST_YTD_EQUIPMENT)),
    column("other", Holds::Figure(Measure::INVEST_YTD_OTHER)),
    column("before-since-start", Holds::Before(Measure::INVEST_SINCE_START)),
    column("since-start", Holds::Figure(Measure::INVEST_SINCE_START)),
    column("stage", Holds::Figure(Measure::PHASE_TEXT)),
    column("before-percent", Holds::Before(Measure::PROGRESS_PERCENT)),
    column("percent", Holds::Figure(Measure::PROGRESS_PERCENT)),
    column("progress", Holds::Figure(Measure::PROGRESS_TEXT)),
    column("workers", Holds::Figure(Measure::WORKERS)),
    column("issue", Holds::Figure(Measure::ISSUE_TEXT)),
    column(REASON, Holds::Figure(Measure::REASON_TEXT)),
];

const fn column(key: &'static str, holds: Holds) -> Column {
    Column { key, holds }
}

impl Column {
    /// The column of a key.
    pub fn find(key: &str) -> Option<&'static Column> {
        COLUMNS.iter().find(|column| column.key == key)
    }

    /// The column that a measure is filled into.
    pub fn of(measure: Measure) -> Option<&'static Column> {
        COLUMNS.iter().find(|column| column.figure() == Some(measure))
    }

    /// The measure to fill in.
    pub fn figure(&self) -> Option<Measure> {
        match self.holds {
            Holds::Figure(measure) => Some(measure),
            _ => None,
        }
    }

    /// Whether a person may write in it.
    pub fn is_open(&self) -> bool {
        matches!(self.holds, Holds::Figure(_))
    }

    /// The unit of its numbers; `None` for words.
    pub fn unit(&self) -> Option<Unit> {
        let unit = match self.holds {
            Holds::Plan => Unit::Money,
            Holds::Before(measure) | Holds::Figure(measure) => measure.spec().unit,
            _ => return None,
        };
        (unit != Unit::Text).then_some(unit)
    }

    /// Whether one of the stages is to be chosen.
    pub fn is_stage(&self) -> bool {
        self.figure() == Some(Measure::PHASE_TEXT)
    }
}

/// Which form it is, and what it was made from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormHead {
    pub form: String,
    pub place: i64,
    pub place_code: String,
    pub period: Period,
    /// Series of the round it answers.
    pub round: i64,
    /// Journal entries that were in the ledger when it was made.
    pub base: i64,
}

/// A form to be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormOut {
    pub head: FormHead,
    pub rows: Vec<RowOut>,
}

/// One project of the form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowOut {
    pub project: i64,
    pub code: String,
    pub name: String,
    pub firm: String,
    pub currency: Currency,
    /// What stands in each column already, by key; a column that says nothing is left out.
    pub values: BTreeMap<&'static str, Value>,
}

/// The words of a form in one language.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FormWords {
    pub title: String,
    pub sheet: String,
    pub notes_sheet: String,
    /// The line under the title: units, and what blank, zero and "no change" mean.
    pub hint: String,
    /// One for each of [`COLUMNS`].
    pub headers: Vec<String>,
    pub stages: Vec<(Stage, String)>,
    pub no_change: String,
    /// The instructions, line by line.
    pub notes: Vec<String>,
    /// What a spreadsheet says when a cell is given something else.
    pub number_wanted: String,
    pub stage_wanted: String,
}
