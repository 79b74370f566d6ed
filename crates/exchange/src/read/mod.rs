//! Files to an [`Intake`]: every row, and every problem by file, sheet and cell.

pub(crate) mod amount;
mod columns;
pub mod date;
mod list;
mod nul;
mod opened;
mod period;
mod row;
mod series;
mod sums;
pub(crate) mod words;

pub use columns::{KnownHeaders, bare as bare_header, is_running_number, period_in_header};
pub use opened::read_opened;
pub use period::in_file_name as period_in_file_name;
pub use words::{is_no_stage, stage as stage_word, state as state_word, tier as tier_word};

use crate::limits::{FILES_MAX, PROBLEMS_MAX};
use crate::map::{Links, Map, matches_any};
use crate::sheet::{Format, OpenOptions, Sheet, Workbook, open};
use crate::table::{Table, View};
use sha2::{Digest, Sha256};
use tici_domain::intake::{Intake, IntakeFile};
use tici_domain::{Problem, Severity};

/// The column of a table that names its projects, as a map has it.
pub fn key_column(map: &Map, view: &View<'_>, table: &Table) -> Option<usize> {
    columns::resolve(map, view, table).0.key
}

/// A file as it was handed in: its name and its bytes.
pub type InFile<'a> = (&'a str, &'a [u8]);

/// Reads all projects of all files. Every problem is in the list, not only the first;
/// with an error among them the rows are incomplete and must not be written.
pub fn read_projects(files: &[InFile<'_>], map: &Map, links: &Links) -> (Intake, Vec<Problem>) {
    read_projects_with(files, map, links, &|_, _| {})
}

/// As [`read_projects`]; `progress` is told rows done and rows known so far.
pub fn read_projects_with(
    files: &[InFile<'_>],
    map: &Map,
    links: &Links,
    progress: &dyn Fn(usize, usize),
) -> (Intake, Vec<Problem>) {
    let mut intake = Intake::default();
    let mut problems = Vec::new();
    if files.len() > FILES_MAX {
        let problem = Problem::error("too-many-files").arg("files", files.len());
        return (intake, vec![problem.arg("limit", FILES_MAX)]);
    }
    let mut progress = Progress { tell: progress, done: 0, total: 0 };
    for (index, (name, bytes)) in files.iter().enumerate() {
        let sha256 = hex::encode(Sha256::digest(bytes));
        intake.files.push(IntakeFile { name: (*name).into(), sha256, bytes: bytes.len() as u64 });
        let options = OpenOptions {
            encoding: map.encoding,
            delimiter: map.delimiter.and_then(|c| u8::try_from(c).ok()),
        };
        let (workbook, warnings) = open(name, bytes, options);
        problems.extend(warnings);
        if let Some(workbook) = workbook {
            let found = read_workbook(name, index, &workbook, map, links, &mut progress);
            intake.rows.extend(found.0);
            problems.extend(found.1);
        }
    }
    problems.extend(series::check(&intake, map));
    (intake, limited(problems))
}

struct Progress<'p> {
    tell: &'p dyn Fn(usize, usize),
    done: usize,
    total: usize,
}

/// Rows between two reports of progress.
const PROGRESS_ROWS: usize = 500;

fn read_workbook(
    name: &str,
    file: usize,
    workbook: &Workbook,
    map: &Map,
    links: &Links,
    progress: &mut Progress<'_>,
) -> (Vec<tici_domain::intake::ProjectRow>, Vec<Problem>) {
    let text = workbook.format == Format::Text;
    let origin = list::Origin { file, file_name: name, text, epoch_1904: workbook.epoch_1904 };
    let chosen = chosen_sheets(workbook, map);
    let (mut rows, mut problems) = (Vec::new(), Vec::new());
    let mut found = false;
    for sheet in &chosen {
        let size = if map.transposed { sheet.width() } else { sheet.rows.len() };
        progress.total += size;
        let base = progress.done;
        let mut tick = |row: usize| {
            if row.is_multiple_of(PROGRESS_ROWS) {
                (progress.tell)(base + row, progress.total);
            }
        };
        if let Some(read) = list::read(sheet, origin, map, links, &mut tick) {
            // Without stated sheets the first with a table is the list; the rest are
            // sums and notes made from it.
            found = true;
            rows.extend(read.0);
            problems.extend(nul::check(sheet, name, text));
            problems.extend(read.1);
        }
        progress.done += size;
        (progress.tell)(progress.done, progress.total);
        if found && map.sheets.is_empty() {
            break;
        }
    }
    if !found {
        let wanted = if map.sheets.is_empty() { "-".into() } else { map.sheets.join(", ") };
        problems.push(Problem::error("no-table").arg("sheets", wanted).at(name, "", ""));
    }
    (rows, problems)
}

fn chosen_sheets<'w>(workbook: &'w Workbook, map: &Map) -> Vec<&'w Sheet> {
    let wanted = |sheet: &&Sheet| match map.sheets.is_empty() || workbook.format == Format::Text {
        true => !sheet.hidden,
        false => matches_any(&sheet.name, &map.sheets),
    };
    workbook.sheets.iter().filter(wanted).collect()
}

/// Errors first within the limit, in reading order; what is left out is counted.
fn limited(problems: Vec<Problem>) -> Vec<Problem> {
    if problems.len() <= PROBLEMS_MAX {
        return problems;
    }
    let left_out = problems.len() - PROBLEMS_MAX;
    let (errors, warnings): (Vec<Problem>, Vec<Problem>) =
        problems.into_iter().partition(|problem| problem.severity == Severity::Error);
    let severity = if errors.len() > PROBLEMS_MAX { Severity::Error } else { Severity::Warning };
    let mut kept: Vec<Problem> = errors.into_iter().chain(warnings).take(PROBLEMS_MAX).collect();
    let mut more = Problem::warning("problems-more").arg("n", left_out);
    more.severity = severity;
    kept.push(more);
    kept
}
