//! Measures what a month asks again and again: lights, league, totals and board, cold and
//! warm, and the same looked back to.
//!
//! ```sh
//! cargo run --release -p tici-ops --example month_speed -- FOLDER…
//! ```
//!
//! Each folder holds a ledger on SQLite, such as `tici demo --no-serve --scale 34 --keep
//! FOLDER` leaves. It is copied first, since it may have to be migrated. Cold is a lens that
//! nobody has looked through yet, on a snapshot in memory; warm is the same again. Beside
//! the time on the clock stands that of all processors, which says more on a busy machine.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use jiff::ToSpan;
use jiff::civil::{Date, date};
use jiff::tz::{TimeZone, offset};
use tici_domain::{Actor, Name, Role};
use tici_ops::as_of::AsOf;
use tici_ops::keep_pairs::view_pairs;
use tici_ops::read_totals::{TotalsAsk, read_totals};
use tici_ops::view_board::{BoardQuery, view_board};
use tici_ops::view_cockpit::view_cockpit;
use tici_ops::view_league::{LeagueQuery, view_league};
use tici_ops::view_ledger::LedgerQuery;
use tici_ops::view_lights::{LightsQuery, view_lights, yesterday};
use tici_ops::{Desk, Session};
use tici_store::{Location, Signer, Store};

/// The day of the sample county.
const TODAY: Date = date(2026, 6, 18);

/// How often each is measured; the median is told.
const TIMES: usize = 5;

/// What is measured: its name, and one call on a day.
type Part = (&'static str, fn(&Desk, &Session, Date));

const PARTS: [Part; 8] = [
    ("facts and lights", |desk, session, today| {
        let page = lights(desk, session, today, LightsQuery::default());
        assert!(page > 0, "a ledger with projects");
    }),
    ("lights, 12 months", |desk, session, today| {
        lights(desk, session, today, LightsQuery { history: 12, ..LightsQuery::default() });
    }),
    ("lights, 36 months", |desk, session, today| {
        lights(desk, session, today, LightsQuery { history: 36, ..LightsQuery::default() });
    }),
    ("league", |desk, session, today| {
        view_league(desk, session, LeagueQuery::default(), today).expect("a league");
    }),
    ("totals", |desk, session, today| {
        let (query, ask) = (LedgerQuery::default(), TotalsAsk::default());
        read_totals(desk, session, &query, &ask, today).expect("totals");
    }),
    ("board", |desk, session, today| {
        view_board(desk, session, &BoardQuery::default(), today).expect("a board");
    }),
    ("pairs", |desk, session, today| {
        view_pairs(desk, session, today).expect("pairs");
    }),
    ("cockpit", |desk, session, today| {
        view_cockpit(desk, session, Default::default(), today).expect("a cockpit");
    }),
];

fn lights(desk: &Desk, session: &Session, today: Date, asked: LightsQuery) -> usize {
    let query = LedgerQuery::default();
    view_lights(desk, session, &query, asked, today).expect("lights").rows.len()
}

fn main() {
    let folders: Vec<PathBuf> = std::env::args().skip(1).map(PathBuf::from).collect();
    assert!(!folders.is_empty(), "name the folders of ledgers");
    println!("load average {}", std::fs::read_to_string("/proc/loadavg").unwrap_or_default());
    folders.iter().for_each(|folder| measure(folder));
}

fn measure(folder: &Path) {
    let copy = tempfile::tempdir().expect("a temporary folder");
    for name in ["tici.sqlite", "tici.key", "tici.snapshot"] {
        let _ = std::fs::copy(folder.join(name), copy.path().join(name));
    }
    let location = Location::Sqlite(copy.path().join("tici.sqlite"));
    Store::migrate(&location).expect("a ledger");
    let signer = Signer::from_seed("measure", [7; 32]).expect("a name without blanks");
    let (desk, opened) = timed(|| {
        let store = Store::open(&location, signer).expect("a store");
        Desk::open_beside(store, copy.path()).expect("a desk")
    });
    let snapshot = desk.snapshot().expect("a snapshot");
    let (projects, entries) = (snapshot.projects.iter().count(), snapshot.seq);
    println!("\n{projects} projects, {entries} entries; opened in {}", ms(opened.0));
    println!("| | cold | processors | warm |\n|---|--:|--:|--:|");
    let session = Session::local(Actor {
        id: 1,
        login: "measure".into(),
        title: Name::new("measure"),
        role: Role::ProjectOffice,
        place: None,
        active: true,
    });
    for (name, call) in PARTS {
        let again = || timed(|| call(&desk, &session, TODAY)).1;
        let cold = median(|| {
            desk.forget();
            again()
        });
        let warm = median(again);
        println!("| {name} | {} | {} | {} |", ms(cold.0), ms(cold.1), ms(warm.0));
    }
    look_back(&desk, &session, entries);
}

/// The lights as they were known two years ago, or halfway where the ledger is younger; and
/// what changed since yesterday.
fn look_back(desk: &Desk, session: &Session, entries: i64) {
    let then = TODAY - 2.years();
    let moment = then.to_datetime(jiff::civil::time(23, 59, 59, 0));
    let moment = TimeZone::fixed(offset(8)).to_timestamp(moment).expect("a moment");
    let moment = AsOf::At(moment, then);
    let known = moment.entries(desk).expect("a count");
    let (known, day) = if known > 0 { (known, then) } else { (entries / 2, TODAY) };
    let then = desk.looking_back(known);
    let past = || lights(&then, session, day, LightsQuery::default());
    desk.forget();
    let (projects, cold) = timed(past);
    let (_, warm) = timed(past);
    let name = format!("lights as of {day}, {known} entries, {projects} projects");
    println!("| {name} | {} | {} | {} |", ms(cold.0), ms(cold.1), ms(warm.0));
    let since = || {
        let since = Some(yesterday(desk, TODAY).expect("a moment"));
        lights(desk, session, TODAY, LightsQuery { since, ..LightsQuery::default() });
    };
    desk.forget();
    let (_, cold) = timed(since);
    let (_, warm) = timed(since);
    println!("| changed since yesterday | {} | {} | {} |", ms(cold.0), ms(cold.1), ms(warm.0));
}

/// Time on the clock, and of all processors together.
type Times = (Duration, Duration);

fn timed<R>(call: impl FnOnce() -> R) -> (R, Times) {
    let (busy, began) = (busy(), Instant::now());
    let result = call();
    (result, (began.elapsed(), self::busy() - busy))
}

/// What all threads of this process have computed so far, in the system's steps of 10 ms.
fn busy() -> Duration {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields = stat.rsplit_once(')').map_or("", |(_, rest)| rest);
    let ticks = fields.split_whitespace().skip(11).take(2);
    let ticks: u64 = ticks.filter_map(|field| field.parse::<u64>().ok()).sum();
    Duration::from_millis(ticks * 10)
}

fn median(mut call: impl FnMut() -> Times) -> Times {
    let mut times: Vec<Times> = (0..TIMES).map(|_| call()).collect();
    times.sort();
    times[TIMES / 2]
}

fn ms(time: Duration) -> String {
    format!("{:.1} ms", time.as_secs_f64() * 1e3)
}
