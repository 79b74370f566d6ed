//! What a filled form would write: cell by cell against the ledger, then the checks.

use std::collections::{BTreeMap, BTreeSet};

use tici_domain::{
    Basis, Figure, FigureKey, Measure, Period, Problem, SideState, Stage, Subject, Table, Value,
};
use tici_engine::Snapshot;
use tici_engine::checks::{CheckRules, RowSaid};
use tici_exchange::form::{COLUMNS, Column, Said, parse_cell};

use super::fill::{before, carried, kept};
use super::{Filled, FilledRow, Side, cell_key};
use crate::import::Ids;

/// What would be written, and what stands in the way.
#[derive(Clone, Debug, Default)]
pub struct ReturnPlan {
    pub figures: Vec<Figure>,
    /// Projects that say anything at all.
    pub rows: i64,
    /// Cells asked for, and those that say something, by row.
    pub asked: usize,
    pub filled: usize,
    pub problems: Vec<Problem>,
    pub conflicts: Vec<Conflict>,
    /// Cells that say something else than what stands, by [`cell_key`]. Values are compared,
    /// not texts: `12,000` is 12000.
    pub changed: BTreeSet<String>,
}

/// A cell that somebody else changed since the form was taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conflict {
    pub project: i64,
    pub column: &'static str,
    /// What stood there when the form was taken.
    pub base: Option<Value>,
    pub mine: Value,
    pub theirs: Value,
    /// Entry that wrote theirs.
    pub entry: i64,
    pub decided: Option<Side>,
}

/// What planning looks at.
pub(super) struct Planning<'a> {
    pub snapshot: &'a Snapshot,
    pub rules: &'a CheckRules,
    pub period: Period,
    pub place: i64,
    /// Entry that last closed the sheet: what changes now is a correction.
    pub closed: Option<i64>,
    /// The value of a key as it was after so many entries.
    pub value_then: &'a dyn Fn(&FigureKey, i64) -> Option<Value>,
}

/// Cells that a place is asked for in each row; the others may stay blank.
const ASKED: [Measure; 4] = [
    Measure::INVEST_MONTH,
    Measure::INVEST_YTD,
    Measure::INVEST_SINCE_START,
    Measure::PROGRESS_PERCENT,
];

