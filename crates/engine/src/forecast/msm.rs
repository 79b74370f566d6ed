//! A Markov process in continuous time seen at visits only: intensities of moving from state
//! to state, the chance of being anywhere later, how long a state lasts.

use serde::Serialize;
use tici_domain::Problem;

use super::dense::{Matrix, solve_general};
use super::optimise::minimise;

/// Two visits to one subject, one after the other.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Visits {
    pub from: usize,
    pub to: usize,
    pub elapsed: f64,
}

/// Which moves can happen, and which state is entered at a known time (its day is recorded,
/// the state just before it is not).
#[derive(Clone, Debug)]
pub struct Moves {
    pub states: usize,
    pub allowed: Vec<(usize, usize)>,
    pub exact: Option<usize>,
}

#[derive(Clone, Debug, Serialize)]
pub struct MsmFit {
    /// Intensity of each allowed move, in their order.
    pub intensities: Vec<f64>,
    pub minus_twice_log_likelihood: f64,
    pub converged: bool,
    #[serde(skip)]
    moves: Moves,
}

/// Fits the intensities to pairs of visits.
pub fn fit(visits: &[Visits], moves: &Moves) -> (Option<MsmFit>, Vec<Problem>) {
    if let Some(problem) = checked(visits, moves) {
        return (None, vec![problem]);
    }
    let cost = |at: &[f64]| {
        let rates = Rates::new(moves, at);
        let (mut value, mut slope) = (0.0, vec![0.0; at.len()]);
        for visit in visits {
            let (log, by) = rates.log_chance(moves, visit);
            value -= log;
            slope.iter_mut().zip(by).for_each(|pair| *pair.0 -= pair.1);
        }
        (value, slope)
    };
    let found = minimise(start(visits, moves), cost);
    let mut problems = Vec::new();
    if !found.converged || !found.value.is_finite() {
        problems.push(Problem::warning("forecast-not-converged").arg("count", found.iterations));
    }
    let fit = MsmFit {
        intensities: found.at.iter().map(|at| at.exp()).collect(),
        minus_twice_log_likelihood: 2.0 * found.value,
        converged: found.converged,
        moves: moves.clone(),
    };
    (Some(fit), problems)
}

fn checked(visits: &[Visits], moves: &Moves) -> Option<Problem> {
    let right = |visit: &Visits| {
        let known = visit.from < moves.states && visit.to < moves.states;
        known && visit.elapsed.is_finite() && visit.elapsed > 0.0
    };
    if let Some(row) = visits.iter().position(|visit| !right(visit)) {
        return Some(Problem::error("forecast-state-unknown").arg("row", row + 1));
    }
    if visits.is_empty() || moves.allowed.is_empty() {
        return Some(Problem::error("forecast-no-rows"));
    }
    // A move that no path of allowed moves makes has no chance at all.
    let reach = reachable(moves);
    let row = visits.iter().position(|visit| !reach[visit.from * moves.states + visit.to])?;
    Some(Problem::error("forecast-move-not-allowed").arg("row", row + 1))
}

fn reachable(moves: &Moves) -> Vec<bool> {
    let states = moves.states;
    let mut reach = vec![false; states * states];
    (0..states).for_each(|state| reach[state * states + state] = true);
    moves.allowed.iter().for_each(|(from, to)| reach[from * states + to] = true);
    for by in 0..states {
        for from in 0..states {
            for to in 0..states {
                reach[from * states + to] |= reach[from * states + by] && reach[by * states + to];
            }
        }
    }
    reach
}

/// Logarithms of the moves seen from visit to visit over the time spent, as if each were seen.
fn start(visits: &[Visits], moves: &Moves) -> Vec<f64> {
    let of = |(from, to): &(usize, usize)| {
        let here = || visits.iter().filter(|visit| visit.from == *from);
        let time: f64 = here().map(|visit| visit.elapsed).sum();
        let count = here().filter(|visit| visit.to == *to).count();
        ((count as f64 + 0.5) / (time + 1.0)).ln()
    };
    moves.allowed.iter().map(of).collect()
}

/// Intensities as a chain that moves at one common rate (uniformisation): sums of positive
/// terms, so nothing cancels.
struct Rates {
    states: usize,
    rate: f64,
    jump: Matrix,
    allowed: Vec<(usize, usize)>,
    intensities: Vec<f64>,
}

impl Rates {
    fn new(moves: &Moves, at: &[f64]) -> Rates {
        let intensities: Vec<f64> = at.iter().map(|at| at.exp()).collect();
        let mut leave = vec![0.0; moves.states];
        for ((from, _), q) in moves.allowed.iter().zip(&intensities) {
            leave[*from] += q;
        }
        let rate = leave.iter().copied().fold(1e-300, f64::max);
        let mut jump = Matrix::identity(moves.states);
        for ((from, to), q) in moves.allowed.iter().zip(&intensities) {
            *jump.at_mut(*from, *to) += q / rate;
            *jump.at_mut(*from, *from) -= q / rate;
        }
        let allowed = moves.allowed.clone();
        Rates { states: moves.states, rate, jump, allowed, intensities }
    }

