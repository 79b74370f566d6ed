//! The bytes of attachments, kept once for each content.

use crate::conn::{Conn, Value};
use crate::journal::Hash;
use crate::{Store, StoreError};

impl Store {
    /// Keeps bytes outside any entry; gives their SHA-256. Inside an operation use
    /// [`crate::WriteTx::put_blob`], which keeps them only if the operation is written.
    pub fn put_blob(&self, bytes: &[u8]) -> Result<String, StoreError> {
        self.write(|conn| put(conn, bytes))
    }

    /// Bytes by their SHA-256; `None` when they were never kept, or erased.
    pub fn blob(&self, sha256: &str) -> Result<Option<Vec<u8>>, StoreError> {
        let sql = "SELECT bytes FROM attachment_blob WHERE sha256 = $1";
        let mut conn = self.reader()?;
        conn.query_one(sql, &[Value::from(sha256)], |row| Ok(row.bytes(0)?.to_vec()))
    }

    /// Erases bytes, as for a photograph of a person. The journal keeps their hash.
    pub fn erase_blob(&self, sha256: &str) -> Result<bool, StoreError> {
        let sql = "DELETE FROM attachment_blob WHERE sha256 = $1";
        Ok(self.write(|conn| conn.execute(sql, &[Value::from(sha256)]))? > 0)
    }
}

pub(crate) fn put(conn: &mut Conn, bytes: &[u8]) -> Result<String, StoreError> {
    let sha256 = Hash::of(bytes).to_string();
    let sql = "INSERT INTO attachment_blob (sha256, bytes) VALUES ($1, $2) \
               ON CONFLICT (sha256) DO NOTHING";
    conn.execute(sql, &[Value::from(sha256.as_str()), Value::from(bytes)])?;
    Ok(sha256)
}
