//! Points given out by several people.

/// The mean of the rows' shares; none unless each row has a number not negative for each
/// child and a sum above zero.
pub(super) fn weights(rows: &[Vec<f64>], children: usize) -> Option<Vec<f64>> {
    let mut weights = vec![0.0; children];
    for row in rows {
        let sum: f64 = row.iter().sum();
        let fits = row.len() == children && row.iter().all(|points| *points >= 0.0);
        if !fits || !sum.is_finite() || sum <= 0.0 {
            return None;
        }
        for (weight, points) in weights.iter_mut().zip(row) {
            *weight += points / sum / rows.len() as f64;
        }
    }
    (!rows.is_empty()).then_some(weights)
}
