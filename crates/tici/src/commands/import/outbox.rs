//! Where a watched folder's files go: `done/` or `failed/`, with what is to be said of them
//! beside them. A file is never written over.

use std::path::{Path, PathBuf};

use tici_domain::{Problem, Severity};
use tici_ops::OpsError;

use super::files::{self, io};
use crate::Context;

/// What became of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    Done,
    Failed,
}

impl Fate {
    pub fn folder(self) -> &'static str {
        match self {
            Fate::Done => "done",
            Fate::Failed => "failed",
        }
    }
}

/// Moves `path` to its folder, and writes its problems beside it; gives where it went.
pub fn put_away(
    context: &Context,
    path: &Path,
    fate: Fate,
    (bytes, problems): (&[u8], &[Problem]),
) -> Result<PathBuf, OpsError> {
    let folder = path.parent().unwrap_or(Path::new(".")).join(fate.folder());
    std::fs::create_dir_all(&folder).map_err(|error| io(&folder, error))?;
    let name = files::name_of(path);
    let to = free(&folder, &name);
    if !problems.is_empty() {
        // Before the file is moved: whoever sees it there finds them with it.
        beside(context, &to, &name, (bytes, problems))?;
    }
    std::fs::rename(path, &to).map_err(|error| io(path, error))?;
    Ok(to)
}

fn beside(
    context: &Context,
    to: &Path,
    name: &str,
    (bytes, problems): (&[u8], &[Problem]),
) -> Result<(), OpsError> {
    let list = with_ending(to, "problems.csv");
    std::fs::write(&list, as_csv(context, problems)).map_err(|error| io(&list, error))?;
    // Other formats than XLSX cannot be marked; they have the list.
    if let Ok(marked) = files::marked(context, name, bytes, problems) {
        let book = with_ending(to, "marked.xlsx");
        std::fs::write(&book, marked).map_err(|error| io(&book, error))?;
    }
    Ok(())
}

/// `6月.xlsx`, or `6月 (2).xlsx` where that is taken.
fn free(folder: &Path, name: &str) -> PathBuf {
    let (stem, ending) = match name.rsplit_once('.') {
        Some((stem, ending)) => (stem, format!(".{ending}")),
        None => (name, String::new()),
    };
    let named = |count: usize| match count {
        1 => folder.join(name),
        count => folder.join(format!("{stem} ({count}){ending}")),
    };
    (1..).map(named).find(|path| !path.exists()).expect("numbers do not end")
}

fn with_ending(path: &Path, ending: &str) -> PathBuf {
    let name = files::name_of(path);
    let stem = name.rsplit_once('.').map_or(name.as_str(), |(stem, _)| stem);
    path.with_file_name(format!("{stem}.{ending}"))
}

/// With the mark that makes spreadsheets read it as UTF-8.
fn as_csv(context: &Context, problems: &[Problem]) -> String {
    let t = context.t;
    let head = ["import-cell", "import-treatment", "import-problem", "import-way"];
    let severity = |problem: &Problem| match problem.severity {
        Severity::Error => t.t("cli-error"),
        Severity::Warning => t.t("cli-warning"),
    };
    let line = |problem: &Problem| {
        [t.problem_place(problem), severity(problem), t.problem(problem), t.problem_fix(problem)]
    };
    let mut text = String::from("\u{feff}");
    for line in std::iter::once(head.map(|key| t.t(key))).chain(problems.iter().map(line)) {
        let cells = line.iter().map(|cell| tici_web::pages::import::csv_cell(cell));
        text.push_str(&cells.collect::<Vec<_>>().join(","));
        text.push_str("\r\n");
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_is_taken_gets_a_number() {
        let folder = tempfile::tempdir().expect("a folder");
        let at = |name: &str| folder.path().join(name);
        assert_eq!(free(folder.path(), "a.xlsx"), at("a.xlsx"));
        std::fs::write(at("a.xlsx"), "").expect("written");
        std::fs::write(at("a (2).xlsx"), "").expect("written");
        assert_eq!(free(folder.path(), "a.xlsx"), at("a (3).xlsx"));
        assert_eq!(with_ending(&at("6月.旬报.xlsx"), "marked.xlsx"), at("6月.旬报.marked.xlsx"));
    }
}
