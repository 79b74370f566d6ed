//! What a page says after its form has done its work.
//!
//! The answer to a form leads on to a page, and names in `done=KEY` what was done; the page
//! reads the key out of its address and says the message `done-KEY`. Nothing is kept in the
//! browser, so that nobody else at the same machine is told of it, and a key that is not
//! listed here says nothing, so that no address can put words into a page.

use axum::response::Redirect;

use crate::i18n::T;

/// Part of an address that names what was done.
pub const DONE: &str = "done";

/// Everything that can be said to be done.
pub const KEYS: &[&str] = &[
    "claim-made",
    "claim-verified",
    "claim-rejected",
    "claim-reversed",
    "recheck-recorded",
    "state-changed",
    "package-set",
    "package-cleared",
    "promise-made",
    "promise-revised",
    "promise-withdrawn",
    "pair-decided",
    "task-opened",
    "task-updated",
    "list-changed",
    "plan-set",
    "excuse-entered",
    "excuse-ended",
    "event-written",
    "event-withdrawn",
    "meeting-prepared",
    "meeting-item-added",
    "meeting-decided",
    "meeting-spoken",
    "meeting-closed",
    "rules-adopted",
    "given-kept",
    "view-saved",
    "view-forgotten",
];

/// Leads on to `address`, where `key` is said to be done.
pub fn lead_to(address: &str, key: &'static str) -> Redirect {
    debug_assert!(KEYS.contains(&key), "{key} is not listed");
    let (path, fragment) = address.split_once('#').unwrap_or((address, ""));
    let joint = if path.contains('?') { '&' } else { '?' };
    let hash = if fragment.is_empty() { "" } else { "#" };
    Redirect::to(&format!("{path}{joint}{DONE}={key}{hash}{fragment}"))
}

/// The message of a key; empty for none and for one that is not listed.
pub fn words(t: T, key: &str) -> String {
    match KEYS.contains(&key) {
        true => t.t(&format!("done-{key}")),
        false => String::new(),
    }
}
