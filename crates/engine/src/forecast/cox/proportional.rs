//! Do hazards stay proportional over time? The score test against coefficients that drift
//! with the share of events so far (Grambsch and Therneau).

use serde::Serialize;

use super::order::Order;
use super::sweep::{Moment, relative_hazards, sweep};
use super::{CoxFit, Ties};
use crate::forecast::dense::{Cholesky, Matrix, dot};
use crate::forecast::events::Events;
use crate::forecast::gram::{add_outer, unpad};
use crate::forecast::km::risk_table;
use crate::forecast::special::chi_squared_tail;

#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ProportionalTest {
    /// The covariates tested together; all of them in the last test.
    pub covariates: Vec<String>,
    pub chi_squared: f64,
    pub freedom: usize,
    pub p: f64,
}

/// A test for each of `terms` (covariates by number), and one for all together.
pub fn proportional(fit: &CoxFit, events: &Events, terms: &[Vec<usize>]) -> Vec<ProportionalTest> {
    let (events, _) = events.checked();
    let order = Order::new(&events, fit.options.cause);
    let drift = Drift::of(fit, &events, &order);
    let all: Vec<usize> = (0..fit.coefficients.len()).collect();
    let tests = terms.iter().chain(std::iter::once(&all)).filter(|term| !term.is_empty());
    tests.map(|term| drift.test(fit, term)).collect()
}

/// Slope of the likelihood along drifting coefficients, and the curvature of both kinds.
struct Drift {
    slope: Vec<f64>,
    fixed: Cholesky,
    both: Matrix,
    drifting: Matrix,
}

impl Drift {
    fn of(fit: &CoxFit, events: &Events, order: &Order) -> Drift {
        let size = fit.coefficients.len();
        let pairs = fit.coefficients.iter().zip(&order.scale.deviation);
        let beta: Vec<f64> = pairs.map(|(c, deviation)| c.value * deviation).collect();
        let (linear, hazard, _) = relative_hazards(order, &beta);
        let clock = Clock::of(events, fit.options.cause);
        let width = order.width;
        let mut slope = vec![0.0; width];
        let mut sums = [(); 3].map(|()| vec![0.0; width * width]);
        sweep(order, fit.options.ties, (&linear, &hazard), true, |moment: &Moment| {
            let (slope_here, information) = terms(moment, width);
            let at = clock.at(moment.time);
            slope.iter_mut().zip(&slope_here).for_each(|pair| *pair.0 += at * pair.1);
            for (power, sum) in sums.iter_mut().enumerate() {
                let factor = at.powi(power as i32);
                sum.iter_mut().zip(&information).for_each(|pair| *pair.0 += factor * pair.1);
            }
        });
        let [fixed, both, drifting] = sums.map(|sum| unpad(&sum, width, size));
        slope.truncate(size);
        Drift { slope, fixed: Cholesky::new(&fixed), both, drifting }
    }

    fn test(&self, fit: &CoxFit, term: &[usize]) -> ProportionalTest {
        let mut left = Matrix::zeros(term.len(), term.len());
        for (row, a) in term.iter().enumerate() {
            let explained = self.fixed.solve(self.both.row(*a));
            for (col, b) in term.iter().enumerate() {
                let value = self.drifting.at(*a, *b) - dot(&explained, self.both.row(*b));
                *left.at_mut(row, col) = value;
            }
        }
        let slope: Vec<f64> = term.iter().map(|index| self.slope[*index]).collect();
        let factor = Cholesky::new(&left);
        let chi_squared = dot(&slope, &factor.solve(&slope));
        let freedom = factor.dropped.iter().filter(|dropped| !**dropped).count();
        ProportionalTest {
            covariates: term.iter().map(|index| fit.coefficients[*index].name.clone()).collect(),
            chi_squared,
            freedom,
            p: chi_squared_tail(chi_squared, freedom as f64),
        }
    }
}

/// What one time adds to slope and information.
fn terms(moment: &Moment, width: usize) -> (Vec<f64>, Vec<f64>) {
    let (mut slope, mut information) = (moment.x.to_vec(), vec![0.0; width * width]);
    for (weight, left) in moment.turns() {
        let zero = moment.at_risk.zero - left * moment.dying.zero;
        let ones = moment.at_risk.one.iter().zip(&moment.dying.one);
        let mean: Vec<f64> = ones.map(|(one, dying)| (one - left * dying) / zero).collect();
        slope.iter_mut().zip(&mean).for_each(|pair| *pair.0 -= weight * pair.1);
        add_outer(&mut information, width, &mean, &[-weight]);
        let left = match moment.ties {
            Ties::Efron => left,
            Ties::Breslow => 0.0,
        };
        let twos = moment.at_risk.two.iter().zip(&moment.dying.two);
        for (sum, (two, dying)) in information.iter_mut().zip(twos) {
            *sum += weight * (two - left * dying) / zero;
        }
    }
    (slope, information)
}

/// The share of events before each time, by Kaplan–Meier over all strata.
struct Clock {
    times: Vec<f64>,
    share_before: Vec<f64>,
}

impl Clock {
    fn of(events: &Events, cause: Option<u32>) -> Clock {
        let rows: Vec<u32> = (0..events.len() as u32).collect();
        let (mut times, mut share_before, mut survival) = (Vec::new(), Vec::new(), 1.0);
        for here in risk_table(events, &rows, cause).iter().filter(|here| here.events > 0.0) {
            times.push(here.time);
            share_before.push(1.0 - survival);
            survival *= 1.0 - here.events / here.at_risk;
        }
        Clock { times, share_before }
    }

    fn at(&self, time: f64) -> f64 {
        let found = self.times.binary_search_by(|at| at.total_cmp(&time));
        found.map_or(0.0, |index| self.share_before[index])
    }
}
