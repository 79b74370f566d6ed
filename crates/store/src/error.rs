//! What can go wrong in the store, and what to tell the person about it.

use std::fmt;
use std::path::PathBuf;
use tici_domain::Problem;

/// Why the store could not do what was asked. The words complete "failed to …:".
#[derive(Debug)]
pub enum StoreError {
    /// Somebody else wrote first, or a row breaks a rule of its table.
    Conflict { detail: String },
    /// Another process holds the write lock for too long.
    Busy,
    /// The database was made by a later version of the program.
    NewerSchema { found: i64, known: i64 },
    /// Journal and tables do not agree, or a stored row cannot be read.
    Damaged { seq: Option<i64>, detail: String },
    /// The file or folder cannot be read or written.
    Io { path: PathBuf, error: std::io::Error },
    /// A file stands where a new one should be written.
    Exists { path: PathBuf },
    /// The signing key, or a signed note, cannot be read.
    Key { detail: String },
    /// The database refused, or cannot be reached.
    Database { detail: String },
    /// The address of a database asks for encryption, which this program leaves to others.
    NoTls { mode: String },
    /// A copy that was to be restored is no whole ledger, or did not verify.
    BadCopy { path: PathBuf, detail: String },
}

impl StoreError {
    pub(crate) fn damaged(detail: impl Into<String>) -> StoreError {
        StoreError::Damaged { seq: None, detail: detail.into() }
    }

    pub(crate) fn conflict(detail: impl Into<String>) -> StoreError {
        StoreError::Conflict { detail: detail.into() }
    }

    pub(crate) fn io(path: impl Into<PathBuf>, error: std::io::Error) -> StoreError {
        StoreError::Io { path: path.into(), error }
    }

    pub(crate) fn key(detail: impl Into<String>) -> StoreError {
        StoreError::Key { detail: detail.into() }
    }

    /// The message key in `locales/*/store.ftl`; the way forward has `-fix` behind it.
    pub fn message_key(&self) -> &'static str {
        match self {
            StoreError::Conflict { .. } => "store-conflict",
            StoreError::Busy => "store-busy",
            StoreError::NewerSchema { .. } => "store-newer-schema",
            StoreError::Damaged { .. } => "store-damaged",
            StoreError::Io { .. } => "store-io",
            StoreError::Exists { .. } => "store-exists",
            StoreError::Key { .. } => "store-key",
            StoreError::Database { .. } => "store-database",
            StoreError::NoTls { .. } => "store-no-tls",
            StoreError::BadCopy { .. } => "store-bad-copy",
        }
    }

    /// The same error as data, to be translated at the edge.
    pub fn problem(&self) -> Problem {
        let problem = Problem::error(self.message_key());
        match self {
            StoreError::NewerSchema { found, known } => {
                problem.arg("found", found).arg("known", known)
            }
            StoreError::Exists { path } => problem.arg("path", path.display()),
            StoreError::Io { path, error } => {
                problem.arg("path", path.display()).arg("detail", error)
            }
            StoreError::Busy => problem,
            StoreError::NoTls { mode } => problem.arg("mode", mode),
            StoreError::Damaged { seq, detail } => {
                // People count entries from 1.
                let seq = seq.map_or_else(|| "none".to_string(), |seq| (seq + 1).to_string());
                problem.arg("seq", seq).arg("detail", detail)
            }
            StoreError::BadCopy { path, detail } => {
                problem.arg("path", path.display()).arg("detail", detail)
            }
            StoreError::Conflict { detail }
            | StoreError::Key { detail }
            | StoreError::Database { detail } => problem.arg("detail", detail),
        }
    }
}

impl fmt::Display for StoreError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            StoreError::Conflict { detail } => write!(f, "conflict with another write: {detail}"),
            StoreError::Busy => write!(f, "another process is writing"),
            StoreError::NewerSchema { found, known } => {
                write!(f, "database schema is version {found}, this program knows {known}")
            }
            StoreError::Damaged { seq: Some(seq), detail } => {
                write!(f, "ledger is damaged at entry {}: {detail}", seq + 1)
            }
            StoreError::Damaged { seq: None, detail } => write!(f, "ledger is damaged: {detail}"),
            StoreError::Io { path, error } => write!(f, "{}: {error}", path.display()),
            StoreError::Exists { path } => write!(f, "{} exists already", path.display()),
            StoreError::Key { detail } => write!(f, "signing key or note: {detail}"),
            StoreError::Database { detail } => write!(f, "database: {detail}"),
            StoreError::NoTls { mode } => {
                write!(f, "sslmode={mode} is asked for, and this program has no TLS of its own")
            }
            StoreError::BadCopy { path, detail } => {
                write!(f, "{} is no whole copy: {detail}", path.display())
            }
        }
    }
}

impl std::error::Error for StoreError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            StoreError::Io { error, .. } => Some(error),
            _ => None,
        }
    }
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> StoreError {
        use rusqlite::ErrorCode;
        let detail = error.to_string();
        match error.sqlite_error_code() {
            Some(ErrorCode::ConstraintViolation) => StoreError::Conflict { detail },
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => StoreError::Busy,
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => {
                StoreError::Damaged { seq: None, detail }
            }
            _ => StoreError::Database { detail },
        }
    }
}

impl From<postgres::Error> for StoreError {
    fn from(error: postgres::Error) -> StoreError {
        let Some(refusal) = error.as_db_error() else {
            return StoreError::Database { detail: chain(&error) };
        };
        // Class 23 of SQLSTATE: integrity constraint violation.
        if refusal.code().code().starts_with("23") {
            return StoreError::Conflict { detail: refusal.message().into() };
        }
        StoreError::Database {
            detail: format!("{} ({})", refusal.message(), refusal.code().code()),
        }
    }
}

impl From<r2d2::Error> for StoreError {
    fn from(error: r2d2::Error) -> StoreError {
        StoreError::Database { detail: chain(&error) }
    }
}

/// An error with what caused it, for people: the driver's own words leave the cause out.
fn chain(error: &dyn std::error::Error) -> String {
    let mut words = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        words.push_str(": ");
        words.push_str(&cause.to_string());
        source = cause.source();
    }
    words
}
