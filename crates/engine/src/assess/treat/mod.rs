//! Outliers: found by skew and kurtosis, drawn in or bent, every changed point recorded.

mod transform;
mod winsorise;

use serde::{Deserialize, Serialize};

use super::outcome::How;
use super::panel::is_present;
use super::stats;

pub use transform::Transform;

/// What is done with a column that fails the check of skew and kurtosis.
///
/// A column passes if its |skew| is below `skew_abs_max` or its excess kurtosis below
/// `kurtosis_max`. One that fails is winsorised point by point; if it fails even then, the
/// untreated column is transformed. A column too short or without spread to be checked is
/// left alone.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Treat {
    pub skew_abs_max: f64,
    pub kurtosis_max: f64,
    /// The number of points at which drawing in stops; 0 for none. Points of equal value are
    /// drawn in together, so that the last step may go over it.
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

/// Skew and excess kurtosis of a column, and whether they are let pass.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Shape {
    pub skew: f64,
    pub kurtosis: f64,
    pub pass: bool,
}

/// What was done with one column.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Treated {
    /// How it came; none if it could not be checked.
    pub before: Option<Shape>,
    /// After drawing in, if that was tried.
    pub winsorised: Option<Shape>,
    /// How many points were drawn in, even if the column was then transformed instead.
    pub points: usize,
    /// After the transformation, if there was one.
    pub transformed: Option<Shape>,
    /// Every cell that is no longer what it was: its unit, value before, and why.
    pub changed: Vec<(usize, f64, How)>,
}

impl Treat {
    /// No column is touched.
    pub fn none() -> Treat {
        Treat { points_max: 0, transform: Transform::None, ..Treat::default() }
    }

    pub fn is_none(&self) -> bool {
        self.points_max == 0 && self.transform == Transform::None
    }

    /// Checks a column; none if it has fewer than four values or no spread.
    pub fn shape(&self, column: &[f64]) -> Option<Shape> {
        let (skew, kurtosis) = stats::skew_and_kurtosis(column)?;
        let pass = skew.abs() < self.skew_abs_max || kurtosis < self.kurtosis_max;
        Some(Shape { skew, kurtosis, pass })
    }

    /// Treats a column in place.
    pub fn treat(&self, column: &mut [f64]) -> Treated {
        let mut treated = Treated { before: self.shape(column), ..Treated::default() };
        let Some(Shape { skew, pass: false, .. }) = treated.before else { return treated };
        let original = column.to_vec();
        if self.points_max > 0 {
            let points = winsorise::winsorise(column, self);
            treated.points = points.len();
            treated.winsorised = self.shape(column);
            treated.changed =
                points.into_iter().map(|(unit, how)| (unit, original[unit], how)).collect();
        }
        let passes = treated.winsorised.is_some_and(|shape| shape.pass);
        if !passes && self.transform != Transform::None {
            column.copy_from_slice(&original);
            self.transform.apply(column, skew);
            treated.transformed = self.shape(column);
            let all = original.iter().enumerate().filter(|(_, before)| is_present(**before));
            treated.changed = all.map(|(unit, before)| (unit, *before, How::Transformed)).collect();
        }
        treated
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::assess::MISSING;

    #[test]
    fn tied_outliers_are_drawn_in_together() {
        let mut column = vec![1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0, 10.0, MISSING];
        column.extend([5.0; 10]);
        column.extend([90.0, 90.0]);
        let treated = Treat::default().treat(&mut column);
        assert_eq!(treated.points, 2);
        assert_eq!(
            treated.changed,
            [(21, 90.0, How::WinsorisedHigh), (22, 90.0, How::WinsorisedHigh)]
        );
        assert_eq!(column[21..], [10.0, 10.0]);
    }

    #[test]
    fn what_drawing_in_does_not_mend_is_transformed_from_the_original() {
        let rule = Treat { points_max: 1, ..Treat::default() };
        let mut column: Vec<f64> = (0..30).map(|n| 2_f64.powi(n)).collect();
        let treated = rule.treat(&mut column);
        assert!(!treated.before.unwrap().pass && !treated.winsorised.unwrap().pass);
        assert_eq!(treated.changed.len(), 30);
        let range = 2_f64.powi(29) - 1.0;
        assert_eq!(column[29], (range + 0.01 * range).ln());
    }

    #[test]
    fn short_and_constant_columns_are_left_alone() {
        for mut column in [vec![1.0, 2.0, 900.0], vec![4.0; 8], vec![MISSING; 8], vec![]] {
            let before = column.clone();
            assert_eq!(Treat::default().treat(&mut column), Treated::default());
            assert_eq!(column.len(), before.len());
        }
    }
}
