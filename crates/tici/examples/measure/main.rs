//! Measures what docs/performance.md tells, and prints it as Markdown tables:
//!
//! ```sh
//! cargo run --release -p tici --example measure
//! cargo run --release -p tici --example measure -- --scales 1 --only pages,start
//! ```
//!
//! Every figure comes from the released binary, run as people run it. With `--postgres` an
//! address of a server on which databases may be made, everything is measured there too.

mod http;
mod import;
mod journal;
mod machine;
mod pages;
mod served;
mod sizes;

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use clap::Parser;

/// The last day of the sample county: with it every measurement is of the same pages.
const TODAY: &str = "2026-06-18";

#[derive(Parser, Debug)]
struct Args {
    /// Times the county's 148 projects
    #[arg(long, default_value = "1,34,338", value_delimiter = ',')]
    scales: Vec<u32>,
    /// import, pages, start, journal, sizes
    #[arg(long, default_value = "import,pages,start,journal,sizes", value_delimiter = ',')]
    only: Vec<String>,
    /// Server to measure on beside SQLite, such as postgres://postgres@127.0.0.1:5433/postgres
    #[arg(long)]
    postgres: Option<String>,
    /// A Python with pandas and openpyxl, to compare reading a workbook with
    #[arg(long)]
    python: Option<PathBuf>,
    /// Also build everything from nothing, in a temporary folder
    #[arg(long)]
    build: bool,
    /// A binary built before; otherwise it is built now
    #[arg(long)]
    tici: Option<PathBuf>,
    /// Keep the ledgers here, and use those already here
    #[arg(long)]
    keep: Option<PathBuf>,
}

/// A group of figures: its name in `--only`, and what measures it.
type Part = (&'static str, fn(&Bench));

/// What every measurement is given.
struct Bench {
    args: Args,
    tici: PathBuf,
    folder: PathBuf,
}

/// Where a ledger is kept.
#[derive(Clone, Debug)]
struct Ledger {
    /// Folder of its key and, on SQLite, of all of it.
    data: PathBuf,
    database: Option<String>,
}

impl Ledger {
    fn name(&self) -> &'static str {
        if self.database.is_some() { "PostgreSQL" } else { "SQLite" }
    }
}

fn main() {
    let args = Args::parse();
    let temporary = tempfile::tempdir().expect("a temporary folder");
    let folder = args.keep.clone().unwrap_or_else(|| temporary.path().to_owned());
    std::fs::create_dir_all(&folder).expect("a folder for the ledgers");
    let tici = args.tici.clone().unwrap_or_else(build_tici);
    let bench = Bench { tici, args, folder };
    println!("{}\n", machine::describe());
    let parts: [Part; 5] = [
        ("import", import::measure),
        ("pages", pages::measure),
        ("start", served::measure_start),
        ("journal", journal::measure),
        ("sizes", sizes::measure),
    ];
    for (name, measure) in parts {
        if bench.args.only.iter().any(|wanted| wanted == name) {
            measure(&bench);
            println!();
        }
    }
}

/// Builds the binary, since an example is built without it.
fn build_tici() -> PathBuf {
    let built = Command::new(env!("CARGO"))
        .args(["build", "--quiet", "--release", "--package", "tici", "--bin", "tici"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .status();
    assert!(built.is_ok_and(|status| status.success()), "the binary is built");
    let here = std::env::current_exe().expect("the path of this program");
    here.parent().and_then(Path::parent).expect("target/release/examples").join("tici")
}

impl Bench {
    /// The binary with a ledger's options and the county's day.
    fn tici(&self, ledger: &Ledger) -> Command {
        let mut command = Command::new(&self.tici);
        command.env_clear().env("LANG", "en").arg("--data").arg(&ledger.data);
        command.args(["--today", TODAY]);
        if let Some(url) = &ledger.database {
            command.args(["--database", url]);
        }
        command.stdin(Stdio::null()).stdout(Stdio::null());
        command
    }

    /// An empty ledger on each database that is measured.
    fn fresh(&self, name: &str) -> Vec<Ledger> {
        let place = |kind| {
            let data = self.folder.join(format!("{name}-{kind}"));
            let _ = std::fs::remove_dir_all(&data);
            std::fs::create_dir_all(&data).expect("a folder for a ledger");
            data
        };
        let mut ledgers = vec![Ledger { data: place("sqlite"), database: None }];
        if let Some(server) = &self.args.postgres {
            let database = name.replace('-', "_");
            psql(server, &format!("DROP DATABASE IF EXISTS {database}"));
            psql(server, &format!("CREATE DATABASE {database}"));
            ledgers.push(Ledger { data: place("postgres"), database: Some(of(server, &database)) });
        }
        ledgers
    }

    /// The county `scale` times over on each database, made where it is not kept already.
    fn counties(&self, scale: u32) -> Vec<Ledger> {
        let name = format!("county-{scale}");
        let done = self.folder.join(format!("{name}.done"));
        if !done.exists() {
            for ledger in self.fresh(&name) {
                let mut command = self.tici(&ledger);
                command.args(["demo", "--no-serve", "--scale", &scale.to_string(), "--keep"]);
                let (time, _) = timed(command.arg(&ledger.data));
                eprintln!("made {name} on {} in {}", ledger.name(), seconds(time));
            }
            std::fs::write(&done, "").expect("a note that the ledger is complete");
        }
        let data = self.folder.join(format!("{name}-sqlite"));
        let mut ledgers = vec![Ledger { data, database: None }];
        if let Some(server) = &self.args.postgres {
            let data = self.folder.join(format!("{name}-postgres"));
            let database = Some(of(server, &name.replace('-', "_")));
            ledgers.push(Ledger { data, database });
        }
        ledgers
    }
}

/// Projects of the county `scale` times over.
fn projects(scale: u32) -> String {
    let digits = (scale * 148).to_string();
    match digits.len() {
        4.. => format!("{},{}", &digits[..digits.len() - 3], &digits[digits.len() - 3..]),
        _ => digits,
    }
}

/// The address of another database on a server.
fn of(server: &str, database: &str) -> String {
    let end = server.rfind('/').unwrap_or(server.len());
    format!("{}/{database}", &server[..end])
}

fn psql(server: &str, sql: &str) {
    let ran = Command::new("psql").args(["--quiet", "--dbname", server, "--command", sql]).status();
    assert!(ran.is_ok_and(|status| status.success()), "psql: {sql}");
}

/// How long a command ran, and its largest resident memory in KiB. It must succeed.
fn timed(command: &mut Command) -> (Duration, u64) {
    let started = Instant::now();
    let mut child = command.spawn().expect("the binary runs");
    let mut peak = 0;
    let status = loop {
        peak = peak.max(machine::status_kib(child.id(), "VmHWM"));
        if let Some(status) = child.try_wait().expect("a child of ours") {
            break status;
        }
        std::thread::sleep(Duration::from_millis(5));
    };
    assert!(status.success(), "{command:?}: {status}");
    (started.elapsed(), peak)
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times[times.len() / 2]
}

fn seconds(time: Duration) -> String {
    format!("{:.2} s", time.as_secs_f64())
}

fn millis(time: Duration) -> String {
    format!("{:.1} ms", time.as_secs_f64() * 1e3)
}
