//! The PostgreSQL half of a connection.

use super::{EachRow, Row, Value};
use crate::StoreError;
use crate::tables::{Column, Kind};
use postgres::fallible_iterator::FallibleIterator;
use postgres::types::{ToSql, Type};
use postgres::{Client, NoTls, Statement};
use std::collections::HashMap;
use std::io::Write;

/// Prepared statements kept by each connection.
const STATEMENTS_KEPT_MAX: usize = 256;

/// Parameters in one statement of many rows; the protocol's own limit is 65,535.
const PARAMS_PER_STATEMENT_MAX: usize = 8_000;

/// Fewer rows than this are inserted one by one: a bulk copy costs a round trip more.
const COPY_ROWS_MIN: usize = 4;

/// Fewer rows than this are superseded one by one.
const SUPERSEDE_TOGETHER_MIN: usize = 64;

/// Somebody who asks for an encrypted way must not be given a plain one, nor the driver's
/// riddle: TLS would bring a cryptographic library in C, so a tunnel has to bring it.
fn refuse_tls(url: &str) -> Result<(), StoreError> {
    let asked = url.split(['?', '&', ' ']).filter_map(|part| part.trim().strip_prefix("sslmode="));
    let mode = asked.map(|mode| mode.trim_matches('\'')).next_back().unwrap_or_default();
    match mode {
        "" | "disable" | "allow" | "prefer" => Ok(()),
        mode => Err(StoreError::NoTls { mode: mode.to_owned() }),
    }
}

/// A client and the statements it has prepared.
pub(crate) struct PgConn {
    url: String,
    client: Option<Client>,
    statements: HashMap<String, Statement>,
}

impl PgConn {
    pub fn connect(url: &str) -> Result<PgConn, StoreError> {
        refuse_tls(url)?;
        let client = Some(Client::connect(url, NoTls)?);
        Ok(PgConn { url: url.into(), client, statements: HashMap::new() })
    }

    pub fn is_broken(&self) -> bool {
        self.client.as_ref().is_none_or(Client::is_closed)
    }

    /// The plain client, for the migrations.
    pub fn client(&mut self) -> &mut Client {
        self.client.as_mut().expect("a client is taken out only when the connection is dropped")
    }

