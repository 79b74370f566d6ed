//! Logistic regression over sparse rows with a ridge penalty, by Newton's method.

use super::features::Row;
use crate::forecast::recalibrate::sigmoid;

/// Coefficients of a fitted regression.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Logit {
    pub offset: f64,
    pub slopes: Vec<f64>,
}

impl Logit {
    /// Probability for a row.
    pub fn at(&self, row: &Row) -> f64 {
        sigmoid(self.score(row))
    }

    /// Its logit.
    pub fn score(&self, row: &Row) -> f64 {
        let term = |(at, x): &(u32, f32)| {
            self.slopes.get(*at as usize).map_or(0.0, |slope| slope * f64::from(*x))
        };
        self.offset + row.iter().map(term).sum::<f64>()
    }
}

const STEPS_MAX: usize = 25;

/// Fits `happened` on `rows`, each with a weight. `ridge` has the penalty on half the square
/// of each slope; the offset is free but for a trace that keeps it finite where all outcomes
/// agree. Starts from `start`.
pub fn fit(
    rows: &[&Row],
    weights: &[f64],
    happened: &[bool],
    ridge: &[f64],
    start: &Logit,
) -> Logit {
    let mut at = start.clone();
    let width = at.slopes.len();
    for _ in 0..STEPS_MAX {
        let (mut bend, mut pull) = (vec![0.0; (width + 1) * (width + 1)], vec![0.0; width + 1]);
        for ((row, weight), happened) in rows.iter().zip(weights).zip(happened) {
            let p = at.at(row);
            let miss = weight * (f64::from(u8::from(*happened)) - p);
            add(row, width, miss, weight * p * (1.0 - p), &mut bend, &mut pull);
        }
        for (k, (slope, ridge)) in at.slopes.iter().zip(ridge).enumerate() {
            pull[k] -= ridge * slope;
            bend[k * (width + 1) + k] += ridge;
        }
        pull[width] -= 1e-2 * at.offset;
        bend[width * (width + 1) + width] += 1e-2;
        let step = solve(&mut bend, pull, width + 1);
        let most = step.iter().fold(0.0, |most: f64, step| most.max(step.abs()));
        let damp = if most > 3.0 { 3.0 / most } else { 1.0 };
        at.slopes.iter_mut().zip(&step).for_each(|(slope, step)| *slope += damp * step);
        at.offset += damp * step[width];
        if most < 1e-5 {
            break;
        }
    }
    at
}

/// Adds one row to the lower triangle of the second derivative, and to the first; the offset
/// comes last.
fn add(row: &Row, width: usize, miss: f64, weight: f64, bend: &mut [f64], pull: &mut [f64]) {
    let stride = width + 1;
    for (index, &(a, x)) in row.iter().enumerate() {
        let (a, x) = (a as usize, f64::from(x));
        pull[a] += miss * x;
        let by = weight * x;
        let line = &mut bend[a * stride..=a * stride + a];
        for &(b, y) in &row[..=index] {
            line[b as usize] += by * f64::from(y);
        }
        bend[width * stride + a] += by;
    }
    pull[width] += miss;
    bend[width * stride + width] += weight;
}

/// Solves a positive system given by its lower triangle, in place (Cholesky).
fn solve(lower: &mut [f64], mut right: Vec<f64>, size: usize) -> Vec<f64> {
    for a in 0..size {
        for b in 0..=a {
            let (row_a, row_b) = (&lower[a * size..a * size + b], &lower[b * size..b * size + b]);
            let dot: f64 = row_a.iter().zip(row_b).map(|(x, y)| x * y).sum();
            let rest = lower[a * size + b] - dot;
            lower[a * size + b] =
                if a == b { rest.max(1e-12).sqrt() } else { rest / lower[b * size + b] };
        }
        let dot: f64 = lower[a * size..a * size + a].iter().zip(&right).map(|(x, y)| x * y).sum();
        right[a] = (right[a] - dot) / lower[a * size + a];
    }
    for a in (0..size).rev() {
        right[a] /= lower[a * size + a];
        let known = right[a];
        let line = &lower[a * size..a * size + a];
        right[..a].iter_mut().zip(line).for_each(|(to, x)| *to -= x * known);
    }
    right
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_of_two_groups_gives_their_rates() {
        // Seven of ten with the mark, two of ten without.
        let row = |at: usize| if at < 10 { vec![(0, 1.0)] } else { Vec::new() };
        let rows: Vec<Row> = (0..20).map(row).collect();
        let happened: Vec<bool> = (0..20).map(|at| at < 7 || (10..12).contains(&at)).collect();
        let start = Logit { offset: 0.0, slopes: vec![0.0] };
        let rows: Vec<&Row> = rows.iter().collect();
        let found = fit(&rows, &[1.0; 20], &happened, &[1e-9], &start);
        assert!((found.at(&vec![(0, 1.0)]) - 0.7).abs() < 5e-3, "{found:?}");
        assert!((found.at(&Vec::new()) - 0.2).abs() < 5e-3);
        let certain = fit(&rows, &[1.0; 20], &[true; 20], &[1.0], &start);
        assert!(certain.at(&Vec::new()) < 1.0 && certain.slopes[0].is_finite());
    }
}
