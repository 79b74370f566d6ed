//! How an account wants to read: kept with the account, so that it is the same on every
//! machine it signs in on. No part of the ledger, and no right is needed for one's own.

use std::collections::BTreeMap;

use tici_domain::Lang;

use crate::{Desk, OpsError, Session};

/// What may be kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Preference {
    /// The tag of a language, such as `zh-Hant`.
    Language,
    /// How money is written: `scaled` or `plain`.
    Money,
}

impl Preference {
    /// The stored name.
    pub fn code(self) -> &'static str {
        match self {
            Preference::Language => "lang",
            Preference::Money => "money",
        }
    }

    fn admits(self, value: &str) -> bool {
        match self {
            Preference::Language => Lang::parse(value).is_some(),
            Preference::Money => matches!(value, "scaled" | "plain"),
        }
    }
}

/// The account's own preferences.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Preferences(BTreeMap<String, String>);

impl Preferences {
    /// `None` when the account never chose.
    pub fn get(&self, preference: Preference) -> Option<&str> {
        self.0.get(preference.code()).map(String::as_str)
    }
}

/// What the account has chosen so far.
pub fn preferences(desk: &Desk, session: &Session) -> Result<Preferences, OpsError> {
    Ok(Preferences(desk.store.preferences(session.actor.id)?))
}

/// Keeps a choice. One that stands already, or is none of those known, writes nothing.
pub fn keep_preference(
    desk: &Desk,
    session: &Session,
    preference: Preference,
    value: &str,
) -> Result<(), OpsError> {
    if !preference.admits(value) || preferences(desk, session)?.get(preference) == Some(value) {
        return Ok(());
    }
    Ok(desk.store.set_preference(session.actor.id, preference.code(), value)?)
}