    pub fn execute(&mut self, sql: &str, params: &[Value<'_>]) -> Result<u64, StoreError> {
        let statement = self.prepare(sql)?;
        let params = bind(&statement, params);
        Ok(self.client().execute(&statement, &params)?)
    }

    pub fn query(
        &mut self,
        sql: &str,
        params: &[Value<'_>],
        each: EachRow<'_>,
    ) -> Result<(), StoreError> {
        let statement = self.prepare(sql)?;
        let mut rows = self.client().query_raw(&statement, bind(&statement, params))?;
        while let Some(row) = rows.next()? {
            each(&Row::Postgres(&row))?;
        }
        Ok(())
    }

    pub fn batch(&mut self, sql: &str) -> Result<(), StoreError> {
        Ok(self.client().batch_execute(sql)?)
    }

    /// One writer at a time among all servers of a ledger. The lock belongs to the schema,
    /// so that two ledgers of one database do not wait for each other.
    pub fn begin_write(&mut self) -> Result<(), StoreError> {
        if self.is_broken() {
            *self = PgConn::connect(&self.url)?;
        }
        self.batch("BEGIN; SELECT pg_advisory_xact_lock(1953063785, hashtext(current_schema()))")
    }

    /// Inserts rows with `COPY`, in its text format.
    pub fn copy_in<'a, T: 'a>(
        &mut self,
        table: &str,
        columns: &[&str],
        items: impl IntoIterator<Item = &'a T>,
        fill: impl Fn(&'a T, &mut Vec<Value<'a>>),
    ) -> Result<u64, StoreError> {
        let mut items = items.into_iter();
        let first: Vec<&T> = items.by_ref().take(COPY_ROWS_MIN).collect();
        if first.len() < COPY_ROWS_MIN {
            let make_sql = |rows: usize| super::insert_sql(table, columns, rows);
            return self.execute_chunks(make_sql, first, fill);
        }
        let sql = format!("COPY {table} ({}) FROM STDIN", columns.join(", "));
        let mut writer = self.client().copy_in(&sql)?;
        let mut values = Vec::new();
        let mut line = Vec::new();
        for item in first.into_iter().chain(items) {
            values.clear();
            fill(item, &mut values);
            write_copy_line(&values, &mut line);
            if line.len() > 1 << 16 {
                writer.write_all(&line).map_err(copy_error)?;
                line.clear();
            }
        }
        writer.write_all(&line).map_err(copy_error)?;
        Ok(writer.finish()?)
    }

    /// Runs a statement of many rows for as many items at a time as fit.
    pub fn execute_chunks<'a, T: 'a>(
        &mut self,
        make_sql: impl Fn(usize) -> String,
        items: impl IntoIterator<Item = &'a T>,
        fill: impl Fn(&'a T, &mut Vec<Value<'a>>),
    ) -> Result<u64, StoreError> {
        let mut values: Vec<Value<'a>> = Vec::new();
        let mut rows = 0;
        let mut touched = 0;
        for item in items {
            fill(item, &mut values);
            rows += 1;
            if values.len() + values.len() / rows > PARAMS_PER_STATEMENT_MAX {
                touched += self.execute(&make_sql(rows), &values)?;
                values.clear();
                rows = 0;
            }
        }
        if rows > 0 {
            touched += self.execute(&make_sql(rows), &values)?;
        }
        Ok(touched)
    }

    /// Marks rows as superseded: few of them one by one with `sql`, many of them by one
    /// update from a table that lasts as long as this call.
    pub fn supersede<'a, T: 'a>(
        &mut self,
        table: &str,
        sql: &str,
        key: &[Column],
        items: &'a [T],
        fill: impl Fn(&'a T, &mut Vec<Value<'a>>),
    ) -> Result<u64, StoreError> {
        if items.len() < SUPERSEDE_TOGETHER_MIN {
            let mut touched = 0;
            for item in items {
                let mut values = Vec::new();
                fill(item, &mut values);
                touched += self.execute(sql, &values)?;
            }
            return Ok(touched);
        }
        let names: Vec<&str> = key.iter().map(|column| column.name).collect();
        let columns = [&["new_id", "old_id"], names.as_slice()].concat();
        let kinds = key.iter().map(|column| match column.kind {
            Kind::Int => format!(", {} BIGINT", column.name),
            Kind::Text | Kind::Bytes => format!(", {} TEXT", column.name),
        });
        self.batch(&format!(
            "CREATE TEMPORARY TABLE superseding (new_id BIGINT, old_id BIGINT{})",
            kinds.collect::<String>()
        ))?;
        self.copy_in("superseding", &columns, items, fill)?;
        let same = names.iter().map(|name| format!(" AND t.{name} = s.{name}"));
        let update = format!(
            "UPDATE {table} AS t SET superseded_by = s.new_id FROM superseding AS s \
             WHERE t.id = s.old_id AND t.superseded_by IS NULL{}",
            same.collect::<String>()
        );
        self.batch("ANALYZE superseding")?;
        let touched = self.client().execute(update.as_str(), &[])?;
        self.batch("DROP TABLE superseding")?;
        Ok(touched)
    }

    fn prepare(&mut self, sql: &str) -> Result<Statement, StoreError> {
        if let Some(statement) = self.statements.get(sql) {
            return Ok(statement.clone());
        }
        let statement = self.client().prepare(sql)?;
        if self.statements.len() >= STATEMENTS_KEPT_MAX {
            self.statements.clear();
        }
        self.statements.insert(sql.into(), statement.clone());
        Ok(statement)
    }
}

impl Drop for PgConn {
    /// A client says goodbye to the server when it is dropped and blocks for that, which is
    /// not allowed on a thread that drives an async runtime. A fresh thread drives none.
    fn drop(&mut self) {
        self.statements.clear();
        if let Some(client) = self.client.take() {
            let closing = std::thread::Builder::new().name("close-postgres".into());
            if let Ok(thread) = closing.spawn(move || drop(client)) {
                // A panic while closing has nobody left to tell.
                let _ = thread.join();
            }
        }
    }
}

/// How many pages a table has.
pub(super) fn pages(conn: &mut super::Conn, table: &str) -> Result<i64, StoreError> {
    let sql = format!("SELECT pg_relation_size('{table}') / current_setting('block_size')::bigint");
    conn.query_int(&sql, &[])
}

/// The driver wants parameters of the statement's own types; a null has to have one too.
fn bind<'a>(statement: &Statement, params: &'a [Value<'_>]) -> Vec<&'a (dyn ToSql + Sync)> {
    const NO_INT: &Option<i64> = &None;
    const NO_TEXT: &Option<&str> = &None;
    const NO_BYTES: &Option<&[u8]> = &None;
    let typed = params.iter().zip(statement.params());
    typed
        .map(|(value, kind)| -> &'a (dyn ToSql + Sync) {
            match value {
                Value::Int(value) => value,
                Value::Text(text) => text,
                Value::Bytes(bytes) => bytes,
                Value::Null if *kind == Type::INT8 => NO_INT,
                Value::Null if *kind == Type::BYTEA => NO_BYTES,
                Value::Null => NO_TEXT,
            }
        })
        .collect()
}

/// One line of `COPY`'s text format: tabs between columns, `\N` for null.
fn write_copy_line(values: &[Value<'_>], line: &mut Vec<u8>) {
    for (index, value) in values.iter().enumerate() {
        if index > 0 {
            line.push(b'\t');
        }
        match value {
            Value::Null => line.extend_from_slice(b"\\N"),
            Value::Int(value) => line.extend_from_slice(value.to_string().as_bytes()),
            Value::Text(text) => write_copy_text(text, line),
            Value::Bytes(bytes) => {
                line.extend_from_slice(b"\\\\x");
                line.extend_from_slice(hex::encode(bytes).as_bytes());
            }
        }
    }
    line.push(b'\n');
}

fn write_copy_text(text: &str, line: &mut Vec<u8>) {
    for byte in text.bytes() {
        match byte {
            b'\\' => line.extend_from_slice(b"\\\\"),
            b'\t' => line.extend_from_slice(b"\\t"),
            b'\n' => line.extend_from_slice(b"\\n"),
            b'\r' => line.extend_from_slice(b"\\r"),
            other => line.push(other),
        }
    }
}

fn copy_error(error: std::io::Error) -> StoreError {
    match error.downcast::<postgres::Error>() {
        Ok(error) => error.into(),
        Err(error) => StoreError::Database { detail: error.to_string() },
    }
}

#[cfg(test)]
mod tests {
    use super::refuse_tls;

    #[test]
    fn encryption_that_is_asked_for_is_not_left_out_in_silence() {
        let cases = [
            ("postgres://a@h/b", ""),
            ("postgres://a@h/b?sslmode=disable", ""),
            ("postgres://a@h/b?connect_timeout=3&sslmode=prefer", ""),
            ("postgres://a@h/b?sslmode=require", "require"),
            ("postgresql://a@h/b?application_name=x&sslmode=verify-full", "verify-full"),
            ("host=h user=a sslmode=verify-ca dbname=b", "verify-ca"),
        ];
        for (url, mode) in cases {
            let refused = refuse_tls(url).err().map(|error| error.to_string());
            let said = refused.unwrap_or_default();
            assert_eq!(said.contains(&format!("sslmode={mode} ")), !mode.is_empty(), "{url}");
            assert_eq!(said.is_empty(), mode.is_empty(), "{url}");
        }
    }
}
