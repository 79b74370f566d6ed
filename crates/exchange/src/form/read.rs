//! Reading a form back by the keys of its hidden sheet.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use tici_domain::{Currency, Period, Problem, Value};

use super::{COLUMNS, Column, FormHead, Holds, LAYOUT, keys};
use crate::sheet::{CellValue, Sheet, Workbook, column_letters, open};
use crate::table::is_total_label;

/// Columns and rows looked at for the hidden row of keys.
const SEARCH_MAX: usize = 200;

/// A form as it came back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormRead {
    pub head: FormHead,
    /// The sheet that was filled in.
    pub sheet: String,
    pub rows: Vec<RowRead>,
    /// Projects that the form had and that are no longer on it: id, code, name.
    pub removed: Vec<(i64, String, String)>,
}

/// One row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowRead {
    /// Row number on the sheet.
    pub line: u32,
    /// The project of the form that it is; `None` for a row that the form did not have.
    pub project: Option<i64>,
    pub currency: Currency,
    pub code: String,
    pub name: String,
    /// What was typed, by column; blank cells are there too.
    pub cells: BTreeMap<&'static str, CellRead>,
    /// What stood in the cells when the form was made.
    pub base: BTreeMap<&'static str, Value>,
}

/// One cell.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CellRead {
    /// `H7`.
    pub cell: String,
    /// As a person would type it.
    pub text: String,
    pub is_formula: bool,
}

/// What the hidden sheet says of one project.
struct Key {
    project: i64,
    code: String,
    name: String,
    currency: Currency,
    base: BTreeMap<&'static str, Value>,
}

/// Whether a workbook is a form of ours.
pub fn is_form(workbook: &Workbook) -> bool {
    hidden(workbook).is_some()
}

/// Opens and reads a form. Without one there is an error among the problems.
pub fn read(name: &str, bytes: &[u8]) -> (Option<FormRead>, Vec<Problem>) {
    let (workbook, mut problems) = open(name, bytes, Default::default());
    let Some(workbook) = workbook else { return (None, problems) };
    let (form, found) = read_opened(name, &workbook);
    problems.extend(found);
    (form, problems)
}

/// The same of a workbook that is open.
pub fn read_opened(name: &str, workbook: &Workbook) -> (Option<FormRead>, Vec<Problem>) {
    let mut problems = Vec::new();
    let form = match Reading::of(workbook) {
        Ok(reading) => Some(reading.form(&mut problems)),
        Err(problem) => {
            problems.push(*problem);
            None
        }
    };
    for problem in &mut problems {
        problem.file = name.into();
    }
    (form, problems)
}

fn hidden(workbook: &Workbook) -> Option<&Sheet> {
    let is_ours = |sheet: &&Sheet| text(sheet, keys::ROW_MARK as usize, 0) == keys::MARK;
    workbook.sheets.iter().find(is_ours)
}

fn text(sheet: &Sheet, row: usize, column: usize) -> String {
    sheet.cell(row, column).value.show().trim().to_owned()
}

/// The parts of a form, found.
struct Reading<'a> {
    sheet: &'a Sheet,
    head: FormHead,
    keys: Vec<Key>,
    /// Where the columns are on the sheet, and the row of keys.
    columns: Vec<(&'static Column, usize)>,
    keys_row: usize,
}

