//! A request sent twice under one key is done once, and answered the same both times.
//!
//! The key is begun before the work. The transaction that writes the ledger marks it with the
//! entries, so that even a server that falls over between writing and answering leaves no
//! doubt; and an attempt that was given up can no longer write.

use jiff::{SignedDuration, Timestamp};
use tici_store::WriteTx;

use crate::accounts::random_hex;
use crate::{Desk, OpsError, Session};

/// How long an answer is kept.
pub const KEPT_HOURS: i64 = 24;

/// An attempt that has neither written nor answered is given up after this long.
const ATTEMPT_MINUTES: i64 = 5;

/// An attempt under a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attempt {
    actor: i64,
    /// The key, as the program gave it.
    name: String,
    attempt: String,
}

/// What is known of a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Begun {
    /// Nothing: do it, as this attempt.
    Fresh(Attempt),
    /// It was done, and this was the answer: status, content type, body.
    Answered(u16, String, Vec<u8>),
    /// It was done, and wrote these entries; its answer was lost.
    Written(String),
    /// It is being done.
    Running,
    /// The key belongs to another request.
    Other,
}

/// Begins a request under a key. `request` tells one request from another.
pub fn begin(
    desk: &Desk,
    session: &Session,
    name: &str,
    request: &str,
    now: Timestamp,
) -> Result<Begun, OpsError> {
    let actor = session.actor.id;
    let attempt = random_hex()?;
    let given_up = now - SignedDuration::from_mins(ATTEMPT_MINUTES);
    let old = now - SignedDuration::from_hours(KEPT_HOURS);
    let key = (actor, name);
    if desk.store.begin_kept(key, (request, &attempt), now, (given_up, old))? {
        return Ok(Begun::Fresh(Attempt { actor, name: name.to_owned(), attempt }));
    }
    let Some(kept) = desk.store.kept_answer(actor, name)? else { return Ok(Begun::Running) };
    Ok(match (kept.answer, kept.entries) {
        _ if kept.request != request => Begun::Other,
        (Some((status, kind, body)), _) => Begun::Answered(status, kind, body),
        (None, Some(entries)) if kept.begun < given_up => Begun::Written(entries),
        (None, _) => Begun::Running,
    })
}

/// Keeps the answer of an attempt.
pub fn answered(
    desk: &Desk,
    attempt: &Attempt,
    answer: (u16, &str, &[u8]),
) -> Result<(), OpsError> {
    let Attempt { actor, name, attempt } = attempt;
    Ok(desk.store.keep_answer((*actor, name), attempt, answer)?)
}

/// Frees the key of an attempt that was refused: nothing was written.
pub fn refused(desk: &Desk, attempt: &Attempt) -> Result<(), OpsError> {
    let Attempt { actor, name, attempt } = attempt;
    Ok(desk.store.drop_kept((*actor, name), attempt)?)
}

impl Attempt {
    /// Says in the transaction that this attempt writes these entries.
    pub(crate) fn mark(&self, tx: &mut WriteTx<'_>, entries: &[i64]) -> Result<(), OpsError> {
        let Attempt { actor, name, attempt } = self;
        let entries = serde_json::to_string(entries).unwrap_or_default();
        match tx.mark_kept((*actor, name), attempt, &entries)? {
            true => Ok(()),
            false => Err(OpsError::Conflict),
        }
    }
}
