//! Connections for reading, kept ready.

use super::{Conn, PgConn, open_file};
use crate::{Location, StoreError};
use std::path::PathBuf;

/// Connections that read at the same time.
pub(crate) const READERS_MAX: u32 = 12;

/// Where connections come from: a file (durable or not) or a server.
#[derive(Clone, Debug)]
pub(crate) enum Origin {
    File { path: PathBuf, durable: bool },
    Server(String),
}

impl Origin {
    /// `memory` is where the file of an in-memory ledger is.
    pub fn of(location: &Location, memory: Option<PathBuf>) -> Origin {
        match (location, memory) {
            (Location::Postgres(url), _) => Origin::Server(url.clone()),
            (_, Some(path)) => Origin::File { path, durable: false },
            (Location::Sqlite(path), None) => Origin::File { path: path.clone(), durable: true },
            (Location::Memory, None) => unreachable!("an in-memory ledger is given its file"),
        }
    }

    pub fn connect(&self) -> Result<Conn, StoreError> {
        match self {
            Origin::File { path, durable } => open_file(path, *durable),
            Origin::Server(url) => Ok(Conn::Postgres(Box::new(PgConn::connect(url)?))),
        }
    }
}

impl r2d2::ManageConnection for Origin {
    type Connection = Conn;
    type Error = StoreError;

    fn connect(&self) -> Result<Conn, StoreError> {
        Origin::connect(self)
    }

    fn is_valid(&self, conn: &mut Conn) -> Result<(), StoreError> {
        match conn {
            Conn::Sqlite(_) => Ok(()),
            Conn::Postgres(conn) => conn.batch(""),
        }
    }

    fn has_broken(&self, conn: &mut Conn) -> bool {
        match conn {
            Conn::Sqlite(_) => false,
            Conn::Postgres(conn) => conn.is_broken(),
        }
    }
}

/// A pool that opens connections as they are asked for.
pub(crate) fn open(origin: Origin) -> r2d2::Pool<Origin> {
    r2d2::Pool::builder()
        .max_size(READERS_MAX)
        .min_idle(Some(0))
        .connection_timeout(std::time::Duration::from_secs(30))
        .build_unchecked(origin)
}
