//! A problem is data: where, what, and what to do. It is translated at the edge.

use serde::{Deserialize, Serialize};

/// Whether a problem stops the write.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// Nothing is written until it is mended.
    Error,
    /// Written, and shown.
    Warning,
}

/// One thing wrong with an input, at one place.
///
/// `key` names a message in `locales/*/problems.ftl`; the way forward is the same key
/// with `-fix` behind it. `args` fill both.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    pub severity: Severity,
    /// File name as the person gave it; empty when the input is not a file.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub file: String,
    /// Sheet name; empty for text files.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub sheet: String,
    /// `E9` in a workbook, `12:5` (line:column) in a text file, empty for a whole file.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub cell: String,
    pub key: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub args: Vec<(String, String)>,
}

impl Problem {
    /// A problem that stops the write.
    pub fn error(key: &str) -> Problem {
        Problem::new(Severity::Error, key)
    }

    /// A problem that is only shown.
    pub fn warning(key: &str) -> Problem {
        Problem::new(Severity::Warning, key)
    }

    fn new(severity: Severity, key: &str) -> Problem {
        Problem {
            severity,
            file: String::new(),
            sheet: String::new(),
            cell: String::new(),
            key: key.into(),
            args: Vec::new(),
        }
    }

    /// Adds the value of one argument of the message.
    pub fn arg(mut self, name: &str, value: impl ToString) -> Problem {
        self.args.push((name.into(), value.to_string()));
        self
    }

    /// Says where the problem is.
    pub fn at(mut self, file: &str, sheet: &str, cell: &str) -> Problem {
        self.file = file.into();
        self.sheet = sheet.into();
        self.cell = cell.into();
        self
    }

    /// Whether any of `problems` stops the write.
    pub fn any_error(problems: &[Problem]) -> bool {
        problems.iter().any(|problem| problem.severity == Severity::Error)
    }
}
