//! What a person said of projects that are gone from a list. Nothing is deleted: a project
//! leaves a list, or is withdrawn, with a day and a reason, or stays as it is.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use tici_domain::{ListTier, Problem, SideState};

use super::VanishedFate;
use super::with_ledger::lists_of;
use crate::change_state::{NewState, change_state};
use crate::keep_lists::{ListChange, change_list};
use crate::view_project::project_by_code;
use crate::{Action, Desk, OpsError, Session};

/// What becomes of one project.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct VanishedChoice {
    /// Code of a [`VanishedFate`].
    pub fate: String,
    pub reason: String,
}

/// What was written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct VanishedDone {
    pub left_lists: usize,
    pub withdrawn: usize,
    /// Entries written, in order.
    pub entries: Vec<i64>,
}

/// Whether `choices` can be carried out by this account: known, with a reason, and its right.
pub fn check_vanished(
    session: &Session,
    choices: &BTreeMap<String, VanishedChoice>,
) -> Result<(), OpsError> {
    for (code, choice) in choices {
        let unknown = || Problem::error("diff-unknown-fate").arg("fate", &choice.fate);
        let fate = VanishedFate::parse(&choice.fate);
        let fate = fate.ok_or_else(|| OpsError::problem(unknown()))?;
        if fate != VanishedFate::Ignore && choice.reason.trim().is_empty() {
            let problem = Problem::error("diff-needs-reason").arg("project", code);
            return Err(OpsError::problem(problem));
        }
        match fate {
            VanishedFate::Ignore => {}
            VanishedFate::LeaveList => session.need(Action::KeepLists)?,
            VanishedFate::Withdraw => session.need(Action::StopProject)?,
        }
    }
    Ok(())
}

/// Carries out `choices`, by the code of the project; those that stay as they are write
/// nothing. Removals from one list with one reason are one version of it.
pub fn settle_vanished(
    desk: &Desk,
    session: &Session,
    choices: &BTreeMap<String, VanishedChoice>,
    now: Timestamp,
    today: Date,
) -> Result<VanishedDone, OpsError> {
    check_vanished(session, choices)?;
    let snapshot = desk.snapshot()?;
    let mut done = VanishedDone::default();
    let mut leaving: BTreeMap<(ListTier, i64, &str), Vec<String>> = BTreeMap::new();
    let mut withdrawn = Vec::new();
    for (code, choice) in choices {
        let reason = choice.reason.as_str();
        let project = || project_by_code(desk, session, code);
        match VanishedFate::parse(&choice.fate) {
            Some(VanishedFate::Withdraw) => withdrawn.push((project()?, reason)),
            Some(VanishedFate::LeaveList) => {
                for (tier, year) in lists_of(&snapshot, Some(project()?), today) {
                    leaving.entry((tier, year, reason)).or_default().push(code.clone());
                }
            }
            Some(VanishedFate::Ignore) | None => {}
        }
    }
    for ((tier, year, reason), remove) in leaving {
        done.left_lists += remove.len();
        let reason = reason.to_owned();
        let change = ListChange { tier, year, add: Vec::new(), remove, on: today, reason };
        done.entries.extend(change_list(desk, session, &change, now)?.entries);
    }
    for (project, reason) in withdrawn {
        done.withdrawn += 1;
        let reason = reason.to_owned();
        let state = SideState::Withdrawn;
        let new = NewState { project, state, on: today, reason, evidence: Vec::new() };
        done.entries.extend(change_state(desk, session, &new, now, today)?.entries);
    }
    Ok(done)
}
