//! Password hashes. The store keeps the text it is given and never sees a password.

use crate::conn::Value;
use crate::{Store, StoreError};
use jiff::Timestamp;

impl Store {
    /// Sets the password hash of an account, and ends all its sessions.
    pub fn set_credential(
        &self,
        actor: i64,
        hash: &str,
        changed: Timestamp,
    ) -> Result<(), StoreError> {
        let row = (actor, hash, changed.as_microsecond());
        self.write(|conn| {
            conn.upsert_rows("credential", &["actor", "hash", "changed"], [&row], |row, out| {
                out.extend([Value::Int(row.0), Value::from(row.1), Value::Int(row.2)]);
            })?;
            conn.execute("DELETE FROM session WHERE actor = $1", &[Value::Int(actor)])?;
            Ok(())
        })
    }

    /// The password hash of an account.
    pub fn credential(&self, actor: i64) -> Result<Option<String>, StoreError> {
        let sql = "SELECT hash FROM credential WHERE actor = $1";
        let mut conn = self.reader()?;
        conn.query_one(sql, &[Value::Int(actor)], |row| Ok(row.text(0)?.to_string()))
    }
}
