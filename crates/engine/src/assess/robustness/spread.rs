//! Where each unit's place falls over many recomputations.

use serde::Serialize;

use crate::assess::panel::{MISSING, is_present};

/// The places of one unit over all recomputations; missing if it never had one.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct RankSpread {
    pub nominal: f64,
    pub mean: f64,
    pub median: f64,
    /// Quantiles of type 7 at 5 % and 95 %.
    pub q5: f64,
    pub q95: f64,
    pub best: f64,
    pub worst: f64,
}

/// How often each unit had each place. Tallies of parts add up to the tally of the whole in
/// any order, so that results do not depend on the number of threads.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RankTally {
    units: usize,
    /// By unit and by twice the place: places may be halves.
    counts: Vec<u32>,
}

impl RankTally {
    pub fn new(units: usize) -> RankTally {
        RankTally { units, counts: vec![0; units * (2 * units + 1)] }
    }

    /// Adds the places of one recomputation.
    pub fn add(&mut self, places: &[f64]) {
        let width = 2 * self.units + 1;
        for (unit, place) in places.iter().enumerate().filter(|(_, place)| is_present(**place)) {
            self.counts[unit * width + (place * 2.0) as usize] += 1;
        }
    }

    pub fn join(mut self, other: &RankTally) -> RankTally {
        for (count, more) in self.counts.iter_mut().zip(&other.counts) {
            *count += more;
        }
        self
    }

    /// Each unit's spread, beside its nominal place.
    pub fn spreads(&self, nominal: &[f64]) -> Vec<RankSpread> {
        let width = 2 * self.units + 1;
        let rows = nominal.iter().zip(self.counts.chunks(width));
        rows.map(|(nominal, counts)| spread(*nominal, counts)).collect()
    }

    /// For each unit and place from 1, the share of recomputations that gave it.
    pub fn shares(&self, unit: usize) -> Vec<f64> {
        let width = 2 * self.units + 1;
        let counts = &self.counts[unit * width..(unit + 1) * width];
        let all: u32 = counts.iter().sum();
        let share = |place: usize| f64::from(counts[2 * place]) / f64::from(all.max(1));
        (1..=self.units).map(share).collect()
    }
}

fn spread(nominal: f64, counts: &[u32]) -> RankSpread {
    let all: u64 = counts.iter().map(|count| u64::from(*count)).sum();
    let place = |at: usize| at as f64 / 2.0;
    let used = || counts.iter().enumerate().filter(|(_, count)| **count > 0);
    let quantile = |share| if all == 0 { MISSING } else { quantile(counts, all, share) };
    let sum: f64 = used().map(|(at, count)| place(at) * f64::from(*count)).sum();
    RankSpread {
        nominal,
        mean: if all == 0 { MISSING } else { sum / all as f64 },
        median: quantile(0.5),
        q5: quantile(0.05),
        q95: quantile(0.95),
        best: used().next().map_or(MISSING, |(at, _)| place(at)),
        worst: used().next_back().map_or(MISSING, |(at, _)| place(at)),
    }
}

/// Type 7, as of the sorted places.
fn quantile(counts: &[u32], all: u64, share: f64) -> f64 {
    let position = (all - 1) as f64 * share;
    let below = position.floor() as u64;
    let at = |order: u64| {
        let mut passed = 0;
        let holds = |count: &u32| {
            passed += u64::from(*count);
            passed > order
        };
        counts.iter().position(holds).map_or(MISSING, |place| place as f64 / 2.0)
    };
    let (low, high) = (at(below), at((below + 1).min(all - 1)));
    low + (position - below as f64) * (high - low)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::assess::stats;

    #[test]
    fn as_of_the_sorted_places() {
        let places = [[1.0, 2.5, 2.5], [2.0, 1.0, 3.0], [1.0, 2.0, 3.0], [3.0, 1.0, 2.0]];
        let mut tally = RankTally::new(3);
        places.iter().for_each(|row| tally.add(row));
        for (unit, found) in tally.spreads(&places[0]).iter().enumerate() {
            let own: Vec<f64> = places.iter().map(|row| row[unit]).collect();
            let quantile = |share| stats::quantile(&own, share).unwrap();
            assert_eq!(found.mean, stats::mean(&own).unwrap());
            assert_eq!([found.q5, found.median, found.q95], [0.05, 0.5, 0.95].map(quantile));
        }
        assert_eq!(tally.shares(0), [0.5, 0.25, 0.25]);
    }

    #[test]
    fn who_never_had_a_place_has_no_spread() {
        let mut tally = RankTally::new(2);
        tally.add(&[1.0, MISSING]);
        assert!(tally.spreads(&[1.0, MISSING])[1].median.is_nan());
    }
}
