//! `Idempotency-Key`: a request sent again under the same key is not done again.

use axum::{
    body::{Body, Bytes, to_bytes},
    extract::Request,
    http::{HeaderName, HeaderValue, StatusCode, header, request::Parts},
    middleware::Next,
    response::{IntoResponse, Response},
};
use sha2::{Digest, Sha256};
use std::sync::Arc;
use tici_domain::Problem;
use tici_ops::{
    OpsError, Session,
    kept_answers::{Attempt, Begun, answered, begin, refused},
};

use crate::{AppState, Failure, visit::off_thread};

/// The header a program sends.
pub const KEY: HeaderName = HeaderName::from_static("idempotency-key");

/// Says that an answer was kept and is given again.
const REPLAYED: HeaderName = HeaderName::from_static("idempotency-replayed");

const KEY_CHARS_MAX: usize = 200;

/// No answer of a writing is as large.
const ANSWER_BYTES_MAX: usize = 32 << 20;

/// The attempt a request makes, for its handler.
#[derive(Clone)]
pub struct Attempting(pub Attempt);

/// Whether the request has a key; refuses one that is none.
pub fn key_of(request: &Request) -> Result<Option<String>, Failure> {
    let Some(value) = request.headers().get(KEY) else { return Ok(None) };
    let text = value.to_str().unwrap_or_default();
    let is_sound = (1..=KEY_CHARS_MAX).contains(&text.len())
        && text.bytes().all(|byte| byte.is_ascii_graphic());
    if is_sound { Ok(Some(text.to_owned())) } else { Err(Failure::bad("Idempotency-Key")) }
}

/// Does a request once for its key.
pub async fn once(
    state: AppState,
    (session, key): (Arc<Session>, String),
    request: Request,
    next: Next,
) -> Result<Response, Failure> {
    let (mut parts, body) = request.into_parts();
    let max = state.config.upload_bytes_max;
    let bytes = to_bytes(body, max).await.map_err(|_| Failure::TooLarge(max))?;
    let asked = hash_of(&parts, &bytes);
    let (desk, now) = (state.desk.clone(), state.now());
    let begun = off_thread(move || begin(&desk, &session, &key, &asked, now)).await??;
    let attempt = match begun {
        Begun::Fresh(attempt) => attempt,
        Begun::Answered(status, kind, body) => return Ok(again(status, &kind, body)),
        Begun::Written(entries) => {
            let problem = Problem::error("idempotency-answer-lost").arg("entries", entries);
            return Err(Failure::Refused(StatusCode::CONFLICT, Box::new(problem)));
        }
        Begun::Running => {
            let problem = Problem::error("idempotency-running");
            return Err(Failure::Refused(StatusCode::CONFLICT, Box::new(problem)));
        }
        Begun::Other => {
            return Err(OpsError::problem(Problem::error("idempotency-key-reused")).into());
        }
    };
    parts.extensions.insert(Attempting(attempt.clone()));
    let response = next.run(Request::from_parts(parts, Body::from(bytes))).await;
    keep(state, attempt, response).await
}

/// Keeps what was done; frees the key where nothing was.
async fn keep(state: AppState, attempt: Attempt, response: Response) -> Result<Response, Failure> {
    let desk = state.desk.clone();
    if response.status() != StatusCode::OK {
        off_thread(move || refused(&desk, &attempt)).await??;
        return Ok(response);
    }
    let (parts, body) = response.into_parts();
    let bytes = to_bytes(body, ANSWER_BYTES_MAX).await.map_err(Failure::internal)?;
    let kind = parts.headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
    let (kind, kept) = (kind.unwrap_or_default().to_owned(), bytes.clone());
    off_thread(move || answered(&desk, &attempt, (200, &kind, &kept))).await??;
    Ok(Response::from_parts(parts, Body::from(bytes)))
}

fn again(status: u16, kind: &str, body: Vec<u8>) -> Response {
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::OK);
    let mut response = (status, body).into_response();
    let headers = response.headers_mut();
    headers.insert(REPLAYED, HeaderValue::from_static("true"));
    if let Ok(kind) = HeaderValue::from_str(kind) {
        headers.insert(header::CONTENT_TYPE, kind);
    }
    response
}

/// What tells one request from another. The mark that a program puts between the parts of a
/// form is another each time, and counts for nothing.
fn hash_of(parts: &Parts, body: &Bytes) -> String {
    let kind = parts.headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
    let kind = kind.unwrap_or_default();
    let mark = kind.split("boundary=").nth(1).map(|mark| mark.trim_matches('"'));
    let mark = mark.and_then(|mark| mark.split(';').next()).unwrap_or_default().as_bytes();
    let mut hash = Sha256::new();
    for part in [parts.method.as_str(), "\n", &parts.uri.to_string(), "\n"] {
        hash.update(part);
    }
    hash.update(kind.split(';').next().unwrap_or_default());
    let mut rest = &body[..];
    while let Some(at) = find(rest, mark) {
        hash.update(&rest[..at]);
        rest = &rest[at + mark.len()..];
    }
    hash.update(rest);
    hex::encode(hash.finalize())
}

fn find(text: &[u8], mark: &[u8]) -> Option<usize> {
    if mark.is_empty() {
        return None;
    }
    text.windows(mark.len()).position(|window| window == mark)
}
