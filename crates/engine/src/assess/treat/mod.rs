//! Outliers: found by skew and kurtosis, drawn in or bent, every changed point recorded.

use serde::{Deserialize, Serialize};

/// What is done with a column that fails the check of skew and kurtosis.
///
/// A column passes if its |skew| is below `skew_abs_max` or its excess kurtosis below
/// `kurtosis_max`. One that fails is winsorised point by point; if it fails even then, the
/// untreated column is transformed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Treat {
    pub skew_abs_max: f64,
    pub kurtosis_max: f64,
    /// The most points that may be drawn in; 0 for none.
    pub points_max: usize,
    /// What is done if drawing in does not help.
    pub transform: Transform,
}

impl Default for Treat {
    /// |skew| < 2 or kurtosis < 3.5; five points; then the logarithm.
    fn default() -> Treat {
        Treat { skew_abs_max: 2.0, kurtosis_max: 3.5, points_max: 5, transform: Transform::Log }
    }
}

impl Treat {
    /// No column is touched.
    pub fn none() -> Treat {
        Treat { points_max: 0, transform: Transform::None, ..Treat::default() }
    }
}

/// A bend of a whole column.
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
    /// (xᶻ − 1)/λ on x − min + 1, ln for λ = 0.
    BoxCox { lambda: f64 },
}
