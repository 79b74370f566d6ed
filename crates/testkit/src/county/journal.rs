//! Collecting operations in any order, and putting them into journal order with ids
//! counted per table from 1.

use std::collections::HashMap;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::Offset;
use sha2::{Digest, Sha256};
use tici_domain::change::Plan;
use tici_domain::{Change, Entry, Source, Subject, Table};

/// One operation as an account would have carried it out: what an entry of the journal
/// is made from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Operation {
    pub at: Timestamp,
    /// Account id; 0 is the ledger itself (first set-up).
    pub actor: i64,
    /// Name of the operation, such as `import_return`.
    pub op: String,
    pub source: Option<Source>,
    /// Files this operation brings along, by SHA-256 in lower-case hex.
    pub blobs: Vec<(String, Vec<u8>)>,
    pub changes: Vec<Change>,
}

impl Operation {
    /// The entry of the journal that this operation writes as number `seq`.
    pub fn entry(self, seq: i64) -> Entry {
        let Operation { at, actor, op, source, changes, .. } = self;
        Entry { seq, at, actor, op, source, changes }
    }
}

/// Operations under construction, with provisional ids.
#[derive(Default)]
pub(crate) struct Journal {
    operations: Vec<Operation>,
    used: [i64; Table::ALL.len()],
}

impl Journal {
    /// A provisional id of `table`.
    pub(crate) fn id(&mut self, table: Table) -> i64 {
        self.used[table as usize] += 1;
        self.used[table as usize]
    }

    pub(crate) fn push(&mut self, at: Timestamp, actor: i64, op: &str, changes: Vec<Change>) {
        self.push_with(at, actor, op, changes, Vec::new(), None);
    }

    /// Adds an operation that brings files along; `source` is the one it was read from.
    pub(crate) fn push_with(
        &mut self,
        at: Timestamp,
        actor: i64,
        op: &str,
        changes: Vec<Change>,
        blobs: Vec<(String, Vec<u8>)>,
        source: Option<Source>,
    ) {
        let op = op.to_owned();
        self.operations.push(Operation { at, actor, op, source, blobs, changes });
    }

    /// Plans written so far.
    pub(crate) fn plans(&self) -> impl Iterator<Item = &Plan> {
        let changes = self.operations.iter().flat_map(|operation| &operation.changes);
        changes.filter_map(|change| match change {
            Change::Plan(plan) => Some(plan),
            _ => None,
        })
    }

    /// Operations as they were added.
    pub(crate) fn operations(&self) -> &[Operation] {
        &self.operations
    }

    /// The same, to add to what they write.
    pub(crate) fn operations_mut(&mut self) -> &mut [Operation] {
        &mut self.operations
    }

    /// Operations by time (those of one moment as they were added), ids provisional.
    pub(crate) fn into_sorted(mut self) -> Vec<Operation> {
        self.operations.sort_by_key(|operation| operation.at);
        self.operations
    }
}

/// Merges two streams, each in time order; the first goes first at equal times.
pub(crate) fn merge(
    first: Vec<Operation>,
    second: impl Iterator<Item = Operation>,
) -> impl Iterator<Item = Operation> {
    let mut first = first;
    first.reverse();
    let mut second = second.peekable();
    std::iter::from_fn(move || match (first.last(), second.peek()) {
        (Some(one), Some(other)) if other.at < one.at => second.next(),
        (None, _) => second.next(),
        _ => first.pop(),
    })
}

/// Provisional id of rows that no other row names: each gets the next number and none is
/// remembered, so that millions of figures cost no memory.
pub(crate) const FRESH: i64 = i64::MAX;

/// Gives every row its final id: the order of first appearance in its table.
#[derive(Default)]
pub(crate) struct Renumber {
    seen: [HashMap<i64, i64>; Table::ALL.len()],
    last: [i64; Table::ALL.len()],
}

impl Renumber {
    pub(crate) fn operation(&mut self, mut operation: Operation) -> Operation {
        if operation.actor != 0 {
            operation.actor = self.of(Table::Actor, operation.actor);
        }
        for change in &mut operation.changes {
            self.change(change);
        }
        operation
    }

    fn of(&mut self, table: Table, id: i64) -> i64 {
        let known = self.seen[table as usize].get(&id);
        if let Some(known) = known {
            return *known;
        }
        let last = &mut self.last[table as usize];
        *last += 1;
        if id != FRESH {
            self.seen[table as usize].insert(id, *last);
        }
        *last
    }

    fn set(&mut self, table: Table, id: &mut i64) {
        *id = self.of(table, *id);
    }

    fn set_some(&mut self, table: Table, id: &mut Option<i64>) {
        *id = id.map(|id| self.of(table, id));
    }

    fn change(&mut self, change: &mut Change) {
        use Table as T;
        match change {
            Change::Actor(row) => {
                self.set(T::Actor, &mut row.id);
                self.set_some(T::Place, &mut row.place);
            }
            Change::Place(row) => {
                self.set(T::Place, &mut row.id);
                self.set_some(T::Place, &mut row.parent);
            }
            Change::Enterprise(row) => {
                self.set(T::Enterprise, &mut row.id);
                self.set_some(T::Place, &mut row.place);
            }
            Change::Project(row) => {
                self.set(T::Project, &mut row.id);
                self.set_some(T::Project, &mut row.parent);
                self.set_some(T::Enterprise, &mut row.enterprise);
                self.set_some(T::Place, &mut row.place);
            }
            Change::Attachment(row) => self.set(T::Attachment, &mut row.id),
            Change::Setting(_) => {}
            other => self.of_project(other),
        }
    }

