//! Makes a project a package of another, or lets it stand by itself again.

use jiff::Timestamp;
use tici_domain::change::Project;
use tici_domain::{Change, PackageChange, Problem, SideState, Table};
use tici_engine::Snapshot;
use tici_engine::pairs::packages::{WHOLE, shares_of};
use tici_engine::snapshot::ProjectEntry;

use super::may_be_package;
use crate::keep_tasks::words;
use crate::write::{Written, write};
use crate::{Action, Desk, OpsError, Session};

/// Longest reason, in characters.
pub const PACKAGE_REASON_CHARS_MAX: usize = 400;

/// Where a project belongs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewPackage {
    pub project: i64,
    /// Code of the project it is a package of; `None` lets it stand by itself.
    pub parent: Option<String>,
    /// Its share of that project, in hundredths of a percent.
    pub share: Option<i64>,
    pub reason: String,
}

/// What was written, and what is to be said of the shares after it.
#[derive(Clone, Debug)]
pub struct PackageWritten {
    pub written: Written,
    pub warnings: Vec<Problem>,
}

/// Reads a share: `40`, `40%`, `12.5 %`; `None` for anything that is no share of a whole.
pub fn share_of(text: &str) -> Option<i64> {
    let number = text.trim().trim_end_matches(['%', '％']).trim();
    let (whole, part) = number.split_once('.').unwrap_or((number, ""));
    let digits = |text: &str| text.chars().all(|c| c.is_ascii_digit());
    let fits = !whole.is_empty() && whole.len() <= 3 && part.len() <= 2;
    if !fits || !digits(whole) || !digits(part) {
        return None;
    }
    let hundredths =
        whole.parse::<i64>().ok()? * 100 + format!("{part:0<2}").parse::<i64>().ok()?;
    (1..=WHOLE).contains(&hundredths).then_some(hundredths)
}

/// Writes it into the project's own row, with the reason beside it.
pub fn set_package(
    desk: &Desk,
    session: &Session,
    new: &NewPackage,
    now: Timestamp,
) -> Result<PackageWritten, OpsError> {
    session.need(Action::KeepPackages)?;
    let mut warnings = Vec::new();
    let op = if new.parent.is_some() { "set_package" } else { "clear_package" };
    let written = write(desk, session.actor.id, op, now, |snapshot, ids| {
        let missing = || OpsError::not_found("project", new.project);
        let entry = snapshot.projects.get(new.project);
        let entry = entry.filter(|entry| session.covers(snapshot, entry.project.place));
        let entry = entry.ok_or_else(missing)?;
        session.need_at(Action::KeepPackages, snapshot, entry.project.place)?;
        let mut problems = Vec::new();
        let parent = parent(snapshot, session, entry, new, &mut problems);
        let reason = reason(new, &mut problems);
        let (Some(reason), true) = (reason, problems.is_empty()) else {
            return Err(OpsError::Problems(problems));
        };
        let row = Project {
            parent: parent.map(|parent| parent.project.id),
            parent_share: new.share,
            ..entry.project.clone()
        };
        let change = PackageChange {
            id: ids.next(Table::PackageChange),
            project: row.id,
            parent: row.parent,
            share: row.parent_share,
            reason,
        };
        let touched = entry.project.parent.into_iter().chain(row.parent);
        let changes = vec![Change::Project(row), Change::PackageChange(change)];
        warnings = shares_after(snapshot, &changes, touched.collect());
        Ok(changes)
    })?;
    Ok(PackageWritten { written, warnings })
}

fn reason(new: &NewPackage, problems: &mut Vec<Problem>) -> Option<String> {
    let reason = words(&new.reason, PACKAGE_REASON_CHARS_MAX, "package-reason-long", problems);
    if reason.is_none() {
        problems.push(Problem::error("package-needs-reason"));
    }
    if new.reason.contains('\0') {
        problems.push(Problem::error("text-has-nul"));
    }
    reason
}

/// The project it is to be a package of, if it may be one.
fn parent<'a>(
    snapshot: &'a Snapshot,
    session: &Session,
    entry: &ProjectEntry,
    new: &NewPackage,
    problems: &mut Vec<Problem>,
) -> Option<&'a ProjectEntry> {
    let project = &entry.project;
    let Some(code) = &new.parent else {
        if new.share.is_some() {
            problems.push(Problem::error("package-share-alone").arg("project", &project.code));
        }
        if project.parent.is_none() {
            problems.push(Problem::error("package-none").arg("project", &project.code));
        }
        return None;
    };
    let wanted = code.trim();
    let is_it = |other: &Project| {
        other.code.eq_ignore_ascii_case(wanted) || other.national_code.as_deref() == Some(wanted)
    };
    let found = snapshot.projects.iter().find(|other| is_it(&other.project));
    let found = found.filter(|other| session.covers(snapshot, other.project.place));
    let Some(found) = found else {
        problems.push(Problem::error("package-parent-unknown").arg("parent", wanted));
        return None;
    };
    if new.share.is_some_and(|share| !(1..=WHOLE).contains(&share)) {
        problems.push(Problem::error("package-share-range").arg("project", &project.code));
    }
    if (project.parent, project.parent_share) == (Some(found.project.id), new.share) {
        let problem = Problem::error("package-unchanged").arg("project", &project.code);
        problems.push(problem.arg("parent", &found.project.code));
    }
    let has_packages = snapshot.projects.iter().any(|other| {
        other.project.parent == Some(project.id) && other.project.state != SideState::Withdrawn
    });
    problems.extend(may_be_package(project, &found.project, has_packages));
    Some(found)
}

/// What the shares of the projects that win or lose a package come to.
fn shares_after(snapshot: &Snapshot, changes: &[Change], parents: Vec<i64>) -> Vec<Problem> {
    let after = snapshot.advance(changes.iter().map(|row| (snapshot.seq, row)), snapshot.seq);
    let problem = |parent: i64| {
        let code = &after.projects.get(parent)?.project.code;
        shares_of(&after, parent).problem(code)
    };
    let mut parents = parents;
    parents.dedup();
    parents.into_iter().filter_map(problem).collect()
}

#[cfg(test)]
mod tests {
    use super::share_of;

    #[test]
    fn a_share_is_read_as_people_write_it() {
        let cases = [
            ("40", Some(4_000)),
            ("40%", Some(4_000)),
            ("12.5 %", Some(1_250)),
            (" 33.33％", Some(3_333)),
            ("100", Some(10_000)),
            ("0.01", Some(1)),
            ("0", None),
            ("100.01", None),
            ("-5", None),
            ("", None),
            ("%", None),
            ("1e2", None),
            ("33.333", None),
            ("四成", None),
        ];
        for (text, expected) in cases {
            assert_eq!(share_of(text), expected, "{text}");
        }
    }
}
