//! House rules as checks. One check, one file, one line in [`CHECKS`]; each file's unit
//! test shows a bad example being found.

mod arrows;
mod bans;
mod doc_paths;
mod limits;
mod lists;
mod locales;
mod manifests;
mod message_keys;
pub mod ratchet;
mod repository;
mod rust;
mod sql;
mod templates;
mod words;

pub use repository::{File, Repository};
use std::fmt;
use std::path::PathBuf;

/// A check looks at the whole repository and says what is out of order.
pub type Check = fn(&Repository) -> Vec<Finding>;

/// Every check, by the name findings carry.
pub const CHECKS: &[(&str, Check)] = &[
    ("arrows", arrows::check),
    ("bans", bans::check),
    ("doc-paths", doc_paths::check),
    ("limits", limits::check),
    ("lists", lists::check),
    ("locales", locales::check),
    ("manifests", manifests::check),
    ("message-keys", message_keys::check),
    ("sql", sql::check),
    ("templates", templates::check),
    ("words", words::check),
];

/// One thing out of order: where, and what to do.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Finding {
    pub path: String,
    /// From 1; 0 when the whole file is meant.
    pub line: usize,
    pub message: String,
}

impl Finding {
    fn new(path: &str, line: usize, message: impl Into<String>) -> Finding {
        Finding { path: path.into(), line, message: message.into() }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.path, self.line, self.message)
    }
}

/// Runs every check. Findings come in the order of their files.
pub fn run(repository: &Repository) -> Vec<Finding> {
    let mut findings: Vec<Finding> = CHECKS
        .iter()
        .flat_map(|(name, check)| {
            check(repository).into_iter().map(move |mut finding| {
                finding.message = format!("{} [{name}]", finding.message);
                finding
            })
        })
        .collect();
    findings.sort();
    findings
}

/// The workspace root, two folders above this crate.
pub fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..")
}
