//! A form as somebody has filled it in so far, from a workbook or by hand.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use tici_domain::{Currency, Problem, Value};
use tici_exchange::form::{self, CellRead, Column, FormOut, FormRead, RowOut, Said, parse_cell};

/// Which of two values of one cell is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    Mine,
    Theirs,
}

/// What has been filled in.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Filled {
    /// Entries of the ledger when the form was taken.
    pub base: i64,
    /// The sheet it was read from; empty when it was filled in by hand.
    pub sheet: String,
    pub rows: Vec<FilledRow>,
    /// Cells that two people changed, by [`cell_key`]: whose value is kept.
    pub decided: BTreeMap<String, Side>,
    /// Rows that are not this place's are left out rather than stopping the return.
    pub leave_out: bool,
    /// What reading the workbook found, to be looked at with the rest.
    pub read: Vec<Problem>,
    /// What the reporter says to the office with the return.
    pub note: String,
}

/// One row.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct FilledRow {
    /// `None` for a row that the form did not have.
    pub project: Option<i64>,
    pub code: String,
    pub name: String,
    /// ISO 4217 code; empty is yuan.
    pub currency: String,
    /// Cell of the row's code; empty on the page.
    pub cell: String,
    pub cells: BTreeMap<String, FilledCell>,
    /// What stood in the cells when the form was taken, where that is known.
    pub base: Option<BTreeMap<String, Value>>,
}

/// One cell.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct FilledCell {
    /// Address in the workbook; empty on the page.
    pub cell: String,
    pub text: String,
    /// What stood there before it was put right.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub was: Option<String>,
}

/// Names a cell of the form: `12.ytd`.
pub fn cell_key(project: i64, column: &str) -> String {
    format!("{project}.{column}")
}

impl Filled {
    /// A workbook that came back.
    pub fn of_read(read: &FormRead) -> Filled {
        let rows = read.rows.iter().map(|row| FilledRow {
            project: row.project,
            code: row.code.clone(),
            name: row.name.clone(),
            currency: row.currency.code().to_owned(),
            cell: row.cells.values().next().map_or_else(String::new, |cell| {
                let digits = cell.cell.trim_start_matches(|c: char| c.is_ascii_alphabetic());
                format!("A{digits}")
            }),
            cells: row.cells.iter().map(|(key, cell)| ((*key).to_owned(), of_cell(cell))).collect(),
            base: row.project.map(|_| {
                row.base.iter().map(|(key, value)| ((*key).to_owned(), value.clone())).collect()
            }),
        });
        Filled {
            base: read.head.base,
            sheet: read.sheet.clone(),
            rows: rows.collect(),
            ..Filled::default()
        }
    }

    /// A form that nobody has touched.
    pub fn untouched(form: &FormOut, text_of: impl Fn(&RowOut, &Column) -> String) -> Filled {
        let rows = form.rows.iter().map(|row| {
            let open = tici_exchange::form::COLUMNS.iter().filter(|column| column.is_open());
            let cell = |column: &'static Column| {
                let text = text_of(row, column);
                (column.key.to_owned(), FilledCell { text, ..FilledCell::default() })
            };
            FilledRow {
                project: Some(row.project),
                code: row.code.clone(),
                name: row.name.clone(),
                currency: row.currency.code().to_owned(),
                cell: String::new(),
                cells: open.map(cell).collect(),
                base: Some(
                    row.values
                        .iter()
                        .filter(|(key, _)| Column::find(key).is_some_and(Column::is_open))
                        .map(|(key, value)| ((*key).to_owned(), value.clone()))
                        .collect(),
                ),
            }
        });
        Filled { base: form.head.base, rows: rows.collect(), ..Filled::default() }
    }

    /// Writes into a cell. What a file had there stays its raw text.
    pub fn put(&mut self, project: i64, column: &str, text: &str) {
        let row = self.rows.iter_mut().find(|row| row.project == Some(project));
        let Some(row) = row.filter(|_| Column::find(column).is_some_and(Column::is_open)) else {
            return;
        };
        let currency = row.currency();
        let cell = row.cells.entry(column.to_owned()).or_default();
        if cell.text == text {
            return;
        }
        // `12000` for `12,000` puts nothing right.
        let is_same = says(column, &cell.text, currency) == says(column, text, currency);
        if !cell.cell.is_empty() && cell.was.is_none() && !is_same {
            cell.was = Some(cell.text.clone());
        }
        cell.text = text.to_owned();
    }

    /// Takes a project in that the workbook left out, so that what is typed for it stays.
    pub fn take_in(&mut self, row: &RowOut) {
        if self.rows.iter().all(|known| known.project != Some(row.project)) {
            self.rows.push(FilledRow {
                project: Some(row.project),
                code: row.code.clone(),
                name: row.name.clone(),
                currency: row.currency.code().to_owned(),
                ..FilledRow::default()
            });
        }
    }

    /// Of a project that stands in several rows of the workbook, keeps the one in `line`.
    pub fn keep_line(&mut self, line: u32) {
        let kept = self.rows.iter().find(|row| row.line() == Some(line));
        let Some(project) = kept.and_then(|row| row.project) else { return };
        self.rows.retain(|row| row.project != Some(project) || row.line() == Some(line));
    }

    /// What reading the workbook found, as far as it has not been put right since.
    pub fn still_found(&self) -> impl Iterator<Item = &Problem> {
        self.read.iter().filter(|problem| {
            let code = problem.args.iter().find(|(name, _)| name == "code");
            let rows = self.rows.iter().filter(|row| code.is_some_and(|(_, c)| *c == row.code));
            match problem.key.as_str() {
                "form-row-removed" => rows.count() == 0,
                "form-row-twice" => rows.count() > 1,
                _ => !self.is_retyped(&problem.cell),
            }
        })
    }

    fn is_retyped(&self, address: &str) -> bool {
        let mut cells = self.rows.iter().flat_map(|row| row.cells.values());
        !address.is_empty() && cells.any(|cell| cell.cell == address && cell.was.is_some())
    }

    /// The text of a cell.
    pub fn text(&self, project: i64, column: &str) -> &str {
        let row = self.rows.iter().find(|row| row.project == Some(project));
        row.and_then(|row| row.cells.get(column)).map_or("", |cell| &cell.text)
    }
}

impl FilledRow {
    pub(super) fn currency(&self) -> Currency {
        Currency::parse(&self.currency).unwrap_or(Currency::CNY)
    }

    /// Row of the workbook.
    fn line(&self) -> Option<u32> {
        self.cell.trim_start_matches(|c: char| c.is_ascii_alphabetic()).parse().ok()
    }

    /// Why the row's figures are changed, in the reporter's words.
    pub(super) fn reason(&self) -> Option<&str> {
        let text = self.cells.get(form::REASON)?.text.trim();
        (!text.is_empty()).then_some(text)
    }

    /// Address of a column's cell for a problem: that of the workbook, else the form's own.
    pub(super) fn address(&self, column: &str) -> String {
        let found = self.cells.get(column).map(|cell| cell.cell.as_str());
        match (found, self.project) {
            (Some(cell), _) if !cell.is_empty() => cell.to_owned(),
            (_, Some(project)) if self.cell.is_empty() => cell_key(project, column),
            _ => self.cell.clone(),
        }
    }
}

/// What a text says in a column; `None` for what cannot be read.
fn says(column: &str, text: &str, currency: Currency) -> Option<Said> {
    parse_cell(Column::find(column)?, text, currency).ok()
}

fn of_cell(cell: &CellRead) -> FilledCell {
    FilledCell { cell: cell.cell.clone(), text: cell.text.clone(), was: None }
}
