//! Schedules of planning programs: Microsoft Project XML in and out, Primavera XER in. All
//! are read into one [`Schedule`]; what it cannot hold is told by problems that count it.

pub mod mspdi_read;
pub mod mspdi_write;
mod xer_calendar;
pub mod xer_read;
mod xer_tables;

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::Serialize;
use tici_domain::Problem;

/// Tasks of one schedule at most.
pub const TASKS_MAX: usize = 100_000;
/// Links of one schedule at most.
pub const LINKS_MAX: usize = 400_000;

/// One project's schedule.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Schedule {
    pub name: String,
    /// Short name or number in the program it comes from.
    pub code: String,
    /// The day its state was taken.
    pub status: Option<Date>,
    pub calendars: Vec<Calendar>,
    pub tasks: Vec<Task>,
    pub links: Vec<Link>,
}

/// One line of a schedule.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Task {
    /// Its number in the file, which links name.
    pub uid: i64,
    pub name: String,
    pub kind: TaskKind,
    /// 0 is the schedule itself.
    pub level: u32,
    pub wbs: String,
    /// The key of a milestone of a ledger, or one made of the number in the other program.
    pub key: String,
    /// Whether `key` is the ledger's own.
    pub is_own: bool,
    /// Code of the ledger's project it belongs to, where the file says so.
    pub project: Option<String>,
    /// Baseline.
    pub planned_from: Option<Date>,
    pub planned: Option<Date>,
    pub actual_from: Option<Date>,
    pub actual: Option<Date>,
    /// Where the schedule now puts its end, other than the baseline.
    pub expected: Option<Date>,
    /// Hundredths of a percent.
    pub percent: Option<i64>,
    pub note: Option<String>,
}

/// What a line is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum TaskKind {
    /// Made of the lines below it.
    Summary,
    #[default]
    Work,
    /// Takes no time.
    Milestone,
}

/// That one line waits for another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Link {
    pub from: i64,
    pub to: i64,
    pub kind: LinkKind,
    pub lag_minutes: i64,
}

/// Which ends a link joins.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum LinkKind {
    FinishFinish,
    FinishStart,
    StartFinish,
    StartStart,
}

impl LinkKind {
    /// Order as Microsoft Project numbers them.
    pub const ALL: [LinkKind; 4] = [
        LinkKind::FinishFinish,
        LinkKind::FinishStart,
        LinkKind::StartFinish,
        LinkKind::StartStart,
    ];
}

/// Working days.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Calendar {
    pub name: String,
    /// Monday first.
    pub works: [bool; 7],
    pub exceptions: usize,
}

/// What was read but cannot be kept, counted by key, with the first of each.
#[derive(Clone, Debug, Default)]
pub struct Losses {
    found: BTreeMap<&'static str, (usize, String)>,
}

impl Losses {
    /// Something that is not kept; `example` says where it was.
    pub fn add(&mut self, key: &'static str, example: &str) {
        let seen = self.found.entry(key).or_insert_with(|| (0, example.to_owned()));
        seen.0 += 1;
    }

    /// One warning for each kind of loss.
    pub fn problems(&self, file: &str) -> Vec<Problem> {
        let problem = |(key, (count, example)): (&&'static str, &(usize, String))| {
            let problem = Problem::warning(key).at(file, "", "");
            problem.arg("count", count).arg("example", example)
        };
        self.found.iter().map(problem).collect()
    }
}
