//! Two dates of a list beside each other, before anything is written: two files, or a file
//! and the list that was handed in before it. Nothing is decided here and nothing is written.

mod decide;
mod earlier;
mod tables;
mod with_ledger;

pub use decide::{VanishedChoice, VanishedDone, check_vanished, settle_vanished};
pub use earlier::{Against, EarlierList, earlier_list};
pub use tables::{of_intake, of_list};
pub use tici_engine::list_diff::{
    CellDiff, CellKind, ColumnRole, DiffOptions, ListDiff, ListTable, Rename, RenameReason,
    RowDiff, RowNames, Vocabulary, WordCount,
};
pub use with_ledger::{
    LedgerComparison, LikelyRename, Vanished, VanishedFate, compare_with_earlier,
};

use tici_domain::Problem;
use tici_engine::list_diff::{NameLink, diff, propose_renames};
use tici_exchange::list_rows;
use tici_exchange::map::{DateOrder, Links, Map};
use tici_exchange::propose::propose_names;
use tici_exchange::read::read_projects;
use tici_exchange::sheet::open;

use crate::OpsError;

/// Two lists and what became of the older one.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Comparison {
    pub old: ListTable,
    pub new: ListTable,
    pub diff: ListDiff,
}

/// How a file is read as a list.
#[derive(Clone, Debug, Default)]
pub struct ReadAs {
    /// Without a map the columns are compared as they stand.
    pub map: Option<Map>,
    pub sheet: Option<String>,
    /// The column that says which period a row speaks of.
    pub period: Option<String>,
    pub dates: Vec<DateOrder>,
}

/// Compares two tables and proposes renames.
pub fn compare(old: ListTable, new: ListTable, options: &DiffOptions) -> Comparison {
    let mut found = diff(&old, &new, options);
    let names = |table: &ListTable, rows: &[usize]| -> Vec<String> {
        let names = RowNames::of(table, &found.key);
        rows.iter().map(|row| names.of_row(table, *row)).collect()
    };
    let (gone, fresh) = (names(&old, &found.vanished), names(&new, &found.new));
    let links = propose_names(fresh.iter().map(String::as_str), &gone);
    let links: Vec<NameLink> = links
        .into_iter()
        .filter_map(|link| {
            let reason = RenameReason::parse(&link.reason)?;
            Some(NameLink { old: link.new, new: link.old, reason, confidence: link.confidence })
        })
        .collect();
    found.renames = propose_renames(&old, &new, &found, &links);
    Comparison { old, new, diff: found }
}

/// Reads a file as a list: by its map, or as it stands.
pub fn read_list(name: &str, bytes: &[u8], how: &ReadAs) -> Result<ListTable, OpsError> {
    if let Some(map) = &how.map {
        let (intake, problems) = read_projects(&[(name, bytes)], map, &Links::default());
        // A cell that cannot be read is no reason not to compare the others.
        if intake.rows.is_empty() && Problem::any_error(&problems) {
            return Err(OpsError::Problems(problems));
        }
        return Ok(of_intake(&intake, map.period.is_some()));
    }
    let (workbook, problems) = open(name, bytes, Default::default());
    let Some(workbook) = workbook else { return Err(OpsError::Problems(problems)) };
    let Some(list) = list_rows::read(&workbook, how.sheet.as_deref()) else {
        let problem = Problem::error("diff-no-list").at(name, "", "");
        return Err(OpsError::problem(problem));
    };
    of_list(&list, how.period.as_deref(), &how.dates)
        .map_err(|problem| OpsError::problem(problem.at(name, &list.sheet, "")))
}

/// Compares two files. A key or period column that is not there is an error.
pub fn compare_files(
    old: (&str, &[u8], &ReadAs),
    new: (&str, &[u8], &ReadAs),
    options: &DiffOptions,
) -> Result<Comparison, OpsError> {
    let before = read_list(old.0, old.1, old.2)?;
    let after = read_list(new.0, new.1, new.2)?;
    let compared = compare(before, after, options);
    let missing = compared.diff.key_missing.iter();
    let problems: Vec<Problem> = missing
        .map(|column| Problem::error("diff-no-column").arg("column", column).at(new.0, "", ""))
        .collect();
    if !problems.is_empty() {
        return Err(OpsError::Problems(problems));
    }
    if compared.diff.key.is_empty() {
        return Err(OpsError::problem(Problem::error("diff-no-key").at(new.0, "", "")));
    }
    Ok(compared)
}
