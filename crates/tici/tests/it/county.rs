//! The sample county, made once for the whole binary, and copies of it to write in.

use std::net::SocketAddr;
use std::path::Path;
use std::sync::{Arc, OnceLock};

use jiff::Timestamp;
use tempfile::TempDir;
use tici_ops::accounts::hash_password;
use tici_ops::load_operations::{LoadedOperation, load_operations};
use tici_ops::{Desk, Session};
use tici_store::{Location, Signer, Store};
use tici_testkit::{CountySpec, operations, sample_accounts};
use tici_web::{AppState, Config};
use tokio::runtime::Runtime;

/// The county's day, at half past eight in the morning.
pub fn now() -> Timestamp {
    "2026-06-18T08:30:00+08:00".parse().expect("a moment")
}

/// What runs the servers and the browsers of this binary. It lives as long as the process.
pub fn runtime() -> &'static Runtime {
    static RUNTIME: OnceLock<Runtime> = OnceLock::new();
    RUNTIME.get_or_init(|| {
        let mut builder = tokio::runtime::Builder::new_multi_thread();
        builder.worker_threads(2).enable_all().build().expect("threads")
    })
}

/// A ledger and where it is served.
pub struct Served {
    pub desk: Arc<Desk>,
    pub address: SocketAddr,
    /// The folder of a copy; gone when its test ends.
    _folder: Option<TempDir>,
}

impl Served {
    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// The session of an account, as the command line has it.
    pub fn session(&self, login: &str) -> Session {
        let snapshot = self.desk.snapshot().expect("a snapshot");
        let actor = snapshot.actors.values().find(|actor| actor.login == login);
        Session::local(actor.unwrap_or_else(|| panic!("no account {login}")).clone())
    }

    /// The number of the project with this code, as addresses name it.
    pub fn project(&self, code: &str) -> i64 {
        let snapshot = self.desk.snapshot().expect("a snapshot");
        let found = snapshot.projects.iter().find(|entry| entry.project.code == code);
        found.unwrap_or_else(|| panic!("no project {code}")).project.id
    }
}

/// The county that nobody writes in.
pub fn shared() -> &'static Served {
    static SHARED: OnceLock<Served> = OnceLock::new();
    SHARED.get_or_init(|| serve(Arc::new(made()), None))
}

/// A county of one's own.
pub fn own() -> Served {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("tici.sqlite");
    shared().desk.store.backup(&file).expect("a copy");
    serve(Arc::new(opened(&file)), Some(folder))
}

fn opened(file: &Path) -> Desk {
    let store = Store::open(&Location::Sqlite(file.into()), signer()).expect("a store");
    Desk::open(store).expect("a desk")
}

fn signer() -> Signer {
    Signer::from_seed("test", [7; 32]).expect("a name without blanks")
}

fn made() -> Desk {
    let store = Store::open(&Location::Memory, signer()).expect("a store");
    let desk = Desk::open(store).expect("a desk");
    let spec = CountySpec::default();
    let loaded = operations(&spec).map(|operation| LoadedOperation {
        at: operation.at,
        actor: operation.actor,
        op: operation.op,
        source: operation.source,
        blobs: operation.blobs.into_iter().map(|(_, bytes)| bytes).collect(),
        changes: operation.changes,
    });
    load_operations(&desk, loaded).expect("an empty ledger takes the county");
    // Hashing is slow on purpose; one account with a password is enough.
    let accounts = sample_accounts();
    let jingkai = accounts.iter().find(|account| account.login == "jingkai").expect("a reporter");
    let hash = hash_password(&jingkai.password).expect("a hash");
    desk.store.set_credential(jingkai.actor, &hash, now()).expect("a password");
    desk
}

fn serve(desk: Arc<Desk>, folder: Option<TempDir>) -> Served {
    let state = AppState::new(desk.clone(), Arc::new(now), Config::default());
    let bind = tokio::net::TcpListener::bind(("127.0.0.1", 0));
    let listener = runtime().block_on(bind).expect("a free port");
    let address = listener.local_addr().expect("its address");
    runtime().spawn(tici_web::serve(listener, tici_web::router(state), std::future::pending()));
    Served { desk, address, _folder: folder }
}