impl<'a> Reading<'a> {
    fn of(workbook: &'a Workbook) -> Result<Reading<'a>, Box<Problem>> {
        let hidden = hidden(workbook).ok_or_else(|| Box::new(Problem::error("form-not-ours")))?;
        let layout = text(hidden, keys::ROW_MARK as usize, 1);
        if layout != LAYOUT {
            let problem = Problem::error("form-other-layout").arg("found", layout);
            return Err(Box::new(problem.arg("layout", LAYOUT)));
        }
        let head = head(hidden).ok_or_else(|| Box::new(Problem::error("form-keys-broken")))?;
        let others = workbook.sheets.iter().filter(|sheet| sheet.name != hidden.name);
        let found = others.into_iter().find_map(|sheet| Some((sheet, columns(sheet)?)));
        let (sheet, (keys_row, columns)) =
            found.ok_or_else(|| Box::new(Problem::error("form-no-columns")))?;
        Ok(Reading { sheet, head, keys: project_keys(hidden), columns, keys_row })
    }

    fn form(self, problems: &mut Vec<Problem>) -> FormRead {
        let lacking = COLUMNS.iter().filter(|column| column.is_open());
        let lacking = lacking.filter(|c| !self.columns.iter().any(|(found, _)| found.key == c.key));
        for column in lacking {
            let problem = Problem::warning("form-column-missing").arg("column", column.key);
            problems.push(problem.at("", &self.sheet.name, ""));
        }
        let mut rows = Vec::new();
        let mut seen = BTreeMap::<i64, u32>::new();
        for index in self.keys_row + 1..self.sheet.rows.len() {
            let Some(row) = self.row(index, problems) else { continue };
            if let Some(project) = row.project
                && let Some(first) = seen.insert(project, row.line)
            {
                let problem = Problem::error("form-row-twice").arg("code", &row.code);
                let cell = self.address(Holds::Code, row.line);
                problems.push(problem.arg("first", first).at("", &self.sheet.name, &cell));
            }
            rows.push(row);
        }
        let here: BTreeSet<i64> = seen.into_keys().collect();
        let removed = self.keys.iter().filter(|key| !here.contains(&key.project));
        let removed: Vec<_> =
            removed.map(|key| (key.project, key.code.clone(), key.name.clone())).collect();
        for (_, code, name) in &removed {
            let problem = Problem::warning("form-row-removed").arg("code", code);
            problems.push(problem.arg("name", name).at("", &self.sheet.name, ""));
        }
        FormRead { head: self.head, sheet: self.sheet.name.clone(), rows, removed }
    }

    /// A row that says something; the header and totals do not.
    fn row(&self, index: usize, problems: &mut Vec<Problem>) -> Option<RowRead> {
        let line = self.sheet.rows[index].line;
        let at = |holds: Holds| {
            let found = self.columns.iter().find(|(column, _)| column.holds == holds);
            found.map_or_else(String::new, |(_, column)| text(self.sheet, index, *column))
        };
        let (code, name) = (at(Holds::Code), at(Holds::Name));
        let key = self.key(&code, &name);
        let is_header = index == self.keys_row + 1 && key.is_none() && self.is_words(index);
        if is_header || is_total_label(&code) || is_total_label(&name) {
            return None;
        }
        let mut cells = BTreeMap::new();
        for (column, position) in self.columns.iter().filter(|(column, _)| column.is_open()) {
            let cell = self.cell(index, *position, column, problems);
            cells.insert(column.key, cell);
        }
        let says_something = cells.values().any(|cell| !cell.text.is_empty());
        if code.is_empty() && name.is_empty() && !says_something {
            return None;
        }
        if let Some(key) = key.filter(|key| key.code != code) {
            let problem = Problem::warning("form-code-restored").arg("found", &code);
            let problem = problem.arg("code", &key.code).arg("name", &key.name);
            problems.push(problem.at("", &self.sheet.name, &self.address(Holds::Code, line)));
        }
        Some(RowRead {
            line,
            project: key.map(|key| key.project),
            currency: key.map_or(Currency::CNY, |key| key.currency),
            code: key.map_or(code, |key| key.code.clone()),
            name: key.map_or(name, |key| key.name.clone()),
            base: key.map(|key| key.base.clone()).unwrap_or_default(),
            cells,
        })
    }

    /// The project of a row: by its code, else by a name that only one has.
    fn key(&self, code: &str, name: &str) -> Option<&Key> {
        if let Some(key) = self.keys.iter().find(|key| key.code == code) {
            return Some(key);
        }
        if !code.is_empty() {
            return None;
        }
        let mut named = self.keys.iter().filter(|key| !name.is_empty() && key.name == name);
        named.next().filter(|_| named.next().is_none())
    }

    /// Nothing but words in the columns of numbers: the visible header.
    fn is_words(&self, index: usize) -> bool {
        let numbers = self.columns.iter().filter(|(column, _)| column.unit().is_some());
        numbers
            .into_iter()
            .all(|(_, at)| matches!(self.sheet.cell(index, *at).value, CellValue::Text(_)))
    }

    fn cell(
        &self,
        index: usize,
        position: usize,
        column: &Column,
        problems: &mut Vec<Problem>,
    ) -> CellRead {
        let found = self.sheet.cell(index, position);
        let line = self.sheet.rows[index].line;
        let cell = format!("{}{line}", column_letters(position));
        let text = found.value.show().trim().to_owned();
        if found.formula {
            let problem = match found.value.is_empty() {
                true => Problem::error("formula-without-value"),
                false => Problem::warning("form-formula"),
            };
            let problem = problem.arg("column", column.key).arg("found", &text);
            problems.push(problem.at("", &self.sheet.name, &cell));
        }
        CellRead { cell, text, is_formula: found.formula }
    }

    fn address(&self, holds: Holds, line: u32) -> String {
        let found = self.columns.iter().find(|(column, _)| column.holds == holds);
        found.map_or_else(String::new, |(_, at)| format!("{}{line}", column_letters(*at)))
    }
}

fn head(hidden: &Sheet) -> Option<FormHead> {
    let value = |row: u32| text(hidden, row as usize, 1);
    Some(FormHead {
        form: value(keys::ROW_FORM),
        place: value(keys::ROW_PLACE).parse().ok()?,
        place_code: text(hidden, keys::ROW_PLACE as usize, 2),
        period: Period::parse(&value(keys::ROW_PERIOD))?,
        round: value(keys::ROW_ROUND).parse().ok()?,
        base: value(keys::ROW_BASE).parse().ok()?,
    })
}

/// The row of keys and the column of each.
fn columns(sheet: &Sheet) -> Option<(usize, Vec<(&'static Column, usize)>)> {
    let key_of = |text: &str| Column::find(text.strip_prefix(keys::KEY_MARK)?);
    for row in 0..sheet.rows.len().min(SEARCH_MAX) {
        let width = sheet.rows[row].cells.len().min(SEARCH_MAX);
        let found: Vec<_> =
            (0..width).filter_map(|at| Some((key_of(&text(sheet, row, at))?, at))).collect();
        if found.iter().any(|(column, _)| column.holds == Holds::Code) {
            return Some((row, found));
        }
    }
    None
}

fn project_keys(hidden: &Sheet) -> Vec<Key> {
    let head = keys::ROW_COLUMNS as usize;
    let width = hidden.width();
    let kept: Vec<(&'static Column, usize)> = (keys::LEAD..width)
        .filter_map(|at| Some((Column::find(&text(hidden, head, at))?, at)))
        .collect();
    let mut all = Vec::new();
    for row in head + 1..hidden.rows.len() {
        let Ok(project) = text(hidden, row, 0).parse() else { continue };
        let base = kept.iter().filter_map(|(column, at)| {
            Some((column.key, keys::kept(column, &text(hidden, row, *at))?))
        });
        all.push(Key {
            project,
            code: text(hidden, row, 1),
            name: text(hidden, row, 2),
            currency: Currency::parse(&text(hidden, row, 3)).unwrap_or(Currency::CNY),
            base: base.collect(),
        });
    }
    all
}
