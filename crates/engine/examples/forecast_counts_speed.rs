//! How long counts and the year's fan take: `cargo run --release -p tici-engine --example
//! forecast_counts_speed`. Medians of five.

use std::time::{Duration, Instant};

use tici_engine::forecast::counts;
use tici_engine::forecast::fan::{Draws, Part, Shocks, fan};

fn main() {
    for n in [5_000, 50_000] {
        let p: Vec<f64> = (0..n).map(spread).collect();
        let took = median(|| counts::independent(&p).0.mean);
        println!("count of {n} independent projects: {took:?}");
    }
    let p: Vec<f64> = (0..5_000).map(spread).collect();
    let took = median(|| counts::with_shock(&p, 0.05).0.mean);
    println!("count of 5000 with a shared shock: {took:?}");
    let part = |at: usize| Part {
        done: 100.0 + at as f64,
        rest: 1_000.0 + (at % 97) as f64,
        goes_on: if at.is_multiple_of(2) { 1.0 } else { spread(at) },
        group: at % 14,
    };
    let parts: Vec<Part> = (0..5_000).map(part).collect();
    let draws = Draws { count: 10_000, seed: 1 };
    let took = median(|| fan(&parts, &Shocks::default(), draws).0.quantile(0.5));
    println!("fan of 5000 projects, 10000 draws: {took:?}");
}

/// Probabilities all over 0 to 1.
fn spread(at: usize) -> f64 {
    (at as f64 * 0.618_033_988_749_895).fract()
}

fn median(work: impl Fn() -> f64) -> Duration {
    let time = || {
        let began = Instant::now();
        std::hint::black_box(work());
        began.elapsed()
    };
    let mut times: Vec<Duration> = (0..5).map(|_| time()).collect();
    times.sort();
    times[2]
}
