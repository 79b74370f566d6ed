//! Every table of the ledger, whole, for programs that count with it: one file of columns
//! and rows for each group of tables, all as of one moment of the journal.
//!
//! Registers (places, firms, projects, accounts, settings) give their rows as they were
//! known then; all other tables give every version, with what replaced it. An account that
//! is bound to a place gets what is its own.

/// What takes the rows of one table out of all changes.
macro_rules! rows_of {
    ($table:ident) => {
        |change| match change {
            tici_domain::Change::$table(row) => Some(row),
            _ => None,
        }
    };
}

mod assessment;
mod column;
pub mod files;
mod lists;
mod meetings;
mod money;
mod promises;
mod registers;
mod returns;
mod source;
mod stages;
mod trail;

use std::io;

use jiff::Timestamp;
use tici_domain::Table;
use tici_exchange::flat::{Datum, Field};
use tici_store::StoreError;

pub use column::{Codes, Column, Unit};
use source::{About, Source};

use crate::{Action, Desk, OpsError, Session};

/// A table as it goes out.
#[derive(Clone, Copy)]
pub struct TableSpec {
    /// Name of the file without its ending, in the plural.
    pub name: &'static str,
    /// The table of the ledger that its rows come from; none for the journal itself.
    pub of: Option<Table>,
    /// The first names a row.
    pub columns: &'static [Column],
    rows: fn(&Source<'_>, &mut Emit<'_>) -> Result<(), OpsError>,
}

/// All tables, in the order of the dictionary.
pub const TABLES: &[TableSpec] = &[
    registers::PLACES,
    registers::ENTERPRISES,
    registers::PROJECTS,
    lists::LIST_MEMBERSHIPS,
    lists::PLANS,
    money::FIGURES,
    stages::STAGE_CLAIMS,
    stages::STAGE_VERDICTS,
    stages::MILESTONES,
    stages::SIDE_CHANGES,
    stages::PACKAGE_CHANGES,
    stages::PAIR_DECISIONS,
    promises::COMMITMENTS,
    promises::COMMITMENT_PROJECTS,
    promises::EXCUSES,
    promises::EVENTS,
    promises::EVENT_PROJECTS,
    meetings::MEETINGS,
    meetings::MEETING_AGENDA,
    meetings::TASKS,
    returns::RETURN_ROUNDS,
    returns::RETURN_SHEETS,
    assessment::SCHEMES,
    assessment::INDICATOR_FIGURES,
    assessment::ASSESSED_EVENTS,
    assessment::SCORE_RUNS,
    assessment::OBJECTIONS,
    trail::ATTACHMENTS,
    trail::RULE_SETS,
    trail::SETTINGS,
    registers::ACCOUNTS,
    trail::API_TOKENS,
    trail::WEBHOOKS,
    trail::JOURNAL,
];

/// The moment that tables are of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TablesAt {
    /// Entries of the journal that are known.
    pub entries: i64,
    /// When the last of them was written.
    pub last_written: Option<Timestamp>,
}

/// Takes the rows of tables, one table after another.
pub trait TableSink {
    /// The rows that follow are of this table.
    fn begin(&mut self, table: &'static TableSpec, fields: Vec<Field>) -> io::Result<()>;

    fn row(&mut self, row: &[Datum]) -> io::Result<()>;

    /// The table has ended, after so many rows.
    fn end(&mut self, rows: u64) -> io::Result<()>;
}

/// Hands rows on, without those that the account does not see.
pub struct Emit<'a> {
    sink: &'a mut dyn TableSink,
    source: &'a Source<'a>,
    rows: u64,
    failed: Option<io::Error>,
}

impl Emit<'_> {
    /// A row about a project, place or the whole office.
    fn row(&mut self, about: About, row: Vec<Datum>) {
        if self.failed.is_none() && self.source.sees(about) {
            self.rows += 1;
            self.failed = self.sink.row(&row).err();
        }
    }
}

impl TableSpec {
    /// Names and types of its columns.
    pub fn fields(&self) -> Vec<Field> {
        self.columns.iter().map(|column| Field::new(column.name, column.kind)).collect()
    }
}

/// The tables an account may take out: the journal only with the right to read it, accounts
/// and settings only unbound.
pub fn tables_for(session: &Session) -> Result<Vec<&'static TableSpec>, OpsError> {
    session.need(Action::ExportProjects)?;
    let may_read_journal = session.need(Action::ReadJournal).is_ok();
    let is_bound = session.actor.place.is_some();
    let given = TABLES.iter().filter(|table| match table.of {
        None => may_read_journal && !is_bound,
        Some(Table::Actor | Table::Setting) => !is_bound,
        // Who reads them there can read them in the journal.
        Some(Table::ApiToken | Table::Webhook) => may_read_journal && !is_bound,
        Some(_) => true,
    });
    Ok(given.collect())
}

/// The table of a name, where the account may take it out.
pub fn table_named(session: &Session, name: &str) -> Result<&'static TableSpec, OpsError> {
    let mut tables = tables_for(session)?.into_iter();
    tables.find(|table| table.name == name).ok_or_else(|| OpsError::not_found("table", name))
}

/// Writes tables into a sink, all as of the desk's moment.
pub fn export_tables(
    desk: &Desk,
    session: &Session,
    tables: &[&'static TableSpec],
    sink: &mut dyn TableSink,
) -> Result<TablesAt, OpsError> {
    let allowed = tables_for(session)?;
    let source = Source::open(desk, session)?;
    for table in tables {
        if !allowed.iter().any(|known| known.name == table.name) {
            return Err(OpsError::not_found("table", table.name));
        }
        sink.begin(table, table.fields()).map_err(failed)?;
        let mut emit = Emit { sink: &mut *sink, source: &source, rows: 0, failed: None };
        (table.rows)(&source, &mut emit)?;
        let (rows, error) = (emit.rows, emit.failed.take());
        error.map_or(Ok(()), |error| Err(failed(error)))?;
        sink.end(rows).map_err(failed)?;
    }
    Ok(source.at())
}

/// A file that could not be written.
pub fn failed(error: io::Error) -> OpsError {
    OpsError::Store(StoreError::Io { path: Default::default(), error })
}
