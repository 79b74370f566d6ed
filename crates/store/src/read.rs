//! Reading whole tables, all at one moment of the ledger.

use crate::conn::pool::Origin;
use crate::conn::{Conn, Value};
use crate::tables::{self, In};
use crate::{Store, StoreError, journal};
use jiff::Timestamp;
use r2d2::PooledConnection;
use tici_domain::{Change, Entry, Table};

/// Which rows of a table to read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// Those that nothing has superseded.
    Current,
    /// Those that others have superseded; none of a table whose rows nothing supersedes.
    Replaced,
    All,
}

/// One moment of the ledger: whatever is written meanwhile, all reads of it agree.
pub struct ReadTx {
    conn: PooledConnection<Origin>,
}

impl Store {
    /// Takes a moment of the ledger to read from.
    pub fn read(&self) -> Result<ReadTx, StoreError> {
        let mut conn = self.reader()?;
        conn.begin_read()?;
        Ok(ReadTx { conn })
    }

    /// Streams the rows of a table in order of id, each with the entry that wrote it.
    pub fn scan(
        &self,
        table: Table,
        scope: Scope,
        each: &mut dyn FnMut(i64, Change),
    ) -> Result<(), StoreError> {
        scan(&mut *self.reader()?, table, scope, each)
    }
}

impl ReadTx {
    /// Number of entries at this moment.
    pub fn head(&mut self) -> Result<i64, StoreError> {
        journal::head(&mut self.conn)
    }

    /// Streams the rows of a table in order of id, each with the entry that wrote it.
    pub fn scan(
        &mut self,
        table: Table,
        scope: Scope,
        each: &mut dyn FnMut(i64, Change),
    ) -> Result<(), StoreError> {
        scan(&mut self.conn, table, scope, each)
    }

    /// Times of the first `count` entries, in order.
    pub fn entry_times(&mut self, count: i64) -> Result<Vec<Timestamp>, StoreError> {
        let sql = "SELECT at FROM journal WHERE seq < $1 ORDER BY seq";
        self.conn.query_vec(sql, &[Value::Int(count)], |row| journal::read_time(row.int(0)?))
    }

    /// Streams the entries `from..to`, with their changes, in order.
    pub fn each_entry(
        &mut self,
        from: i64,
        to: i64,
        each: &mut dyn FnMut(Entry),
    ) -> Result<(), StoreError> {
        journal::each_entry(&mut self.conn, from, to, each)
    }

    pub(crate) fn conn(&mut self) -> &mut Conn {
        &mut self.conn
    }
}

impl Drop for ReadTx {
    fn drop(&mut self) {
        // Nothing was written; a connection that cannot roll back leaves the pool.
        let _ = self.conn.rollback();
    }
}

fn scan(
    conn: &mut Conn,
    table: Table,
    scope: Scope,
    each: &mut dyn FnMut(i64, Change),
) -> Result<(), StoreError> {
    let ledger = tables::of(table);
    let spec = &ledger.spec;
    if scope == Scope::Replaced && !spec.supersedes() {
        return Ok(());
    }
    let condition = match scope {
        Scope::Current if spec.supersedes() => " WHERE t.superseded_by IS NULL",
        Scope::Replaced => " WHERE t.superseded_by IS NOT NULL",
        Scope::Current | Scope::All => "",
    };
    let sql = format!(
        "SELECT {} FROM {} t{} ORDER BY t.{}",
        spec.select_columns(),
        spec.name,
        condition,
        spec.key[0]
    );
    let entry_column = spec.data.len();
    conn.query(&sql, &[], &mut |row| {
        let change = (ledger.decode)(&mut In::new(row))?;
        each(row.int(entry_column)?, change);
        Ok(())
    })
}
