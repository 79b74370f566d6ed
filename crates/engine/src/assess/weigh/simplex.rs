//! The best point of linear bounds that the origin satisfies.

/// Steps after which the choice of the next step is the slow one that cannot run in circles.
const QUICK_STEPS: usize = 500;
const STEPS_MAX: usize = 50_000;
const NOTHING: f64 = 1e-11;

/// The greatest Σ`gain`·x with `rows`·x ≤ `limits` and x ≥ 0, where no limit is negative.
/// None if there is no greatest.
pub(super) fn greatest(gain: &[f64], rows: &[Vec<f64>], limits: &[f64]) -> Option<f64> {
    let mut table = Table::new(gain, rows, limits);
    for step in 0..STEPS_MAX {
        let Some(column) = table.entering(step < QUICK_STEPS) else { return Some(table.value()) };
        let row = table.leaving(column)?;
        table.pivot(row, column);
    }
    Some(table.value())
}

/// The condensed tableau: a row for each bound and a last one for the gain; the last column
/// has the limits.
struct Table {
    cells: Vec<Vec<f64>>,
    /// What each row and each column stands for, for choices that must not run in circles.
    rows: Vec<usize>,
    columns: Vec<usize>,
}

impl Table {
    fn new(gain: &[f64], rows: &[Vec<f64>], limits: &[f64]) -> Table {
        let with_limit = |(row, limit): (&Vec<f64>, &f64)| {
            row.iter().chain([limit]).copied().collect::<Vec<f64>>()
        };
        let mut cells: Vec<Vec<f64>> = rows.iter().zip(limits).map(with_limit).collect();
        cells.push(gain.iter().map(|gain| -gain).chain([0.0]).collect());
        let (m, n) = (rows.len(), gain.len());
        Table { cells, rows: (n..n + m).collect(), columns: (0..n).collect() }
    }

    fn value(&self) -> f64 {
        self.cells[self.rows.len()][self.columns.len()]
    }

    fn entering(&self, quick: bool) -> Option<usize> {
        let gains = &self.cells[self.rows.len()];
        let helping = (0..self.columns.len()).filter(|column| gains[*column] < -NOTHING);
        match quick {
            true => helping.min_by(|a, b| gains[*a].total_cmp(&gains[*b])),
            false => helping.min_by_key(|column| self.columns[*column]),
        }
    }

    fn leaving(&self, column: usize) -> Option<usize> {
        let last = self.columns.len();
        let bound = (0..self.rows.len()).filter(|row| self.cells[*row][column] > NOTHING);
        let ratio = |row: usize| self.cells[row][last].max(0.0) / self.cells[row][column];
        bound.min_by(|a, b| ratio(*a).total_cmp(&ratio(*b)).then(self.rows[*a].cmp(&self.rows[*b])))
    }

    fn pivot(&mut self, row: usize, column: usize) {
        let pivot = self.cells[row][column];
        let mut own = std::mem::take(&mut self.cells[row]);
        own.iter_mut().for_each(|cell| *cell /= pivot);
        own[column] = 1.0 / pivot;
        for (at, cells) in self.cells.iter_mut().enumerate() {
            if at == row || cells[column] == 0.0 {
                continue;
            }
            let factor = cells[column];
            cells[column] = 0.0;
            for (cell, own) in cells.iter_mut().zip(&own) {
                *cell -= factor * own;
            }
        }
        self.cells[row] = own;
        std::mem::swap(&mut self.rows[row], &mut self.columns[column]);
    }
}

#[cfg(test)]
mod tests {
    use super::greatest;

    #[test]
    fn a_corner_known_by_hand() {
        // max 3x + 5y; x ≤ 4; 2y ≤ 12; 3x + 2y ≤ 18: 36 at (2, 6).
        let rows = [vec![1.0, 0.0], vec![0.0, 2.0], vec![3.0, 2.0]];
        let found = greatest(&[3.0, 5.0], &rows, &[4.0, 12.0, 18.0]).unwrap();
        assert!((found - 36.0).abs() < 1e-12);
        assert_eq!(greatest(&[1.0], &[vec![-1.0]], &[1.0]), None);
    }
}
