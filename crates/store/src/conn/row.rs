//! A row on its way out of the database.

use super::Value;
use crate::StoreError;
use std::borrow::Cow;

/// One row of a result; columns are numbered from 0.
pub(crate) enum Row<'a> {
    Sqlite(&'a rusqlite::Row<'a>),
    Postgres(&'a postgres::Row),
}

impl Row<'_> {
    pub fn opt_int(&self, column: usize) -> Result<Option<i64>, StoreError> {
        match self {
            Row::Sqlite(row) => Ok(row.get(column)?),
            Row::Postgres(row) => Ok(row.try_get(column)?),
        }
    }

    pub fn int(&self, column: usize) -> Result<i64, StoreError> {
        self.opt_int(column)?.ok_or_else(|| self.missing(column))
    }

    pub fn opt_text(&self, column: usize) -> Result<Option<&str>, StoreError> {
        match self {
            Row::Sqlite(row) => match row.get_ref(column)? {
                rusqlite::types::ValueRef::Null => Ok(None),
                value => value.as_str().map(Some).map_err(|error| {
                    StoreError::damaged(format!("column {column} is not text: {error}"))
                }),
            },
            Row::Postgres(row) => Ok(row.try_get(column)?),
        }
    }

    pub fn text(&self, column: usize) -> Result<&str, StoreError> {
        self.opt_text(column)?.ok_or_else(|| self.missing(column))
    }

    pub fn bytes(&self, column: usize) -> Result<&[u8], StoreError> {
        match self {
            Row::Sqlite(row) => row.get_ref(column)?.as_blob().map_err(|error| {
                StoreError::damaged(format!("column {column} is not bytes: {error}"))
            }),
            Row::Postgres(row) => Ok(row.try_get(column)?),
        }
    }

    /// Whatever stands in a column, by the type it has in the schema.
    pub fn value(&self, column: usize, kind: crate::tables::Kind) -> Result<Value<'_>, StoreError> {
        use crate::tables::Kind;
        if let Row::Sqlite(row) = self {
            return Ok(sqlite_value(row.get_ref(column)?));
        }
        Ok(match kind {
            Kind::Int => Value::from(self.opt_int(column)?),
            Kind::Text => Value::from(self.opt_text(column)?),
            Kind::Bytes => Value::from(self.bytes(column)?),
        })
    }

    fn missing(&self, column: usize) -> StoreError {
        StoreError::damaged(format!("column {column} is empty"))
    }
}

/// SQLite keeps what it is given, so a row altered by hand may hold another type than its
/// column says. A comparison must see that instead of failing on it.
fn sqlite_value(value: rusqlite::types::ValueRef<'_>) -> Value<'_> {
    use rusqlite::types::ValueRef;
    match value {
        ValueRef::Null => Value::Null,
        ValueRef::Integer(value) => Value::Int(value),
        ValueRef::Real(value) => Value::Text(Cow::Owned(value.to_string())),
        ValueRef::Text(text) => Value::Text(String::from_utf8_lossy(text)),
        ValueRef::Blob(bytes) => Value::Bytes(Cow::Borrowed(bytes)),
    }
}
