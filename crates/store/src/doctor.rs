//! Facts about the database for whoever looks after it.

use crate::conn::Conn;
use crate::{Hash, Location, Store, StoreError, journal, migrate, tables};

/// Facts about the database.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DoctorReport {
    /// `SQLite 3.50.4` or `PostgreSQL 17.2`.
    pub engine: String,
    pub schema_version: i64,
    /// The schema version this program knows.
    pub known_version: i64,
    /// Size of the database in bytes.
    pub bytes: i64,
    pub entries: i64,
    /// Rows of each table.
    pub rows: Vec<(String, i64)>,
    /// `wal` and `full` for SQLite, `fsync` settings for PostgreSQL.
    pub durability: String,
    /// What the database's own check found; empty when all is well.
    pub complaints: Vec<String>,
    /// Name and root of the latest checkpoint.
    pub checkpoint: Option<(String, Hash)>,
}

impl Store {
    /// Looks at the database without changing it. SQLite's own integrity check reads the
    /// whole file.
    pub fn doctor(&self) -> Result<DoctorReport, StoreError> {
        let mut conn = self.reader()?;
        let (engine, bytes, durability, complaints) = match &mut *conn {
            Conn::Sqlite(_) => sqlite_facts(&mut conn)?,
            Conn::Postgres(_) => postgres_facts(&mut conn)?,
        };
        let mut rows = Vec::new();
        for spec in tables::all() {
            let count = conn.query_int(&format!("SELECT COUNT(*) FROM {}", spec.name), &[])?;
            rows.push((spec.name.to_string(), count));
        }
        let checkpoint = self.checkpoint()?;
        Ok(DoctorReport {
            engine,
            schema_version: migrate::version(&mut conn)?,
            known_version: migrate::known_version(),
            bytes,
            entries: journal::head(&mut conn)?,
            rows,
            durability,
            complaints,
            checkpoint: checkpoint.map(|note| (note.checkpoint.origin, note.checkpoint.root)),
        })
    }

    /// Where the ledger is kept, without a password.
    pub fn place(&self) -> String {
        match self.location() {
            Location::Sqlite(path) => path.display().to_string(),
            Location::Memory => "memory".into(),
            Location::Postgres(url) => match (url.find("://"), url.rfind('@')) {
                (Some(scheme), Some(at)) if scheme + 3 < at => {
                    format!("{}…{}", &url[..scheme + 3], &url[at..])
                }
                _ => "postgres".into(),
            },
        }
    }
}

type Facts = (String, i64, String, Vec<String>);

fn sqlite_facts(conn: &mut Conn) -> Result<Facts, StoreError> {
    let version = first_text(conn, "SELECT sqlite_version()")?;
    let pages = conn.query_int("PRAGMA page_count", &[])?;
    let page_bytes = conn.query_int("PRAGMA page_size", &[])?;
    let mode = first_text(conn, "PRAGMA journal_mode")?;
    let synchronous = match conn.query_int("PRAGMA synchronous", &[])? {
        0 => "off",
        1 => "normal",
        2 => "full",
        _ => "extra",
    };
    let found =
        conn.query_vec("PRAGMA integrity_check", &[], |row| Ok(row.text(0)?.to_string()))?;
    let complaints = found.into_iter().filter(|line| line != "ok").collect();
    let durability = format!("journal_mode {mode}, synchronous {synchronous}");
    Ok((format!("SQLite {version}"), pages * page_bytes, durability, complaints))
}

fn postgres_facts(conn: &mut Conn) -> Result<Facts, StoreError> {
    let version = first_text(conn, "SELECT current_setting('server_version')")?;
    let bytes = conn.query_int("SELECT pg_database_size(current_database())", &[])?;
    let durability = first_text(
        conn,
        "SELECT 'fsync ' || current_setting('fsync') || ', synchronous_commit ' \
         || current_setting('synchronous_commit')",
    )?;
    let mut complaints = Vec::new();
    if first_text(conn, "SELECT current_setting('server_encoding')")? != "UTF8" {
        complaints.push("the database is not in UTF-8".into());
    }
    Ok((format!("PostgreSQL {version}"), bytes, durability, complaints))
}

fn first_text(conn: &mut Conn, sql: &str) -> Result<String, StoreError> {
    let text = conn.query_one(sql, &[], |row| Ok(row.text(0)?.to_string()))?;
    Ok(text.unwrap_or_default())
}
