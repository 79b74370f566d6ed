//! A list to be imported beside the one before it: what the ledger knows of the rows that are
//! gone, and which of the new rows are likely a known project under another name.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use tici_domain::intake::{Intake, ProjectRow};
use tici_domain::{ListTier, SideState, Stage};
use tici_engine::Snapshot;
use tici_exchange::map::{Links, Map, PeriodRule};
use tici_exchange::read::read_projects;
use tici_exchange::sheet::Workbook;

use super::{Against, Comparison, DiffOptions, EarlierList, Rename, compare, earlier_list, tables};
use crate::import::Lookup;
use crate::uploads::cell_key;
use crate::{Desk, OpsError, Session};

/// What may become of a project that is no longer on the list. Nothing is deleted, and
/// nothing happens unless a person says so.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum VanishedFate {
    /// It stays as it is.
    Ignore,
    /// It leaves the list it stands on, with a day and a reason.
    LeaveList,
    /// It is withdrawn, with a day and a reason.
    Withdraw,
}

impl VanishedFate {
    pub const ALL: [VanishedFate; 3] =
        [VanishedFate::Ignore, VanishedFate::LeaveList, VanishedFate::Withdraw];

    pub fn code(self) -> &'static str {
        match self {
            VanishedFate::Ignore => "ignore",
            VanishedFate::LeaveList => "leave-list",
            VanishedFate::Withdraw => "withdraw",
        }
    }

    pub fn parse(code: &str) -> Option<VanishedFate> {
        VanishedFate::ALL.into_iter().find(|fate| fate.code() == code)
    }
}

/// A row of the earlier list that the new one has not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Vanished {
    /// Index among the earlier list's rows.
    pub row: usize,
    /// Where it stood there.
    pub at: String,
    pub name: String,
    /// Code of the project it is, where the ledger has it.
    pub code: Option<String>,
    /// Lists of this year it stands on.
    pub lists: Vec<(ListTier, i64)>,
    pub proposal: VanishedFate,
    /// Message key of the reason for the proposal.
    pub why: &'static str,
    /// It is in a proposal of a rename.
    pub perhaps_renamed: bool,
}

/// A proposed rename, with what is needed to take it up.
#[derive(Clone, Debug, PartialEq)]
pub struct LikelyRename {
    pub rename: Rename,
    /// Code of the project the earlier row is.
    pub code: Option<String>,
    /// Key (`sheet!cell`) of the cell that names the new row.
    pub cell: Option<String>,
}

/// A new list beside the one before it.
#[derive(Clone, Debug)]
pub struct LedgerComparison {
    pub earlier: EarlierList,
    pub compared: Comparison,
    pub vanished: Vec<Vanished>,
    pub renames: Vec<LikelyRename>,
    /// Rows that are gone by name, and are known to be a row of the new list.
    pub known_renames: usize,
}

/// Compares what was read from a file with the list before it; `None` where there is none.
/// The earlier file is read with the same map.
pub fn compare_with_earlier(
    desk: &Desk,
    session: &Session,
    (file, workbook, map, intake): (&str, &Workbook, &Map, &Intake),
    against: Against,
    today: Date,
) -> Result<Option<LedgerComparison>, OpsError> {
    let sha256 = intake.files.first().map_or("", |file| file.sha256.as_str());
    let Some(earlier) = earlier_list(desk, session, (file, sha256, workbook), against)? else {
        return Ok(None);
    };
    let bytes = [(earlier.file.as_str(), earlier.bytes.as_slice())];
    let (before, _) = read_projects(&bytes, map, &Links::default());
    if before.rows.is_empty() {
        return Ok(None);
    }
    let by_period = matches!(map.period, Some(PeriodRule::Column { .. }));
    let tables = (tables::of_intake(&before, by_period), tables::of_intake(intake, by_period));
    let compared = compare(tables.0, tables.1, &DiffOptions { by_period, ..Default::default() });
    let snapshot = desk.snapshot()?;
    let known = Known::of(&snapshot, session, &before, intake);
    let (vanished, known_renames) = vanished(&known, &compared, today);
    let renames = renames(&known, &compared, intake);
    Ok(Some(LedgerComparison { earlier, compared, vanished, renames, known_renames }))
}

/// Which project each row of both lists is.
struct Known<'a> {
    snapshot: &'a Snapshot,
    session: &'a Session,
    before: Vec<Option<i64>>,
    after: BTreeSet<i64>,
    after_rows: Vec<Option<i64>>,
}

