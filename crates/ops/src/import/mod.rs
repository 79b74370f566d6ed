//! Turning what a file says into what the ledger would have to write.
//!
//! Planning is pure: a snapshot, the rows read, and counters for new ids give changes,
//! cell by cell differences and problems. Nothing is written here.

mod codes;
mod figures;
mod find;
mod late;
mod lookup;
mod near;
mod packages;
mod plan;
mod row;
mod settle;
mod steps;

pub use near::similarity;
pub(crate) use plan::row_part;
pub use plan::{Ids, ImportPlan, Planner};

use std::collections::{BTreeMap, BTreeSet};

use tici_domain::{Basis, Period};

/// How an import treats what the files leave open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportOptions {
    /// The period of rows that name none.
    pub period: Option<Period>,
    pub basis: Basis,
    /// Whether a name close to a known one stops the row or is only pointed out.
    pub near_stops: bool,
    /// Whether places that the ledger does not know are added (under the account's own).
    pub create_places: bool,
    /// Whether rows that have errors are left out and the others written. Off, one error
    /// stops the whole import.
    pub leave_out_bad_rows: bool,
    /// Why values that were reported before are changed, in the reporter's words.
    pub reason: Option<String>,
    /// Cells that a person put right on the way in, by `sheet!cell`: what was done becomes
    /// the reason of the figure, and what stood there stays its raw text.
    pub fixed: BTreeMap<String, Fix>,
    /// Name cells (`sheet!cell`) of rows that are a known project, by its code. The name
    /// becomes one of the project's other names.
    pub same: BTreeMap<String, String>,
    /// Name cells of rows that are new although a known name is near.
    pub as_new: BTreeSet<String>,
}

/// A cell put right: what stood there, and what was read instead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    pub before: String,
    pub after: String,
}

impl Default for ImportOptions {
    fn default() -> Self {
        ImportOptions {
            period: None,
            basis: Basis::Reported,
            near_stops: false,
            create_places: false,
            leave_out_bad_rows: false,
            reason: None,
            fixed: BTreeMap::new(),
            same: BTreeMap::new(),
            as_new: BTreeSet::new(),
        }
    }
}

/// What an import would do to one row of the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowPlan {
    pub file: usize,
    pub sheet: String,
    /// First cell of the row.
    pub cell: String,
    /// The project it is, or will be.
    pub project: Option<i64>,
    pub period: Option<Period>,
    pub fate: RowFate,
    pub cells: Vec<CellChange>,
}

/// What becomes of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum RowFate {
    New,
    Changed,
    Unchanged,
    /// It has an error and is not written.
    LeftOut,
}

/// A cell whose value differs from the ledger's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CellChange {
    pub cell: String,
    /// The field: a measure's code, `plan`, `name`, a milestone's key.
    pub field: String,
    pub old: Option<String>,
    pub new: String,
}
