//! A copy of the whole ledger in one SQLite file, whichever database it came from.

use crate::conn::{Conn, Value, open_file};
use crate::tables::{self, Spec};
use crate::{Location, Store, StoreError, migrate, write};
use std::path::{Path, PathBuf};

/// Rows are copied in batches of about this many bytes.
const BATCH_BYTES: usize = 4 << 20;

impl Store {
    /// Writes one moment of the ledger to a new file, while others read and write. The file
    /// appears under its name only when it is whole and on the disk.
    pub fn backup(&self, to: &Path) -> Result<(), StoreError> {
        if to.exists() {
            return Err(StoreError::Exists { path: to.into() });
        }
        let unfinished = beside(to, "unfinished");
        remove_if_there(&unfinished)?;
        let written = match self.location() {
            Location::Postgres(_) => self.copy_out(&unfinished),
            Location::Sqlite(_) | Location::Memory => self.vacuum_into(&unfinished),
        };
        let finished = written.and_then(|()| finish(&unfinished, to));
        if finished.is_err() {
            remove_if_there(&unfinished)?;
        }
        finished
    }

    fn vacuum_into(&self, to: &Path) -> Result<(), StoreError> {
        let name = to.to_str().ok_or_else(|| StoreError::Database {
            detail: format!("{} is not a name the database can read", to.display()),
        })?;
        self.reader()?.execute("VACUUM INTO $1", &[Value::from(name)])?;
        Ok(())
    }

    fn copy_out(&self, to: &Path) -> Result<(), StoreError> {
        let mut file = open_file(to, false)?;
        migrate::run(&mut file)?;
        let mut tx = self.read()?;
        file.begin_write()?;
        copy_all(tx.conn(), &mut file)?;
        file.commit()?;
        single_file(&mut file)
    }
}

/// Copies every table from one database into the empty tables of another.
pub(crate) fn copy_all(from: &mut Conn, to: &mut Conn) -> Result<(), StoreError> {
    for spec in tables::all() {
        write::clear(to, spec.name)?;
        copy_table(from, to, spec)?;
    }
    Ok(())
}

fn copy_table(from: &mut Conn, to: &mut Conn, spec: &Spec) -> Result<(), StoreError> {
    let columns = spec.columns();
    let names: Vec<&str> = columns.iter().map(|column| column.name).collect();
    let sql = format!("SELECT {} FROM {}", names.join(", "), spec.name);
    let mut batch: Vec<Vec<Value<'static>>> = Vec::new();
    let mut bytes = 0;
    from.query(&sql, &[], &mut |row| {
        let values = columns
            .iter()
            .enumerate()
            .map(|(index, column)| row.value(index, column.kind).map(Value::into_owned));
        let values = values.collect::<Result<Vec<_>, _>>()?;
        bytes += values.iter().map(Value::len).sum::<usize>();
        batch.push(values);
        if bytes > BATCH_BYTES {
            insert_batch(to, spec, &names, &batch)?;
            batch.clear();
            bytes = 0;
        }
        Ok(())
    })?;
    insert_batch(to, spec, &names, &batch)
}

fn insert_batch(
    to: &mut Conn,
    spec: &Spec,
    names: &[&str],
    batch: &[Vec<Value<'static>>],
) -> Result<(), StoreError> {
    to.insert_rows(spec.name, names, batch, |row, values| {
        values.extend(row.iter().map(Value::borrowed));
    })?;
    Ok(())
}

/// Folds the write-ahead log into the file, so that the file alone is the ledger.
pub(crate) fn single_file(conn: &mut Conn) -> Result<(), StoreError> {
    conn.query("PRAGMA journal_mode = DELETE", &[], &mut |_| Ok(()))
}

/// Puts a file on the disk and then under its name.
pub(crate) fn finish(unfinished: &Path, to: &Path) -> Result<(), StoreError> {
    let sync = |path: &Path| std::fs::File::open(path)?.sync_all();
    sync(unfinished).map_err(|error| StoreError::io(unfinished, error))?;
    std::fs::rename(unfinished, to).map_err(|error| StoreError::io(to, error))?;
    match to.parent().filter(|parent| !parent.as_os_str().is_empty()) {
        Some(parent) => sync(parent).map_err(|error| StoreError::io(parent, error)),
        None => Ok(()),
    }
}

/// `ledger.sqlite.restoring` beside `ledger.sqlite`.
pub(crate) fn beside(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".");
    name.push(suffix);
    PathBuf::from(name)
}

/// Removes a SQLite file and its companions.
pub(crate) fn remove_if_there(path: &Path) -> Result<(), StoreError> {
    for suffix in ["", "-wal", "-shm", "-journal"] {
        let mut name = path.as_os_str().to_owned();
        name.push(suffix);
        match std::fs::remove_file(&name) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                return Err(StoreError::io(PathBuf::from(name), error));
            }
            _ => {}
        }
    }
    Ok(())
}
