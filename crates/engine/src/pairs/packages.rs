//! Packages of a project: their shares add up to the whole.

use std::collections::BTreeMap;

use tici_domain::{Problem, SideState};

use crate::snapshot::Snapshot;

/// The whole, in hundredths of a percent.
pub const WHOLE: i64 = 10_000;

/// The shares of a project's packages.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Shares {
    pub packages: usize,
    /// Packages without a share.
    pub without: usize,
    /// Of those that have one, in hundredths of a percent.
    pub sum: i64,
}

impl Shares {
    /// Counts one more package.
    pub fn take(&mut self, share: Option<i64>) {
        self.packages += 1;
        self.without += usize::from(share.is_none());
        self.sum += share.unwrap_or(0);
    }

    /// Packages without shares say nothing that could be wrong; some with and some without,
    /// or shares that miss the whole, do.
    pub fn are_sound(&self) -> bool {
        self.packages == self.without || (self.without == 0 && self.sum == WHOLE)
    }

    /// What is wrong with them, of the project named by `code`.
    pub fn problem(&self, code: &str) -> Option<Problem> {
        let percent = |hundredths: i64| {
            let (whole, rest) = (hundredths / 100, hundredths % 100);
            match rest {
                0 => whole.to_string(),
                rest => format!("{whole}.{rest:02}"),
            }
        };
        (!self.are_sound()).then(|| match self.without {
            0 => Problem::warning("package-shares")
                .arg("project", code)
                .arg("sum", percent(self.sum)),
            without => Problem::warning("package-without-share")
                .arg("project", code)
                .arg("n", without)
                .arg("sum", percent(self.sum)),
        })
    }
}

/// The shares of every project that has packages, withdrawn packages left out.
pub fn shares(snapshot: &Snapshot) -> BTreeMap<i64, Shares> {
    let mut found: BTreeMap<i64, Shares> = BTreeMap::new();
    for entry in snapshot.projects.iter() {
        let project = &entry.project;
        let Some(parent) = project.parent else { continue };
        if project.state != SideState::Withdrawn {
            found.entry(parent).or_default().take(project.parent_share);
        }
    }
    found
}

/// The shares of one project's packages.
pub fn shares_of(snapshot: &Snapshot, project: i64) -> Shares {
    shares(snapshot).remove(&project).unwrap_or_default()
}
