//! A PostgreSQL of the tests' own: made in a temporary folder, gone with the process.
//!
//! One server serves all tests of a process; each test has a schema of its own. The server
//! is watched by a small shell that waits for our end of a pipe to close, so it stops and
//! removes its folder even when the tests are killed.

use crate::conn::PgConn;
use crate::{Location, StoreError};
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};

/// An empty schema on a server, dropped with this value.
pub struct PgSchema {
    server: String,
    name: String,
}

impl PgSchema {
    /// Makes a schema on the server that `TICI_TEST_DATABASE_URL` names, or on a private
    /// one. `None`, said aloud, when no PostgreSQL is installed.
    ///
    /// # Panics
    /// When none is installed although `TICI_TEST_REQUIRE_ALL=1` asks for it, and when the
    /// server cannot be used.
    pub fn fresh() -> Option<PgSchema> {
        let server = match std::env::var("TICI_TEST_DATABASE_URL") {
            Ok(url) => url,
            Err(_) => PrivatePostgres::shared()?.url.clone(),
        };
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let name = format!("tici_test_{}_{number}", std::process::id());
        let schema = PgSchema { server, name };
        schema.on_server(&format!("CREATE SCHEMA {}", schema.name)).expect("a fresh schema");
        Some(schema)
    }

    /// Where a ledger in this schema is.
    pub fn location(&self) -> Location {
        let join = if self.server.contains('?') { '&' } else { '?' };
        let option = format!("options=-c%20search_path%3D{}", self.name);
        Location::Postgres(format!("{}{join}{option}", self.server))
    }

    fn on_server(&self, sql: &str) -> Result<(), StoreError> {
        PgConn::connect(&self.server)?.batch(sql)
    }
}

impl Drop for PgSchema {
    fn drop(&mut self) {
        if let Err(error) = self.on_server(&format!("DROP SCHEMA {} CASCADE", self.name)) {
            eprintln!("schema {} is left behind: {error}", self.name);
        }
    }
}

/// A running server.
pub struct PrivatePostgres {
    /// A superuser's connection to the database `postgres`.
    pub url: String,
    /// While it is open, the server runs.
    alive: Option<ChildStdin>,
    watcher: Child,
}

impl PrivatePostgres {
    /// The server of this process, started by the first who asks.
    pub fn shared() -> Option<&'static PrivatePostgres> {
        static SERVER: OnceLock<Option<PrivatePostgres>> = OnceLock::new();
        SERVER.get_or_init(PrivatePostgres::start).as_ref()
    }

    /// Starts a server, or says aloud why not.
    ///
    /// # Panics
    /// When PostgreSQL is installed but does not start, and when it is not installed
    /// although `TICI_TEST_REQUIRE_ALL=1` asks for it.
    pub fn start() -> Option<PrivatePostgres> {
        let Some(programs) = find_programs() else {
            let required = std::env::var("TICI_TEST_REQUIRE_ALL").is_ok_and(|value| value == "1");
            assert!(!required, "PostgreSQL not found, and TICI_TEST_REQUIRE_ALL is set");
            eprintln!("skipped: PostgreSQL not found");
            return None;
        };
        Some(launch(&programs))
    }
}

impl Drop for PrivatePostgres {
    fn drop(&mut self) {
        self.alive = None;
        // Waits until the server has stopped and its folder is gone; nobody is left to tell
        // if that fails.
        let _ = self.watcher.wait();
    }
}

/// The folder with `initdb` and `postgres`, newest version first.
fn find_programs() -> Option<PathBuf> {
    let mut versions: Vec<(u32, PathBuf)> = std::fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .flatten()
        .filter_map(|entry| {
            let version = entry.file_name().to_str()?.parse().ok()?;
            Some((version, entry.path().join("bin")))
        })
        .collect();
    versions.sort();
    let installed = versions.into_iter().rev().map(|(_, folder)| folder);
    let path = std::env::var_os("PATH").unwrap_or_default();
    installed
        .chain(std::env::split_paths(&path))
        .find(|folder| folder.join("initdb").is_file() && folder.join("postgres").is_file())
}

/// Makes a cluster, starts it, tells us where it is, and waits for the pipe to close.
/// `$1` is the folder of the programs, `$2` the port.
const WATCHER: &str = r#"
set -e
home=$(mktemp -d /tmp/ticipg.XXXXXX)
trap 'rm -rf "$home"' EXIT
"$1/initdb" -D "$home/data" -U tici -A trust -E UTF8 --no-locale --no-sync \
    >"$home/initdb.log" 2>&1 || { cat "$home/initdb.log"; exit 1; }
"$1/postgres" -D "$home/data" -k "$home" -h 127.0.0.1 -p "$2" -c fsync=off \
    -c full_page_writes=off -c synchronous_commit=off -c max_connections=200 \
    >"$home/server.log" 2>&1 </dev/null &
server=$!
trap 'kill -INT $server 2>/dev/null; wait $server; rm -rf "$home"' EXIT
trap 'exit 0' TERM HUP INT
echo "$home"
read -r _ || true
"#;

fn launch(programs: &Path) -> PrivatePostgres {
    let port = free_port();
    let mut command = as_ordinary_user();
    let mut watcher = command
        .args(["sh", "-c", WATCHER, "sh"])
        .arg(programs)
        .arg(port.to_string())
        .current_dir("/")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        // The watcher outlives the tests by a moment and must not hold on to their output.
        .stderr(Stdio::null())
        .spawn()
        .expect("a shell to watch the server");
    let alive = watcher.stdin.take();
    let mut answer = BufReader::new(watcher.stdout.take().expect("stdout is piped"));
    let mut home = String::new();
    answer.read_line(&mut home).expect("the watcher's answer");
    if !home.starts_with("/tmp/") {
        // What stands there instead of a folder is what `initdb` complains of.
        answer.read_to_string(&mut home).expect("the rest of the answer");
        panic!("PostgreSQL did not start: {home}");
    }
    let url = format!("postgres://tici@127.0.0.1:{port}/postgres");
    wait_until_ready(&url);
    PrivatePostgres { url, alive, watcher }
}

/// The server refuses to run as root.
fn as_ordinary_user() -> Command {
    let is_root = {
        use std::os::unix::fs::MetadataExt;
        std::fs::metadata("/proc/self").is_ok_and(|process| process.uid() == 0)
    };
    if is_root {
        let mut command = Command::new("runuser");
        command.args(["-u", "postgres", "--"]);
        return command;
    }
    Command::new("env")
}

fn free_port() -> u16 {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a free port");
    listener.local_addr().expect("the port that was bound").port()
}

fn wait_until_ready(url: &str) {
    for _ in 0..200 {
        if PgConn::connect(url).is_ok() {
            return;
        }
        std::thread::sleep(std::time::Duration::from_millis(50));
    }
    panic!("PostgreSQL did not answer within ten seconds");
}
