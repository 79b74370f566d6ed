//! Imports project lists: look first, then write everything or nothing.

use std::sync::Arc;

use jiff::Timestamp;
use sha2::{Digest, Sha256};
use tici_domain::change::Attachment;
use tici_domain::intake::Intake;
use tici_domain::{Change, Problem, Severity, Source, Table};
use tici_engine::Snapshot;

use crate::import::{Ids, ImportOptions, ImportPlan, Planner, RowFate};
use crate::write::{Draft, Origin, write_all};
use crate::{Action, Desk, OpsError, Session};

/// What an import would do, or did.
#[derive(Clone, Debug)]
pub struct ImportOutcome {
    pub plan: ImportPlan,
    /// Problems of reading and of comparing, in the order of files and cells.
    pub problems: Vec<Problem>,
    /// Rows of the ledger's tables that it writes.
    pub writes: usize,
    /// Entries written; empty for a preview, and when nothing had changed.
    pub entries: Vec<i64>,
    pub snapshot: Arc<Snapshot>,
}

impl ImportOutcome {
    pub fn errors(&self) -> usize {
        self.problems.iter().filter(|p| p.severity == Severity::Error).count()
    }

    pub fn count(&self, fate: RowFate) -> usize {
        self.plan.count(fate)
    }
}

/// Says what the rows would change; nothing is written.
pub fn preview_import(
    desk: &Desk,
    session: &Session,
    intake: &Intake,
    read_problems: &[Problem],
    options: &ImportOptions,
) -> Result<ImportOutcome, OpsError> {
    session.need(Action::ImportProjects)?;
    let snapshot = desk.snapshot()?;
    let (plan, problems) =
        plan(&snapshot, session, intake, read_problems, options, preview_ids(&snapshot));
    let after = Arc::new(
        snapshot.advance(plan.changes.iter().map(|change| (snapshot.seq, change)), snapshot.seq),
    );
    let writes = plan.changes.len();
    Ok(ImportOutcome { plan, problems, writes, entries: Vec::new(), snapshot: after })
}

/// Writes what the rows change: one entry for each file, in one go. Any error stops all
/// of it, unless bad rows are to be left out; the same file again changes nothing.
pub fn import_projects(
    desk: &Desk,
    session: &Session,
    (intake, files): (Intake, &[(String, Vec<u8>)]),
    read_problems: &[Problem],
    options: &ImportOptions,
    now: Timestamp,
) -> Result<ImportOutcome, OpsError> {
    session.need(Action::ImportProjects)?;
    let sources: Vec<Source> = files.iter().map(|(name, bytes)| source_of(name, bytes)).collect();
    let mut seen = None;
    let mut writes = 0;
    let written = write_all(desk, session.actor.id, "import_projects", now, |snapshot, ids| {
        let (mut plan, problems) =
            plan(snapshot, session, &intake, read_problems, options, ids.clone());
        if stops(&intake, &plan, &problems, options) {
            return Err(OpsError::Problems(problems));
        }
        // Everything in it is in the plan now, and a long list takes room.
        drop(intake);
        let origins: Vec<Origin> = files
            .iter()
            .zip(&sources)
            .map(|((_, bytes), source)| Origin { source, bytes })
            .collect();
        writes = plan.changes.len();
        let changes = std::mem::take(&mut plan.changes);
        let drafts = drafts(snapshot, (changes, &plan.files), &origins, ids);
        seen = Some((plan, problems));
        Ok(drafts)
    })?;
    let (plan, problems) = seen.unwrap_or_default();
    let (entries, snapshot) = (written.entries, written.snapshot);
    Ok(ImportOutcome { plan, problems, writes, entries, snapshot })
}

/// Counters for a preview: past every record of the snapshot, so that a preview's new rows
/// stand beside the ledger's. They are not the numbers that a commit will give.
fn preview_ids(snapshot: &Snapshot) -> Ids {
    let last = |ids: Option<&i64>| ids.copied().unwrap_or(0);
    Ids::after(|table| match table {
        Table::Place => last(snapshot.places.keys().next_back()),
        Table::Enterprise => last(snapshot.enterprises.keys().next_back()),
        Table::Project => snapshot.projects.iter().last().map_or(0, |entry| entry.project.id),
        Table::StageClaim => snapshot.projects.last_claim(),
        _ => 0,
    })
}

