//! What a project's page tells of packages: how it came to be one, and what counts once.

use jiff::civil::Date;
use tici_domain::change::StageClaim;
use tici_domain::{PackageChange, Stage};
use tici_engine::snapshot::ProjectEntry;
use tici_engine::statement::words::{Arg, Words};
use tici_engine::{FactsTable, Snapshot};

use crate::OpsError;
use crate::view_project::{EntryMeta, Metas};

/// One step of becoming a package, or ceasing to be one.
#[derive(Clone, Debug)]
pub struct PackageStep {
    pub change: PackageChange,
    /// Code of the project it was made a package of.
    pub parent: Option<String>,
    pub by: Option<EntryMeta>,
}

/// The steps of a project, newest first.
pub(crate) fn package_history(metas: &Metas, project: i64) -> Result<Vec<PackageStep>, OpsError> {
    let step = |kept: &tici_engine::snapshot::Kept<PackageChange>| {
        let parent = kept.row.parent.and_then(|id| metas.snapshot.projects.get(id));
        Ok(PackageStep {
            change: kept.row.clone(),
            parent: parent.map(|entry| entry.project.code.clone()),
            by: metas.of(kept.entry)?,
        })
    };
    metas.snapshot.records.package_changes_of(project).rev().map(step).collect()
}

/// What of a project's starts does not count by itself: each start counts once for stage,
/// unit and year. `earlier` are claims that later ones have replaced.
pub fn once_notes(
    snapshot: &Snapshot,
    table: &FactsTable,
    entry: &ProjectEntry,
    earlier: &[&StageClaim],
) -> Vec<Words> {
    let mut notes = Vec::new();
    let project = &entry.project;
    let parent = project.parent.and_then(|id| snapshot.projects.get(id));
    if let Some(parent) = parent {
        let code = Arg::Text(parent.project.code.clone());
        notes.push(Words::new("once-with-project").with("project", code));
    }
    let packages = table.rows.iter().filter(|facts| facts.parent == Some(project.id));
    let started = packages.filter(|facts| facts.is_live() && facts.has_started()).count();
    if started > 0 {
        notes.push(Words::new("once-packages").with("n", Arg::Count(started as i128)));
    }
    if let Some(day) = started_on(entry) {
        let again = earlier.iter().filter(|claim| {
            claim.stage == Stage::Started && claim.on.year() == day.year() && claim.on != day
        });
        let again = again.map(|claim| Arg::Text(claim.on.to_string())).collect::<Vec<_>>();
        if !again.is_empty() {
            let words = Words::new("once-same-year").with("n", Arg::Count(again.len() as i128 + 1));
            let words = words.with("days", Arg::List(again));
            let words = words.with("year", Arg::Text(day.year().to_string()));
            notes.push(words.with("day", Arg::Text(day.to_string())));
        }
    }
    notes
}

fn started_on(entry: &ProjectEntry) -> Option<Date> {
    entry.claim(Stage::Started).filter(|state| state.stands()).map(|state| state.claim.on)
}
