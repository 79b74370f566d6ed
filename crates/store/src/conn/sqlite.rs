//! The SQLite half of a connection.

use super::{Conn, EachRow, Row, Value};
use crate::StoreError;
use rusqlite::Connection;
use std::path::Path;
use std::time::Duration;

/// How long a writer waits for another process before it gives up.
const BUSY_WAIT: Duration = Duration::from_secs(30);

/// Prepared statements kept by each connection.
const STATEMENTS_KEPT_MAX: usize = 128;

/// Opens a ledger file, or makes it. `durable` writes wait for the disk.
pub(crate) fn open_file(path: &Path, durable: bool) -> Result<Conn, StoreError> {
    let conn = Connection::open(path)?;
    conn.busy_timeout(BUSY_WAIT)?;
    conn.set_prepared_statement_cache_capacity(STATEMENTS_KEPT_MAX);
    let synchronous = if durable { "FULL" } else { "OFF" };
    conn.execute_batch(&format!(
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = {synchronous}; \
         PRAGMA cache_size = -65536; PRAGMA temp_store = MEMORY; PRAGMA trusted_schema = OFF;"
    ))?;
    Ok(Conn::Sqlite(conn))
}

/// A private database for the length of one task. It lies in memory and spills to a file
/// the system removes, so that a large ledger can be replayed on a small machine.
pub(crate) fn open_scratch() -> Result<Conn, StoreError> {
    let conn = Connection::open("")?;
    conn.set_prepared_statement_cache_capacity(STATEMENTS_KEPT_MAX);
    conn.execute_batch(
        "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -262144;",
    )?;
    Ok(Conn::Sqlite(conn))
}

pub(super) fn execute(
    conn: &Connection,
    sql: &str,
    params: &[Value<'_>],
) -> Result<u64, StoreError> {
    let mut statement = conn.prepare_cached(sql)?;
    Ok(statement.execute(rusqlite::params_from_iter(params))? as u64)
}

/// Runs one statement for each item.
pub(super) fn execute_each<'a, T: 'a>(
    conn: &Connection,
    sql: &str,
    items: impl IntoIterator<Item = &'a T>,
    fill: impl Fn(&'a T, &mut Vec<Value<'a>>),
) -> Result<u64, StoreError> {
    let mut statement = conn.prepare_cached(sql)?;
    let mut values = Vec::new();
    let mut touched = 0;
    for item in items {
        values.clear();
        fill(item, &mut values);
        for (index, value) in values.iter().enumerate() {
            statement.raw_bind_parameter(index + 1, value)?;
        }
        touched += statement.raw_execute()? as u64;
    }
    Ok(touched)
}

pub(super) fn query(
    conn: &Connection,
    sql: &str,
    params: &[Value<'_>],
    each: EachRow<'_>,
) -> Result<(), StoreError> {
    let mut statement = conn.prepare_cached(sql)?;
    let mut rows = statement.query(rusqlite::params_from_iter(params))?;
    while let Some(row) = rows.next()? {
        each(&Row::Sqlite(row))?;
    }
    Ok(())
}
