//! Weighted sums of outer products, Σ w x xᵀ: where models of many rows spend their time.

use rayon::prelude::*;

use super::dense::Matrix;

/// Numbers worked on together; rows are padded with zeros to a multiple of it.
pub const LANE: usize = 4;

/// Rows summed by one task. Fixed, so that sums do not depend on the number of threads.
const CHUNK_ROWS: usize = 8192;

/// `width` with its padding.
pub fn padded(width: usize) -> usize {
    width.next_multiple_of(LANE)
}

/// Adds Σ wᵢ xᵢ xᵢᵀ to the lower triangle of `into`, in tiles of [`LANE`].
///
/// `rows` holds one padded row after another, `into` is padded × padded; what lies above the
/// diagonal is right within the tiles on the diagonal only.
pub fn add_outer(into: &mut [f64], width: usize, rows: &[f64], weights: &[f64]) {
    let tiles = width / LANE;
    for down in 0..tiles {
        for across in 0..=down {
            let sums = tile(rows, width, weights, down * LANE, across * LANE);
            for (line, sums) in sums.iter().enumerate() {
                let begin = (down * LANE + line) * width + across * LANE;
                for (value, sum) in into[begin..begin + LANE].iter_mut().zip(sums) {
                    *value += sum;
                }
            }
        }
    }
}

fn tile(
    rows: &[f64],
    width: usize,
    weights: &[f64],
    down: usize,
    across: usize,
) -> [[f64; LANE]; LANE] {
    let mut sums = [[0.0; LANE]; LANE];
    for (row, weight) in rows.chunks_exact(width).zip(weights) {
        let (Some(left), Some(right)) =
            (row[down..].first_chunk::<LANE>(), row[across..].first_chunk::<LANE>())
        else {
            continue;
        };
        for (line, left) in sums.iter_mut().zip(left) {
            let scaled = left * weight;
            for (sum, right) in line.iter_mut().zip(right) {
                *sum += scaled * right;
            }
        }
    }
    sums
}

/// Adds Σ wᵢ xᵢ to `into`.
pub fn add_rows(into: &mut [f64], rows: &[f64], weights: &[f64]) {
    for (row, weight) in rows.chunks_exact(into.len()).zip(weights) {
        for (sum, value) in into.iter_mut().zip(row) {
            *sum += weight * value;
        }
    }
}

/// Σ wᵢ xᵢ xᵢᵀ of many padded rows, as a full matrix of `size` ≤ `width`.
pub fn gram(rows: &[f64], width: usize, size: usize, weights: &[f64]) -> Matrix {
    let chunks = rows.par_chunks(CHUNK_ROWS * width).zip(weights.par_chunks(CHUNK_ROWS));
    let parts: Vec<Vec<f64>> = chunks
        .map(|(rows, weights)| {
            let mut sums = vec![0.0; width * width];
            add_outer(&mut sums, width, rows, weights);
            sums
        })
        .collect();
    let mut total = vec![0.0; width * width];
    for part in parts {
        for (sum, value) in total.iter_mut().zip(part) {
            *sum += value;
        }
    }
    unpad(&total, width, size)
}

/// The full symmetric matrix of a padded lower triangle.
pub fn unpad(lower: &[f64], width: usize, size: usize) -> Matrix {
    let mut matrix = Matrix::zeros(size, size);
    for row in 0..size {
        for col in 0..=row {
            *matrix.at_mut(row, col) = lower[row * width + col];
        }
    }
    matrix.mirror_lower();
    matrix
}
