//! Sessions as the web keeps them: a random token in a cookie, its hash in the database.

use tici_ops::{OpsError, Session, sign_in};

use crate::{AppState, error::Failure};

/// The session of a cookie's token.
pub fn find(state: &AppState, token: &str) -> Result<Session, Failure> {
    match sign_in::session(&state.desk, token, state.now()) {
        Ok(session) => Ok(session),
        Err(OpsError::SignInRefused | OpsError::NotFound { .. }) => Err(Failure::SignIn),
        Err(error) => Err(error.into()),
    }
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
