//! Where a file is evidence already: by its content, whatever it is called.

use std::collections::{BTreeMap, BTreeSet};

use tici_domain::{Name, Stage};

use crate::snapshot::Snapshot;

/// A claim that has a file as evidence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Use {
    pub project: i64,
    /// The project's code.
    pub code: String,
    pub name: Name,
    pub stage: Stage,
    pub is_other_project: bool,
}

/// Claims by the content of their files.
#[derive(Clone, Debug, Default)]
pub struct Uses {
    claims: BTreeMap<String, Vec<(i64, Stage)>>,
}

impl Uses {
    /// Looks for files of some contents among the evidence of all current claims. One pass
    /// over the attachments; the claims are passed over only when something was found.
    pub fn of(snapshot: &Snapshot, wanted: &BTreeSet<&str>) -> Uses {
        let kept = snapshot.attachments.values();
        let kept: BTreeMap<i64, &str> = kept
            .filter(|row| wanted.contains(row.sha256.as_str()))
            .map(|row| (row.id, row.sha256.as_str()))
            .collect();
        let mut uses = Uses::default();
        if kept.is_empty() {
            return uses;
        }
        for entry in snapshot.projects.iter() {
            for state in &entry.claims {
                for sha256 in state.claim.evidence.iter().filter_map(|id| kept.get(id)) {
                    let claims = uses.claims.entry((*sha256).to_owned()).or_default();
                    let claim = (entry.project.id, state.claim.stage);
                    if !claims.contains(&claim) {
                        claims.push(claim);
                    }
                }
            }
        }
        uses
    }

    /// Claims other than that of `project` and `stage` which have a file as evidence, those
    /// of other projects first.
    pub fn elsewhere(
        &self,
        snapshot: &Snapshot,
        sha256: &str,
        (project, stage): (i64, Stage),
    ) -> Vec<Use> {
        let claims = self.claims.get(sha256).into_iter().flatten();
        let others = claims.filter(|claim| **claim != (project, stage));
        let mut uses: Vec<Use> = others
            .filter_map(|(of, at)| {
                let entry = snapshot.projects.get(*of)?;
                Some(Use {
                    project: *of,
                    code: entry.project.code.clone(),
                    name: entry.project.name.clone(),
                    stage: *at,
                    is_other_project: *of != project,
                })
            })
            .collect();
        uses.sort_by_key(|found| !found.is_other_project);
        uses
    }
}
