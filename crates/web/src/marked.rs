//! An uploaded XLSX given back with its problems marked, in the reader's language.

use tici_domain::{Problem, Severity};
use tici_ops::files::marked::{Mark, Words, mark};

use crate::T;

/// Marks `bytes` with the problems of the file; `Err` when it is no XLSX.
pub fn marked(t: T, bytes: &[u8], problems: &[Problem]) -> Result<Vec<u8>, Box<Problem>> {
    let marks: Vec<Mark> = problems
        .iter()
        .map(|problem| Mark {
            sheet: problem.sheet.clone(),
            cell: problem.cell.clone(),
            error: problem.severity == Severity::Error,
            text: t.problem(problem),
            fix: t.problem_fix(problem),
        })
        .collect();
    let words = Words {
        sheet: t.t("import-marked-sheet"),
        author: t.t("import-marked-author"),
        headings: ["import-cell", "import-treatment", "import-problem", "import-way"]
            .map(|key| t.t(key)),
        error: t.t("import-fate-left-out"),
        warning: t.t("import-severity-warning"),
    };
    mark(bytes, &marks, &words)
}
