//! Principal components of correlations, and their rotation.

use super::panel::is_present;
use super::stats;

/// Sweeps of the Jacobi method; a symmetric matrix is diagonal after ten or so.
const SWEEPS_MAX: usize = 60;

/// Eigenvalues from the greatest, each with its vector of length 1 whose entries sum to
/// something not negative.
#[derive(Clone, Debug, PartialEq)]
pub struct Components {
    pub values: Vec<f64>,
    pub vectors: Vec<Vec<f64>>,
}

/// Components of the correlation matrix over units without gaps. None if there are no
/// columns, fewer than two such units, or a column without spread among them.
pub fn components(columns: &[&[f64]]) -> Option<Components> {
    let units = columns.first()?.len();
    let complete: Vec<usize> =
        (0..units).filter(|unit| columns.iter().all(|column| is_present(column[*unit]))).collect();
    let rows = |column: &&[f64]| complete.iter().map(|unit| column[*unit]).collect();
    let columns: Vec<Vec<f64>> = columns.iter().map(rows).collect();
    let mut matrix = vec![vec![1.0; columns.len()]; columns.len()];
    for a in 0..columns.len() {
        // Also asked of one column alone, which must have spread.
        stats::pearson(&columns[a], &columns[a])?;
        for b in 0..a {
            let r = stats::pearson(&columns[a], &columns[b])?;
            matrix[a][b] = r;
            matrix[b][a] = r;
        }
    }
    Some(eigen(matrix))
}

/// Eigenvalues and vectors of a symmetric matrix, by Jacobi's rotations.
pub fn eigen(mut matrix: Vec<Vec<f64>>) -> Components {
    let n = matrix.len();
    let unit = |at: usize| (0..n).map(|other| f64::from(u8::from(other == at))).collect();
    let mut vectors: Vec<Vec<f64>> = (0..n).map(unit).collect();
    for _ in 0..SWEEPS_MAX {
        let outside = |row: usize| matrix[row][..row].iter().map(|x| x * x).sum::<f64>();
        if (0..n).map(outside).sum::<f64>() < 1e-30 {
            break;
        }
        for p in 0..n {
            for q in p + 1..n {
                rotate(&mut matrix, &mut vectors, p, q);
            }
        }
    }
    let mut order: Vec<usize> = (0..n).collect();
    order.sort_by(|a, b| matrix[*b][*b].total_cmp(&matrix[*a][*a]));
    let vector = |at: &usize| signed(vectors[*at].clone());
    Components {
        values: order.iter().map(|at| matrix[*at][*at]).collect(),
        vectors: order.iter().map(vector).collect(),
    }
}

/// Turns the plane of `p` and `q` so that their common entry becomes nothing.
fn rotate(matrix: &mut [Vec<f64>], vectors: &mut [Vec<f64>], p: usize, q: usize) {
    if matrix[p][q] == 0.0 {
        return;
    }
    let theta = (matrix[q][q] - matrix[p][p]) / (2.0 * matrix[p][q]);
    let tangent = 1.0_f64.copysign(theta) / (theta.abs() + (theta * theta + 1.0).sqrt());
    let cosine = 1.0 / (tangent * tangent + 1.0).sqrt();
    let sine = tangent * cosine;
    for row in matrix.iter_mut() {
        (row[p], row[q]) = (cosine * row[p] - sine * row[q], sine * row[p] + cosine * row[q]);
    }
    turn(matrix, p, q, cosine, sine);
    turn(vectors, p, q, cosine, sine);
}

fn turn(rows: &mut [Vec<f64>], p: usize, q: usize, cosine: f64, sine: f64) {
    let (upper, lower) = rows.split_at_mut(q);
    for (a, b) in upper[p].iter_mut().zip(lower[0].iter_mut()) {
        (*a, *b) = (cosine * *a - sine * *b, sine * *a + cosine * *b);
    }
}

fn signed(vector: Vec<f64>) -> Vec<f64> {
    let sum: f64 = vector.iter().sum();
    if sum < 0.0 { vector.into_iter().map(|x| -x).collect() } else { vector }
}

/// Rotates loadings (a row for each factor) so that each item loads on few of them.
pub fn varimax(mut loadings: Vec<Vec<f64>>) -> Vec<Vec<f64>> {
    for _ in 0..SWEEPS_MAX {
        let mut turned = 0.0_f64;
        for p in 0..loadings.len() {
            for q in p + 1..loadings.len() {
                let angle = varimax_angle(&loadings[p], &loadings[q]);
                turn(&mut loadings, p, q, libm::cos(angle), -libm::sin(angle));
                turned = turned.max(angle.abs());
            }
        }
        if turned < 1e-12 {
            break;
        }
    }
    loadings
}

/// Kaiser's angle of the plane of two factors.
fn varimax_angle(p: &[f64], q: &[f64]) -> f64 {
    let n = p.len() as f64;
    let (mut a, mut b, mut c, mut d) = (0.0, 0.0, 0.0, 0.0);
    for (x, y) in p.iter().zip(q) {
        let (u, v) = (x * x - y * y, 2.0 * x * y);
        a += u;
        b += v;
        c += u * u - v * v;
        d += 2.0 * u * v;
    }
    libm::atan2(d - 2.0 * a * b / n, c - (a * a - b * b) / n) / 4.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_matrix_known_by_hand() {
        let found = eigen(vec![vec![2.0, 1.0, 0.0], vec![1.0, 2.0, 0.0], vec![0.0, 0.0, 5.0]]);
        for (value, expected) in found.values.iter().zip([5.0, 3.0, 1.0]) {
            assert!((value - expected).abs() < 1e-14);
        }
        let half = 0.5_f64.sqrt();
        for (x, expected) in found.vectors[1].iter().zip([half, half, 0.0]) {
            assert!((x - expected).abs() < 1e-14, "{:?}", found.vectors);
        }
    }

    #[test]
    fn varimax_finds_the_axes() {
        // Two clean factors, turned by 0.4.
        let (c, s) = (0.4_f64.cos(), 0.4_f64.sin());
        let mixed = vec![vec![0.9 * c, 0.8 * c, -0.7 * s], vec![0.9 * s, 0.8 * s, 0.7 * c]];
        let found = varimax(mixed);
        for (x, expected) in found.concat().iter().zip([0.9, 0.8, 0.0, 0.0, 0.0, 0.7]) {
            assert!((x.abs() - expected).abs() < 1e-9, "{found:?}");
        }
    }
}
