//! A form as somebody has filled it in so far, from a workbook or by hand.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use tici_domain::{Currency, Value};
use tici_exchange::form::{CellRead, Column, FormOut, FormRead, Holds, RowOut};

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
        let cell = row.cells.entry(column.to_owned()).or_default();
        if cell.text == text {
            return;
        }
        if !cell.cell.is_empty() && cell.was.is_none() {
            cell.was = Some(cell.text.clone());
        }
        cell.text = text.to_owned();
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

    /// Why the row's figures are changed, in the reporter's words.
    pub(super) fn reason(&self) -> Option<&str> {
        let column = tici_exchange::form::COLUMNS.iter().find(|c| c.holds == Holds::Reason)?;
        let text = self.cells.get(column.key)?.text.trim();
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

fn of_cell(cell: &CellRead) -> FilledCell {
    FilledCell { cell: cell.cell.clone(), text: cell.text.clone(), was: None }
}
