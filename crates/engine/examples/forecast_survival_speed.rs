//! How long survival curves, Cox models and hazards take: `cargo run --release -p tici-engine
//! --example forecast_survival_speed [PART OF A NAME]`. Medians of 5. Rows are made up by a
//! fixed rule.

use std::time::{Duration, Instant};

use tici_engine::forecast::cox::{self, CoxOptions};
use tici_engine::forecast::events::{Covariates, Events};
use tici_engine::forecast::hazard::{self, Factor, HazardOptions, HazardRows};
use tici_engine::forecast::km::{KmOptions, kaplan_meier};

const ROWS: usize = 50_000;
const MONTHS: usize = 611_349;

fn main() {
    let continuous = spans(10, false);
    let monthly = spans(8, true);
    measure("kaplan-meier, 50,000 rows, times all different", || {
        kaplan_meier(&continuous, &KmOptions::default()).0.len()
    });
    measure("kaplan-meier, 50,000 rows, months", || {
        kaplan_meier(&monthly, &KmOptions::default()).0.len()
    });
    let fit =
        |events: &Events| cox::fit(events, &CoxOptions::default()).0.map_or(0, |f| f.iterations);
    measure("cox, 50,000 x 10, times all different", || fit(&continuous));
    measure("cox, 50,000 x 8, months, efron", || fit(&monthly));
    let hazard = |rows: &HazardRows| {
        hazard::fit(rows, &HazardOptions::default()).0.map_or(0, |fit| fit.iterations)
    };
    let rows = months(false);
    measure("hazard, 611,349 x 22", || hazard(&rows));
    let rows = months(true);
    measure("hazard, 611,349 x 22, 280 towns and 20,000 sponsors, spreads learnt", || {
        hazard(&rows)
    });
}

fn measure(what: &str, work: impl Fn() -> usize) {
    if std::env::args().nth(1).is_some_and(|part| !what.contains(&part)) {
        return;
    }
    let mut took: Vec<Duration> = Vec::new();
    let mut steps = 0;
    for _ in 0..5 {
        let began = Instant::now();
        steps = work();
        took.push(began.elapsed());
    }
    took.sort();
    println!("{what}: median {:?}, fastest {:?} ({steps})", took[2], took[0]);
}

/// Numbers between 0 and 1 that look drawn by chance (splitmix).
fn chance(at: u64) -> f64 {
    let mut z = at.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    ((z ^ (z >> 31)) >> 11) as f64 / (1u64 << 53) as f64
}

fn covariate(row: usize, index: usize) -> f64 {
    let at = (row * 64 + index) as u64;
    chance(at) + chance(at + 40_000_003) + chance(at + 80_000_019) - 1.5
}

fn spans(width: usize, monthly: bool) -> Events {
    let columns = (0..width)
        .map(|index| (format!("x{index}"), (0..ROWS).map(|row| covariate(row, index)).collect()));
    let covariates = Covariates::from_columns(columns.collect());
    let (mut exit, mut happened) = (Vec::with_capacity(ROWS), Vec::with_capacity(ROWS));
    for row in 0..ROWS {
        let x = covariates.row(row);
        let linear: f64 = x.iter().enumerate().map(|(i, x)| x * (0.5 - 0.1 * i as f64)).sum();
        let time = -chance(row as u64 + 1_000_000_007).ln() * 20.0 * (-linear).exp();
        let watched = 60.0 * chance(row as u64 + 2_000_000_011);
        happened.push(time <= watched);
        let end = time.min(watched).max(1e-6);
        exit.push(if monthly { end.ceil() } else { end });
    }
    Events { covariates, ..Events::right_censored(exit, &happened) }
}

fn months(grouped: bool) -> HazardRows {
    let columns = (0..22)
        .map(|index| (format!("x{index}"), (0..MONTHS).map(|row| covariate(row, index)).collect()));
    let covariates = Covariates::from_columns(columns.collect());
    let factor = |name: &str, levels: usize, each: usize| Factor {
        name: name.to_owned(),
        levels: (0..levels).map(|level| level.to_string()).collect(),
        of_row: (0..MONTHS).map(|row| ((row / each) * 7919 % levels) as u32).collect(),
    };
    let factors = match grouped {
        true => vec![factor("town", 280, 12), factor("sponsor", 20_000, 12)],
        false => Vec::new(),
    };
    let happens = |row: usize| {
        let x = covariates.row(row);
        let linear: f64 = x.iter().enumerate().map(|(i, x)| x * (0.4 - 0.04 * i as f64)).sum();
        let effect = factors.iter().map(|f| chance(u64::from(f.of_row[row]) + 77) - 0.5);
        let linear = linear - 2.5 + effect.sum::<f64>();
        f64::from(u8::from(chance(row as u64 + 3_000_000_019) < 1.0 / (1.0 + (-linear).exp())))
    };
    let happened = (0..MONTHS).map(happens).collect();
    HazardRows { covariates, factors, happened, trials: Vec::new() }
}
