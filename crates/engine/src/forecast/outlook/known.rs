//! What the ledger knew and when, beyond its current rows: earlier promised days.

use std::collections::BTreeMap;

use jiff::civil::Date;
use tici_domain::Stage;
use tici_domain::change::Milestone;

use crate::snapshot::Snapshot;

/// Days of entries, and milestones that were replaced since. Whatever was written after the
/// snapshot is left out by [`Promised::new`], so that a forecast uses only what was known.
#[derive(Clone, Debug, Default)]
pub struct Known {
    /// Day of each entry of the journal, by its sequence.
    pub entry_days: Vec<Date>,
    /// Rows that others have replaced, each with the entry that wrote it.
    pub replaced: Vec<(i64, Milestone)>,
}

/// The days promised for each project's stages, as they became known.
#[derive(Debug, Default)]
pub struct Promised {
    /// By project and stage: when it was said, and the day that was said; in order of time.
    said: BTreeMap<(i64, Stage), Vec<(Date, Option<Date>)>>,
    /// The first day on which anything was said of a project.
    first: BTreeMap<i64, Date>,
}

impl Promised {
    pub fn new(snapshot: &Snapshot, known: &Known) -> Promised {
        let mut found = Promised::default();
        for (entry, row) in known.replaced.iter().filter(|(entry, _)| *entry < snapshot.seq) {
            found.take(known, *entry, row);
        }
        for project in snapshot.projects.iter() {
            for (row, entry) in &project.milestones {
                found.take(known, *entry, row);
            }
        }
        for said in found.said.values_mut() {
            said.sort_by_key(|(on, _)| *on);
        }
        found
    }

    fn take(&mut self, known: &Known, entry: i64, row: &Milestone) {
        let Some(on) = usize::try_from(entry).ok().and_then(|at| known.entry_days.get(at)) else {
            return;
        };
        let first = self.first.entry(row.project).or_insert(*on);
        *first = (*first).min(*on);
        if let Some(stage) = Stage::parse(&row.key) {
            let day = row.expected.or(row.planned);
            self.said.entry((row.project, stage)).or_default().push((*on, day));
        }
    }

    /// The first day on which the ledger knew of a project's plan.
    pub fn first(&self, project: i64) -> Option<Date> {
        self.first.get(&project).copied()
    }

    /// The day promised for a stage, as known on `at`.
    pub fn day(&self, project: i64, stage: Stage, at: Date) -> Option<Date> {
        let said = self.said.get(&(project, stage))?;
        let known = said.partition_point(|(on, _)| *on <= at);
        said[..known].last()?.1
    }
}
