//! The plan of an import: row by row, what would be written, and what stops it.

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

use jiff::civil::Date;
use tici_domain::change::ListMembership;
use tici_domain::intake::{Intake, ProjectRow};
use tici_domain::{Change, ListTier, Period, Problem, Severity, Stage, Table};
use tici_engine::Snapshot;

use super::codes;
use super::late::LateWords;
use super::lookup::Lookup;
use super::packages::SaidPackage;
use super::settle::{Said, SaidMilestone};
use super::{ImportOptions, RowFate, RowPlan};
use crate::Session;

/// What an import would do.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ImportPlan {
    pub rows: Vec<RowPlan>,
    /// Changes in the order they must be written.
    pub changes: Vec<Change>,
    /// Index of the file of each change.
    pub files: Vec<usize>,
    /// Problems found while comparing with the ledger.
    pub problems: Vec<Problem>,
}

impl ImportPlan {
    /// How many rows share a fate.
    pub fn count(&self, fate: RowFate) -> usize {
        self.rows.iter().filter(|row| row.fate == fate).count()
    }

    /// Whether something stops the import as a whole.
    pub fn is_stopped(&self, options: &ImportOptions) -> bool {
        !options.leave_out_bad_rows && Problem::any_error(&self.problems)
    }
}

/// Plans rows against a snapshot and against the rows planned before.
pub struct Planner<'a> {
    pub(super) snapshot: &'a Snapshot,
    pub(super) session: &'a Session,
    pub(super) options: &'a ImportOptions,
    pub(super) lookup: Lookup<'a>,
    pub(super) ids: Ids,
    pub(super) plan: ImportPlan,
    /// What earlier rows of this import have written, by natural key.
    pub(super) seen: Seen,
}

/// Rows of this import that later rows must compare with or supersede.
#[derive(Default)]
pub(super) struct Seen {
    /// Where the changes of each row of a project stand.
    pub spans: HashMap<i64, Vec<Range<usize>>>,
    /// Amount, id and version.
    pub plans: HashMap<(i64, Period), (i64, i64, i64)>,
    pub lists: HashMap<(i64, ListTier, i64), ListMembership>,
    /// Id and day.
    pub claims: BTreeMap<(i64, Stage), (i64, Date)>,
    /// Projects this import makes: where they stand among the changes.
    pub made: HashMap<i64, usize>,
    pub late: LateWords,
    /// What rows say of packages; the project they are of may stand further down.
    pub packages: BTreeMap<i64, SaidPackage>,
    pub projects: BTreeMap<i64, Said>,
    pub milestones: BTreeMap<(i64, String), SaidMilestone>,
}

/// Counters for new ids, continuing where the ledger stands.
#[derive(Clone, Debug, Default)]
pub struct Ids {
    next: BTreeMap<Table, i64>,
}

impl Ids {
    /// Counters from the highest id of each table.
    pub fn after(mut max: impl FnMut(Table) -> i64) -> Ids {
        Ids { next: Table::ALL.into_iter().map(|table| (table, max(table) + 1)).collect() }
    }

    pub fn next(&mut self, table: Table) -> i64 {
        let next = self.next.entry(table).or_insert(1);
        *next += 1;
        *next - 1
    }
}

impl<'a> Planner<'a> {
    pub fn new(
        snapshot: &'a Snapshot,
        session: &'a Session,
        options: &'a ImportOptions,
        ids: Ids,
    ) -> Planner<'a> {
        Planner {
            snapshot,
            session,
            options,
            lookup: Lookup::new(snapshot),
            ids,
            plan: ImportPlan::default(),
            seen: Seen::default(),
        }
    }

    /// Plans all rows, earliest period first, so that later values supersede earlier ones.
    /// `broken` are problems found while reading: a row that has one is not written.
    pub fn plan(mut self, intake: &Intake, broken: &[Problem]) -> ImportPlan {
        let bad_cells = BadRows::of(broken);
        let mut order: Vec<&ProjectRow> = intake.rows.iter().collect();
        order.sort_by_key(|row| row.period);
        for row in order {
            let file = intake.files.get(row.file).map_or("", |file| file.name.as_str());
            if bad_cells.has(file, row) {
                self.leave_out(row);
                continue;
            }
            let before = self.plan.problems.len();
            let mark = self.plan.changes.len();
            let (row, wrong) = codes::checked(row);
            let at_cell = |(cell, problem): (String, Problem)| problem.at(file, &row.sheet, &cell);
            self.plan.problems.extend(wrong.into_iter().map(at_cell));
            self.row(&row, file);
            let failed = Problem::any_error(&self.plan.problems[before..]);
            if failed {
                // What an erroneous row would have written is taken back whole.
                self.plan.changes.truncate(mark);
                self.plan.files.truncate(mark);
                if let Some(planned) = self.plan.rows.last_mut() {
                    planned.fate = RowFate::LeftOut;
                }
            }
        }
        self.settle()
    }

    fn leave_out(&mut self, row: &ProjectRow) {
        self.plan.rows.push(RowPlan {
            file: row.file,
            sheet: row.sheet.clone(),
            cell: row.cell.clone(),
            project: None,
            period: row.period,
            fate: RowFate::LeftOut,
            cells: Vec::new(),
        });
    }
}

/// Rows that had an error when the file was read, by file, sheet and row number.
struct BadRows(std::collections::BTreeSet<(String, String, String)>);

impl BadRows {
    fn of(problems: &[Problem]) -> BadRows {
        let errors = problems.iter().filter(|p| p.severity == Severity::Error);
        BadRows(errors.map(|p| (p.file.clone(), p.sheet.clone(), row_part(&p.cell))).collect())
    }

    fn has(&self, file: &str, row: &ProjectRow) -> bool {
        !self.0.is_empty()
            && self.0.contains(&(file.to_owned(), row.sheet.clone(), row_part(&row.cell)))
    }
}

/// The row number of `E9` or `12:5`.
pub(crate) fn row_part(cell: &str) -> String {
    match cell.split_once(':') {
        Some((line, _)) => line.to_owned(),
        None => cell.trim_start_matches(|c: char| c.is_ascii_alphabetic()).to_owned(),
    }
}
