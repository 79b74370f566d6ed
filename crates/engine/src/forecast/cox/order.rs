//! Rows laid out for one walk from the last time to the first.

use crate::forecast::events::{Covariates, Events};
use crate::forecast::gram::padded;
use crate::forecast::km::{by_stratum, ordered};

/// Rows whose spans end at one time, those with the event first.
#[derive(Clone, Copy, Debug)]
pub struct Tied {
    pub time: f64,
    pub begin: usize,
    pub events_end: usize,
    pub end: usize,
}

/// One stratum: its times from the last to the first, and its rows by entry, latest first.
#[derive(Clone, Debug)]
pub struct Block {
    pub stratum: u32,
    pub tied: Vec<Tied>,
    pub by_entry: Vec<u32>,
}

/// All rows in walking order, covariates centred, scaled and padded.
#[derive(Clone, Debug)]
pub struct Order {
    pub blocks: Vec<Block>,
    /// Padded covariates, row after row.
    pub x: Vec<f64>,
    pub width: usize,
    pub entry: Vec<f64>,
    pub weight: Vec<f64>,
    pub scale: Scale,
}

/// Mean and standard deviation of each covariate; a deviation of 0 marks a constant.
#[derive(Clone, Debug, PartialEq)]
pub struct Scale {
    pub mean: Vec<f64>,
    pub deviation: Vec<f64>,
}

impl Scale {
    /// Deviations count one row less than there are, as samples do.
    pub fn of(covariates: &Covariates, rows: usize) -> Scale {
        let width = covariates.width();
        let (mut mean, mut squares) = (vec![0.0; width], vec![0.0; width]);
        for row in covariates.values().chunks_exact(width.max(1)) {
            for (sum, value) in mean.iter_mut().zip(row) {
                *sum += value;
            }
        }
        mean.iter_mut().for_each(|sum| *sum /= rows.max(1) as f64);
        for row in covariates.values().chunks_exact(width.max(1)) {
            for ((sum, value), mean) in squares.iter_mut().zip(row).zip(&mean) {
                *sum += (value - mean) * (value - mean);
            }
        }
        let of = |(sum, mean): (&f64, &f64)| {
            let deviation = (sum / rows.saturating_sub(1).max(1) as f64).sqrt();
            if deviation > 1e-12 * mean.abs().max(1e-300) { deviation } else { 0.0 }
        };
        let deviation = squares.iter().zip(&mean).map(of).collect();
        Scale { mean, deviation }
    }
}

impl Order {
    pub fn new(events: &Events, cause: Option<u32>) -> Order {
        let rows = events.len();
        let scale = Scale::of(&events.covariates, rows);
        let mut source: Vec<u32> = Vec::with_capacity(rows);
        let mut blocks = Vec::new();
        for (stratum, members) in by_stratum(events) {
            let begin = source.len();
            source.extend(walk(events, &members, cause));
            blocks.push(block(events, stratum, begin, &source, cause));
        }
        let width = padded(events.covariates.width());
        let mut x = vec![0.0; rows * width];
        for (into, row) in x.chunks_exact_mut(width.max(1)).zip(&source) {
            let values = events.covariates.row(*row as usize).iter();
            let scaled = values.zip(&scale.mean).zip(&scale.deviation);
            for (into, ((value, mean), deviation)) in into.iter_mut().zip(scaled) {
                *into = if *deviation > 0.0 { (value - mean) / deviation } else { 0.0 };
            }
        }
        let entry = match events.entry.is_empty() {
            true => Vec::new(),
            false => source.iter().map(|row| events.entry(*row as usize)).collect(),
        };
        let weight = source.iter().map(|row| events.weight(*row as usize)).collect();
        Order { blocks, x, width, entry, weight, scale }
    }
}

/// Members from the last exit to the first, events before the others at one time.
fn walk(events: &Events, members: &[u32], cause: Option<u32>) -> Vec<u32> {
    let key = |row: &u32| {
        let at = *row as usize;
        // Times are not negative, so the sign bit is free to make room for the flag.
        let time = !(ordered(events.exit[at]) << 1);
        (time & !1 | u64::from(!events.happened(at, cause)), *row)
    };
    let mut keyed: Vec<(u64, u32)> = members.iter().map(key).collect();
    keyed.sort_unstable();
    keyed.into_iter().map(|pair| pair.1).collect()
}

fn block(events: &Events, stratum: u32, first: usize, source: &[u32], cause: Option<u32>) -> Block {
    let exit = |at: usize| events.exit[source[at] as usize];
    let mut tied = Vec::new();
    let mut begin = first;
    while begin < source.len() {
        let time = exit(begin);
        let mut end = begin + 1;
        while end < source.len() && exit(end) == time {
            end += 1;
        }
        let happened = |at: &usize| events.happened(source[*at] as usize, cause);
        let events_end = begin + (begin..end).take_while(happened).count();
        tied.push(Tied { time, begin, events_end, end });
        begin = end;
    }
    let mut by_entry: Vec<u32> = Vec::new();
    if !events.entry.is_empty() {
        by_entry = (first as u32..source.len() as u32).collect();
        let entry = |at: u32| events.entry(source[at as usize] as usize);
        by_entry.sort_by(|a, b| entry(*b).total_cmp(&entry(*a)));
    }
    Block { stratum, tied, by_entry }
}
