//! What rows say without a period: the project itself and the days of its milestones. Of
//! several rows of one project the latest period has the last word, and only that is
//! written; otherwise the same file again would go through its whole past once more.

use tici_domain::change::{Milestone, Project};
use tici_domain::intake::DateRole;
use tici_domain::{Change, Table};

use super::plan::{ImportPlan, Planner};
use super::steps::day_of;
use super::{CellChange, RowFate};

/// Where the last word on something was said.
#[derive(Clone, Debug)]
pub(super) struct Said {
    /// Index of the row in the plan.
    pub row: usize,
    pub file: usize,
    /// Where in the plan's changes its own belong.
    pub at: usize,
    /// Cell of the project's name.
    pub name_cell: String,
}

/// A milestone with the cell of each of its days.
#[derive(Clone, Debug)]
pub(super) struct SaidMilestone {
    pub said: Said,
    pub milestone: Milestone,
    pub cells: Vec<(DateRole, String)>,
}

/// Where among the others a change belongs, its file, and the change.
pub(super) type Placed = (usize, usize, Change);

impl ImportPlan {
    /// Puts changes, sorted by their places, before the ones that stand there.
    pub(super) fn put_in_place(&mut self, placed: Vec<Placed>) {
        if placed.is_empty() {
            return;
        }
        let count = self.changes.len() + placed.len();
        let mut early = std::mem::replace(&mut self.changes, Vec::with_capacity(count)).into_iter();
        let mut files = std::mem::replace(&mut self.files, Vec::with_capacity(count)).into_iter();
        let mut taken = 0;
        for (at, file, change) in placed {
            self.changes.extend(early.by_ref().take(at - taken));
            self.files.extend(files.by_ref().take(at - taken));
            taken = at;
            self.changes.push(change);
            self.files.push(file);
        }
        self.changes.extend(early);
        self.files.extend(files);
    }
}

impl Planner<'_> {
    /// Puts the last words in their places among the changes.
    pub(super) fn settle(mut self) -> ImportPlan {
        self.settle_late();
        let mut placed = self.packages_settled();
        placed.extend(self.projects_settled());
        placed.extend(self.milestones_settled());
        placed.sort_by_key(|(at, ..)| *at);
        self.plan.put_in_place(placed);
        self.plan
    }

    fn projects_settled(&mut self) -> Vec<Placed> {
        let mut placed = Vec::new();
        for (id, said) in std::mem::take(&mut self.seen.projects) {
            let kept = self.snapshot.projects.get(id).map(|entry| &entry.project);
            let before = self.made(id).or(kept);
            let Some(now) = self.lookup.project(id).filter(|now| before != Some(*now)) else {
                continue;
            };
            let mut project = now.clone();
            if let Some(before) = before {
                keep_order(&mut project.aliases, &before.aliases);
            }
            if before == Some(&project) {
                continue;
            }
            let renamed = kept.filter(|kept| kept.name != project.name);
            let cell = renamed.map(|kept| CellChange {
                cell: said.name_cell.clone(),
                field: "name".into(),
                old: Some(kept.name.text.clone()),
                new: project.name.text.clone(),
            });
            self.mark(&said, cell.into_iter().collect());
            placed.push((said.at, said.file, Change::Project(project)));
        }
        placed
    }

    /// A project this import makes, as it was first written.
    fn made(&self, id: i64) -> Option<&Project> {
        match self.plan.changes.get(*self.seen.made.get(&id)?)? {
            Change::Project(project) if project.id == id => Some(project),
            _ => None,
        }
    }

    fn milestones_settled(&mut self) -> Vec<Placed> {
        let mut placed = Vec::new();
        for ((project, key), last) in std::mem::take(&mut self.seen.milestones) {
            let SaidMilestone { said, mut milestone, cells } = last;
            let entry = self.snapshot.projects.get(project);
            let kept = entry.and_then(|entry| entry.milestone(&key));
            let differs = |role: DateRole| {
                kept.and_then(|kept| day_of(kept, role)) != day_of(&milestone, role)
            };
            let changed: Vec<_> = cells.into_iter().filter(|(role, _)| differs(*role)).collect();
            if changed.is_empty() {
                continue;
            }
            let old_day = |role| kept.and_then(|kept| day_of(kept, role));
            let cells = changed.iter().filter_map(|(role, cell)| {
                Some(CellChange {
                    cell: cell.clone(),
                    field: key.clone(),
                    old: Some(old_day(*role)?.to_string()),
                    new: day_of(&milestone, *role)?.to_string(),
                })
            });
            let cells = cells.collect();
            milestone.id = self.ids.next(Table::Milestone);
            milestone.replaces = kept.map(|kept| kept.id);
            milestone.reason = self.options.reason.clone();
            self.mark(&said, cells);
            placed.push((said.at, said.file, Change::Milestone(milestone)));
        }
        placed
    }

    /// The row that had the last word has changed something.
    pub(super) fn mark(&mut self, said: &Said, cells: Vec<CellChange>) {
        let Some(row) = self.plan.rows.get_mut(said.row) else { return };
        row.cells.extend(cells);
        if row.fate == RowFate::Unchanged {
            row.fate = RowFate::Changed;
        }
    }
}

/// Other names stand in no order; going through a past of renames once more must not turn
/// them.
fn keep_order(names: &mut Vec<String>, before: &[String]) {
    let is_same = names.len() == before.len() && names.iter().all(|name| before.contains(name));
    if is_same {
        *names = before.to_vec();
    }
}
