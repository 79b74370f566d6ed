//! One row: which project it is, and each value against the ledger's.

use tici_domain::intake::ProjectRow;
use tici_domain::{Change, Problem};

use super::plan::Planner;
use super::settle::Said;
use super::{CellChange, RowFate, RowPlan};

/// A row on its way into the plan.
pub(super) struct RowWork<'r> {
    pub row: &'r ProjectRow,
    pub file: &'r str,
    pub cells: Vec<CellChange>,
    pub project: i64,
    /// Where its changes begin in the plan, behind that of the project.
    pub from: usize,
}

impl Planner<'_> {
    pub(super) fn row(&mut self, row: &ProjectRow, file: &str) {
        let mut planned = RowPlan {
            file: row.file,
            sheet: row.sheet.clone(),
            cell: row.cell.clone(),
            project: None,
            period: row.period.or(self.options.period),
            fate: RowFate::LeftOut,
            cells: Vec::new(),
        };
        let mark = self.plan.changes.len();
        let Some((project, is_new)) = self.project(row, file) else {
            self.plan.rows.push(planned);
            return;
        };
        let from = self.plan.changes.len();
        let mut work = RowWork { row, file, cells: Vec::new(), project, from };
        let period = planned.period;
        self.figures(&mut work, period);
        self.plans(&mut work);
        self.seen.spans.entry(project).or_default().push(from..self.plan.changes.len());
        self.lists(&mut work);
        self.stages(&mut work, period);
        let said = Said {
            row: self.plan.rows.len(),
            file: row.file,
            at: self.plan.changes.len(),
            name_cell: row.name.as_ref().map_or(&row.cell, |at| &at.cell).clone(),
        };
        self.milestones(&work, &said);
        self.seen.projects.insert(project, said);
        self.package(row, file, project);
        planned.project = Some(project);
        planned.cells = work.cells;
        planned.fate = match (is_new, self.plan.changes.len() > mark) {
            (true, _) => RowFate::New,
            (false, true) => RowFate::Changed,
            (false, false) => RowFate::Unchanged,
        };
        self.plan.rows.push(planned);
    }

    pub(super) fn say(&mut self, problem: Problem, file: &str, sheet: &str, cell: &str) {
        self.plan.problems.push(problem.at(file, sheet, cell));
    }

    pub(super) fn push(&mut self, row: &ProjectRow, change: Change) {
        self.plan.changes.push(change);
        self.plan.files.push(row.file);
    }
}
