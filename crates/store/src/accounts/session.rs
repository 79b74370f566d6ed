//! Sessions, kept by the hash of their token: whoever reads the database cannot sign in.

use crate::conn::Value;
use crate::journal::read_time;
use crate::{Store, StoreError};
use jiff::Timestamp;

/// A signed-in browser.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// Hash of the token in the cookie.
    pub token_hash: String,
    pub actor: i64,
    pub created: Timestamp,
    pub expires: Timestamp,
    /// What every form of this session has to send back.
    pub csrf: String,
}

impl Store {
    /// Keeps a new session.
    pub fn create_session(&self, session: &Session) -> Result<(), StoreError> {
        let sql = "INSERT INTO session (token_hash, actor, created, expires, csrf) \
                   VALUES ($1, $2, $3, $4, $5)";
        let params = [
            Value::from(session.token_hash.as_str()),
            Value::Int(session.actor),
            Value::Int(session.created.as_microsecond()),
            Value::Int(session.expires.as_microsecond()),
            Value::from(session.csrf.as_str()),
        ];
        self.write(|conn| conn.execute(sql, &params).map(|_| ()))
    }

    /// The session of a token, unless it has expired by `now`.
    pub fn session(&self, token_hash: &str, now: Timestamp) -> Result<Option<Session>, StoreError> {
        let sql = "SELECT actor, created, expires, csrf FROM session \
                   WHERE token_hash = $1 AND expires > $2";
        let params = [Value::from(token_hash), Value::Int(now.as_microsecond())];
        self.reader()?.query_one(sql, &params, |row| {
            Ok(Session {
                token_hash: token_hash.into(),
                actor: row.int(0)?,
                created: read_time(row.int(1)?)?,
                expires: read_time(row.int(2)?)?,
                csrf: row.text(3)?.into(),
            })
        })
    }

    /// Signs a session out.
    pub fn delete_session(&self, token_hash: &str) -> Result<(), StoreError> {
        let sql = "DELETE FROM session WHERE token_hash = $1";
        self.write(|conn| conn.execute(sql, &[Value::from(token_hash)]).map(|_| ()))
    }

    /// Removes the sessions that have expired by `now`; says how many.
    pub fn delete_expired_sessions(&self, now: Timestamp) -> Result<u64, StoreError> {
        let sql = "DELETE FROM session WHERE expires <= $1";
        self.write(|conn| conn.execute(sql, &[Value::Int(now.as_microsecond())]))
    }
}
