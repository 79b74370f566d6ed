//! Packages of a list: which project a row is a part of, looked up when all rows are known,
//! since a list may name the whole below its parts.

use std::collections::BTreeSet;

use tici_domain::change::Project;
use tici_domain::intake::{At, ProjectRow};
use tici_domain::{Change, PackageChange, Problem, SideState, Table};
use tici_engine::pairs::packages::Shares;

use super::CellChange;
use super::plan::Planner;
use super::settle::Placed;
use crate::Action;
use crate::keep_packages::may_be_package;

/// What a row says of a package, with where it says so.
#[derive(Clone, Debug)]
pub(super) struct SaidPackage {
    parent: Option<At<String>>,
    share: Option<At<i64>>,
    file: String,
    sheet: String,
}

impl SaidPackage {
    fn cell(&self) -> &str {
        let share = || self.share.as_ref().map_or("", |at| at.cell.as_str());
        self.parent.as_ref().map_or_else(share, |at| at.cell.as_str())
    }
}

impl Planner<'_> {
    /// Keeps what a row says of a package; the last row of a project has the last word.
    pub(super) fn package(&mut self, row: &ProjectRow, file: &str, project: i64) {
        if row.parent.is_none() && row.parent_share.is_none() {
            return;
        }
        let (parent, share) = (row.parent.clone(), row.parent_share.clone());
        let (file, sheet) = (file.to_owned(), row.sheet.clone());
        self.seen.packages.insert(project, SaidPackage { parent, share, file, sheet });
    }

    /// Gives every package its parent and share, and says what is wrong with either.
    pub(super) fn packages_settled(&mut self) -> Vec<Placed> {
        let said = std::mem::take(&mut self.seen.packages);
        let mut put = Vec::new();
        for (project, said) in &said {
            match self.parent_of(*project, said) {
                Ok(parent) => put.push((*project, parent, said)),
                Err(problem) => self.say(*problem, &said.file, &said.sheet, said.cell()),
            }
        }
        let mut placed = Vec::new();
        for (project, parent, said) in &put {
            placed.extend(self.put_package(*project, *parent, said));
        }
        let parents = self.parents();
        for (project, parent, said) in &put {
            self.check_package(*project, *parent, said, &parents);
        }
        self.check_shares(&put);
        placed
    }

    /// The project a row's words mean, within what the account may join.
    fn parent_of(&self, project: i64, said: &SaidPackage) -> Result<i64, Box<Problem>> {
        let code = || self.lookup.project(project).map_or("", |known| known.code.as_str());
        let Some(at) = &said.parent else {
            let known = self.lookup.project(project).and_then(|known| known.parent);
            let alone = || Box::new(Problem::error("package-share-alone").arg("project", code()));
            return known.ok_or_else(alone);
        };
        let wrong = |key: &str| Box::new(Problem::error(key).arg("parent", &at.value));
        let found = match self.lookup.project_by_code(&at.value) {
            Some(id) => id,
            None => match self.lookup.projects_by_name(&at.value, None)[..] {
                [id] => id,
                [] => return Err(wrong("package-parent-unknown")),
                _ => return Err(wrong("package-parent-of-several")),
            },
        };
        let place = self.lookup.project(found).and_then(|parent| parent.place);
        match self.session.need_at(Action::KeepPackages, self.snapshot, place) {
            Ok(()) => Ok(found),
            // The same list again asks for nothing.
            Err(_) if self.lookup.project(project).and_then(|p| p.parent) == Some(found) => {
                Ok(found)
            }
            Err(_) => Err(wrong("package-parent-not-yours")),
        }
    }

    /// Puts parent and share into the project's row; the reason is the import's, or else the
    /// cell that says so.
    fn put_package(&mut self, id: i64, parent: i64, said: &SaidPackage) -> Option<Placed> {
        let mut project = self.lookup.project(id)?.clone();
        let before = (project.parent, project.parent_share);
        let share = said.share.as_ref().map(|at| at.value);
        // A list without shares says nothing of the share of a package of the same project.
        let kept = project.parent_share.filter(|_| before.0 == Some(parent));
        (project.parent, project.parent_share) = (Some(parent), share.or(kept));
        let after = (project.parent, project.parent_share);
        let at = self.seen.projects.get(&id)?.clone();
        if before == after {
            return None;
        }
        let name = |id: Option<i64>| {
            let known = id.and_then(|id| self.lookup.project(id));
            known.map(|project| project.code.clone())
        };
        let cell = CellChange {
            cell: said.cell().to_owned(),
            field: "parent".into(),
            old: name(before.0),
            new: name(after.0).unwrap_or_default(),
        };
        let reason = self.options.reason.clone();
        let change = Change::PackageChange(PackageChange {
            id: self.ids.next(Table::PackageChange),
            project: id,
            parent: project.parent,
            share: project.parent_share,
            reason: reason.unwrap_or_else(|| format!("{}!{}", said.sheet, said.cell())),
        });
        self.lookup.add_project(project);
        self.mark(&at, vec![cell]);
        Some((at.at, at.file, change))
    }

    /// Projects that have a package, in the ledger or after this import.
    fn parents(&self) -> BTreeSet<i64> {
        self.projects_after().filter_map(|project| project.parent).collect()
    }

    /// Every project that was not withdrawn, as this import leaves it.
    fn projects_after(&self) -> impl Iterator<Item = &Project> {
        let known = self.snapshot.projects.iter().map(|entry| entry.project.id);
        let new = self.seen.projects.keys().copied();
        let new = new.filter(|id| self.snapshot.projects.get(*id).is_none());
        let projects = known.chain(new).filter_map(|id| self.lookup.project(id));
        projects.filter(|project| project.state != SideState::Withdrawn)
    }

    fn check_package(
        &mut self,
        project: i64,
        parent: i64,
        said: &SaidPackage,
        parents: &BTreeSet<i64>,
    ) {
        let found = self.lookup.project(project).zip(self.lookup.project(parent));
        let Some((package, whole)) = found else { return };
        let wrong = may_be_package(package, whole, parents.contains(&project));
        let at_cell = |problem: Problem| problem.at(&said.file, &said.sheet, said.cell());
        self.plan.problems.extend(wrong.into_iter().map(at_cell));
    }

    /// Warns where the shares of a project this list speaks of miss the whole.
    fn check_shares(&mut self, put: &[(i64, i64, &SaidPackage)]) {
        let wholes: BTreeSet<i64> = put.iter().map(|(_, parent, _)| *parent).collect();
        for whole in wholes {
            let mut shares = Shares::default();
            let packages = self.projects_after().filter(|project| project.parent == Some(whole));
            packages.for_each(|package| shares.take(package.parent_share));
            let last = put.iter().rev().find(|(_, parent, _)| *parent == whole);
            let code = self.lookup.project(whole).map(|project| project.code.clone());
            let Some((problem, (_, _, said))) =
                code.and_then(|code| shares.problem(&code)).zip(last)
            else {
                continue;
            };
            self.say(problem, &said.file, &said.sheet, said.cell());
        }
    }
}
