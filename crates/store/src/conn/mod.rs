//! One thin connection over two databases.
//!
//! Every statement is written once, in the SQL that SQLite and PostgreSQL share.
//! Parameters are `$1`, `$2`, … numbered in the order in which they first appear, because
//! SQLite numbers them so. What really differs is in `sqlite` and `postgres` and nowhere
//! else: transactions, locks, bulk loading and facts about the server.

pub(crate) mod pool;
mod postgres;
mod row;
mod sqlite;
mod value;

pub(crate) use self::postgres::PgConn;
pub(crate) use self::row::Row;
pub(crate) use self::sqlite::{open_file, open_scratch};
pub(crate) use self::value::Value;

use crate::StoreError;
use crate::columns::Share;
use crate::tables::Column;

/// A connection to either database.
pub(crate) enum Conn {
    Sqlite(rusqlite::Connection),
    Postgres(Box<PgConn>),
}

/// What is done with each row of a query.
pub(crate) type EachRow<'a> = &'a mut dyn FnMut(&Row<'_>) -> Result<(), StoreError>;

impl Conn {
    /// Runs one statement and says how many rows it touched.
    pub fn execute(&mut self, sql: &str, params: &[Value<'_>]) -> Result<u64, StoreError> {
        match self {
            Conn::Sqlite(conn) => sqlite::execute(conn, sql, params),
            Conn::Postgres(conn) => conn.execute(sql, params),
        }
    }

    /// Streams the rows of a query.
    pub fn query(
        &mut self,
        sql: &str,
        params: &[Value<'_>],
        each: EachRow<'_>,
    ) -> Result<(), StoreError> {
        match self {
            Conn::Sqlite(conn) => sqlite::query(conn, sql, params, each),
            Conn::Postgres(conn) => conn.query(sql, params, each),
        }
    }

    /// The rows of a query, mapped.
    pub fn query_vec<T>(
        &mut self,
        sql: &str,
        params: &[Value<'_>],
        mut map: impl FnMut(&Row<'_>) -> Result<T, StoreError>,
    ) -> Result<Vec<T>, StoreError> {
        let mut rows = Vec::new();
        self.query(sql, params, &mut |row| {
            rows.push(map(row)?);
            Ok(())
        })?;
        Ok(rows)
    }

    /// The first row of a query, mapped.
    pub fn query_one<T>(
        &mut self,
        sql: &str,
        params: &[Value<'_>],
        map: impl FnMut(&Row<'_>) -> Result<T, StoreError>,
    ) -> Result<Option<T>, StoreError> {
        Ok(self.query_vec(sql, params, map)?.into_iter().next())
    }

    /// The single integer of a query such as `SELECT COUNT(*) …`.
    pub fn query_int(&mut self, sql: &str, params: &[Value<'_>]) -> Result<i64, StoreError> {
        let found = self.query_one(sql, params, |row| row.opt_int(0))?;
        Ok(found.flatten().unwrap_or(0))
    }

    /// Runs several statements without parameters.
    pub fn batch(&mut self, sql: &str) -> Result<(), StoreError> {
        match self {
            Conn::Sqlite(conn) => Ok(conn.execute_batch(sql)?),
            Conn::Postgres(conn) => conn.batch(sql),
        }
    }

    /// Starts a transaction that may write, and takes the lock that makes writers queue.
    pub fn begin_write(&mut self) -> Result<(), StoreError> {
        match self {
            Conn::Sqlite(conn) => Ok(conn.execute_batch("BEGIN IMMEDIATE")?),
            Conn::Postgres(conn) => conn.begin_write(),
        }
    }

    /// Starts a transaction that sees one moment of the ledger, however long it lasts.
    pub fn begin_read(&mut self) -> Result<(), StoreError> {
        match self {
            Conn::Sqlite(conn) => Ok(conn.execute_batch("BEGIN DEFERRED")?),
            Conn::Postgres(conn) => conn.batch("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"),
        }
    }

    pub fn commit(&mut self) -> Result<(), StoreError> {
        self.batch("COMMIT")
    }

    pub fn rollback(&mut self) -> Result<(), StoreError> {
        self.batch("ROLLBACK")
    }

    /// What stands behind `FROM` to read one of several equal shares of a table `t` as it
    /// lies on disk, down to its `WHERE`. All shares together are the whole table.
    pub fn share_of(&mut self, table: &str, share: Share) -> Result<String, StoreError> {
        let of_rows = match self {
            // An index would have the rows looked up one by one.
            Conn::Sqlite(_) => format!("{table} t NOT INDEXED WHERE"),
            Conn::Postgres(_) => format!("{table} t WHERE"),
        };
        if share.of <= 1 {
            return Ok(format!("{of_rows} 1 = 1"));
        }
        let (column, last) = match self {
            Conn::Sqlite(_) => {
                let sql = format!("SELECT MAX(rowid) FROM {table}");
                ("t.rowid", self.query_int(&sql, &[])?)
            }
            Conn::Postgres(_) => ("t.ctid", postgres::pages(self, table)?),
        };
        let at = |index: usize| last * index as i64 / share.of as i64;
        let value = |index: usize| match self {
            Conn::Sqlite(_) => at(index).to_string(),
            Conn::Postgres(_) => format!("'({},0)'::tid", at(index)),
        };
        let mut condition = format!("{of_rows} {column} >= {}", value(share.index));
        // The last share has no end: the table may have grown since it was measured.
        if share.index + 1 < share.of {
            condition.push_str(&format!(" AND {column} < {}", value(share.index + 1)));
        }
        Ok(condition)
    }

    /// Inserts many rows. `fill` writes the values of one item, in the order of `columns`.
    pub fn insert_rows<'a, T: 'a>(
        &mut self,
        table: &str,
        columns: &[&str],
        items: impl IntoIterator<Item = &'a T>,
        fill: impl Fn(&'a T, &mut Vec<Value<'a>>),
    ) -> Result<u64, StoreError> {
        match self {
            Conn::Sqlite(conn) => {
                let sql = insert_sql(table, columns, 1);
                sqlite::execute_each(conn, &sql, items, fill)
            }
            Conn::Postgres(conn) => conn.copy_in(table, columns, items, fill),
        }
    }

    /// Inserts rows, or takes the place of the rows with the same `key` column. No two
    /// items may have the same key.
    pub fn upsert_rows<'a, T: 'a>(
        &mut self,
        table: &str,
        columns: &[&str],
        items: impl IntoIterator<Item = &'a T>,
        fill: impl Fn(&'a T, &mut Vec<Value<'a>>),
    ) -> Result<u64, StoreError> {
        let update = upsert_clause(columns);
        let make_sql = |rows: usize| insert_sql(table, columns, rows) + &update;
        match self {
            Conn::Sqlite(conn) => sqlite::execute_each(conn, &make_sql(1), items, fill),
            Conn::Postgres(conn) => conn.execute_chunks(make_sql, items, fill),
        }
    }

    /// Marks rows as superseded. `fill` writes the new row's id, the old row's id and the
    /// natural key they share. Rows that are not current, or have another key, are left
    /// alone; the number of rows marked tells.
    pub fn supersede_rows<'a, T: 'a>(
        &mut self,
        table: &str,
        key: &[Column],
        items: &'a [T],
        fill: impl Fn(&'a T, &mut Vec<Value<'a>>),
    ) -> Result<u64, StoreError> {
        let sql = supersede_sql(table, key);
        match self {
            Conn::Sqlite(conn) => sqlite::execute_each(conn, &sql, items, fill),
            Conn::Postgres(conn) => conn.supersede(table, &sql, key, items, fill),
        }
    }
}

fn supersede_sql(table: &str, key: &[Column]) -> String {
    let same: Vec<String> =
        (3..).zip(key).map(|(place, column)| format!(" AND {} = ${place}", column.name)).collect();
    format!(
        "UPDATE {table} SET superseded_by = $1 WHERE id = $2 AND superseded_by IS NULL{}",
        same.concat()
    )
}

/// `INSERT INTO t (a, b) VALUES ($1, $2), ($3, $4)`
fn insert_sql(table: &str, columns: &[&str], rows: usize) -> String {
    format!("INSERT INTO {table} ({}) VALUES {}", columns.join(", "), tuples(columns.len(), rows))
}

/// The first column is the key; the others take the new values.
fn upsert_clause(columns: &[&str]) -> String {
    let sets: Vec<String> =
        columns[1..].iter().map(|column| format!("{column} = excluded.{column}")).collect();
    format!(" ON CONFLICT ({}) DO UPDATE SET {}", columns[0], sets.join(", "))
}

/// `($1, $2), ($3, $4)` for two columns and two rows.
fn tuples(columns: usize, rows: usize) -> String {
    let mut sql = String::with_capacity(rows * columns * 7);
    for row in 0..rows {
        sql.push_str(if row == 0 { "(" } else { ", (" });
        for column in 0..columns {
            let comma = if column == 0 { "" } else { ", " };
            sql.push_str(&format!("{comma}${}", row * columns + column + 1));
        }
        sql.push(')');
    }
    sql
}
