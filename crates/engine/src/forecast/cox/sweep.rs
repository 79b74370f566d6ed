//! The walk over risk sets, from the last time to the first: who is still at risk, and what
//! the partial likelihood says at each time.

use rayon::prelude::*;

use super::Ties;
use super::order::{Block, Order, Tied};
use crate::forecast::dense::dot;
use crate::forecast::gram::{add_outer, add_rows};

/// Below so many rows for each time it does not pay to share the work.
const ROWS_PER_TIME_MIN: usize = 64;

/// Sums over a set of rows: Σ r, Σ r x, Σ r x xᵀ with r the weighted relative hazard.
#[derive(Clone, Debug)]
pub struct Sums {
    pub zero: f64,
    pub one: Vec<f64>,
    /// Lower triangle, padded; empty where nobody asks.
    pub two: Vec<f64>,
}

impl Sums {
    fn empty(width: usize, second: bool) -> Sums {
        let two = if second { vec![0.0; width * width] } else { Vec::new() };
        Sums { zero: 0.0, one: vec![0.0; width], two }
    }

    fn clear(&mut self) {
        self.zero = 0.0;
        self.one.fill(0.0);
        self.two.fill(0.0);
    }

    fn add(&mut self, x: &[f64], hazard: &[f64]) {
        let width = self.one.len();
        self.zero += hazard.iter().sum::<f64>();
        if width == 0 {
            return;
        }
        add_rows(&mut self.one, x, hazard);
        if !self.two.is_empty() {
            add_outer(&mut self.two, width, x, hazard);
        }
    }

    fn add_sums(&mut self, other: &Sums) {
        self.zero += other.zero;
        let pairs = self.one.iter_mut().zip(&other.one);
        pairs.chain(self.two.iter_mut().zip(&other.two)).for_each(|pair| *pair.0 += pair.1);
    }
}

/// One time with events, as the walk comes to it.
pub struct Moment<'a> {
    pub stratum: u32,
    pub time: f64,
    /// Weight of the events, how many rows they are, Σ w x and Σ w xβ over them.
    pub weight: f64,
    pub count: usize,
    pub x: &'a [f64],
    pub linear: f64,
    pub at_risk: &'a Sums,
    pub dying: &'a Sums,
    pub ties: Ties,
}

impl Moment<'_> {
    /// For each event in turn: its share of the weight, and how much of the tied events'
    /// hazard has already left the risk set (Efron), or none (Breslow).
    pub fn turns(&self) -> impl Iterator<Item = (f64, f64)> {
        let count = match self.ties {
            Ties::Efron => self.count,
            Ties::Breslow => 1,
        };
        let (weight, share) = (self.weight / count as f64, 1.0 / count as f64);
        (0..count).map(move |turn| (weight, turn as f64 * share))
    }
}

/// Relative hazards of all rows under `beta` (of scaled covariates), with the logarithm they
/// were divided by so that none overflows.
pub fn relative_hazards(order: &Order, beta: &[f64]) -> (Vec<f64>, Vec<f64>, f64) {
    let mut padded = beta.to_vec();
    padded.resize(order.width, 0.0);
    let rows = order.weight.len();
    let linear: Vec<f64> = match order.width {
        0 => vec![0.0; rows],
        width => order.x.chunks_exact(width).map(|row| dot(row, &padded)).collect(),
    };
    let shift = linear.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let pairs = linear.iter().zip(&order.weight);
    let hazard = pairs.map(|(linear, weight)| weight * (linear - shift).exp()).collect();
    (linear, hazard, shift)
}

/// Walks every stratum and shows each time with events to `visit`.
pub fn sweep(
    order: &Order,
    ties: Ties,
    (linear, hazard): (&[f64], &[f64]),
    second: bool,
    mut visit: impl FnMut(&Moment),
) {
    for block in &order.blocks {
        let walk = Walk { order, ties, linear, hazard, second };
        walk.block(block, &mut visit);
    }
}

struct Walk<'a> {
    order: &'a Order,
    ties: Ties,
    linear: &'a [f64],
    hazard: &'a [f64],
    second: bool,
}

impl Walk<'_> {
    fn block(&self, block: &Block, visit: &mut impl FnMut(&Moment)) {
        let width = self.order.width;
        let ready = self.ready(block);
        let mut at_risk = Sums::empty(width, self.second);
        let mut dying = Sums::empty(width, self.second);
        let mut events = vec![0.0; width];
        let mut left = 0;
        for (index, tied) in block.tied.iter().enumerate() {
            match ready.get(index) {
                Some((all, ending)) => {
                    at_risk.add_sums(all);
                    dying.clone_from(ending);
                }
                None => self.take(tied, &mut at_risk, &mut dying),
            }
            left = self.leave(block, tied.time, left, &mut at_risk);
            if tied.events_end == tied.begin {
                continue;
            }
            let span = tied.begin..tied.events_end;
            let weights = &self.order.weight[span.clone()];
            events.fill(0.0);
            if width > 0 {
                add_rows(&mut events, &self.order.x[span.start * width..span.end * width], weights);
            }
            visit(&Moment {
                stratum: block.stratum,
                time: tied.time,
                weight: weights.iter().sum(),
                count: weights.len(),
                x: &events,
                linear: dot(&self.linear[span], weights),
                at_risk: &at_risk,
                dying: &dying,
                ties: self.ties,
            });
        }
    }

    /// Sums of each time worked out side by side, where there are many rows for each.
    fn ready(&self, block: &Block) -> Vec<(Sums, Sums)> {
        let rows = block.tied.last().map_or(0, |last| last.end - block.tied[0].begin);
        if rows < 4 * 1024 || rows < block.tied.len() * ROWS_PER_TIME_MIN {
            return Vec::new();
        }
        let sums = |tied: &Tied| {
            let mut all = Sums::empty(self.order.width, self.second);
            let mut dying = all.clone();
            self.take(tied, &mut all, &mut dying);
            (all, dying)
        };
        block.tied.par_iter().map(sums).collect()
    }

    /// Adds the rows that end at one time, and keeps apart those with the event if there are
    /// several.
    fn take(&self, tied: &Tied, at_risk: &mut Sums, dying: &mut Sums) {
        let width = self.order.width;
        let part = |begin: usize, end: usize| {
            (&self.order.x[begin * width..end * width], &self.hazard[begin..end])
        };
        dying.clear();
        let count = tied.events_end - tied.begin;
        if self.ties == Ties::Breslow || count < 2 {
            let (x, hazard) = part(tied.begin, tied.end);
            at_risk.add(x, hazard);
            return;
        }
        let (x, hazard) = part(tied.begin, tied.events_end);
        dying.add(x, hazard);
        at_risk.add_sums(dying);
        let (x, hazard) = part(tied.events_end, tied.end);
        at_risk.add(x, hazard);
    }

    /// Takes out the rows that had not yet entered at `time`.
    fn leave(&self, block: &Block, time: f64, mut left: usize, at_risk: &mut Sums) -> usize {
        let width = self.order.width;
        while let Some(row) = block.by_entry.get(left).map(|row| *row as usize) {
            if self.order.entry[row] < time {
                break;
            }
            let x = &self.order.x[row * width..(row + 1) * width];
            at_risk.add(x, &[-self.hazard[row]]);
            left += 1;
        }
        left
    }
}
