//! Nonlinear least squares for a handful of parameters (Levenberg and Marquardt).

/// A fitted model.
#[derive(Clone, Debug, PartialEq)]
pub struct Fit {
    pub parameters: Vec<f64>,
    /// Standard error of each parameter; NaN where there are no more points than parameters.
    pub errors: Vec<f64>,
    /// Sum of squared residuals.
    pub sse: f64,
    /// Whether the last step was as small as rounding allows.
    pub converged: bool,
}

const STEPS_MAX: usize = 500;

/// Fits `model(parameters, x)` to points `(x, y)` from `start`. A model answers NaN for
/// parameters it does not allow; the fit then stays inside.
pub fn fit(model: &dyn Fn(&[f64], f64) -> f64, x: &[f64], y: &[f64], start: &[f64]) -> Fit {
    let sse = |p: &[f64]| -> f64 {
        let sum: f64 = x.iter().zip(y).map(|(x, y)| (y - model(p, *x)).powi(2)).sum();
        if sum.is_nan() { f64::INFINITY } else { sum }
    };
    let mut at = start.to_vec();
    let (mut best, mut damping, mut converged) = (sse(&at), 1e-3, false);
    for _ in 0..STEPS_MAX {
        let jacobian = slopes(model, x, &at);
        let Some(step) = step(&jacobian, &residuals(model, x, y, &at), damping) else { break };
        let next: Vec<f64> = at.iter().zip(&step).map(|(p, d)| p + d).collect();
        let found = sse(&next);
        let small = step.iter().zip(&at).all(|(d, p)| d.abs() <= 1e-11 * (p.abs() + 1e-8));
        if found <= best {
            (at, best) = (next, found);
            damping = (damping * 0.2).max(1e-15);
        } else {
            damping *= 5.0;
        }
        if small || damping > 1e20 {
            converged = small;
            break;
        }
    }
    let errors = standard_errors(&slopes(model, x, &at), best);
    Fit { parameters: at, errors, sse: best, converged }
}

fn residuals(model: &dyn Fn(&[f64], f64) -> f64, x: &[f64], y: &[f64], at: &[f64]) -> Vec<f64> {
    x.iter().zip(y).map(|(x, y)| y - model(at, *x)).collect()
}

/// One row per point: the model's slope in each parameter, by central differences.
fn slopes(model: &dyn Fn(&[f64], f64) -> f64, x: &[f64], at: &[f64]) -> Vec<Vec<f64>> {
    let slope = |x: f64, k: usize| {
        let width = 6e-6 * at[k].abs().max(1e-3);
        let (mut up, mut down) = (at.to_vec(), at.to_vec());
        up[k] += width;
        down[k] -= width;
        let slope = (model(&up, x) - model(&down, x)) / (up[k] - down[k]);
        if slope.is_finite() { slope } else { 0.0 }
    };
    x.iter().map(|&x| (0..at.len()).map(|k| slope(x, k)).collect()).collect()
}

fn step(jacobian: &[Vec<f64>], residuals: &[f64], damping: f64) -> Option<Vec<f64>> {
    let mut normal = gram(jacobian);
    for (k, row) in normal.iter_mut().enumerate() {
        row[k] += damping * row[k].max(1e-300);
    }
    let count = normal.len();
    let pull = (0..count)
        .map(|k| jacobian.iter().zip(residuals).map(|(row, r)| row[k] * r).sum())
        .collect();
    solve(normal, pull)
}

fn gram(jacobian: &[Vec<f64>]) -> Vec<Vec<f64>> {
    let count = jacobian.first().map_or(0, Vec::len);
    let dot = |a: usize, b: usize| jacobian.iter().map(|row| row[a] * row[b]).sum();
    (0..count).map(|a| (0..count).map(|b| dot(a, b)).collect()).collect()
}

fn standard_errors(jacobian: &[Vec<f64>], sse: f64) -> Vec<f64> {
    let normal = gram(jacobian);
    let (points, count) = (jacobian.len(), normal.len());
    if points <= count {
        return vec![f64::NAN; count];
    }
    let unit = |k: usize| (0..count).map(|at| f64::from(u8::from(at == k))).collect();
    let scale = sse / (points - count) as f64;
    let error = |k: usize| solve(normal.clone(), unit(k)).map_or(f64::NAN, |row| row[k] * scale);
    (0..count).map(|k| error(k).sqrt()).collect()
}

/// The solution of a symmetric positive system, by Gauss with scaling and row exchange;
/// `None` where it is singular.
pub fn solve(mut matrix: Vec<Vec<f64>>, mut right: Vec<f64>) -> Option<Vec<f64>> {
    let count = right.len();
    let scale: Vec<f64> = (0..count).map(|k| matrix[k][k].abs().sqrt()).collect();
    if scale.iter().any(|scale| !(*scale > 0.0 && scale.is_finite())) {
        return None;
    }
    for a in 0..count {
        for b in 0..count {
            matrix[a][b] /= scale[a] * scale[b];
        }
        right[a] /= scale[a];
    }
    for k in 0..count {
        let pivot =
            (k..count).max_by(|a, b| matrix[*a][k].abs().total_cmp(&matrix[*b][k].abs()))?;
        if matrix[pivot][k].abs() < 1e-14 {
            return None;
        }
        matrix.swap(k, pivot);
        right.swap(k, pivot);
        let lead = matrix[k].clone();
        for row in k + 1..count {
            let by = matrix[row][k] / lead[k];
            matrix[row][k..].iter_mut().zip(&lead[k..]).for_each(|(to, from)| *to -= by * from);
            right[row] -= by * right[k];
        }
    }
    for k in (0..count).rev() {
        let known: f64 = (k + 1..count).map(|at| matrix[k][at] * right[at]).sum();
        right[k] = (right[k] - known) / matrix[k][k];
    }
    Some(right.iter().zip(&scale).map(|(found, scale)| found / scale).collect())
}
