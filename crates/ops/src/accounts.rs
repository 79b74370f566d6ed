//! Signing in, and keeping accounts. Passwords are argon2id hashes outside the journal.

use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use jiff::{SignedDuration, Timestamp};
use sha2::{Digest, Sha256};
use tici_domain::{Actor, Change, Problem, Role, Table};

use crate::write::write;
use crate::{Action, Desk, OpsError, Session};

/// A session ends after this long without a new sign-in.
pub const SESSION_HOURS: i64 = 12;

/// Shortest password accepted.
pub const PASSWORD_CHARS_MIN: usize = 8;

/// What the browser is given: the token is kept nowhere, only its hash.
#[derive(Clone, Debug)]
pub struct SignedIn {
    pub token: String,
    pub session: Session,
    pub expires: Timestamp,
}

/// Signs in by name and password. A wrong name takes as long as a wrong password.
pub fn sign_in(
    desk: &Desk,
    login: &str,
    password: &str,
    now: Timestamp,
) -> Result<SignedIn, OpsError> {
    let snapshot = desk.snapshot()?;
    let actor = snapshot.actors.values().find(|actor| actor.login == login && actor.active);
    let hash = match actor {
        Some(actor) => desk.store.credential(actor.id)?,
        None => None,
    };
    let matches = verify(hash.as_deref().unwrap_or(UNKNOWN_HASH), password);
    match actor {
        Some(actor) if matches && hash.is_some() => start(desk, actor.clone(), now),
        _ => Err(OpsError::SignInRefused),
    }
}

/// A hash of nothing anybody types, so that unknown names cost the same work.
const UNKNOWN_HASH: &str = "$argon2id$v=19$m=19456,t=2,p=1$dGljaS11bmtub3duLW5hbWU\
                            $7Cx6S0c2mUPDdDsVdoqTzqCCZU2iKkkQ3CkhkxPZm9s";

/// Signs in as one of the sample accounts, in a ledger that says it is a sample.
pub fn sign_in_sample(desk: &Desk, login: &str, now: Timestamp) -> Result<SignedIn, OpsError> {
    let snapshot = desk.snapshot()?;
    if snapshot.setting(crate::lens::key::SAMPLE) != Some("true") {
        return Err(OpsError::SignInRefused);
    }
    let actor = snapshot.actors.values().find(|actor| actor.login == login && actor.active);
    match actor {
        Some(actor) => start(desk, actor.clone(), now),
        None => Err(OpsError::SignInRefused),
    }
}

/// Accounts that the sign-in page of a sample ledger offers; empty for any other.
pub fn sample_accounts(desk: &Desk) -> Result<Vec<Actor>, OpsError> {
    let snapshot = desk.snapshot()?;
    if snapshot.setting(crate::lens::key::SAMPLE) != Some("true") {
        return Ok(Vec::new());
    }
    Ok(snapshot.actors.values().filter(|actor| actor.active).cloned().collect())
}

fn start(desk: &Desk, actor: Actor, now: Timestamp) -> Result<SignedIn, OpsError> {
    let (token, csrf) = (random_hex()?, random_hex()?);
    let expires = now + SignedDuration::from_hours(SESSION_HOURS);
    desk.store.create_session(&tici_store::Session {
        token_hash: hash_token(&token),
        actor: actor.id,
        created: now,
        expires,
        csrf: csrf.clone(),
    })?;
    desk.store.delete_expired_sessions(now)?;
    Ok(SignedIn { token, session: Session { actor, csrf }, expires })
}

/// The session of a token; `None` when unknown, expired, or the account is closed.
pub fn session_of(desk: &Desk, token: &str, now: Timestamp) -> Result<Option<Session>, OpsError> {
    let Some(row) = desk.store.session(&hash_token(token), now)? else { return Ok(None) };
    let snapshot = desk.snapshot()?;
    let actor = snapshot.actors.get(&row.actor).filter(|actor| actor.active);
    Ok(actor.map(|actor| Session { actor: actor.clone(), csrf: row.csrf }))
}

/// Ends a session.
pub fn sign_out(desk: &Desk, token: &str) -> Result<(), OpsError> {
    Ok(desk.store.delete_session(&hash_token(token))?)
}

