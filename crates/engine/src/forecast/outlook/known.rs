//! What the ledger knew and when, beyond its current rows: earlier promised days.

use jiff::civil::Date;
use rayon::prelude::*;
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
    /// Project and stage, when it was said, and the day that was said; in this order.
    said: Vec<(i64, Stage, Date, Option<Date>)>,
    /// The first day on which anything was said of a project; by project.
    first: Vec<(i64, Date)>,
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
        // Stable: of two days said on one day, the one said last counts.
        found.said.par_sort_by_key(|(project, stage, on, _)| (*project, *stage, *on));
        found.first.par_sort_unstable();
        found.first.dedup_by_key(|(project, _)| *project);
        found
    }

    fn take(&mut self, known: &Known, entry: i64, row: &Milestone) {
        let Some(on) = usize::try_from(entry).ok().and_then(|at| known.entry_days.get(at)) else {
            return;
        };
        self.first.push((row.project, *on));
        if let Some(stage) = Stage::parse(&row.key) {
            let day = row.expected.or(row.planned);
            self.said.push((row.project, stage, *on, day));
        }
    }

    /// The first day on which the ledger knew of a project's plan.
    pub fn first(&self, project: i64) -> Option<Date> {
        let at = self.first.binary_search_by_key(&project, |(of, _)| *of).ok()?;
        Some(self.first[at].1)
    }

    /// The day promised for a stage, as known on `at`.
    pub fn day(&self, project: i64, stage: Stage, at: Date) -> Option<Date> {
        let until = (project, stage, at);
        let known = self.said.partition_point(|(of, step, on, _)| (*of, *step, *on) <= until);
        let (of, step, _, day) = self.said[..known].last()?;
        day.filter(|_| (*of, *step) == (project, stage))
    }
}
