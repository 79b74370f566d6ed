//! Aalen–Johansen: the share in each state over time, where there are several ways out or
//! several stages. With one state and one exit it is Kaplan–Meier.
//!
//! p(t) = p(0) Π (I + dA), dA the share of those at risk in a state who move at that time.

use serde::Serialize;
use tici_domain::Problem;

use super::dense::Matrix;
use super::events::{CENSORED, Events};
use super::km::ordered;

/// Influences are kept for at most so many pairs of a row and a time.
const INFLUENCES_MAX: usize = 200_000_000;

/// Spans in states. `events.cause` 0 means still there; `k` means moved to state `k − 1`.
#[derive(Clone, Debug, Default)]
pub struct Stays {
    pub states: Vec<String>,
    /// Whose span it is: spans of one subject err together.
    pub subject: Vec<u32>,
    /// The state it is spent in.
    pub from: Vec<u32>,
    pub events: Events,
}

impl Stays {
    /// All in state 0 until one of `causes` happens: competing exits.
    pub fn competing(events: Events, causes: &[&str]) -> Stays {
        let rows = events.len();
        let names = std::iter::once("").chain(causes.iter().copied());
        let cause = events.cause.iter();
        let cause = cause.map(|cause| if *cause == CENSORED { CENSORED } else { cause + 1 });
        let cause = cause.collect();
        Stays {
            states: names.map(str::to_owned).collect(),
            subject: (0..rows as u32).collect(),
            from: vec![0; rows],
            events: Events { cause, ..events },
        }
    }
}

/// Shares of the states just after one time.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct AjStep {
    pub time: f64,
    pub share: Vec<f64>,
    /// Variance of each share as if moves were drawn by chance (Aalen).
    pub variance: Vec<f64>,
    /// Standard error by leaving out each subject in turn (infinitesimal jackknife); none where
    /// there are too many rows and times for it.
    pub std_err: Option<Vec<f64>>,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct AjCurve {
    pub states: Vec<String>,
    /// Shares before the first time.
    pub start: Vec<f64>,
    pub steps: Vec<AjStep>,
    /// Moves from state to state; the last column counts subjects last seen in a state.
    pub moves: Vec<Vec<f64>>,
}

impl AjCurve {
    /// The step at `time`, the last one not after it.
    pub fn at(&self, time: f64) -> Option<&AjStep> {
        let after = self.steps.partition_point(|step| step.time <= time);
        after.checked_sub(1).map(|index| &self.steps[index])
    }
}

/// Shares over time of subjects that began as `start` says (one share for each state).
pub fn aalen_johansen(stays: &Stays, start: &[f64]) -> (AjCurve, Vec<Problem>) {
    let mut problems = checked(stays, start);
    if Problem::any_error(&problems) {
        return (AjCurve::default(), problems);
    }
    let (_, found) = stays.events.checked();
    if !found.is_empty() {
        // Rows cannot be left out here: a path with a hole is another path.
        problems.extend(
            found
                .into_iter()
                .map(|problem| Problem { severity: tici_domain::Severity::Error, ..problem }),
        );
        return (AjCurve::default(), problems);
    }
    if stays.events.cause.iter().all(|cause| *cause == CENSORED) {
        problems.push(Problem::warning("forecast-no-events").arg("count", stays.events.len()));
    }
    let curve = Walk::new(stays, start).run();
    (curve, problems)
}

fn checked(stays: &Stays, start: &[f64]) -> Vec<Problem> {
    let rows = stays.events.len();
    let states = stays.states.len();
    let right = stays.subject.len() == rows && stays.from.len() == rows && start.len() == states;
    if !right {
        return vec![Problem::error("forecast-columns-differ")];
    }
    let known = |row: &usize| {
        (stays.from[*row] as usize) < states && stays.events.cause[*row] as usize <= states
    };
    match (0..rows).find(|row| !known(row)) {
        Some(row) => vec![Problem::error("forecast-state-unknown").arg("row", row + 1)],
        None => Vec::new(),
    }
}

struct Walk<'a> {
    stays: &'a Stays,
    states: usize,
    share: Vec<f64>,
    covariance: Matrix,
    /// What a little more weight on each subject would do to each share.
    influence: Option<Matrix>,
    at_risk: Vec<f64>,
}

