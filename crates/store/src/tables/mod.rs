//! One description of each table. Writing, reading, rebuilding, copying and comparing all
//! work from these descriptions, so a new table is one new file and one line in [`LEDGER`].

mod actor;
mod attachment;
mod cells;
mod commitment;
mod enterprise;
mod event;
mod excuse;
mod figure;
mod list_membership;
mod meeting;
mod milestone;
mod outside;
mod package_change;
mod pair_decision;
mod place;
mod plan;
mod project;
mod return_round;
mod return_sheet;
mod rule_set;
mod setting;
mod side_change;
mod stage_claim;
mod stage_verdict;
mod task;

pub(crate) use cells::{In, Out};
pub(crate) use figure::{figure_value, normalise};

use crate::StoreError;
use tici_domain::{Change, Table};

/// The three column types.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Int,
    Text,
    Bytes,
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct Column {
    pub name: &'static str,
    pub kind: Kind,
}

const fn int(name: &'static str) -> Column {
    Column { name, kind: Kind::Int }
}

const fn text(name: &'static str) -> Column {
    Column { name, kind: Kind::Text }
}

const fn bytes(name: &'static str) -> Column {
    Column { name, kind: Kind::Bytes }
}

/// How rows of a table come and go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Style {
    /// A later row of the same id takes the earlier one's place.
    Register,
    /// Rows are only added.
    Append,
    /// Rows are only added; a later row may supersede an earlier one of the same natural key.
    Superseding { natural_key: &'static [&'static str] },
    /// Not written by changes.
    Plain,
}

/// A table as the database has it.
pub(crate) struct Spec {
    pub name: &'static str,
    /// The columns a row's own data fill, in the order of the schema. `entry` and
    /// `superseded_by` come behind them and follow from the style.
    pub data: &'static [Column],
    /// Columns of the primary key.
    pub key: &'static [&'static str],
    pub style: Style,
}

impl Spec {
    /// Every column of the table, in the order of the schema.
    pub fn columns(&self) -> Vec<Column> {
        let mut columns = self.data.to_vec();
        if self.style != Style::Plain {
            columns.push(int("entry"));
        }
        if self.supersedes() {
            columns.push(int("superseded_by"));
        }
        columns
    }

    /// Names of the columns a change fills: its data and `entry`.
    pub fn insert_columns(&self) -> Vec<&'static str> {
        self.data.iter().map(|column| column.name).chain(["entry"]).collect()
    }

    /// Data columns and `entry` for a `SELECT`, each behind the table's alias `t`.
    pub fn select_columns(&self) -> String {
        let names: Vec<String> =
            self.insert_columns().iter().map(|column| format!("t.{column}")).collect();
        names.join(", ")
    }

    pub fn supersedes(&self) -> bool {
        matches!(self.style, Style::Superseding { .. })
    }

    /// The natural key; empty when the table has none.
    pub fn natural_key(&self) -> &'static [&'static str] {
        match self.style {
            Style::Superseding { natural_key } => natural_key,
            _ => &[],
        }
    }

    /// Where a data column stands.
    pub fn position(&self, name: &str) -> usize {
        let found = self.data.iter().position(|column| column.name == name);
        found.expect("a key names columns of its own table")
    }
}

/// A table that changes write: its description and the way between row and change.
pub(crate) struct Ledger {
    pub table: Table,
    pub spec: Spec,
    pub encode: for<'a> fn(&'a Change, &mut Out<'a, '_>),
    pub decode: fn(&mut In<'_>) -> Result<Change, StoreError>,
}

/// The tables that changes write, in the order of a rebuild.
pub(crate) const LEDGER: [&Ledger; 23] = [
    &actor::LEDGER,
    &place::LEDGER,
    &enterprise::LEDGER,
    &project::LEDGER,
    &list_membership::LEDGER,
    &plan::LEDGER,
    &attachment::LEDGER,
    &stage_claim::LEDGER,
    &stage_verdict::LEDGER,
    &milestone::LEDGER,
    &figure::LEDGER,
    &setting::LEDGER,
    &rule_set::LEDGER,
    &return_round::LEDGER,
    &return_sheet::LEDGER,
    &side_change::LEDGER,
    &pair_decision::LEDGER,
    &excuse::LEDGER,
    &commitment::LEDGER,
    &event::LEDGER,
    &meeting::LEDGER,
    &task::LEDGER,
    &package_change::LEDGER,
];

/// Which entries wrote each row of a register; follows from the journal as well.
pub(crate) const REGISTER_ENTRY: Spec = Spec {
    name: "register_entry",
    data: &[text("register"), int("id"), int("entry")],
    key: &["id", "entry", "register"],
    style: Style::Plain,
};

/// The same of settings, which are known by a word.
pub(crate) const SETTING_ENTRY: Spec = Spec {
    name: "setting_entry",
    data: &[text("key"), int("entry")],
    key: &["key", "entry"],
    style: Style::Plain,
};

/// The tables that a replay of the journal rebuilds.
pub(crate) fn rebuilt() -> impl Iterator<Item = &'static Spec> {
    LEDGER.iter().map(|ledger| &ledger.spec).chain([&REGISTER_ENTRY, &SETTING_ENTRY])
}

/// Every table, for copies of the whole ledger.
pub(crate) fn all() -> impl Iterator<Item = &'static Spec> {
    rebuilt().chain(outside::ALL)
}

/// Tables that a restored copy starts without.
pub(crate) const NOT_RESTORED: [&str; 2] = ["session", "staging"];

pub(crate) fn of(table: Table) -> &'static Ledger {
    let found = LEDGER.iter().find(|ledger| ledger.table == table);
    found.expect("every table has a description")
}

/// The row a change supersedes.
pub(crate) fn replaces(change: &Change) -> Option<i64> {
    match change {
        Change::ListMembership(row) => row.replaces,
        Change::Plan(row) => row.replaces,
        Change::StageClaim(row) => row.replaces,
        Change::Milestone(row) => row.replaces,
        Change::Figure(row) => row.replaces,
        Change::RuleSet(row) => row.replaces,
        Change::ReturnRound(row) => row.replaces,
        Change::ReturnSheet(row) => row.replaces,
        Change::PairDecision(row) => row.replaces,
        Change::Excuse(row) => row.replaces,
        Change::Commitment(row) => row.replaces,
        Change::Event(row) => row.replaces,
        Change::Meeting(row) => row.replaces,
        Change::Task(row) => row.replaces,
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_table_has_its_description_in_order() {
        let described: Vec<Table> = LEDGER.iter().map(|ledger| ledger.table).collect();
        assert_eq!(described, Table::ALL);
        for ledger in LEDGER {
            assert_eq!(ledger.spec.name, ledger.table.name());
        }
    }

    #[test]
    fn descriptions_match_the_schema() {
        let mut conn = crate::conn::open_scratch().unwrap();
        crate::migrate::run(&mut conn).unwrap();
        for spec in all() {
            let sql = format!("SELECT name, type FROM pragma_table_info('{}')", spec.name);
            let found = conn
                .query_vec(&sql, &[], |row| {
                    Ok((row.text(0)?.to_string(), row.text(1)?.to_string()))
                })
                .unwrap();
            let described: Vec<(String, String)> = spec
                .columns()
                .iter()
                .map(|column| {
                    let kind = match column.kind {
                        Kind::Int => "BIGINT",
                        Kind::Text => "TEXT",
                        Kind::Bytes => "BYTEA",
                    };
                    (column.name.to_string(), kind.to_string())
                })
                .collect();
            assert_eq!(described, found, "{}", spec.name);
        }
    }
}
