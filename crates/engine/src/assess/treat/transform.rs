//! Bending a whole column.

use serde::{Deserialize, Serialize};

use crate::assess::math::{ln, pow};
use crate::assess::stats;

/// A bend of a whole column. All keep the order of the units.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(tag = "method", rename_all = "snake_case")]
pub enum Transform {
    #[default]
    None,
    /// ln(x − min + 0.01·range).
    Log,
    /// As `Log` when the skew is positive; when negative −ln(max − x + 0.01·range).
    LogSigned,
    /// ln(x − min + 1).
    LogOne,
    /// (zᵏ − 1)/k of z = x − min + 1, with k = `lambda`; ln z for 0.
    BoxCox { lambda: f64 },
}

impl Transform {
    /// Bends the column in place, whose skew before is given.
    pub fn apply(self, column: &mut [f64], skew: f64) {
        let Some((min, max)) = stats::min_max(column) else { return };
        let shift = 0.01 * (max - min);
        let bend: &dyn Fn(f64) -> f64 = match self {
            Transform::None => &|x| x,
            Transform::LogSigned if skew < 0.0 => &|x| -ln(max - x + shift),
            Transform::Log | Transform::LogSigned => &|x| ln(x - min + shift),
            Transform::LogOne => &|x| ln(x - min + 1.0),
            Transform::BoxCox { lambda: 0.0 } => &|x| ln(x - min + 1.0),
            Transform::BoxCox { lambda } => &move |x| (pow(x - min + 1.0, lambda) - 1.0) / lambda,
        };
        column.iter_mut().for_each(|cell| *cell = bend(*cell));
    }
}