/// The plan of all rows, and every problem. With bad rows left out, planning is repeated
/// without them until none is left, so that nothing that stays depends on them.
fn plan(
    snapshot: &Snapshot,
    session: &Session,
    intake: &Intake,
    read_problems: &[Problem],
    options: &ImportOptions,
    ids: Ids,
) -> (ImportPlan, Vec<Problem>) {
    let mut problems = read_problems.to_vec();
    loop {
        let planner = Planner::new(snapshot, session, options, ids.clone());
        let plan = planner.plan(intake, &problems);
        let found: Vec<Problem> =
            plan.problems.iter().filter(|p| !problems.contains(p)).cloned().collect();
        let again = options.leave_out_bad_rows && Problem::any_error(&found);
        problems.extend(found);
        if !again {
            problems.sort_by(|a, b| place_of(a).cmp(&place_of(b)));
            return (plan, problems);
        }
    }
}

/// File, sheet, row, column: the order in which a person looks for cells.
fn place_of(problem: &Problem) -> (&str, &str, u64, &str) {
    let digits = problem.cell.trim_start_matches(|c: char| c.is_ascii_alphabetic());
    let row = digits.split(':').next().and_then(|row| row.parse().ok()).unwrap_or(0);
    (&problem.file, &problem.sheet, row, &problem.cell)
}

/// Whether anything is written at all. An error that belongs to no row (a broken sheet, a
/// missing column) stops even an import that leaves bad rows out.
fn stops(
    intake: &Intake,
    plan: &ImportPlan,
    problems: &[Problem],
    options: &ImportOptions,
) -> bool {
    if !Problem::any_error(problems) {
        return false;
    }
    if !options.leave_out_bad_rows {
        return true;
    }
    let rows: std::collections::BTreeSet<(&str, &str, String)> = plan
        .rows
        .iter()
        .filter(|row| row.fate == RowFate::LeftOut)
        .map(|row| {
            let file = intake.files.get(row.file).map_or("", |file| file.name.as_str());
            (file, row.sheet.as_str(), crate::import::row_part(&row.cell))
        })
        .collect();
    let errors = problems.iter().filter(|p| p.severity == Severity::Error);
    errors.into_iter().any(|p| {
        !rows.contains(&(p.file.as_str(), p.sheet.as_str(), crate::import::row_part(&p.cell)))
    })
}

/// One entry for each file. Where rows of two files alternate in time, a file has several
/// entries, since a later value must find the one it supersedes.
fn drafts<'a>(
    snapshot: &Snapshot,
    (mut planned, files): (Vec<Change>, &[usize]),
    origins: &[Origin<'a>],
    ids: &mut Ids,
) -> Vec<Draft<'a>> {
    let mut runs: Vec<(usize, usize)> = Vec::new();
    for (from, file) in files.iter().enumerate() {
        if runs.last().is_none_or(|(_, last)| last != file) {
            runs.push((from, *file));
        }
    }
    // Cut from the end, so that the changes of a file that is one entry stay where they lie.
    let mut cut = |from: usize| match from {
        0 => std::mem::take(&mut planned),
        from => planned.split_off(from),
    };
    let mut cut: Vec<(usize, Vec<Change>)> =
        runs.iter().rev().map(|(from, file)| (*file, cut(*from))).collect();
    let mut kept = std::collections::BTreeSet::new();
    let mut drafts = Vec::new();
    while let Some((file, mut changes)) = cut.pop() {
        let origin = origins.get(file).copied();
        if let Some(origin) = origin.filter(|_| kept.insert(file))
            && let Some(attachment) = attachment(snapshot, origin.source, ids)
        {
            changes.insert(0, attachment);
        }
        drafts.push(Draft { origin, changes });
    }
    drafts
}

/// The record of a file, unless the same content has been kept before.
fn attachment(snapshot: &Snapshot, source: &Source, ids: &mut Ids) -> Option<Change> {
    if snapshot.attachments.values().any(|row| row.sha256 == source.sha256) {
        return None;
    }
    Some(Change::Attachment(Attachment {
        id: ids.next(Table::Attachment),
        sha256: source.sha256.clone(),
        file: source.file.clone(),
        bytes: source.bytes as i64,
        media_type: media_type(&source.file).into(),
        kind: "workbook".into(),
        taken: None,
        location: None,
    }))
}

/// A file's name, hash and size.
pub fn source_of(name: &str, bytes: &[u8]) -> Source {
    Source {
        file: name.to_owned(),
        sha256: hex::encode(Sha256::digest(bytes)),
        bytes: bytes.len() as u64,
    }
}

fn media_type(file: &str) -> &'static str {
    let extension = file.rsplit('.').next().unwrap_or_default().to_ascii_lowercase();
    match extension.as_str() {
        "xlsx" => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "xls" => "application/vnd.ms-excel",
        "ods" => "application/vnd.oasis.opendocument.spreadsheet",
        "csv" | "tsv" => "text/csv",
        _ => "application/octet-stream",
    }
}
