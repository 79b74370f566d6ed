//! The analytic hierarchy process: weights from comparisons in pairs.

use serde::{Deserialize, Serialize};
use tici_domain::Problem;

use super::to_shares;
use crate::assess::math::{exp, ln};

/// Consistency ratio from which comparisons contradict each other too much.
pub const RATIO_LIMIT: f64 = 0.1;

/// The mean consistency index of random matrices of 1 to 10 items.
const RANDOM_INDEX: [f64; 10] = [0.0, 0.0, 0.58, 0.90, 1.12, 1.24, 1.32, 1.41, 1.45, 1.49];

/// Steps of the power iteration; a positive matrix settles long before.
const STEPS_MAX: usize = 10_000;

/// How weights come out of a comparison matrix.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AhpBy {
    #[default]
    Eigenvector,
    RowGeometricMean,
    ColumnMean,
}

/// What a comparison matrix says.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Judged {
    /// Shares.
    pub weights: Vec<f64>,
    pub lambda_max: f64,
    /// (λ_max − n)/(n − 1); 0 for one item.
    pub consistency_index: f64,
    /// Over that of random matrices; 0 for one or two items. Above ten items the random
    /// index of ten is used, which is on the strict side.
    pub consistency_ratio: f64,
}

/// Judges one matrix of positive numbers, as many rows as columns.
pub fn judge(matrix: &[Vec<f64>], by: AhpBy) -> Judged {
    let n = matrix.len();
    let eigenvector = eigenvector(matrix);
    let product = times(matrix, &eigenvector);
    let ratios = product.iter().zip(&eigenvector).map(|(a, b)| a / b);
    let lambda_max = ratios.sum::<f64>() / n as f64;
    let consistency_index = if n > 1 { (lambda_max - n as f64) / (n - 1) as f64 } else { 0.0 };
    let random = RANDOM_INDEX[n.clamp(1, 10) - 1];
    let consistency_ratio = if random > 0.0 { consistency_index / random } else { 0.0 };
    let weights = match by {
        AhpBy::Eigenvector => eigenvector,
        AhpBy::RowGeometricMean => row_geometric_means(matrix),
        AhpBy::ColumnMean => column_means(matrix),
    };
    Judged { weights, lambda_max, consistency_index, consistency_ratio }
}

/// Several people's matrices as one: the geometric mean of each entry.
pub fn joined(matrices: &[Vec<Vec<f64>>]) -> Vec<Vec<f64>> {
    let [first, ..] = matrices else { return Vec::new() };
    if matrices.len() == 1 {
        return first.clone();
    }
    let entry = |row: usize, column: usize| {
        let logs = matrices.iter().map(|matrix| ln(matrix[row][column]));
        exp(logs.sum::<f64>() / matrices.len() as f64)
    };
    let row = |row: usize| (0..first.len()).map(|column| entry(row, column)).collect();
    (0..first.len()).map(row).collect()
}

/// Weights of `children` items; none unless every matrix has positive numbers for each pair.
///
/// Problems: `assess-ahp-inconsistent` (`ratio`), `assess-ahp-not-reciprocal`.
pub(super) fn weights(
    matrices: &[Vec<Vec<f64>>],
    by: AhpBy,
    children: usize,
    problems: &mut Vec<Problem>,
) -> Option<Vec<f64>> {
    let positive = |row: &Vec<f64>| {
        row.len() == children && row.iter().all(|entry| *entry > 0.0 && entry.is_finite())
    };
    let fits = |matrix: &Vec<Vec<f64>>| matrix.len() == children && matrix.iter().all(positive);
    if matrices.is_empty() || children == 0 || !matrices.iter().all(fits) {
        return None;
    }
    if !matrices.iter().all(|matrix| is_reciprocal(matrix)) {
        problems.push(Problem::warning("assess-ahp-not-reciprocal"));
    }
    let judged = judge(&joined(matrices), by);
    if judged.consistency_ratio >= RATIO_LIMIT {
        let ratio = format!("{:.3}", judged.consistency_ratio);
        problems.push(Problem::warning("assess-ahp-inconsistent").arg("ratio", ratio));
    }
    Some(judged.weights)
}

/// Within what people write for a third: 0.33 against 3.
fn is_reciprocal(matrix: &[Vec<f64>]) -> bool {
    let pairs = |row: usize| (0..=row).map(move |column| (row, column));
    let near = |(row, column): (usize, usize)| {
        (matrix[row][column] * matrix[column][row] - 1.0).abs() < 0.05
    };
    (0..matrix.len()).flat_map(pairs).all(near)
}

fn eigenvector(matrix: &[Vec<f64>]) -> Vec<f64> {
    let mut vector = row_geometric_means(matrix);
    for _ in 0..STEPS_MAX {
        let next = to_shares(times(matrix, &vector));
        let moved = next.iter().zip(&vector).map(|(a, b)| (a - b).abs()).fold(0.0, f64::max);
        vector = next;
        if moved < 1e-16 {
            break;
        }
    }
    vector
}

fn times(matrix: &[Vec<f64>], vector: &[f64]) -> Vec<f64> {
    let row = |row: &Vec<f64>| row.iter().zip(vector).map(|(a, b)| a * b).sum();
    matrix.iter().map(row).collect()
}

fn row_geometric_means(matrix: &[Vec<f64>]) -> Vec<f64> {
    let mean =
        |row: &Vec<f64>| exp(row.iter().map(|entry| ln(*entry)).sum::<f64>() / row.len() as f64);
    to_shares(matrix.iter().map(mean).collect())
}

fn column_means(matrix: &[Vec<f64>]) -> Vec<f64> {
    let n = matrix.len();
    let sum = |column: usize| matrix.iter().map(|row| row[column]).sum::<f64>();
    let sums: Vec<f64> = (0..n).map(sum).collect();
    let share = |row: &Vec<f64>| row.iter().zip(&sums).map(|(a, sum)| a / sum).sum::<f64>();
    matrix.iter().map(|row| share(row) / n as f64).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn consistent_comparisons_give_back_their_weights() {
        let matrix = vec![vec![1.0, 2.0, 4.0], vec![0.5, 1.0, 2.0], vec![0.25, 0.5, 1.0]];
        for by in [AhpBy::Eigenvector, AhpBy::RowGeometricMean, AhpBy::ColumnMean] {
            let judged = judge(&matrix, by);
            let near = judged
                .weights
                .iter()
                .zip([4.0, 2.0, 1.0])
                .all(|(a, b)| (a - b / 7.0).abs() < 1e-12);
            assert!(near && judged.consistency_ratio.abs() < 1e-12, "{judged:?}");
        }
    }

    #[test]
    fn a_circle_of_preferences_is_named() {
        let matrix =
            vec![vec![1.0, 3.0, 0.2], vec![1.0 / 3.0, 1.0, 3.0], vec![5.0, 1.0 / 3.0, 1.0]];
        let mut problems = Vec::new();
        weights(&[matrix], AhpBy::Eigenvector, 3, &mut problems);
        assert_eq!(problems[0].key, "assess-ahp-inconsistent");
    }

    #[test]
    fn people_are_averaged_entry_by_entry() {
        let one = vec![vec![1.0, 4.0], vec![0.25, 1.0]];
        let other = vec![vec![1.0, 1.0], vec![1.0, 1.0]];
        let joined = joined(&[one, other]);
        assert!((joined[0][1] - 2.0).abs() < 1e-12 && (joined[1][0] - 0.5).abs() < 1e-12);
    }
}
