//! Lists, stage claims and milestones of a row against the ledger's.

use jiff::civil::Date;
use tici_domain::change::{ListMembership, Milestone, StageClaim};
use tici_domain::intake::{At, DateRole, MilestoneCell};
use tici_domain::{Change, Name, Period, Problem, Stage, Table};

use super::CellChange;
use super::late::{Late, LateKey};
use super::plan::Planner;
use super::row::RowWork;
use super::settle::{Said, SaidMilestone};

impl Planner<'_> {
    pub(super) fn lists(&mut self, work: &mut RowWork) {
        let row = work.row;
        let Some(At { value: (tier, year), .. }) = &row.tier else { return };
        let (tier, year) = (*tier, i64::from(*year));
        let kept = self.snapshot.projects.get(work.project).is_some_and(|entry| {
            let same = |list: &ListMembership| list.tier == tier && list.year == year;
            entry.lists.iter().any(|(list, _)| same(list) && list.until.is_none())
        });
        let key = (work.project, tier, year);
        if kept || self.seen.lists.contains_key(&key) {
            return;
        }
        let membership = ListMembership {
            id: self.ids.next(Table::ListMembership),
            project: work.project,
            tier,
            year,
            version: 1,
            from: Period::year(year as i16).first_day(),
            until: None,
            reason: None,
            replaces: None,
        };
        self.seen.lists.insert(key, membership.clone());
        self.push(row, Change::ListMembership(membership));
    }

    pub(super) fn stages(&mut self, work: &mut RowWork, period: Option<Period>) {
        let row = work.row;
        for At { value: (stage, on), cell, .. } in &row.stages {
            let (stage, stated) = (*stage, *on);
            let Some(on) = stated.or(period.map(Period::last_day)) else { continue };
            let current = self.current_claim(work.project, stage);
            match current {
                // A stage without a day says only that it is reached.
                Some((_, _)) if stated.is_none() => continue,
                Some((_, day)) if day == on => continue,
                _ => {}
            }
            if self.is_behind(work.project, stage) && current.is_none() {
                let problem = Problem::warning("import-stage-goes-back").arg("stage", stage.code());
                self.say(problem, work.file, &row.sheet, cell);
                continue;
            }
            let kept = self.kept_claim(work.project, stage);
            let key = LateKey::Claim(work.project, stage);
            let id = self.late_id(&key).unwrap_or_else(|| self.ids.next(Table::StageClaim));
            let claim = StageClaim {
                id,
                project: work.project,
                stage,
                on,
                evidence: Vec::new(),
                note: None,
                sheet: (!row.sheet.is_empty()).then(|| row.sheet.clone()),
                cell: Some(cell.clone()),
                // What the ledger has is replaced once, by the last word on it.
                replaces: kept.or(current).map(|(id, _)| id),
            };
            let cell = kept.or(current).map(|(_, day)| CellChange {
                cell: cell.clone(),
                field: stage.code().into(),
                old: Some(day.to_string()),
                new: on.to_string(),
            });
            self.seen.claims.insert((work.project, stage), (claim.id, on));
            let change = Change::StageClaim(claim);
            match kept {
                Some((_, day)) => {
                    self.put_late(key, row, Late { change, cell, differs: day != on });
                }
                None => {
                    work.cells.extend(cell);
                    self.push(row, change);
                }
            }
        }
    }

    fn current_claim(&self, project: i64, stage: Stage) -> Option<(i64, Date)> {
        let seen = self.seen.claims.get(&(project, stage)).copied();
        seen.or_else(|| self.kept_claim(project, stage))
    }

    fn kept_claim(&self, project: i64, stage: Stage) -> Option<(i64, Date)> {
        let entry = self.snapshot.projects.get(project)?;
        entry.claim(stage).map(|state| (state.claim.id, state.claim.on))
    }

    /// Whether a later stage than `stage` has been reached already.
    fn is_behind(&self, project: i64, stage: Stage) -> bool {
        let seen = self.seen.claims.range((project, Stage::Lead)..=(project, Stage::AtCapacity));
        let seen = seen.map(|((_, stage), _)| *stage);
        let entry = self.snapshot.projects.get(project);
        let kept = entry.into_iter().flat_map(|entry| &entry.claims);
        let kept = kept.filter(|state| state.stands()).map(|state| state.claim.stage);
        seen.chain(kept).any(|reached| reached > stage && reached != Stage::StatEntered)
    }

    pub(super) fn milestones(&mut self, work: &RowWork, said: &Said) {
        for at in &work.row.milestones {
            let MilestoneCell { key, role, on } = &at.value;
            let last = self.seen.milestones.entry((work.project, key.clone()));
            let last = last.or_insert_with(|| {
                let entry = self.snapshot.projects.get(work.project);
                let kept = entry.and_then(|entry| entry.milestone(key)).cloned();
                let milestone = kept.unwrap_or_else(|| blank_milestone(work.project, key));
                SaidMilestone { said: said.clone(), milestone, cells: Vec::new() }
            });
            match role {
                DateRole::Planned => last.milestone.planned = Some(*on),
                DateRole::Actual => last.milestone.actual = Some(*on),
                DateRole::Expected => last.milestone.expected = Some(*on),
            }
            last.said = said.clone();
            last.cells.retain(|(other, _)| other != role);
            last.cells.push((*role, at.cell.clone()));
        }
    }
}

fn blank_milestone(project: i64, key: &str) -> Milestone {
    Milestone {
        id: 0,
        project,
        key: key.to_owned(),
        name: Name::new(key),
        planned_from: None,
        planned: None,
        actual_from: None,
        actual: None,
        expected: None,
        reason: None,
        replaces: None,
    }
}

/// The day that a role names.
pub(super) fn day_of(row: &Milestone, role: DateRole) -> Option<Date> {
    match role {
        DateRole::Planned => row.planned,
        DateRole::Actual => row.actual,
        DateRole::Expected => row.expected,
    }
}
