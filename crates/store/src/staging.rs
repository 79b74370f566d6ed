//! Uploaded files between preview and decision, and small facts about the store itself.

use crate::conn::Value;
use crate::journal::read_time;
use crate::{Store, StoreError};
use jiff::Timestamp;

/// An uploaded file that nobody has decided on yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Staged {
    /// A random name, given by the caller.
    pub id: String,
    pub actor: i64,
    pub created: Timestamp,
    /// File name as the person gave it.
    pub file: String,
    /// How its columns are read, as JSON.
    pub map: String,
    pub bytes: Vec<u8>,
}

impl Store {
    /// Keeps an uploaded file, in place of one of the same id.
    pub fn stage(&self, staged: &Staged) -> Result<(), StoreError> {
        let columns = ["id", "actor", "created", "file", "map", "bytes"];
        self.write(|conn| {
            conn.upsert_rows("staging", &columns, [staged], |staged, values| {
                values.extend([
                    Value::from(staged.id.as_str()),
                    Value::Int(staged.actor),
                    Value::Int(staged.created.as_microsecond()),
                    Value::from(staged.file.as_str()),
                    Value::from(staged.map.as_str()),
                    Value::from(staged.bytes.as_slice()),
                ]);
            })?;
            Ok(())
        })
    }

    /// An uploaded file by its id.
    pub fn staged(&self, id: &str) -> Result<Option<Staged>, StoreError> {
        let sql = "SELECT actor, created, file, map, bytes FROM staging WHERE id = $1";
        self.reader()?.query_one(sql, &[Value::from(id)], |row| {
            Ok(Staged {
                id: id.into(),
                actor: row.int(0)?,
                created: read_time(row.int(1)?)?,
                file: row.text(2)?.into(),
                map: row.text(3)?.into(),
                bytes: row.bytes(4)?.to_vec(),
            })
        })
    }

    /// Forgets an uploaded file.
    pub fn unstage(&self, id: &str) -> Result<(), StoreError> {
        let sql = "DELETE FROM staging WHERE id = $1";
        self.write(|conn| conn.execute(sql, &[Value::from(id)]).map(|_| ()))
    }

    /// Forgets uploaded files older than `before`; says how many.
    pub fn unstage_before(&self, before: Timestamp) -> Result<u64, StoreError> {
        let sql = "DELETE FROM staging WHERE created < $1";
        self.write(|conn| conn.execute(sql, &[Value::Int(before.as_microsecond())]))
    }

    /// A small fact about the store itself.
    pub fn meta(&self, key: &str) -> Result<Option<String>, StoreError> {
        let sql = "SELECT value FROM meta WHERE key = $1";
        let mut conn = self.reader()?;
        conn.query_one(sql, &[Value::from(key)], |row| Ok(row.text(0)?.to_string()))
    }

    /// Sets a small fact about the store itself.
    pub fn set_meta(&self, key: &str, value: &str) -> Result<(), StoreError> {
        self.write(|conn| {
            conn.upsert_rows("meta", &["key", "value"], [&(key, value)], |row, values| {
                values.extend([Value::from(row.0), Value::from(row.1)]);
            })?;
            Ok(())
        })
    }
}
