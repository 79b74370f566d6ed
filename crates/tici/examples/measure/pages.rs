//! Latency of the pages people look at all day.

use crate::http::{load, sign_in};
use crate::served::Served;
use crate::{Bench, machine, millis, projects};

/// Requests of one connection, and of all of many.
const ALONE: usize = 400;
const TOGETHER: usize = 2_000;
const CONNECTIONS: usize = 64;

/// A kind of page: its name, and the address of the n-th request.
type PageKind = (&'static str, fn(usize, u32) -> String);

const PAGES: [PageKind; 4] = [
    ("ledger", |_, _| "/projects".into()),
    ("ledger, filtered and sorted", |number, _| {
        let page = number % 5;
        format!("/projects?tier=all&light=red&sort=done_of_plan&page={page}")
    }),
    ("project", |number, scale| {
        let id = 1 + (number as u64 * 7_919) % (u64::from(scale) * 148);
        format!("/projects/{id}")
    }),
    ("first page", |_, _| "/".into()),
];

pub fn measure(bench: &Bench) {
    println!(
        "| database | projects | page | p50, 1 connection | p99 | p50, {CONNECTIONS} connections \
         | p99 | answers a second | load |"
    );
    println!("|---|--:|---|--:|--:|--:|--:|--:|--:|");
    for &scale in &bench.args.scales {
        for ledger in bench.counties(scale) {
            let served = Served::start(bench, &ledger);
            let cookies = sign_in(served.address);
            for (name, path) in PAGES {
                let path = move |number| path(number, scale);
                load(served.address, &cookies, &path, 1, 20);
                let alone = load(served.address, &cookies, &path, 1, ALONE);
                let together = load(served.address, &cookies, &path, CONNECTIONS, TOGETHER);
                println!(
                    "| {} | {} | {name} | {} | {} | {} | {} | {:.0} | {} |",
                    ledger.name(),
                    projects(scale),
                    millis(alone.percentile(50)),
                    millis(alone.percentile(99)),
                    millis(together.percentile(50)),
                    millis(together.percentile(99)),
                    together.per_second,
                    machine::load()
                );
            }
            println!(
                "| {} | {} | memory after these | {:.0} MiB | | | | | |",
                ledger.name(),
                projects(scale),
                served.memory()
            );
        }
    }
}
