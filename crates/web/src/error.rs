//! Why a request came to nothing: one enum, three faces. A page in the reader's language
//! with a way forward, `problem+json` for programs, or the way to the sign-in page.
//!
//! Handlers return a [`Failure`]; [`crate::middleware::faces`] knows the reader and gives
//! it its face, so that no handler carries a language around for its errors.

use axum::{
    http::StatusCode,
    response::{IntoResponse, Response},
};
use std::fmt::Write;
use tici_domain::Problem;
use tici_ops::OpsError;

use crate::i18n::T;

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Failure {
    /// Nobody is signed in, or the session has ended.
    SignIn,
    /// No such page or record, or outside the account's places: the two are not told apart.
    NotFound,
    /// The address is there, but not for this method.
    Method,
    /// The account may not do this; the code of the action.
    Forbidden(&'static str),
    /// The form's token is not this session's.
    FormStale,
    /// A part of the address or form that cannot be read.
    BadRequest(String),
    /// Larger than this many bytes.
    TooLarge(usize),
    /// Somebody else changed the same thing in between.
    Conflict,
    /// The input has problems; nothing was written.
    Problems(Vec<Problem>),
    /// A fault of ours, logged under this number.
    Internal(String),
}

impl Failure {
    pub fn bad(what: impl Into<String>) -> Failure {
        Failure::BadRequest(what.into())
    }

    /// Logs a fault and keeps only its number for the reader.
    pub fn internal(error: impl std::fmt::Display) -> Failure {
        let mut bytes = [0_u8; 4];
        // Without randomness the number is merely less unique.
        let _ = getrandom::fill(&mut bytes);
        let id = hex::encode(bytes);
        tracing::error!(id, %error, "request failed");
        Failure::Internal(id)
    }

    pub fn status(&self) -> StatusCode {
        match self {
            Failure::SignIn => StatusCode::UNAUTHORIZED,
            Failure::NotFound => StatusCode::NOT_FOUND,
            Failure::Method => StatusCode::METHOD_NOT_ALLOWED,
            Failure::Forbidden(_) | Failure::FormStale => StatusCode::FORBIDDEN,
            Failure::BadRequest(_) => StatusCode::BAD_REQUEST,
            Failure::TooLarge(_) => StatusCode::PAYLOAD_TOO_LARGE,
            Failure::Conflict => StatusCode::CONFLICT,
            Failure::Problems(_) => StatusCode::UNPROCESSABLE_ENTITY,
            Failure::Internal(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// The message key; its `-fix` sibling is the way forward.
    fn key(&self) -> &'static str {
        match self {
            Failure::SignIn => "error-sign-in-needed",
            Failure::NotFound => "error-not-found",
            Failure::Method => "error-method",
            Failure::Forbidden(_) => "error-forbidden",
            Failure::FormStale => "error-form-stale",
            Failure::BadRequest(_) => "error-bad-request",
            Failure::TooLarge(_) => "error-too-large",
            Failure::Conflict => "error-conflict",
            Failure::Problems(_) => "error-problems",
            Failure::Internal(_) => "error-internal",
        }
    }

    /// What happened, in words.
    pub fn title(&self, t: T) -> String {
        t.t(self.key())
    }

    /// What to do about it, in words.
    pub fn fix(&self, t: T) -> String {
        let key = format!("{}-fix", self.key());
        match self {
            Failure::BadRequest(what) => t.t1(&key, &[("what", what)]),
            Failure::TooLarge(bytes) => t.t1(&key, &[("max", &(bytes >> 20))]),
            Failure::Internal(id) => t.t1(&key, &[("id", id)]),
            _ => t.t(&key),
        }
    }

    /// RFC 9457, with the problems of the input in full and in words.
    pub fn problem_json(&self, t: T) -> String {
        let problems: Vec<serde_json::Value> = match self {
            Failure::Problems(problems) => problems.iter().map(|p| problem_value(t, p)).collect(),
            _ => Vec::new(),
        };
        let mut body = serde_json::json!({
            "type": format!("urn:tici:problem:{}", self.key()),
            "title": self.title(t),
            "status": self.status().as_u16(),
            "detail": self.fix(t),
        });
        if !problems.is_empty() {
            body["problems"] = serde_json::Value::Array(problems);
        }
        body.to_string()
    }

    /// The problems as lines for a page.
    pub fn lines(&self, t: T) -> Vec<String> {
        let Failure::Problems(problems) = self else { return Vec::new() };
        problems.iter().map(|problem| t.problem_line(problem)).collect()
    }
}

fn problem_value(t: T, problem: &Problem) -> serde_json::Value {
    let args: serde_json::Map<String, serde_json::Value> =
        problem.args.iter().map(|(name, value)| (name.clone(), value.clone().into())).collect();
    serde_json::json!({
        "severity": problem.severity,
        "file": problem.file,
        "sheet": problem.sheet,
        "cell": problem.cell,
        "key": problem.key,
        "args": args,
        "message": t.problem(problem),
        "fix": t.problem_fix(problem),
    })
}

impl From<OpsError> for Failure {
    fn from(error: OpsError) -> Failure {
        match error {
            OpsError::NotPermitted { action, .. } => Failure::Forbidden(action.code()),
            OpsError::NotFound { .. } => Failure::NotFound,
            OpsError::Problems(problems) => Failure::Problems(problems),
            OpsError::SignInRefused => Failure::SignIn,
            OpsError::Conflict => Failure::Conflict,
            other => Failure::internal(other),
        }
    }
}

impl From<askama::Error> for Failure {
    fn from(error: askama::Error) -> Failure {
        Failure::internal(error)
    }
}

/// Faceless: the status and a plain line, for the middleware to replace.
impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        let mut text = String::new();
        let _ = write!(text, "{}", self.status());
        let mut response = (self.status(), text).into_response();
        response.extensions_mut().insert(self);
        response
    }
}
