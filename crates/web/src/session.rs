//! Sessions as the web keeps them: a random token in a cookie, its hash in the database.

use std::{
    collections::BTreeMap,
    sync::{Mutex, PoisonError},
};

use axum::http::HeaderValue;
use jiff::{SignedDuration, Timestamp};
use tici_domain::Lang;
use tici_ops::{
    OpsError, Session, accounts,
    preferences::{Preference, keep_preference, preferences},
};

use crate::{
    AppState,
    error::Failure,
    i18n::MoneyStyle,
    reader::{Choices, SESSION_COOKIE, private_cookie},
};

/// Wrong passwords for one name before it has to wait.
const TRIES_MAX: u32 = 8;
/// How long it waits, and how long wrong tries are remembered.
const WAIT_MINUTES: i64 = 10;
/// Names remembered at most; past this the oldest are forgotten first.
const NAMES_MAX: usize = 10_000;

/// The session of a cookie's token.
pub fn find(state: &AppState, token: &str) -> Result<Session, Failure> {
    accounts::session_of(&state.desk, token, state.now())?.ok_or(Failure::SignIn)
}

/// Keeps what somebody signed in has just chosen, so that it is there on every machine.
pub fn keep_choices(state: &AppState, session: &Session, chosen: Choices) -> Result<(), OpsError> {
    let lang = chosen.lang.map(|lang| (Preference::Language, lang.tag()));
    let money = chosen.money.map(|money| (Preference::Money, money.code()));
    for (preference, value) in [lang, money].into_iter().flatten() {
        keep_preference(&state.desk, session, preference, value)?;
    }
    Ok(())
}

/// What the account has chosen, here or elsewhere.
pub fn choices(state: &AppState, session: &Session) -> Result<Choices, OpsError> {
    let kept = preferences(&state.desk, session)?;
    Ok(Choices {
        lang: kept.get(Preference::Language).and_then(Lang::parse),
        money: kept.get(Preference::Money).and_then(MoneyStyle::parse),
    })
}

/// The cookie of a session just begun.
pub fn cookie(state: &AppState, token: &str) -> HeaderValue {
    let seconds = accounts::SESSION_HOURS as u64 * 3600;
    private_cookie(SESSION_COOKIE, token, seconds, state.config.secure_cookies)
}

/// The cookie that ends one.
pub fn no_cookie(state: &AppState) -> HeaderValue {
    private_cookie(SESSION_COOKIE, "", 0, state.config.secure_cookies)
}

/// Compares two tokens in a time that does not tell where they differ.
pub fn same_token(a: &str, b: &str) -> bool {
    let differing = a.bytes().zip(b.bytes()).fold(0, |sum, (a, b)| sum | (a ^ b));
    a.len() == b.len() && differing == 0
}

/// A fresh random token, hex.
pub fn new_token() -> Result<String, Failure> {
    let mut bytes = [0_u8; 16];
    getrandom::fill(&mut bytes).map_err(Failure::internal)?;
    Ok(hex::encode(bytes))
}

/// Wrong passwords by sign-in name, so that nobody can try them all. Kept in memory: a
/// restart forgives, and other servers of the same ledger count for themselves.
#[derive(Debug, Default)]
pub struct Tries(Mutex<BTreeMap<String, (u32, Timestamp)>>);

impl Tries {
    /// Whether `login` has to wait before its next try.
    pub fn must_wait(&self, login: &str, now: Timestamp) -> bool {
        let tries = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        tries.get(login).is_some_and(|(count, last)| *count >= TRIES_MAX && !is_old(*last, now))
    }

    pub fn failed(&self, login: &str, now: Timestamp) {
        let mut tries = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if tries.len() >= NAMES_MAX {
            tries.retain(|_, (_, last)| !is_old(*last, now));
        }
        if tries.len() >= NAMES_MAX {
            tries.pop_first();
        }
        let entry = tries.entry(login.to_owned()).or_insert((0, now));
        *entry = if is_old(entry.1, now) { (1, now) } else { (entry.0 + 1, now) };
    }

    pub fn succeeded(&self, login: &str) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(login);
    }
}

fn is_old(last: Timestamp, now: Timestamp) -> bool {
    now.duration_since(last) > SignedDuration::from_mins(WAIT_MINUTES)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_differ_anywhere() {
        assert!(same_token("abc", "abc"));
        for other in ["abd", "ab", "abcd", ""] {
            assert!(!same_token("abc", other), "{other}");
        }
    }

    #[test]
    fn a_name_waits_after_many_wrong_passwords() {
        let (tries, start) = (Tries::default(), Timestamp::UNIX_EPOCH);
        for _ in 0..TRIES_MAX {
            assert!(!tries.must_wait("a", start));
            tries.failed("a", start);
        }
        assert!(tries.must_wait("a", start));
        assert!(!tries.must_wait("b", start));
        assert!(!tries.must_wait("a", start + SignedDuration::from_mins(WAIT_MINUTES + 1)));
        tries.succeeded("a");
        assert!(!tries.must_wait("a", start));
    }
}
