//! Opened ledgers for the tests.

use jiff::Timestamp;
use tici_domain::{Actor, Name, Role};
use tici_ops::load_operations::{LoadedOperation, load_operations};
use tici_ops::{Desk, Session};
use tici_store::pg_private::PgSchema;
use tici_store::{Location, Signer, Store};
use tici_testkit::{CountySpec, TODAY, operations};

/// Runs one story on SQLite and on PostgreSQL.
pub fn on_both(story: impl Fn(&Desk)) {
    story(&empty(&Location::Memory));
    if let Some(schema) = PgSchema::fresh() {
        story(&empty(&schema.location()));
    }
}

pub fn empty(location: &Location) -> Desk {
    let signer = Signer::from_seed("test", [7; 32]).expect("a name without blanks");
    Desk::open(Store::open(location, signer).expect("a store")).expect("a desk")
}

/// Writes the sample county.
pub fn load_county(desk: &Desk) {
    let spec = CountySpec { seed: 1, scale: 1, today: TODAY };
    let loaded = operations(&spec).map(|operation| LoadedOperation {
        at: operation.at,
        actor: operation.actor,
        op: operation.op,
        source: operation.source,
        blobs: operation.blobs.into_iter().map(|(_, bytes)| bytes).collect(),
        changes: operation.changes,
    });
    load_operations(desk, loaded).expect("an empty ledger takes the county");
}

/// A county ledger in memory.
pub fn county() -> Desk {
    let desk = empty(&Location::Memory);
    load_county(&desk);
    desk
}

/// The session of an account of the county.
pub fn as_account(desk: &Desk, login: &str) -> Session {
    let snapshot = desk.snapshot().expect("a snapshot");
    let actor = snapshot.actors.values().find(|actor| actor.login == login);
    Session::local(actor.unwrap_or_else(|| panic!("no account {login}")).clone())
}

/// A session that is in no journal, for asking what a role may do.
pub fn session(role: Role, place: Option<i64>) -> Session {
    let (login, title) = (role.code().to_owned(), Name::new(role.code()));
    Session::local(Actor { id: 900, login, title, role, place, active: true })
}

pub fn now() -> Timestamp {
    "2026-06-18T08:30:00+08:00".parse().expect("a moment")
}
