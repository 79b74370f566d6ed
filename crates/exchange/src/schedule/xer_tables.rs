//! The tables of a Primavera XER file: lines that begin with `%T` (a table), `%F` (its
//! columns) and `%R` (a row), values between tabs.

use std::collections::HashMap;

use tici_domain::Problem;

use crate::limits::{COLUMNS_MAX, TEXT_BYTES_MAX};
use crate::sheet::encoding::sniff;

/// Rows of all tables that are kept, at most.
pub const ROWS_MAX: usize = 500_000;

/// The tables that are kept; the names of the others are only counted.
const KEPT: [&str; 5] = ["PROJECT", "PROJWBS", "TASK", "TASKPRED", "CALENDAR"];

/// One table.
#[derive(Default)]
pub struct Table {
    columns: Vec<String>,
    rows: Vec<Vec<String>>,
}

/// All that was kept, and how many rows the tables have that were not.
#[derive(Default)]
pub struct Tables {
    kept: HashMap<String, Table>,
    pub others: HashMap<String, usize>,
}

/// One row by the names of its columns.
#[derive(Clone, Copy)]
pub struct Row<'a> {
    columns: &'a [String],
    values: &'a [String],
}

impl<'a> Row<'a> {
    /// The value of a column; blank where there is none.
    pub fn get(&self, column: &str) -> &'a str {
        let at = self.columns.iter().position(|name| name == column);
        at.and_then(|at| self.values.get(at)).map_or("", String::as_str)
    }
}

impl Tables {
    pub fn rows(&self, table: &str) -> impl Iterator<Item = Row<'_>> {
        self.kept.get(table).into_iter().flat_map(|table| {
            table.rows.iter().map(|values| Row { columns: &table.columns, values })
        })
    }
}

/// Takes the file apart.
pub fn read(bytes: &[u8]) -> Result<Tables, Box<Problem>> {
    let not_xer = || Box::new(Problem::error("schedule-not-xer"));
    let text = sniff(bytes).decode(bytes).map_err(|_| not_xer())?;
    if !text.starts_with("ERMHDR") {
        return Err(not_xer());
    }
    let (mut tables, mut name, mut rows) = (Tables::default(), String::new(), 0);
    for line in lines(&text) {
        let (mark, rest) = line.split_once('\t').unwrap_or((line, ""));
        match mark {
            "%T" => name = rest.trim().to_owned(),
            "%F" if KEPT.contains(&name.as_str()) => {
                let columns = rest.split('\t').take(COLUMNS_MAX);
                let columns = columns.map(|column| column.trim().to_owned()).collect();
                tables.kept.insert(name.clone(), Table { columns, rows: Vec::new() });
            }
            "%R" => match tables.kept.get_mut(&name) {
                Some(table) => {
                    rows += 1;
                    if rows > ROWS_MAX {
                        let problem = Problem::error("schedule-too-long").arg("limit", ROWS_MAX);
                        return Err(Box::new(problem));
                    }
                    let values = rest.split('\t').take(table.columns.len());
                    table.rows.push(values.map(cut).collect());
                }
                None => *tables.others.entry(name.clone()).or_default() += 1,
            },
            "%E" => break,
            _ => {}
        }
    }
    Ok(tables)
}

/// Lines; a value may hold a lone line feed, so a line that has no mark goes on the one
/// before, and is left out.
fn lines(text: &str) -> impl Iterator<Item = &str> {
    text.split('\n').map(|line| line.strip_suffix('\r').unwrap_or(line))
}

fn cut(value: &str) -> String {
    let mut end = value.len().min(TEXT_BYTES_MAX);
    while !value.is_char_boundary(end) {
        end -= 1;
    }
    value[..end].to_owned()
}