/// Makes the first account of a ledger that has none, with its password if it shall have
/// one; the ledger itself acts.
pub fn set_up(
    desk: &Desk,
    wanted: Actor,
    password: Option<&str>,
    now: Timestamp,
) -> Result<Actor, OpsError> {
    let login = wanted.login.trim().to_owned();
    check_login(&login)?;
    let hash = password.map(hash_new).transpose()?;
    let made = write(desk, 0, "set_up", now, |snapshot, ids| {
        if !snapshot.actors.is_empty() {
            return Err(OpsError::Conflict);
        }
        let id = ids.next(Table::Actor);
        Ok(vec![Change::Actor(Actor { id, login: login.clone(), ..wanted.clone() })])
    })?;
    let actor = made.snapshot.actors.values().next().cloned();
    let actor = actor.ok_or_else(|| OpsError::not_found("account", login))?;
    if let Some(hash) = hash {
        desk.store.set_credential(actor.id, &hash, now)?;
    }
    Ok(actor)
}

/// The hash of a password that is long enough.
fn hash_new(password: &str) -> Result<String, OpsError> {
    if password.chars().count() < PASSWORD_CHARS_MIN {
        let problem = Problem::error("account-password-short").arg("min", PASSWORD_CHARS_MIN);
        return Err(OpsError::problem(problem));
    }
    hash_password(password)
}

fn check_login(login: &str) -> Result<(), OpsError> {
    if login.is_empty() || login.chars().any(char::is_whitespace) {
        return Err(OpsError::problem(Problem::error("account-login-blank").arg("login", login)));
    }
    Ok(())
}

/// Makes an account or changes one (same `login`). The password is set apart.
pub fn put_account(
    desk: &Desk,
    session: &Session,
    wanted: Actor,
    now: Timestamp,
) -> Result<Actor, OpsError> {
    session.need(Action::ManageAccounts)?;
    let login = wanted.login.trim().to_owned();
    check_login(&login)?;
    let made = write(desk, session.actor.id, "put_account", now, |snapshot, ids| {
        if let Some(place) = wanted.place.filter(|id| !snapshot.places.contains_key(id)) {
            return Err(OpsError::not_found("place", place));
        }
        let known = snapshot.actors.values().find(|actor| actor.login == login);
        let id = known.map_or_else(|| ids.next(Table::Actor), |actor| actor.id);
        keep_an_administrator(snapshot, id, &wanted)?;
        Ok(vec![Change::Actor(Actor { id, login: login.clone(), ..wanted.clone() })])
    })?;
    made.snapshot
        .actors
        .values()
        .find(|actor| actor.login == login)
        .cloned()
        .ok_or_else(|| OpsError::not_found("account", login))
}

/// Somebody must stay who can give accounts.
fn keep_an_administrator(
    snapshot: &tici_engine::Snapshot,
    id: i64,
    wanted: &Actor,
) -> Result<(), OpsError> {
    let is_one = |actor: &Actor| actor.active && actor.role == Role::Administrator;
    let was = snapshot.actors.get(&id).is_some_and(is_one);
    let others = snapshot.actors.values().any(|actor| actor.id != id && is_one(actor));
    if was && !others && !is_one(wanted) {
        return Err(OpsError::problem(Problem::error("account-last-administrator")));
    }
    Ok(())
}

/// Sets a password: an administrator for anybody, everybody for themselves with the old
/// one. The other sessions of the account end.
pub fn set_password(
    desk: &Desk,
    session: &Session,
    actor: i64,
    (old, new): (Option<&str>, &str),
    now: Timestamp,
) -> Result<(), OpsError> {
    let own = session.actor.id == actor;
    match (own, old) {
        (true, Some(old)) => {
            let hash = desk.store.credential(actor)?;
            if !verify(hash.as_deref().unwrap_or(UNKNOWN_HASH), old) {
                return Err(OpsError::problem(Problem::error("account-old-password")));
            }
        }
        _ => session.need(Action::ManageAccounts)?,
    }
    desk.store.set_credential(actor, &hash_new(new)?, now)?;
    Ok(())
}

/// An argon2id hash in PHC string form.
pub fn hash_password(password: &str) -> Result<String, OpsError> {
    let hash = Argon2::default().hash_password(password.as_bytes());
    hash.map(|hash| hash.to_string())
        .map_err(|_| OpsError::problem(Problem::error("account-password-unusable")))
}

fn verify(hash: &str, password: &str) -> bool {
    PasswordHash::new(hash)
        .is_ok_and(|hash| Argon2::default().verify_password(password.as_bytes(), &hash).is_ok())
}

pub(crate) fn hash_token(token: &str) -> String {
    hex::encode(Sha256::digest(token.as_bytes()))
}

pub(crate) fn random_hex() -> Result<String, OpsError> {
    let mut bytes = [0_u8; 32];
    getrandom::fill(&mut bytes)
        .map_err(|_| OpsError::problem(Problem::error("account-no-randomness")))?;
    Ok(hex::encode(bytes))
}
