//! The hashes of tokens: whoever reads the database cannot use them.

use crate::conn::Value;
use crate::journal::read_time;
use crate::{Store, StoreError};
use jiff::Timestamp;
use std::collections::BTreeMap;

impl Store {
    /// Keeps the hash of a new token's secret.
    pub fn keep_token_secret(&self, token: i64, token_hash: &str) -> Result<(), StoreError> {
        let sql = "INSERT INTO token_secret (token_hash, token) VALUES ($1, $2)";
        let params = [Value::from(token_hash), Value::Int(token)];
        self.write(|conn| conn.execute(sql, &params).map(|_| ()))
    }

    /// Series of the token with this hash, and when it was last used.
    pub fn token_of(
        &self,
        token_hash: &str,
    ) -> Result<Option<(i64, Option<Timestamp>)>, StoreError> {
        let sql = "SELECT token, last_used FROM token_secret WHERE token_hash = $1";
        self.reader()?.query_one(sql, &[Value::from(token_hash)], |row| {
            Ok((row.int(0)?, row.opt_int(1)?.map(read_time).transpose()?))
        })
    }

    /// Writes down that a token was used.
    pub fn token_used(&self, token: i64, now: Timestamp) -> Result<(), StoreError> {
        let sql = "UPDATE token_secret SET last_used = $1 WHERE token = $2";
        let params = [Value::Int(now.as_microsecond()), Value::Int(token)];
        self.write(|conn| conn.execute(sql, &params).map(|_| ()))
    }

    /// When each token was last used.
    pub fn tokens_used(&self) -> Result<BTreeMap<i64, Timestamp>, StoreError> {
        let mut used = BTreeMap::new();
        let sql = "SELECT token, last_used FROM token_secret WHERE last_used IS NOT NULL";
        self.reader()?.query(sql, &[], &mut |row| {
            used.insert(row.int(0)?, read_time(row.int(1)?)?);
            Ok(())
        })?;
        Ok(used)
    }
}
