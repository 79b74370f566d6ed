//! Filters an account has given a name.

use crate::conn::Value;
use crate::{Store, StoreError};

/// A filter with a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SavedView {
    pub name: String,
    /// The query part of the page's address.
    pub query: String,
}

impl Store {
    /// Keeps a view, in place of one of the same name.
    pub fn set_saved_view(&self, actor: i64, view: &SavedView) -> Result<(), StoreError> {
        let sql = "INSERT INTO saved_view (actor, name, query) VALUES ($1, $2, $3) \
                   ON CONFLICT (actor, name) DO UPDATE SET query = excluded.query";
        let params =
            [Value::Int(actor), Value::from(view.name.as_str()), Value::from(view.query.as_str())];
        self.write(|conn| conn.execute(sql, &params).map(|_| ()))
    }

    /// The views of an account, by name.
    pub fn saved_views(&self, actor: i64) -> Result<Vec<SavedView>, StoreError> {
        let sql = "SELECT name, query FROM saved_view WHERE actor = $1";
        let mut views = self.reader()?.query_vec(sql, &[Value::Int(actor)], |row| {
            Ok(SavedView { name: row.text(0)?.into(), query: row.text(1)?.into() })
        })?;
        // Sorted here: the databases do not agree on the order of words.
        views.sort_by(|a, b| a.name.cmp(&b.name));
        Ok(views)
    }

    /// Forgets a view.
    pub fn delete_saved_view(&self, actor: i64, name: &str) -> Result<(), StoreError> {
        let sql = "DELETE FROM saved_view WHERE actor = $1 AND name = $2";
        let params = [Value::Int(actor), Value::from(name)];
        self.write(|conn| conn.execute(sql, &params).map(|_| ()))
    }
}