    /// Chances of the states `elapsed` after `from`, and their slopes along each log intensity.
    fn ahead(&self, from: usize, elapsed: f64) -> (Vec<f64>, Vec<Vec<f64>>) {
        let (states, expected) = (self.states, self.rate * elapsed);
        let mut now = vec![0.0; states];
        now[from] = 1.0;
        let mut slopes = vec![vec![0.0; states]; self.allowed.len()];
        let (mut sum, mut sums) = (vec![0.0; states], slopes.clone());
        let (mut log_weight, mut told, mut jumps) = (-expected, 0.0, 0u32);
        loop {
            let weight = log_weight.exp();
            told += weight;
            add(&mut sum, &now, weight);
            sums.iter_mut().zip(&slopes).for_each(|pair| add(pair.0, pair.1, weight));
            let enough = told > 1.0 - 1e-15 && f64::from(jumps) > expected;
            if enough || jumps > 100_000 {
                break;
            }
            // d(vJ) = dv·J + v·dJ, with the common rate held as it is.
            for ((slopes, (from, to)), q) in
                slopes.iter_mut().zip(&self.allowed).zip(&self.intensities)
            {
                *slopes = self.turn(slopes);
                let flow = now[*from] * q / self.rate;
                slopes[*to] += flow;
                slopes[*from] -= flow;
            }
            now = self.turn(&now);
            jumps += 1;
            log_weight += (expected / f64::from(jumps)).ln();
        }
        (sum, sums)
    }

    fn turn(&self, row: &[f64]) -> Vec<f64> {
        let mut next = vec![0.0; self.states];
        for (from, value) in row.iter().enumerate() {
            add(&mut next, self.jump.row(from), *value);
        }
        next
    }

    fn log_chance(&self, moves: &Moves, visit: &Visits) -> (f64, Vec<f64>) {
        let (ahead, slopes) = self.ahead(visit.from, visit.elapsed);
        if moves.exact != Some(visit.to) || visit.from == visit.to {
            let chance = ahead[visit.to].max(f64::MIN_POSITIVE);
            return (chance.ln(), slopes.iter().map(|slope| slope[visit.to] / chance).collect());
        }
        // Somewhere just before, and then the move at that very time.
        let moves_in = || {
            let all = self.allowed.iter().zip(&self.intensities).enumerate();
            all.filter(|(_, ((_, to), _))| *to == visit.to)
        };
        let chance: f64 = moves_in().map(|(_, ((from, _), q))| ahead[*from] * q).sum();
        let chance = chance.max(f64::MIN_POSITIVE);
        let mut by: Vec<f64> = slopes
            .iter()
            .map(|slope| moves_in().map(|(_, ((from, _), q))| slope[*from] * q).sum::<f64>())
            .collect();
        moves_in().for_each(|(index, ((from, _), q))| by[index] += ahead[*from] * q);
        (chance.ln(), by.into_iter().map(|by| by / chance).collect())
    }
}

fn add(into: &mut [f64], row: &[f64], weight: f64) {
    into.iter_mut().zip(row).for_each(|pair| *pair.0 += weight * pair.1);
}

impl MsmFit {
    /// The intensities as a matrix whose rows add up to 0.
    pub fn matrix(&self) -> Matrix {
        let mut matrix = Matrix::zeros(self.moves.states, self.moves.states);
        for ((from, to), q) in self.moves.allowed.iter().zip(&self.intensities) {
            *matrix.at_mut(*from, *to) = *q;
            *matrix.at_mut(*from, *from) -= q;
        }
        matrix
    }

    /// Chance of each state `elapsed` after each.
    pub fn chances(&self, elapsed: f64) -> Matrix {
        let at: Vec<f64> = self.intensities.iter().map(|q| q.ln()).collect();
        let rates = Rates::new(&self.moves, &at);
        let mut matrix = Matrix::zeros(self.moves.states, self.moves.states);
        for from in 0..self.moves.states {
            matrix.row_mut(from).copy_from_slice(&rates.ahead(from, elapsed).0);
        }
        matrix
    }

    /// Mean length of a stay in each state; none for a state that nothing leaves.
    pub fn mean_stay(&self) -> Vec<Option<f64>> {
        let leave = self.matrix().diagonal().into_iter().map(|leave| -leave);
        leave.map(|leave| (leave > 0.0).then(|| 1.0 / leave)).collect()
    }

    /// Expected time spent in each state for ever after `from`; none for a state in which some
    /// stay for ever.
    pub fn time_in_states(&self, from: usize) -> Vec<Option<f64>> {
        let matrix = self.matrix();
        let passing: Vec<usize> =
            (0..self.moves.states).filter(|state| matrix.at(*state, *state) < 0.0).collect();
        // Rows of −Q⁻¹ over the passing states: x (−Q) = e_from.
        let mut turned = Matrix::zeros(passing.len(), passing.len());
        for (row, a) in passing.iter().enumerate() {
            for (col, b) in passing.iter().enumerate() {
                *turned.at_mut(col, row) = -matrix.at(*a, *b);
            }
        }
        let unit = passing.iter().map(|state| f64::from(u8::from(*state == from)));
        let times = solve_general(&turned, &unit.collect::<Vec<_>>());
        let of = |state: usize| {
            let index = passing.iter().position(|passing| *passing == state)?;
            times.as_ref().map(|times| times[index]).filter(|time| time.is_finite())
        };
        (0..self.moves.states).map(of).collect()
    }
}