impl<'a> Walk<'a> {
    fn new(stays: &'a Stays, start: &[f64]) -> Walk<'a> {
        let states = start.len();
        let mut times: Vec<u64> = stays.events.exit.iter().map(|time| ordered(*time)).collect();
        times.sort_unstable();
        times.dedup();
        let subjects = stays.subject.iter().max().map_or(0, |last| *last as usize + 1);
        let fits = times.len().saturating_mul(stays.events.len()) <= INFLUENCES_MAX;
        Walk {
            stays,
            states,
            share: start.to_vec(),
            covariance: Matrix::zeros(states, states),
            influence: fits.then(|| Matrix::zeros(subjects, states)),
            at_risk: vec![0.0; states],
        }
    }

    fn run(mut self) -> AjCurve {
        let events = &self.stays.events;
        let mut by_exit: Vec<usize> = (0..events.len()).collect();
        by_exit.sort_by_key(|row| (ordered(events.exit[*row]), *row));
        let mut by_entry = by_exit.clone();
        by_entry.sort_by(|a, b| events.entry(*a).total_cmp(&events.entry(*b)));
        let (start, mut steps) = (self.share.clone(), Vec::new());
        let mut here: Vec<usize> = Vec::new();
        let (mut begin, mut entered) = (0, 0);
        while begin < by_exit.len() {
            let time = events.exit[by_exit[begin]];
            while entered < by_entry.len() && events.entry(by_entry[entered]) < time {
                let row = by_entry[entered];
                self.at_risk[self.stays.from[row] as usize] += events.weight(row);
                here.push(row);
                entered += 1;
            }
            let tied = by_exit[begin..].iter().take_while(|row| events.exit[**row] == time);
            let tied: Vec<usize> = tied.copied().collect();
            self.step(time, &here, &tied);
            for row in &tied {
                self.at_risk[self.stays.from[*row] as usize] -= events.weight(*row);
            }
            here.retain(|row| events.exit[*row] > time);
            begin += tied.len();
            steps.push(self.seen(time));
        }
        let (states, moves) = (self.stays.states.clone(), moves(self.stays));
        AjCurve { states, start, steps, moves }
    }

    fn seen(&self, time: f64) -> AjStep {
        let std_err = self.influence.as_ref().map(|influence| {
            let squares = |state: usize| {
                (0..influence.rows).map(|subject| influence.at(subject, state).powi(2)).sum::<f64>()
            };
            (0..self.states).map(|state| squares(state).sqrt()).collect()
        });
        AjStep { time, share: self.share.clone(), variance: self.covariance.diagonal(), std_err }
    }

    fn step(&mut self, time: f64, here: &[usize], tied: &[usize]) {
        let moved = self.moved(tied);
        if moved.data.iter().all(|weight| *weight == 0.0) {
            return;
        }
        let mut hazard = Matrix::identity(self.states);
        for from in 0..self.states {
            for to in (0..self.states).filter(|to| *to != from && moved.at(from, *to) > 0.0) {
                let share = moved.at(from, to) / self.at_risk[from];
                *hazard.at_mut(from, to) += share;
                *hazard.at_mut(from, from) -= share;
            }
        }
        self.spread_covariance(&moved, &hazard);
        self.spread_influence(time, here, &moved, &hazard);
        let row = Matrix { rows: 1, cols: self.states, data: std::mem::take(&mut self.share) };
        self.share = row.times(&hazard).data;
    }

    /// Weight that moves from state to state.
    fn moved(&self, tied: &[usize]) -> Matrix {
        let mut moved = Matrix::zeros(self.states, self.states);
        for row in tied {
            let (from, cause) = (self.stays.from[*row] as usize, self.stays.events.cause[*row]);
            if cause != CENSORED && cause as usize - 1 != from {
                *moved.at_mut(from, cause as usize - 1) += self.stays.events.weight(*row);
            }
        }
        moved
    }

    fn spread_covariance(&mut self, moved: &Matrix, hazard: &Matrix) {
        let mut turned = Matrix::zeros(self.states, self.states);
        for row in 0..self.states {
            for col in 0..self.states {
                *turned.at_mut(row, col) = hazard.at(col, row);
            }
        }
        self.covariance = turned.times(&self.covariance).times(hazard);
        for from in 0..self.states {
            let (n, share) = (self.at_risk[from], self.share[from]);
            for to in (0..self.states).filter(|to| moved.at(from, *to) > 0.0) {
                let d = moved.at(from, to);
                let by_chance = if d == 1.0 { 1.0 } else { d * (n - d).max(0.0) / (n - 1.0) };
                let variance = share * share * by_chance / (n * n);
                *self.covariance.at_mut(from, from) += variance;
                *self.covariance.at_mut(to, to) += variance;
                *self.covariance.at_mut(from, to) -= variance;
                *self.covariance.at_mut(to, from) -= variance;
            }
        }
    }

    fn spread_influence(&mut self, time: f64, here: &[usize], moved: &Matrix, hazard: &Matrix) {
        let Some(influence) = &mut self.influence else { return };
        *influence = influence.times(hazard);
        for row in here {
            let from = self.stays.from[*row] as usize;
            if moved.row(from).iter().all(|weight| *weight == 0.0) {
                continue;
            }
            let mine = influence.row_mut(self.stays.subject[*row] as usize);
            let weight = self.stays.events.weight(*row);
            let scale = self.share[from] * weight / self.at_risk[from];
            let now = self.stays.events.exit[*row] == time;
            let goes = self.stays.events.cause[*row] as usize;
            for to in (0..self.states).filter(|to| *to != from) {
                let moves = now && goes == to + 1;
                let change = scale * (f64::from(u8::from(moves)) - hazard.at(from, to));
                mine[to] += change;
                mine[from] -= change;
            }
        }
    }
}

fn moves(stays: &Stays) -> Vec<Vec<f64>> {
    let states = stays.states.len();
    let mut moves = vec![vec![0.0; states + 1]; states];
    for row in 0..stays.events.len() {
        let (from, cause) = (stays.from[row] as usize, stays.events.cause[row] as usize);
        let to = if cause == 0 { states } else { cause - 1 };
        moves[from][to] += stays.events.weight(row);
    }
    moves
}
