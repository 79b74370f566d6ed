//! The schema and its history. Migrations only go forward; each is one transaction.

use crate::StoreError;
use crate::conn::Conn;

use refinery_core::{Migration, Runner};

/// One line a migration: the file's name, which is its number and title, and its text.
macro_rules! migrations {
    ($($name:literal)*) => {
        &[$(($name, include_str!(concat!("../migrations/", $name, ".sql")))),*]
    };
}

const HISTORY: &[(&str, &str)] = migrations! {
    "V1__registers"
    "V2__ledger"
    "V3__journal"
    "V4__outside_the_journal"
    "V5__month"
    "V6__account_language"
    "V7__recheck_finding"
    "V8__rules_by_day"
    "V9__packages_and_looking_back"
};

fn runner() -> Runner {
    let step = |(name, sql): &(&str, &str)| {
        Migration::unapplied(name, sql).expect("a test reads every name of the history")
    };
    Runner::new(&HISTORY.iter().map(step).collect::<Vec<Migration>>())
}

/// The schema version this program was built with.
pub(crate) fn known_version() -> i64 {
    runner().get_migrations().iter().map(|step| i64::from(step.version())).max().unwrap_or(0)
}

/// The schema version of a database; 0 when it is empty.
pub(crate) fn version(conn: &mut Conn) -> Result<i64, StoreError> {
    if !has_history(conn)? {
        return Ok(0);
    }
    let runner = runner();
    let last = match conn {
        Conn::Sqlite(conn) => runner.get_last_applied_migration(conn),
        Conn::Postgres(conn) => runner.get_last_applied_migration(conn.client()),
    };
    Ok(last.map_err(migration_error)?.map_or(0, |step| i64::from(step.version())))
}

/// Whether anything was ever migrated here: an empty database has no table of migrations.
fn has_history(conn: &mut Conn) -> Result<bool, StoreError> {
    let sql = match conn {
        Conn::Sqlite(_) => {
            "SELECT COUNT(*) FROM sqlite_master WHERE name = 'refinery_schema_history'"
        }
        Conn::Postgres(_) => "SELECT COUNT(to_regclass('refinery_schema_history'))",
    };
    Ok(conn.query_int(sql, &[])? > 0)
}

/// Brings a database to the version of this program. Refuses one that is newer.
pub(crate) fn run(conn: &mut Conn) -> Result<(i64, i64), StoreError> {
    // Two servers may start on one database at the same time.
    if let Conn::Postgres(conn) = conn {
        conn.batch("SELECT pg_advisory_lock(1953063786, hashtext(current_schema()))")?;
    }
    let done = run_locked(conn);
    if let Conn::Postgres(conn) = conn {
        conn.batch("SELECT pg_advisory_unlock(1953063786, hashtext(current_schema()))")?;
    }
    done
}

fn run_locked(conn: &mut Conn) -> Result<(i64, i64), StoreError> {
    let (found, known) = (version(conn)?, known_version());
    if found > known {
        return Err(StoreError::NewerSchema { found, known });
    }
    if found < known {
        let runner = runner();
        let done = match conn {
            Conn::Sqlite(conn) => runner.run(conn),
            Conn::Postgres(conn) => runner.run(conn.client()),
        };
        done.map_err(migration_error)?;
    }
    Ok((found, known))
}

fn migration_error(error: refinery_core::Error) -> StoreError {
    StoreError::Database { detail: error.to_string() }
}

#[cfg(test)]
mod tests {
    use super::HISTORY;
    use std::path::Path;

    #[test]
    fn every_file_of_the_folder_is_in_the_history() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("migrations");
        let names = std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().file_name());
        let mut found: Vec<String> = names.map(|name| name.into_string().unwrap()).collect();
        found.sort();
        let listed: Vec<String> = HISTORY.iter().map(|(name, _)| format!("{name}.sql")).collect();
        assert_eq!(listed, found);
        assert_eq!(super::known_version(), HISTORY.len() as i64);
    }
}