impl<'a> Known<'a> {
    fn of(
        snapshot: &'a Snapshot,
        session: &'a Session,
        before: &Intake,
        after: &Intake,
    ) -> Known<'a> {
        let lookup = Lookup::new(snapshot);
        let find = |row: &ProjectRow| -> Option<i64> {
            let codes = [&row.code, &row.national_code];
            let by_code =
                codes.into_iter().flatten().find_map(|at| lookup.project_by_code(&at.value));
            let by_name = || {
                let firm = row.enterprise.as_ref().and_then(|at| lookup.enterprise(&at.value));
                let firm = firm.and_then(|id| lookup.firm(id));
                let name = &row.name.as_ref()?.value.text;
                match lookup.projects_by_name(name, firm)[..] {
                    [id] => Some(id),
                    _ => None,
                }
            };
            // A row with a code of its own is whom the code says, or new: a name alone may
            // be another's, and is told as a likely rename.
            if row.code.is_some() { by_code } else { by_code.or_else(by_name) }
        };
        let after_rows: Vec<Option<i64>> = after.rows.iter().map(find).collect();
        Known {
            snapshot,
            session,
            before: before.rows.iter().map(find).collect(),
            after: after_rows.iter().flatten().copied().collect(),
            after_rows,
        }
    }

    fn code(&self, project: Option<i64>) -> Option<String> {
        let entry = self.snapshot.projects.get(project?)?;
        let is_seen = self.session.covers(self.snapshot, entry.project.place);
        is_seen.then(|| entry.project.code.clone())
    }
}

fn vanished(known: &Known<'_>, compared: &Comparison, today: Date) -> (Vec<Vanished>, usize) {
    let diff = &compared.diff;
    let names = super::RowNames::of(&compared.old, &diff.key);
    let renamed: BTreeSet<usize> = diff.renames.iter().map(|rename| rename.old).collect();
    let (mut found, mut known_renames) = (Vec::new(), 0);
    for row in &diff.vanished {
        let project = known.before.get(*row).copied().flatten();
        if project.is_some_and(|id| known.after.contains(&id)) {
            known_renames += 1;
            continue;
        }
        let lists = lists_of(known.snapshot, project, today);
        let (proposal, why) = propose(known.snapshot, project, &lists);
        found.push(Vanished {
            row: *row,
            at: compared.old.rows[*row].at.clone(),
            name: names.of_row(&compared.old, *row),
            code: known.code(project),
            lists,
            proposal,
            why,
            perhaps_renamed: renamed.contains(row),
        });
    }
    (found, known_renames)
}

/// Lists of this year that a project stands on today.
pub(super) fn lists_of(
    snapshot: &Snapshot,
    project: Option<i64>,
    today: Date,
) -> Vec<(ListTier, i64)> {
    let entry = project.and_then(|id| snapshot.projects.get(id));
    let rows = entry.into_iter().flat_map(|entry| entry.lists.iter().map(|(row, _)| row));
    let year = i64::from(today.year());
    let on = rows.filter(|row| {
        row.year == year && row.from <= today && row.until.is_none_or(|until| today < until)
    });
    on.map(|row| (row.tier, row.year)).collect()
}

/// What is proposed for a project that is gone from the list, and why.
fn propose(
    snapshot: &Snapshot,
    project: Option<i64>,
    lists: &[(ListTier, i64)],
) -> (VanishedFate, &'static str) {
    let Some(entry) = project.and_then(|id| snapshot.projects.get(id)) else {
        return (VanishedFate::Ignore, "diff-why-unknown");
    };
    let is_over = matches!(entry.project.state, SideState::Terminated | SideState::Withdrawn);
    let is_done = [Stage::Completed, Stage::InProduction, Stage::AtCapacity]
        .into_iter()
        .any(|stage| entry.claim(stage).is_some());
    match (is_over, is_done, lists.is_empty()) {
        (true, ..) => (VanishedFate::Ignore, "diff-why-ended"),
        (_, true, _) => (VanishedFate::Ignore, "diff-why-completed"),
        (_, _, false) => (VanishedFate::LeaveList, "diff-why-listed"),
        _ => (VanishedFate::Withdraw, "diff-why-unlisted"),
    }
}

fn renames(known: &Known<'_>, compared: &Comparison, intake: &Intake) -> Vec<LikelyRename> {
    let project = |row: usize| known.before.get(row).copied().flatten();
    let mut cells: BTreeMap<usize, String> = BTreeMap::new();
    for rename in &compared.diff.renames {
        let Some(row) = intake.rows.get(rename.new) else { continue };
        if let Some(name) = &row.name {
            cells.insert(rename.new, cell_key(&row.sheet, &name.cell));
        }
    }
    let is_open = |rename: &&Rename| {
        let new = known.after_rows.get(rename.new).copied().flatten();
        new.is_none() || new != project(rename.old)
    };
    let open = compared.diff.renames.iter().filter(is_open);
    open.map(|rename| LikelyRename {
        rename: rename.clone(),
        code: known.code(project(rename.old)),
        cell: cells.get(&rename.new).cloned(),
    })
    .collect()
}