    /// Rows that hang on a project.
    fn of_project(&mut self, change: &mut Change) {
        use Table as T;
        match change {
            Change::ListMembership(row) => {
                self.set_row(T::ListMembership, &mut row.id, &mut row.project, &mut row.replaces)
            }
            Change::Plan(row) => {
                self.set_row(T::Plan, &mut row.id, &mut row.project, &mut row.replaces)
            }
            Change::Milestone(row) => {
                self.set_row(T::Milestone, &mut row.id, &mut row.project, &mut row.replaces)
            }
            Change::StageClaim(row) => {
                self.set_row(T::StageClaim, &mut row.id, &mut row.project, &mut row.replaces);
                for id in &mut row.evidence {
                    self.set(T::Attachment, id);
                }
            }
            Change::StageVerdict(row) => {
                self.set(T::StageVerdict, &mut row.id);
                self.set(T::StageClaim, &mut row.claim);
            }
            Change::Figure(row) => {
                self.set(T::Figure, &mut row.id);
                self.set_some(T::Figure, &mut row.replaces);
                match &mut row.subject {
                    Subject::Project(id) => self.set(T::Project, id),
                    Subject::Enterprise(id) => self.set(T::Enterprise, id),
                    Subject::Place(id) => self.set(T::Place, id),
                }
            }
            other => self.of_month(other),
        }
    }

    /// Promises, ceremonies, meetings and tasks, with what they name.
    fn of_month(&mut self, change: &mut Change) {
        use Table as T;
        match change {
            Change::RuleSet(row) => {
                self.set(T::RuleSet, &mut row.id);
                self.set_some(T::RuleSet, &mut row.replaces);
            }
            Change::ReturnRound(row) => {
                self.set_series(T::ReturnRound, &mut row.id, &mut row.series, &mut row.replaces);
            }
            Change::ReturnSheet(row) => {
                self.set(T::ReturnSheet, &mut row.id);
                self.set(T::ReturnRound, &mut row.round);
                self.set(T::Place, &mut row.place);
                self.set_some(T::Attachment, &mut row.file);
                self.set_some(T::ReturnSheet, &mut row.replaces);
            }
            Change::SideChange(row) => {
                self.set(T::SideChange, &mut row.id);
                self.set(T::Project, &mut row.project);
                self.set_all(T::Attachment, &mut row.evidence);
            }
            Change::PackageChange(row) => {
                self.set(T::PackageChange, &mut row.id);
                self.set(T::Project, &mut row.project);
                self.set_some(T::Project, &mut row.parent);
            }
            Change::PairDecision(row) => {
                self.set_row(T::PairDecision, &mut row.id, &mut row.first, &mut row.replaces);
                self.set(T::Project, &mut row.second);
                // The lower id comes first, whatever the numbers were before.
                if row.first > row.second {
                    std::mem::swap(&mut row.first, &mut row.second);
                }
            }
            Change::Excuse(row) => {
                self.set_row(T::Excuse, &mut row.id, &mut row.project, &mut row.replaces);
                self.set_all(T::Attachment, &mut row.evidence);
            }
            other => self.of_meeting(other),
        }
    }

    fn of_meeting(&mut self, change: &mut Change) {
        use Table as T;
        match change {
            Change::Commitment(row) => {
                self.set_series(T::Commitment, &mut row.id, &mut row.series, &mut row.replaces);
                self.set_all(T::Project, &mut row.projects);
                self.set_some(T::Place, &mut row.place);
            }
            Change::Event(row) => {
                self.set_series(T::Event, &mut row.id, &mut row.series, &mut row.replaces);
                self.set_some(T::Place, &mut row.place);
                row.items.iter_mut().for_each(|item| self.set(T::Project, &mut item.project));
            }
            Change::Meeting(row) => {
                self.set_series(T::Meeting, &mut row.id, &mut row.series, &mut row.replaces);
                row.agenda.iter_mut().for_each(|item| self.set(T::Project, &mut item.project));
            }
            Change::Task(row) => {
                self.set_series(T::Task, &mut row.id, &mut row.series, &mut row.replaces);
                self.set_some(T::Project, &mut row.project);
                self.set_some(T::Meeting, &mut row.meeting);
                self.set_some(T::Commitment, &mut row.commitment);
                self.set_some(T::StageClaim, &mut row.claim);
                self.set_all(T::Attachment, &mut row.evidence);
            }
            _ => {}
        }
    }

    fn set_series(
        &mut self,
        table: Table,
        id: &mut i64,
        series: &mut i64,
        replaces: &mut Option<i64>,
    ) {
        self.set(table, id);
        self.set(table, series);
        self.set_some(table, replaces);
    }

    fn set_all(&mut self, table: Table, ids: &mut [i64]) {
        ids.iter_mut().for_each(|id| self.set(table, id));
    }

    fn set_row(
        &mut self,
        table: Table,
        id: &mut i64,
        project: &mut i64,
        replaces: &mut Option<i64>,
    ) {
        self.set(table, id);
        self.set(Table::Project, project);
        self.set_some(table, replaces);
    }
}

/// A moment of the county's day: China keeps UTC+8 all year.
pub(crate) fn moment(day: Date, hour: i8, minute: i8) -> Timestamp {
    Offset::constant(8)
        .to_timestamp(day.at(hour, minute, 0, 0))
        .expect("every day of these years is within the calendar")
}

/// A file by its hash, as [`Operation::blobs`] has it.
pub(crate) fn blob(bytes: Vec<u8>) -> (String, Vec<u8>) {
    (hex::encode(Sha256::digest(&bytes)), bytes)
}

/// The source of an operation that was read from `blob`.
pub(crate) fn source(file: &str, blob: &(String, Vec<u8>)) -> Source {
    Source { file: file.to_owned(), sha256: blob.0.clone(), bytes: blob.1.len() as u64 }
}
