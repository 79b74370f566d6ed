//! Verifying the journal, and making snapshots from tables, from an entry, from the past.

use std::time::{Duration, Instant};

use jiff::Timestamp;
use tici_domain::{Change, change::Setting};
use tici_ops::Desk;
use tici_store::{Location, NewEntry, Signer, Store};

use crate::{Bench, Ledger, machine, median, millis, projects, seconds, timed};

const RUNS: usize = 3;

pub fn measure(bench: &Bench) {
    println!(
        "| database | projects | `tici verify` | snapshot from tables | advanced by an entry \
         | as of the middle | as of the last but one | load |"
    );
    println!("|---|--:|--:|--:|--:|--:|--:|--:|");
    for &scale in &bench.args.scales {
        for ledger in bench.counties(scale) {
            let (verify, _) = timed(bench.tici(&ledger).arg("verify"));
            let store = open(&ledger);
            let loads = (0..RUNS).map(|_| time(|| drop(desk(&store)))).collect();
            let desk = desk(&store);
            let advances = (0..RUNS).map(|run| advance(&desk, run)).collect();
            let head = desk.snapshot().expect("a snapshot").seq;
            let past = |seq| time(|| drop(desk.snapshot_as_of(seq).expect("an earlier snapshot")));
            let (middle, last) = (past(head / 2), past(head - 1));
            println!(
                "| {} | {} | {} | {} | {} | {} | {} | {} |",
                ledger.name(),
                projects(scale),
                seconds(verify),
                seconds(median(loads)),
                millis(median(advances)),
                seconds(middle),
                seconds(last),
                machine::load()
            );
        }
    }
}

fn open(ledger: &Ledger) -> Store {
    let signer = Signer::load_or_create(&ledger.data.join("tici.key"), "tici");
    let location = match &ledger.database {
        Some(url) => Location::Postgres(url.clone()),
        None => Location::Sqlite(ledger.data.join("tici.sqlite")),
    };
    Store::open(&location, signer.expect("the ledger's key")).expect("the ledger opens")
}

fn desk(store: &Store) -> Desk {
    Desk::open(store.clone()).expect("a snapshot from the tables")
}

/// Writes one entry behind the desk's back, and times how long the desk needs to follow.
fn advance(desk: &Desk, run: usize) -> Duration {
    let setting = Setting { key: "measure.run".into(), value: run.to_string() };
    let entry = NewEntry {
        at: Timestamp::now(),
        actor: 0,
        op: "measure".into(),
        source: None,
        changes: vec![Change::Setting(setting)],
    };
    desk.store.begin().and_then(|tx| tx.commit(entry)).expect("an entry is written");
    time(|| drop(desk.snapshot().expect("a newer snapshot")))
}

fn time(work: impl FnOnce()) -> Duration {
    let started = Instant::now();
    work();
    started.elapsed()
}
