//! Why an operation did not happen. Nothing is half done: an error means nothing written.

use std::fmt;

use tici_domain::Problem;
use tici_store::StoreError;

use crate::Action;

/// One enum, three faces: a page, `problem+json`, an exit code.
#[derive(Debug)]
pub enum OpsError {
    /// The account may not do this, here or at all.
    NotPermitted {
        action: Action,
        place: Option<String>,
    },
    /// No such record, or not within the account's places (the two are not told apart).
    NotFound {
        what: &'static str,
        id: String,
    },
    /// The input has problems; all of them are here and nothing was written.
    Problems(Vec<Problem>),
    /// Wrong name or password, or an account that has been closed.
    SignInRefused,
    /// Somebody changed the same thing in between; look again and repeat.
    Conflict,
    Store(StoreError),
}

impl OpsError {
    /// The single problem `problem`.
    pub fn problem(problem: Problem) -> OpsError {
        OpsError::Problems(vec![problem])
    }

    pub fn not_found(what: &'static str, id: impl ToString) -> OpsError {
        OpsError::NotFound { what, id: id.to_string() }
    }
}

impl fmt::Display for OpsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            OpsError::NotPermitted { action, place } => {
                write!(f, "not permitted: {}", action.code())?;
                place.iter().try_for_each(|place| write!(f, " at {place}"))
            }
            OpsError::NotFound { what, id } => write!(f, "no {what} {id}"),
            OpsError::Problems(problems) => write!(f, "{} problems in the input", problems.len()),
            OpsError::SignInRefused => f.write_str("wrong name or password"),
            OpsError::Conflict => f.write_str("changed by somebody else in between"),
            OpsError::Store(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for OpsError {}

impl From<StoreError> for OpsError {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Conflict { .. } => OpsError::Conflict,
            other => OpsError::Store(other),
        }
    }
}
