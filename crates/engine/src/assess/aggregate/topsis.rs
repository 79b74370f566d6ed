//! TOPSIS: how near to the best of everything and how far from the worst.

use serde::{Deserialize, Serialize};

use super::Items;
use crate::assess::panel::{MISSING, is_present};
use crate::assess::stats;

/// How columns are scaled before distances are taken.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TopsisScale {
    /// x/√Σx².
    #[default]
    Vector,
    /// (x − min)/(max − min).
    MinMax,
    /// As they are.
    None,
}

/// Closeness d⁻/(d⁺ + d⁻), with Euclidean distances from the best and the worst of the
/// weighted columns. Columns of which less is better come negated. A column without spread
/// says nothing; if no column says anything, closeness is missing.
pub fn combine(items: &Items, scale: TopsisScale, out: &mut [f64]) {
    let total: f64 = items.weights.iter().sum();
    let mut to_best = vec![0.0; items.units()];
    out.fill(0.0);
    for (column, weight) in items.columns.iter().zip(items.weights) {
        let Some((min, max)) = stats::min_max(column).filter(|(min, max)| min < max) else {
            continue;
        };
        let unit = match scale {
            TopsisScale::Vector => stats::sum(stats::present_cells(column).map(|x| x * x)).sqrt(),
            TopsisScale::MinMax => max - min,
            TopsisScale::None => 1.0,
        };
        let factor = weight / total / unit;
        add_distances(column, min, max, factor, &mut to_best, out);
    }
    for (to_worst, to_best) in out.iter_mut().zip(to_best) {
        let (far, near) = (to_worst.sqrt(), to_best.sqrt());
        *to_worst = if far + near > 0.0 { far / (far + near) } else { MISSING };
    }
    items.drop_sparse(out);
}

fn add_distances(
    column: &[f64],
    min: f64,
    max: f64,
    factor: f64,
    to_best: &mut [f64],
    to_worst: &mut [f64],
) {
    for ((x, best), worst) in column.iter().zip(to_best).zip(to_worst) {
        let (down, up) = ((max - x) * factor, (x - min) * factor);
        let here = is_present(*x);
        *best += if here { down * down } else { 0.0 };
        *worst += if here { up * up } else { 0.0 };
    }
}
