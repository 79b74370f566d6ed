//! Tokens that programs sign in with: made, listed, revoked, and used.
//!
//! The secret is shown once and kept nowhere; the ledger holds what the token may do, and the
//! table beside it the hash of the secret and its last use.

use jiff::{SignedDuration, Timestamp};
use tici_domain::{ApiToken, Change, Problem, Scope, Table};

use crate::accounts::{hash_token, random_hex};
use crate::view_project::{EntryMeta, Metas};
use crate::write::{Written, write};
use crate::{Action, Desk, OpsError, Session};

/// The longest a token may live.
pub const TOKEN_DAYS_MAX: u32 = 366;

/// How long it lives when nothing is said.
pub const TOKEN_DAYS: u32 = 90;

/// Tokens that one account may have at a time.
pub const TOKENS_MAX: usize = 20;

/// Longest name of a token.
pub const TOKEN_NAME_CHARS_MAX: usize = 60;

/// What every secret begins with, so that it is known for what it is wherever it turns up.
pub const TOKEN_PREFIX: &str = "tici_";

/// Uses closer together than this are written down as one.
const USE_MINUTES: i64 = 5;

/// A token to be made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewToken {
    pub name: String,
    /// Reading need not be named.
    pub scopes: Vec<Scope>,
    pub days: u32,
}

/// A token just made, with the secret that is shown this once.
#[derive(Clone, Debug)]
pub struct MadeToken {
    pub token: ApiToken,
    pub secret: String,
    pub written: Written,
}

/// A token as its owner and the administrator see it.
#[derive(Clone, Debug)]
pub struct TokenView {
    pub token: ApiToken,
    /// Sign-in name of its account.
    pub login: String,
    pub made: Option<EntryMeta>,
    pub last_used: Option<Timestamp>,
    pub has_expired: bool,
}

impl TokenView {
    pub fn is_open(&self) -> bool {
        !self.token.revoked && !self.has_expired
    }
}

/// Makes a token for the account itself. Only somebody who signed in with a password may: a
/// token cannot make another that outlives it.
pub fn make_token(
    desk: &Desk,
    session: &Session,
    new: &NewToken,
    now: Timestamp,
) -> Result<MadeToken, OpsError> {
    session.need(Action::ReadLedger)?;
    session.need_person()?;
    let name = new.name.trim().to_owned();
    let mut problems = Vec::new();
    if name.is_empty() || name.chars().count() > TOKEN_NAME_CHARS_MAX {
        let problem = Problem::error("token-name");
        problems.push(problem.arg("max", TOKEN_NAME_CHARS_MAX));
    }
    if !(1..=TOKEN_DAYS_MAX).contains(&new.days) {
        let problem = Problem::error("token-days").arg("days", new.days);
        problems.push(problem.arg("max", TOKEN_DAYS_MAX));
    }
    if !problems.is_empty() {
        return Err(OpsError::Problems(problems));
    }
    let mut scopes: Vec<Scope> = new.scopes.iter().copied().chain([Scope::Read]).collect();
    scopes.sort();
    scopes.dedup();
    let actor = session.actor.id;
    let expires = now + SignedDuration::from_hours(24 * i64::from(new.days));
    let written = write(desk, actor, "make_token", now, |snapshot, ids| {
        let own = snapshot.records.tokens.values().map(|kept| &kept.row);
        let open = own.filter(|token| token.actor == actor && is_open(token, now)).count();
        if open >= TOKENS_MAX {
            let problem = Problem::error("token-too-many").arg("max", TOKENS_MAX);
            return Err(OpsError::problem(problem));
        }
        let id = ids.next(Table::ApiToken);
        let (name, scopes) = (name.clone(), scopes.clone());
        let (revoked, replaces) = (false, None);
        let token = ApiToken { id, series: id, actor, name, scopes, expires, revoked, replaces };
        Ok(vec![Change::ApiToken(token)])
    })?;
    let newest = written.snapshot.records.tokens.values().next_back();
    let token = newest.map(|kept| kept.row.clone());
    let token = token.ok_or_else(|| OpsError::not_found("token", &name))?;
    let secret = format!("{TOKEN_PREFIX}{}", random_hex()?);
    desk.store.keep_token_secret(token.series, &hash_token(&secret))?;
    Ok(MadeToken { token, secret, written })
}

/// Revokes a token: its owner, or whoever keeps accounts. It is refused from then on.
pub fn revoke_token(
    desk: &Desk,
    session: &Session,
    series: i64,
    now: Timestamp,
) -> Result<Written, OpsError> {
    session.need(Action::ReadLedger)?;
    write(desk, session.actor.id, "revoke_token", now, |snapshot, ids| {
        let unknown = || OpsError::not_found("token", series);
        let kept = snapshot.records.tokens.get(&series).ok_or_else(unknown)?;
        if kept.row.actor != session.actor.id && session.need(Action::ManageAccounts).is_err() {
            return Err(unknown());
        }
        if kept.row.revoked {
            return Ok(Vec::new());
        }
        let id = ids.next(Table::ApiToken);
        let replaces = Some(kept.row.id);
        let revoked = ApiToken { id, revoked: true, replaces, ..kept.row.clone() };
        Ok(vec![Change::ApiToken(revoked)])
    })
}

/// The account's tokens, newest first; with `all`, everybody's, for whoever keeps accounts.
pub fn view_tokens(
    desk: &Desk,
    session: &Session,
    all: bool,
    now: Timestamp,
) -> Result<Vec<TokenView>, OpsError> {
    session.need(if all { Action::ManageAccounts } else { Action::ReadLedger })?;
    let snapshot = desk.snapshot()?;
    let used = desk.store.tokens_used()?;
    let kept = snapshot.records.tokens.values().rev();
    let kept = kept.filter(|kept| all || kept.row.actor == session.actor.id);
    let metas = Metas { desk, snapshot: &snapshot };
    let view = |kept: &tici_engine::snapshot::Kept<ApiToken>| {
        let actor = snapshot.actors.get(&kept.row.actor);
        Ok(TokenView {
            token: kept.row.clone(),
            login: actor.map_or_else(String::new, |actor| actor.login.clone()),
            made: metas.of(kept.entry)?,
            last_used: used.get(&kept.row.series).copied(),
            has_expired: kept.row.expires <= now,
        })
    };
    kept.map(view).collect()
}

fn is_open(token: &ApiToken, now: Timestamp) -> bool {
    !token.revoked && token.expires > now
}

/// The session of a token's secret; `None` when it is unknown, revoked, expired, or the
/// account is closed.
pub fn session_of_token(
    desk: &Desk,
    secret: &str,
    now: Timestamp,
) -> Result<Option<Session>, OpsError> {
    let Some((series, used)) = desk.store.token_of(&hash_token(secret))? else { return Ok(None) };
    let snapshot = desk.snapshot()?;
    let token = snapshot.records.tokens.get(&series).map(|kept| &kept.row);
    let Some(token) = token.filter(|token| is_open(token, now)) else { return Ok(None) };
    let actor = snapshot.actors.get(&token.actor).filter(|actor| actor.active);
    let Some(actor) = actor else { return Ok(None) };
    let is_due = |used| now.duration_since(used) > SignedDuration::from_mins(USE_MINUTES);
    if used.is_none_or(is_due) {
        desk.store.token_used(series, now)?;
    }
    let scopes = Some(token.scopes.clone());
    Ok(Some(Session { actor: actor.clone(), csrf: String::new(), scopes }))
}
