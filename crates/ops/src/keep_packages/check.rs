//! What a project has to be to be a package of another, and what is wrong with those that are.

use std::collections::BTreeSet;

use tici_domain::change::Project;
use tici_domain::{Problem, SideState};
use tici_engine::Snapshot;
use tici_engine::pairs::packages::shares;

use crate::{Action, Desk, OpsError, Session};

/// Why a project cannot be a package of another. `has_packages` is of the project.
pub(crate) fn may_be_package(
    project: &Project,
    parent: &Project,
    has_packages: bool,
) -> Vec<Problem> {
    let about = |key: &str| {
        let problem = Problem::error(key).arg("project", &project.code);
        problem.arg("parent", &parent.code)
    };
    if project.id == parent.id {
        return vec![about("package-of-itself")];
    }
    let ended = |of: &Project| matches!(of.state, SideState::Terminated | SideState::Withdrawn);
    let wrong = [
        ("package-of-package", parent.parent.is_some()),
        ("package-has-packages", has_packages),
        ("package-other-currency", project.currency != parent.currency),
        ("package-parent-ended", ended(parent) && !ended(project)),
    ];
    wrong.into_iter().filter(|(_, is_so)| *is_so).map(|(key, _)| about(key)).collect()
}

/// What is wrong with the packages of the ledger: shares that miss the whole, and what came
/// in from elsewhere and breaks the rules. Nothing is mended.
pub fn package_problems(desk: &Desk, session: &Session) -> Result<Vec<Problem>, OpsError> {
    session.need(Action::ReadLedger)?;
    let snapshot = desk.snapshot()?;
    let mut problems = broken(&snapshot, session);
    for (parent, shares) in shares(&snapshot) {
        let entry = snapshot.projects.get(parent);
        let entry = entry.filter(|entry| session.covers(&snapshot, entry.project.place));
        problems.extend(entry.and_then(|entry| shares.problem(&entry.project.code)));
    }
    Ok(problems)
}

fn broken(snapshot: &Snapshot, session: &Session) -> Vec<Problem> {
    let mut problems = Vec::new();
    let live = || snapshot.projects.iter().map(|entry| &entry.project);
    let live = || live().filter(|project| project.state != SideState::Withdrawn);
    let parents: BTreeSet<i64> = live().filter_map(|project| project.parent).collect();
    for project in live().filter(|project| session.covers(snapshot, project.place)) {
        let Some(parent) = project.parent else { continue };
        match snapshot.projects.get(parent) {
            Some(entry) => {
                let has_packages = parents.contains(&project.id);
                problems.extend(may_be_package(project, &entry.project, has_packages));
            }
            None => problems.push(Problem::error("package-of-none").arg("project", &project.code)),
        }
    }
    problems
}
