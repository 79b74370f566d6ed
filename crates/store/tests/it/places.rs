//! The databases every test runs on.

use tici_store::pg_private::PgSchema;
use tici_store::{Location, Signer, Store};

/// A place for a ledger, gone with this value.
pub struct Site {
    pub name: &'static str,
    pub location: Location,
    _folder: Option<tempfile::TempDir>,
    _schema: Option<PgSchema>,
}

/// A file of its own.
pub fn sqlite() -> Site {
    let folder = tempfile::tempdir().unwrap();
    let location = Location::Sqlite(folder.path().join("ledger.sqlite"));
    Site { name: "sqlite", location, _folder: Some(folder), _schema: None }
}

/// A schema of its own; `None`, said aloud, without PostgreSQL.
pub fn postgres() -> Option<Site> {
    let schema = PgSchema::fresh()?;
    let location = schema.location();
    Some(Site { name: "postgres", location, _folder: None, _schema: Some(schema) })
}

/// Runs one story on every database there is.
pub fn on_each(story: impl Fn(&Site)) {
    story(&sqlite());
    if let Some(site) = postgres() {
        story(&site);
    }
}

/// The same key in every test.
pub fn signer() -> Signer {
    Signer::from_seed("ledger.example.org", [7; 32]).unwrap()
}

pub fn open(site: &Site) -> Store {
    Store::open(&site.location, signer()).unwrap()
}

/// A connection past the store, for those who alter the ledger by hand.
pub enum Raw {
    Sqlite(rusqlite::Connection),
    Postgres(Box<postgres::Client>),
}

impl Raw {
    pub fn connect(location: &Location) -> Raw {
        match location {
            Location::Sqlite(path) => Raw::Sqlite(rusqlite::Connection::open(path).unwrap()),
            Location::Postgres(url) => {
                Raw::Postgres(Box::new(postgres::Client::connect(url, postgres::NoTls).unwrap()))
            }
            Location::Memory => panic!("nobody alters a ledger in memory"),
        }
    }

    pub fn run(&mut self, sql: &str) {
        match self {
            Raw::Sqlite(conn) => conn.execute_batch(sql).unwrap(),
            Raw::Postgres(client) => client.batch_execute(sql).unwrap(),
        }
    }

    /// Bytes as a literal.
    pub fn bytes(&self, hex: &str) -> String {
        match self {
            Raw::Sqlite(_) => format!("x'{hex}'"),
            Raw::Postgres(_) => format!("'\\x{hex}'::bytea"),
        }
    }
}

/// Makes a test of each story on SQLite, and one test of all of them on PostgreSQL: a
/// server takes longer to start than any story to tell.
macro_rules! stories {
    ($($story:ident),* $(,)?) => {
        mod on_sqlite {
            $(#[test]
            fn $story() {
                super::$story(&crate::places::sqlite());
            })*
        }

        #[test]
        fn on_postgres() {
            $(if let Some(site) = crate::places::postgres() {
                eprintln!("on PostgreSQL: {}", stringify!($story));
                $story(&site);
            })*
        }
    };
}
pub(crate) use stories;
