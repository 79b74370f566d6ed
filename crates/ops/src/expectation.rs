//! What a writer believes of the record it changes: that nobody has written it since it was
//! read. Checked under the writer's lock, where it cannot change any more.

use tici_domain::{Change, Table};

use crate::{Desk, OpsError};

/// A record as it was known after so many entries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Expectation {
    /// Entries that were known when it was read.
    pub entries: i64,
    pub table: Table,
    /// Its id; the series where rows replace each other.
    pub id: i64,
}

impl Expectation {
    /// Refuses when an entry since has written the record.
    pub(crate) fn check(&self, desk: &Desk, head: i64) -> Result<(), OpsError> {
        let mut changed = false;
        if self.entries < head {
            desk.store.each_entry(self.entries, head, &mut |entry| {
                changed |= entry.changes.iter().any(|change| self.is_of(change));
            })?;
        }
        if changed { Err(OpsError::Changed) } else { Ok(()) }
    }

    fn is_of(&self, change: &Change) -> bool {
        let id = match (self.table, change) {
            (Table::Project, change) => project_of(change),
            (Table::Task, Change::Task(row)) => Some(row.series),
            (Table::Meeting, Change::Meeting(row)) => Some(row.series),
            (Table::Meeting, Change::Task(row)) => row.meeting,
            (Table::Event, Change::Event(row)) => Some(row.series),
            (Table::Commitment, Change::Commitment(row)) => Some(row.series),
            (Table::StageClaim, Change::StageClaim(row)) => Some(row.id),
            (Table::StageClaim, Change::StageVerdict(row)) => Some(row.claim),
            _ => None,
        };
        id == Some(self.id)
    }
}

/// The project whose own page a change alters.
fn project_of(change: &Change) -> Option<i64> {
    match change {
        Change::Project(row) => Some(row.id),
        Change::ListMembership(row) => Some(row.project),
        Change::Plan(row) => Some(row.project),
        Change::StageClaim(row) => Some(row.project),
        Change::Milestone(row) => Some(row.project),
        Change::SideChange(row) => Some(row.project),
        Change::PackageChange(row) => Some(row.project),
        Change::Excuse(row) => Some(row.project),
        Change::Figure(row) if row.subject.kind() == "project" => Some(row.subject.id()),
        _ => None,
    }
}
