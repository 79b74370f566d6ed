//! How an account wants to read, on whatever machine it signs in.

use crate::conn::Value;
use crate::{Store, StoreError};
use std::collections::BTreeMap;

impl Store {
    /// Keeps a preference, in place of one of the same name.
    pub fn set_preference(&self, actor: i64, name: &str, value: &str) -> Result<(), StoreError> {
        let sql = "INSERT INTO preference (actor, name, value) VALUES ($1, $2, $3) \
                   ON CONFLICT (actor, name) DO UPDATE SET value = excluded.value";
        let params = [Value::Int(actor), Value::from(name), Value::from(value)];
        self.write(|conn| conn.execute(sql, &params).map(|_| ()))
    }

    /// Forgets a preference.
    pub fn delete_preference(&self, actor: i64, name: &str) -> Result<(), StoreError> {
        let sql = "DELETE FROM preference WHERE actor = $1 AND name = $2";
        let params = [Value::Int(actor), Value::from(name)];
        self.write(|conn| conn.execute(sql, &params).map(|_| ()))
    }

    /// The account that has a preference of this value, such as the hash of a secret.
    pub fn actor_preferring(&self, name: &str, value: &str) -> Result<Option<i64>, StoreError> {
        let sql = "SELECT actor FROM preference WHERE name = $1 AND value = $2";
        let params = [Value::from(name), Value::from(value)];
        self.reader()?.query_one(sql, &params, |row| row.int(0))
    }

    /// The preferences of an account, by name.
    pub fn preferences(&self, actor: i64) -> Result<BTreeMap<String, String>, StoreError> {
        let sql = "SELECT name, value FROM preference WHERE actor = $1";
        let pairs = self.reader()?.query_vec(sql, &[Value::Int(actor)], |row| {
            Ok((row.text(0)?.to_string(), row.text(1)?.to_string()))
        })?;
        Ok(pairs.into_iter().collect())
    }
}