impl Planning<'_> {
    pub fn plan(&self, filled: &Filled, ids: &mut Ids) -> ReturnPlan {
        let mut plan =
            ReturnPlan { problems: filled.still_found().cloned().collect(), ..Default::default() };
        for row in &filled.rows {
            match self.project(row, filled.leave_out) {
                Ok(project) => self.row(&mut plan, filled, row, project, ids),
                Err(problem) => plan.problems.push(problem.at("", &filled.sheet, &row.cell)),
            }
        }
        plan
    }

    /// The project of a row, which must be this place's.
    fn project(&self, row: &FilledRow, leave_out: bool) -> Result<i64, Box<Problem>> {
        let known = row.project.or_else(|| {
            let is_it = |entry: &&std::sync::Arc<tici_engine::snapshot::ProjectEntry>| {
                !row.code.is_empty() && entry.project.code == row.code
            };
            self.snapshot.projects.iter().find(is_it).map(|entry| entry.project.id)
        });
        let entry = known.and_then(|id| self.snapshot.projects.get(id));
        let say = |key: &str| {
            let problem = if leave_out { Problem::warning(key) } else { Problem::error(key) };
            problem.arg("code", &row.code).arg("name", &row.name)
        };
        let Some(entry) = entry else { return Err(Box::new(say("form-row-unknown"))) };
        let project = &entry.project;
        if project.place != Some(self.place) {
            let place = project.place.and_then(|place| self.snapshot.places.get(&place));
            let name = place.map_or("-", |place| place.short.text.as_str());
            return Err(Box::new(say("form-row-elsewhere").arg("place", name)));
        }
        if matches!(project.state, SideState::Terminated | SideState::Withdrawn) {
            return Err(Box::new(say("form-row-stopped")));
        }
        Ok(project.id)
    }

    fn row(
        &self,
        plan: &mut ReturnPlan,
        filled: &Filled,
        row: &FilledRow,
        project: i64,
        ids: &mut Ids,
    ) {
        let Some(entry) = self.snapshot.projects.get(project) else { return };
        let mut said =
            RowSaid { project, has_reason: row.reason().is_some(), ..RowSaid::default() };
        let mut says_something = false;
        let problems_before = plan.problems.len();
        for column in COLUMNS {
            let Some(measure) = column.figure() else { continue };
            let is_asked = ASKED.contains(&measure);
            plan.asked += usize::from(is_asked);
            let kept = kept(self.snapshot, project, measure, self.period);
            let at = Cell { filled, row, project, column, measure };
            let stands =
                kept.clone().or_else(|| carried(self.snapshot, entry, measure, self.period));
            let value = match self.cell(plan, &at, stands.as_ref(), kept.as_ref()) {
                Some(value) => {
                    if stands.as_ref() != Some(&value) {
                        plan.changed.insert(cell_key(project, column.key));
                        if self.takes(plan, &at, &value) {
                            self.write(plan, &at, &value, ids);
                        }
                    }
                    says_something = true;
                    plan.filled += usize::from(is_asked);
                    Some(value)
                }
                None => kept,
            };
            match value {
                Some(Value::Int(number)) => {
                    said.numbers.insert(measure, number);
                }
                Some(Value::Text(text)) if column.is_stage() => said.stage = Stage::parse(&text),
                _ => {}
            }
        }
        plan.rows += i64::from(says_something);
        // A row that cannot be read is not checked as well: it would be blamed twice.
        if Problem::any_error(&plan.problems[problems_before..]) {
            return;
        }
        let address =
            |measure| Column::of(measure).map_or_else(String::new, |c| row.address(c.key));
        let by = (self.period, Basis::Reported);
        let found = self.rules.check(self.snapshot, by, &said, address);
        plan.problems.extend(found.into_iter().map(|mut problem| {
            problem.sheet = filled.sheet.clone();
            problem
        }));
    }

    /// What a cell says; `None` for nothing, or for something that cannot be read.
    fn cell(
        &self,
        plan: &mut ReturnPlan,
        at: &Cell,
        stands: Option<&Value>,
        kept: Option<&Value>,
    ) -> Option<Value> {
        let text = at.row.cells.get(at.column.key).map_or("", |cell| cell.text.as_str());
        match parse_cell(at.column, text, at.row.currency()) {
            Ok(Said::Value(value)) => Some(value),
            Ok(Said::NoChange) => {
                let stands = self.unchanged(at.project, at.measure);
                if stands.is_none() {
                    let problem = Problem::error("form-nothing-to-keep");
                    plan.problems.push(at.here(problem.arg("column", at.column.key)));
                }
                stands
            }
            Ok(Said::Blank) => {
                let was_shown = at.base().is_some() && kept.is_some();
                if was_shown {
                    plan.changed.insert(cell_key(at.project, at.column.key));
                    let problem = Problem::warning("form-blank-keeps");
                    plan.problems.push(at.here(problem.arg("column", at.column.key)));
                }
                None
            }
            Err(problem) => {
                if stands.is_none() || at.meant(&problem).as_ref() != stands {
                    plan.changed.insert(cell_key(at.project, at.column.key));
                }
                plan.problems.push(at.here(*problem));
                None
            }
        }
    }

    /// "No change": a month adds nothing, anything else stays as it stood before. In January
    /// a year's sum begins anew.
    fn unchanged(&self, project: i64, measure: Measure) -> Option<Value> {
        use tici_domain::measure::Accumulation;
        match measure.spec().accumulation {
            Accumulation::Periodic => Some(Value::Int(0)),
            Accumulation::YearToDate if self.period.index() == 1 => Some(Value::Int(0)),
            _ => before(self.snapshot, project, measure, self.period),
        }
    }

    /// Whether a changed value is to be written: not where somebody else has changed the
    /// same cell since, until it is decided whose value stays.
    fn takes(&self, plan: &mut ReturnPlan, at: &Cell, value: &Value) -> bool {
        let key = self.key(at);
        let Some(current) = self.snapshot.figure(&key) else { return true };
        if current.entry < at.filled.base {
            return true;
        }
        let base = match &at.row.base {
            Some(base) => base.get(at.column.key).cloned(),
            None => (self.value_then)(&key, at.filled.base),
        };
        if base.as_ref() == Some(value) {
            // Left as it was: what the other wrote stands.
            return false;
        }
        let decided = at.filled.decided.get(&cell_key(at.project, at.column.key)).copied();
        let conflict = Conflict {
            project: at.project,
            column: at.column.key,
            base,
            mine: value.clone(),
            theirs: current.value(),
            entry: current.entry,
            decided,
        };
        if decided.is_none() {
            let print = |value: &Value| print(at.column, value, at.row);
            let problem = Problem::error("form-conflict")
                .arg("column", at.column.key)
                .arg("mine", print(&conflict.mine))
                .arg("theirs", print(&conflict.theirs));
            plan.problems.push(at.here(problem));
        }
        plan.conflicts.push(conflict);
        decided == Some(Side::Mine)
    }

    fn write(&self, plan: &mut ReturnPlan, at: &Cell, value: &Value, ids: &mut Ids) {
        let key = self.key(at);
        let replaces = self.snapshot.figure(&key).map(|cell| cell.id);
        let reason = at.row.reason();
        let needs_reason = self.closed.is_some() && at.measure != Measure::REASON_TEXT;
        if needs_reason && replaces.is_some() && !self.has_new_reason(at) {
            let problem = Problem::error("return-correction-needs-reason");
            plan.problems.push(at.here(problem.arg("column", at.column.key)));
        }
        let cell = at.row.cells.get(at.column.key);
        let fixed = cell.and_then(|cell| {
            let was = cell.was.as_ref().filter(|was| !was.is_empty())?;
            Some(format!("{}: {was} → {}", cell.cell, cell.text))
        });
        let text = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        plan.figures.push(Figure {
            id: ids.next(Table::Figure),
            subject: key.subject,
            measure: key.measure,
            period: key.period,
            basis: key.basis,
            value: value.clone(),
            raw: cell.and_then(|cell| text(cell.was.as_deref().unwrap_or(&cell.text))),
            sheet: text(&at.filled.sheet),
            cell: cell.and_then(|cell| text(&cell.cell)),
            replaces,
            reason: reason.filter(|_| replaces.is_some()).map(str::to_owned).or(fixed),
        });
    }

    /// Whether the row says why it is changed after it was closed: the words that stood
    /// there before were said of something else.
    fn has_new_reason(&self, at: &Cell) -> bool {
        let Some(reason) = at.row.reason() else { return false };
        let key = FigureKey { measure: Measure::REASON_TEXT, ..self.key(at) };
        let before = self.snapshot.figure(&key);
        let before = before.filter(|cell| self.closed.is_some_and(|closed| cell.entry <= closed));
        before.is_none_or(|cell| cell.text != Some(reason))
    }

    fn key(&self, at: &Cell) -> FigureKey {
        FigureKey {
            subject: Subject::Project(at.project),
            measure: at.measure,
            period: self.period,
            basis: Basis::Reported,
        }
    }
}

/// One cell on its way into the plan.
struct Cell<'a> {
    filled: &'a Filled,
    row: &'a FilledRow,
    project: i64,
    column: &'static Column,
    measure: Measure,
}

impl Cell<'_> {
    fn here(&self, problem: Problem) -> Problem {
        problem.at("", &self.filled.sheet, &self.row.address(self.column.key))
    }

    /// The value that a problem offers in place of what was typed: 6.2亿 is 62000 万.
    fn meant(&self, problem: &Problem) -> Option<Value> {
        let (_, text) = problem.args.iter().find(|(name, _)| name == "suggestion")?;
        match parse_cell(self.column, text, self.row.currency()) {
            Ok(Said::Value(value)) => Some(value),
            _ => None,
        }
    }

    /// What was shown when the form was taken, where that is known.
    fn base(&self) -> Option<&Value> {
        let base: &BTreeMap<String, Value> = self.row.base.as_ref()?;
        base.get(self.column.key)
    }
}

/// A value as the form states it, for messages.
fn print(column: &Column, value: &Value, row: &FilledRow) -> String {
    super::series::print(column.figure().unwrap_or(Measure::NOTE_TEXT), value, row.currency())
}
