//! The schema and its history. Migrations only go forward; each is one transaction.

use crate::StoreError;
use crate::conn::Conn;

mod history {
    refinery::embed_migrations!("migrations");
}

/// The schema version this program was built with.
pub(crate) fn known_version() -> i64 {
    let migrations = history::migrations::runner();
    migrations.get_migrations().iter().map(|step| i64::from(step.version())).max().unwrap_or(0)
}

/// The schema version of a database; 0 when it is empty.
pub(crate) fn version(conn: &mut Conn) -> Result<i64, StoreError> {
    if !has_history(conn)? {
        return Ok(0);
    }
    let runner = history::migrations::runner();
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
        let runner = history::migrations::runner();
        let done = match conn {
            Conn::Sqlite(conn) => runner.run(conn),
            Conn::Postgres(conn) => runner.run(conn.client()),
        };
        done.map_err(migration_error)?;
    }
    Ok((found, known))
}

fn migration_error(error: refinery::Error) -> StoreError {
    StoreError::Database { detail: error.to_string() }
}
