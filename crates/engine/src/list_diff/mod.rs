//! Two dates of one list beside each other: rows that are new, changed, restated or gone,
//! columns and words of columns that came and went, and rows that are likely one project
//! under another name. Nothing here knows where the lists came from, and nothing is decided:
//! a rename and a row that is gone are proposals for a person.
//!
//! Rows are paired by a key of one or more columns. Lists exist without a key that is
//! unique; rows that share one are paired so that the fewest cells differ, and are counted.

mod cell;
mod key;
mod pairing;
mod renames;
mod vocabulary;

pub use cell::{ListCell, ListValue};
pub use key::propose_key;
pub use renames::{NameLink, Rename, RenameReason, RowNames, propose_renames};
pub use vocabulary::{Vocabulary, WordCount};

use std::collections::BTreeMap;

use serde::Serialize;
use tici_domain::Period;

/// A list as it was on one date.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ListTable {
    pub columns: Vec<ListColumn>,
    pub rows: Vec<ListRow>,
}

/// One column of a list.
#[derive(Clone, Debug, PartialEq)]
pub struct ListColumn {
    /// As it stands in the header, blanks squeezed. Columns of two lists are one when these
    /// are equal without regard to case.
    pub name: String,
    pub role: ColumnRole,
    /// The period a header speaks of, such as 2025 of `2025年完成投资`.
    pub period: Option<Period>,
}

/// What a column says of its rows, as far as it is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ColumnRole {
    Code,
    Name,
    /// Where or whose a row is: place, department, firm.
    Place,
    Amount,
    Other,
    /// Part of the list and not compared: running numbers, the date of the list itself.
    Ignored,
}

/// One row of a list.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ListRow {
    /// Its first cell: `A9`, or `12:1` in a text file.
    pub at: String,
    /// The period the row speaks of, where a list holds several.
    pub period: Option<Period>,
    /// One for each column; fewer where the last ones are blank.
    pub cells: Vec<ListCell>,
}

/// How two lists are compared.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DiffOptions {
    /// Columns that tell rows apart; proposed when empty.
    pub key: Vec<String>,
    /// Columns that are not compared.
    pub ignore: Vec<String>,
    /// Columns whose value, once given, is a fact of the past: another one is restated.
    pub settled: Vec<String>,
    /// Rows of one key in different periods are different rows.
    pub by_period: bool,
}

/// What became of a list. Rows are indexes into the two tables.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct ListDiff {
    /// Names of the columns of the key.
    pub key: Vec<String>,
    /// The key was not stated and is the program's proposal.
    pub is_key_proposed: bool,
    /// Columns of the key that one of the lists has not: nothing was compared.
    pub key_missing: Vec<String>,
    /// Rows of the older and of the newer list that share their key with another row.
    pub shared_key: [usize; 2],
    /// Columns that only the newer list has, and only the older.
    pub columns_new: Vec<String>,
    pub columns_gone: Vec<String>,
    pub new: Vec<usize>,
    pub vanished: Vec<usize>,
    /// Rows with a cell that is another one now; some of the cells may be restated.
    pub changed: Vec<RowDiff>,
    pub unchanged: usize,
    /// Cells that are written in another way and say the same.
    pub rewritten: usize,
    pub vocabularies: Vec<Vocabulary>,
    pub renames: Vec<Rename>,
}

/// A row of both lists that differs.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct RowDiff {
    pub old: usize,
    pub new: usize,
    pub cells: Vec<CellDiff>,
}

/// A cell that differs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CellDiff {
    /// Index of the column in the newer list, and its name.
    pub column: usize,
    pub name: String,
    /// As they stand in the lists.
    pub old: String,
    pub new: String,
    pub kind: CellKind,
}

/// In what way a cell differs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum CellKind {
    /// Nothing was given before.
    Filled,
    /// Nothing is given any more.
    Emptied,
    Changed,
    /// It speaks of a time that the older list had already spoken of.
    Restated,
}

impl RowDiff {
    pub fn is_restated(&self) -> bool {
        self.cells.iter().any(|cell| cell.kind == CellKind::Restated)
    }
}

impl ListDiff {
    /// Rows with at least one restated cell.
    pub fn restated(&self) -> usize {
        self.changed.iter().filter(|row| row.is_restated()).count()
    }

    /// How often each column differs, most often first.
    pub fn by_column(&self) -> Vec<(&str, usize)> {
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for cell in self.changed.iter().flat_map(|row| &row.cells) {
            *counts.entry(cell.name.as_str()).or_default() += 1;
        }
        let mut counts: Vec<(&str, usize)> = counts.into_iter().collect();
        counts.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(b.0)));
        counts
    }

    /// Whether the lists say the same.
    pub fn is_same(&self) -> bool {
        self.new.is_empty() && self.vanished.is_empty() && self.changed.is_empty()
    }
}

impl ListTable {
    /// The column of a name, without regard to case.
    pub fn column(&self, name: &str) -> Option<usize> {
        let wanted = cell::fold(name);
        self.columns.iter().position(|column| cell::fold(&column.name) == wanted)
    }

