//! Reading whole tables, all at one moment of the ledger.

use crate::conn::Conn;
use crate::conn::pool::Origin;
use crate::tables::{self, In};
use crate::{Store, StoreError, journal};
use r2d2::PooledConnection;
use tici_domain::{Change, Entry, Table};

/// Which rows of a table to read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// Those that nothing has superseded.
    Current,
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
    let current = scope == Scope::Current && spec.supersedes();
    let sql = format!(
        "SELECT {} FROM {} t{} ORDER BY t.{}",
        spec.select_columns(),
        spec.name,
        if current { " WHERE t.superseded_by IS NULL" } else { "" },
        spec.key[0]
    );
    let entry_column = spec.data.len();
    conn.query(&sql, &[], &mut |row| {
        let change = (ledger.decode)(&mut In::new(row))?;
        each(row.int(entry_column)?, change);
        Ok(())
    })
}
