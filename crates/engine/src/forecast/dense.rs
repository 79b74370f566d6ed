//! Small dense linear algebra: what a model of some hundred covariates needs, no more.

/// A matrix, row after row.
#[derive(Clone, Debug, PartialEq)]
pub struct Matrix {
    pub rows: usize,
    pub cols: usize,
    pub data: Vec<f64>,
}

impl Matrix {
    pub fn zeros(rows: usize, cols: usize) -> Matrix {
        Matrix { rows, cols, data: vec![0.0; rows * cols] }
    }

    pub fn identity(size: usize) -> Matrix {
        let mut matrix = Matrix::zeros(size, size);
        for index in 0..size {
            *matrix.at_mut(index, index) = 1.0;
        }
        matrix
    }

    pub fn at(&self, row: usize, col: usize) -> f64 {
        self.data[row * self.cols + col]
    }

    pub fn at_mut(&mut self, row: usize, col: usize) -> &mut f64 {
        &mut self.data[row * self.cols + col]
    }

    pub fn row(&self, row: usize) -> &[f64] {
        &self.data[row * self.cols..(row + 1) * self.cols]
    }

    pub fn row_mut(&mut self, row: usize) -> &mut [f64] {
        &mut self.data[row * self.cols..(row + 1) * self.cols]
    }

    pub fn diagonal(&self) -> Vec<f64> {
        (0..self.rows.min(self.cols)).map(|index| self.at(index, index)).collect()
    }

    pub fn times(&self, other: &Matrix) -> Matrix {
        let mut product = Matrix::zeros(self.rows, other.cols);
        for row in 0..self.rows {
            for (inner, left) in self.row(row).iter().enumerate().filter(|pair| *pair.1 != 0.0) {
                let right = other.row(inner);
                let into = product.row_mut(row);
                for (value, right) in into.iter_mut().zip(right) {
                    *value += left * right;
                }
            }
        }
        product
    }

    pub fn times_vector(&self, vector: &[f64]) -> Vec<f64> {
        (0..self.rows).map(|row| dot(self.row(row), vector)).collect()
    }

    /// Copies the part below the diagonal above it.
    pub fn mirror_lower(&mut self) {
        for row in 0..self.rows {
            for col in 0..row {
                *self.at_mut(col, row) = self.at(row, col);
            }
        }
    }
}

pub fn dot(left: &[f64], right: &[f64]) -> f64 {
    left.iter().zip(right).map(|pair| pair.0 * pair.1).sum()
}

/// `L Lᵀ` of a symmetric matrix that is positive definite, or nearly: a column that the
/// columns before it explain is dropped, and its solution is zero.
#[derive(Clone, Debug)]
pub struct Cholesky {
    lower: Matrix,
    /// Columns found to be explained by those before them.
    pub dropped: Vec<bool>,
}

/// A pivot below this share of its diagonal has no information of its own.
const PIVOT_MIN: f64 = 1e-11;

impl Cholesky {
    /// Factors the lower triangle of `matrix`.
    pub fn new(matrix: &Matrix) -> Cholesky {
        let size = matrix.rows;
        let mut lower = Matrix::zeros(size, size);
        let mut dropped = vec![false; size];
        for (col, drop) in dropped.iter_mut().enumerate() {
            let before = lower.row(col)[..col].to_vec();
            let pivot = matrix.at(col, col) - dot(&before, &before);
            if pivot <= PIVOT_MIN * matrix.at(col, col).abs() || !pivot.is_finite() {
                *drop = true;
                continue;
            }
            let root = pivot.sqrt();
            *lower.at_mut(col, col) = root;
            for row in col + 1..size {
                let value = matrix.at(row, col) - dot(&lower.row(row)[..col], &before);
                *lower.at_mut(row, col) = value / root;
            }
        }
        Cholesky { lower, dropped }
    }

    /// The `x` with `matrix · x = right`; zero where a column was dropped.
    pub fn solve(&self, right: &[f64]) -> Vec<f64> {
        let mut x = self.solve_lower(right);
        for row in (0..x.len()).rev() {
            if self.dropped[row] {
                continue;
            }
            let (before, rest) = x.split_at_mut(row);
            let line = self.lower.row(row);
            rest[0] /= line[row];
            before.iter_mut().zip(line).for_each(|pair| *pair.0 -= pair.1 * rest[0]);
        }
        x
    }

    /// The `y` with `L · y = right`.
    pub fn solve_lower(&self, right: &[f64]) -> Vec<f64> {
        let mut y = vec![0.0; self.dropped.len()];
        for row in 0..y.len() {
            if !self.dropped[row] {
                let before = dot(&self.lower.row(row)[..row], &y[..row]);
                y[row] = (right[row] - before) / self.lower.at(row, row);
            }
        }
        y
    }

    pub fn inverse(&self) -> Matrix {
        let size = self.dropped.len();
        let mut inverse = Matrix::zeros(size, size);
        for col in (0..size).filter(|col| !self.dropped[*col]) {
            let mut unit = vec![0.0; size];
            unit[col] = 1.0;
            for (row, value) in self.solve(&unit).into_iter().enumerate() {
                *inverse.at_mut(row, col) = value;
            }
        }
        inverse
    }

    /// The diagonal of [`Cholesky::inverse`], for much less.
    pub fn inverse_diagonal(&self) -> Vec<f64> {
        let size = self.dropped.len();
        // Column `col` of L⁻¹ begins at row `col`; the diagonal has the squares of its entries.
        let of = |col: usize| {
            let mut y = vec![0.0; size];
            y[col] = 1.0 / self.lower.at(col, col);
            let mut sum = y[col] * y[col];
            for row in (col + 1..size).filter(|row| !self.dropped[*row]) {
                let line = self.lower.row(row);
                y[row] = -dot(&line[col..row], &y[col..row]) / line[row];
                sum += y[row] * y[row];
            }
            sum
        };
        (0..size).map(|col| if self.dropped[col] { 0.0 } else { of(col) }).collect()
    }

    /// Logarithm of the determinant over the columns that were kept.
    pub fn log_det(&self) -> f64 {
        let kept = (0..self.dropped.len()).filter(|index| !self.dropped[*index]);
        2.0 * kept.map(|index| self.lower.at(index, index).ln()).sum::<f64>()
    }
}

/// The `x` with `matrix · x = right` by elimination with row exchange; `None` where the
/// matrix has no inverse.
pub fn solve_general(matrix: &Matrix, right: &[f64]) -> Option<Vec<f64>> {
    let size = matrix.rows;
    let (mut a, mut x) = (matrix.clone(), right.to_vec());
    for col in 0..size {
        let pivot =
            (col..size).max_by(|p, q| a.at(*p, col).abs().total_cmp(&a.at(*q, col).abs()))?;
        if a.at(pivot, col).abs() < f64::MIN_POSITIVE {
            return None;
        }
        x.swap(col, pivot);
        for k in 0..size {
            a.data.swap(col * size + k, pivot * size + k);
        }
        for row in col + 1..size {
            let factor = a.at(row, col) / a.at(col, col);
            for k in col..size {
                *a.at_mut(row, k) -= factor * a.at(col, k);
            }
            x[row] -= factor * x[col];
        }
    }
    for row in (0..size).rev() {
        let after = dot(&a.row(row)[row + 1..], &x[row + 1..]);
        x[row] = (x[row] - after) / a.at(row, row);
    }
    Some(x)
}