    pub fn cell(&self, row: usize, column: usize) -> &ListCell {
        static BLANK: ListCell = ListCell::blank();
        self.rows.get(row).and_then(|row| row.cells.get(column)).unwrap_or(&BLANK)
    }

    /// The first column that has a role.
    pub fn of_role(&self, role: ColumnRole) -> Option<usize> {
        self.columns.iter().position(|column| column.role == role)
    }
}

/// Compares two dates of a list. Renames are not looked for: see [`propose_renames`].
pub fn diff(old: &ListTable, new: &ListTable, options: &DiffOptions) -> ListDiff {
    let is_key_proposed = options.key.is_empty();
    let key = if is_key_proposed { propose_key(old, new) } else { options.key.clone() };
    let mut result = ListDiff { key, is_key_proposed, ..ListDiff::default() };
    let only = |a: &ListTable, b: &ListTable| -> Vec<String> {
        let names = a.columns.iter().map(|column| &column.name);
        names.filter(|name| b.column(name).is_none()).cloned().collect()
    };
    result.columns_new = only(new, old);
    result.columns_gone = only(old, new);
    let Some(keys) = key::Keys::of(old, new, &mut result, options.by_period) else {
        return result;
    };
    let shared = SharedColumns::of(old, new, options);
    let pairs = pairing::pair(old, new, &keys, &shared);
    result.shared_key = keys.shared();
    for (a, b) in &pairs.both {
        let cells = shared.differences(old, new, (*a, *b), &mut result.rewritten);
        match cells.is_empty() {
            true => result.unchanged += 1,
            false => result.changed.push(RowDiff { old: *a, new: *b, cells }),
        }
    }
    result.vocabularies = vocabulary::changes(old, new, &pairs.both, &shared);
    (result.vanished, result.new) = (pairs.old_only, pairs.new_only);
    result
}

/// Columns of both lists that are compared.
struct SharedColumns {
    columns: Vec<SharedColumn>,
    /// The newest period that a row or a header of the newer list speaks of.
    latest: Option<Period>,
    by_period: bool,
}

struct SharedColumn {
    old: usize,
    new: usize,
    name: String,
    settled: bool,
    period: Option<Period>,
}

impl SharedColumns {
    fn of(old: &ListTable, new: &ListTable, options: &DiffOptions) -> SharedColumns {
        let among = |names: &[String], name: &str| {
            names.iter().any(|other| cell::fold(other) == cell::fold(name))
        };
        let mut columns = Vec::new();
        for (index, column) in new.columns.iter().enumerate() {
            let Some(before) = old.column(&column.name) else { continue };
            let is_first = new.column(&column.name) == Some(index);
            if !is_first
                || column.role == ColumnRole::Ignored
                || among(&options.ignore, &column.name)
            {
                continue;
            }
            columns.push(SharedColumn {
                old: before,
                new: index,
                name: column.name.clone(),
                settled: among(&options.settled, &column.name),
                period: column.period,
            });
        }
        let headers = new.columns.iter().filter_map(|column| column.period);
        let rows = new.rows.iter().filter_map(|row| row.period);
        let latest = headers.chain(rows).max();
        SharedColumns { columns, latest, by_period: options.by_period }
    }

    /// The cells that differ in a pair of rows.
    fn differences(
        &self,
        old: &ListTable,
        new: &ListTable,
        (a, b): (usize, usize),
        rewritten: &mut usize,
    ) -> Vec<CellDiff> {
        let mut found = Vec::new();
        for column in &self.columns {
            let (before, after) = (old.cell(a, column.old), new.cell(b, column.new));
            if before.value == after.value {
                *rewritten += usize::from(before.text != after.text);
                continue;
            }
            found.push(CellDiff {
                column: column.new,
                name: column.name.clone(),
                old: before.text.clone(),
                new: after.text.clone(),
                kind: self.kind(column, before, after, new.rows[b].period),
            });
        }
        found
    }

    fn kind(
        &self,
        column: &SharedColumn,
        before: &ListCell,
        after: &ListCell,
        row: Option<Period>,
    ) -> CellKind {
        // A row of a period that both lists hold, and a column of a time that is over.
        let row_again = self.by_period && row.is_some();
        let over = column.period.is_some_and(|period| {
            self.latest.is_some_and(|latest| period.last_day() < latest.last_day())
        });
        match (before.is_blank(), after.is_blank()) {
            (true, _) => CellKind::Filled,
            _ if row_again || over || column.settled => CellKind::Restated,
            (_, true) => CellKind::Emptied,
            _ => CellKind::Changed,
        }
    }

    /// How many compared cells two rows differ in.
    fn distance(&self, old: &ListTable, new: &ListTable, (a, b): (usize, usize)) -> usize {
        let differs =
            |column: &&SharedColumn| old.cell(a, column.old).value != new.cell(b, column.new).value;
        self.columns.iter().filter(differs).count()
    }
}
