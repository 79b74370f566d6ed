//! The minimum of a smooth function of a few numbers (Broyden, Fletcher, Goldfarb, Shanno).

use super::dense::{Matrix, dot};

const ITERATIONS_MAX: usize = 300;

/// Where the search ended.
#[derive(Clone, Debug)]
pub struct Minimum {
    pub at: Vec<f64>,
    pub value: f64,
    pub iterations: usize,
    pub converged: bool,
}

/// Searches from `start`; `value` gives the function and its slope.
pub fn minimise(start: Vec<f64>, value: impl Fn(&[f64]) -> (f64, Vec<f64>)) -> Minimum {
    let size = start.len();
    let (mut at, mut inverse) = (start, Matrix::identity(size));
    let (mut now, mut slope) = value(&at);
    for iterations in 0..ITERATIONS_MAX {
        let tolerance = 1e-9 * now.abs().max(1.0);
        if slope.iter().all(|slope| slope.abs() <= tolerance) {
            return Minimum { at, value: now, iterations, converged: true };
        }
        let mut step: Vec<f64> = inverse.times_vector(&slope).iter().map(|step| -step).collect();
        if dot(&step, &slope) >= 0.0 {
            inverse = Matrix::identity(size);
            step = slope.iter().map(|slope| -slope).collect();
        }
        let Some((next, there, slope_there)) = search(&at, &step, now, &slope, &value) else {
            return Minimum { at, value: now, iterations, converged: true };
        };
        let moved: Vec<f64> = next.iter().zip(&at).map(|pair| pair.0 - pair.1).collect();
        let bent: Vec<f64> = slope_there.iter().zip(&slope).map(|pair| pair.0 - pair.1).collect();
        update(&mut inverse, &moved, &bent, iterations == 0);
        (at, now, slope) = (next, there, slope_there);
    }
    Minimum { at, value: now, iterations: ITERATIONS_MAX, converged: false }
}

type Point = (Vec<f64>, f64, Vec<f64>);

/// The longest halving of the step that goes down as far as its slope promises.
fn search(
    at: &[f64],
    step: &[f64],
    now: f64,
    slope: &[f64],
    value: &impl Fn(&[f64]) -> (f64, Vec<f64>),
) -> Option<Point> {
    let longest = step.iter().fold(0.0f64, |longest, step| longest.max(step.abs()));
    let mut part = if longest > 2.0 { 2.0 / longest } else { 1.0 };
    for _ in 0..40 {
        let next: Vec<f64> = at.iter().zip(step).map(|pair| pair.0 + part * pair.1).collect();
        let (there, slope_there) = value(&next);
        if there.is_finite() && there < now + 1e-4 * part * dot(step, slope) {
            return Some((next, there, slope_there));
        }
        part *= 0.5;
    }
    None
}

fn update(inverse: &mut Matrix, moved: &[f64], bent: &[f64], first: bool) {
    let along = dot(moved, bent);
    if along <= 1e-14 {
        return;
    }
    if first {
        let scale = along / dot(bent, bent);
        inverse.data.iter_mut().for_each(|value| *value *= scale);
    }
    let turned = inverse.times_vector(bent);
    let factor = (1.0 + dot(bent, &turned) / along) / along;
    for row in 0..moved.len() {
        for col in 0..moved.len() {
            let change = factor * moved[row] * moved[col]
                - (turned[row] * moved[col] + moved[row] * turned[col]) / along;
            *inverse.at_mut(row, col) += change;
        }
    }
}

/// The slope by central differences.
pub fn slope(at: &[f64], value: impl Fn(&[f64]) -> f64) -> Vec<f64> {
    let along = |index: usize| {
        let step = 1e-5 * at[index].abs().max(1.0);
        let shifted = |by: f64| {
            let mut there = at.to_vec();
            there[index] += by;
            value(&there)
        };
        (shifted(step) - shifted(-step)) / (2.0 * step)
    };
    (0..at.len()).map(along).collect()
}

/// The curvature by central differences.
pub fn curvature(at: &[f64], value: impl Fn(&[f64]) -> f64) -> Matrix {
    let size = at.len();
    let step: Vec<f64> = at.iter().map(|value| 1e-4 * value.abs().max(1.0)).collect();
    let shifted = |moves: &[(usize, f64)]| {
        let mut there = at.to_vec();
        moves.iter().for_each(|(index, by)| there[*index] += by * step[*index]);
        value(&there)
    };
    let now = value(at);
    let mut matrix = Matrix::zeros(size, size);
    for row in 0..size {
        let both = shifted(&[(row, 1.0)]) + shifted(&[(row, -1.0)]) - 2.0 * now;
        *matrix.at_mut(row, row) = both / (step[row] * step[row]);
        for col in 0..row {
            let cross = shifted(&[(row, 1.0), (col, 1.0)])
                - shifted(&[(row, 1.0), (col, -1.0)])
                - shifted(&[(row, -1.0), (col, 1.0)])
                + shifted(&[(row, -1.0), (col, -1.0)]);
            *matrix.at_mut(row, col) = cross / (4.0 * step[row] * step[col]);
        }
    }
    matrix.mirror_lower();
    matrix
}
