//! A server of the released binary, and how fast it starts.

use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

use crate::http::{Client, sign_in};
use crate::{Bench, Ledger, machine, median, projects, seconds};

const STARTS: usize = 5;

/// A running server; stopped when dropped.
pub struct Served {
    child: Child,
    pub address: SocketAddr,
    /// From starting the process to the first answer.
    pub started: Duration,
}

impl Served {
    pub fn start(bench: &Bench, ledger: &Ledger) -> Served {
        let started = Instant::now();
        let mut command = bench.tici(ledger);
        command.args(["serve", "--listen", "127.0.0.1:0"]).stderr(Stdio::piped());
        let mut child = command.spawn().expect("the server starts");
        let mut lines = BufReader::new(child.stderr.take().expect("a pipe")).lines();
        let address = lines
            .by_ref()
            .map_while(Result::ok)
            .find_map(|line| line.split("http://").nth(1)?.trim().parse().ok())
            .expect("the server says its address");
        // Read to the end, so that the server never waits for its log to be read.
        std::thread::spawn(move || lines.for_each(drop));
        let answer = Client::connect(address).expect("the server listens").get("/sign-in");
        assert_eq!(answer.status, 200);
        Served { child, address, started: started.elapsed() }
    }

    /// Resident memory in MiB.
    pub fn memory(&self) -> f64 {
        machine::status_kib(self.child.id(), "VmRSS") as f64 / 1024.0
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Start-up until the first answer, then the first ledger page, then memory.
pub fn measure_start(bench: &Bench) {
    println!("| database | projects | first answer | first ledger page | memory | load |");
    println!("|---|--:|--:|--:|--:|--:|");
    for &scale in &bench.args.scales {
        for ledger in bench.counties(scale) {
            let (mut starts, mut pages, mut memory) = (Vec::new(), Vec::new(), Vec::new());
            for _ in 0..STARTS {
                let served = Served::start(bench, &ledger);
                starts.push(served.started);
                memory.push(served.memory());
                let mut client = Client::connect(served.address).expect("the server listens");
                client.cookies = sign_in(served.address);
                let asked = Instant::now();
                assert_eq!(client.get("/projects").status, 200);
                pages.push(asked.elapsed());
            }
            memory.sort_by(f64::total_cmp);
            println!(
                "| {} | {} | {} | {} | {:.0} MiB | {} |",
                ledger.name(),
                projects(scale),
                seconds(median(starts)),
                seconds(median(pages)),
                memory[STARTS / 2],
                machine::load()
            );
        }
    }
}
