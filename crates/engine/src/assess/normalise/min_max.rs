//! Between the lowest and the highest.

use super::{Column, Flaw};

/// (x − min)/(max − min)·(upper − lower) + lower.
pub(super) fn scores(column: &Column, lower: f64, upper: f64, out: &mut [f64]) -> Option<Flaw> {
    let Some((min, max)) = column.bounds() else { return column.without_bounds(out) };
    if min == max {
        return column.without_range(out, lower, upper);
    }
    let line = Line::between(min, max, column.sign(), lower, upper);
    for (cell, value) in out.iter_mut().zip(column.values) {
        *cell = line.at(*value);
    }
    None
}

/// The stretching of one column, for who goes over it cell by cell.
#[derive(Clone, Copy, Debug)]
pub(in crate::assess) struct Line {
    sign: f64,
    min: f64,
    range: f64,
    scale: f64,
    lower: f64,
}

impl Line {
    /// None without a range, or with an endless one.
    pub fn of(column: &Column, lower: f64, upper: f64) -> Option<Line> {
        let (min, max) =
            column.bounds().filter(|(min, max)| min < max && (max - min).is_finite())?;
        Some(Line::between(min, max, column.sign(), lower, upper))
    }

    fn between(min: f64, max: f64, sign: f64, lower: f64, upper: f64) -> Line {
        Line { sign, min, range: max - min, scale: upper - lower, lower }
    }

    /// The score of a value as it came; of a missing one missing.
    pub fn at(&self, value: f64) -> f64 {
        (self.sign * value - self.min) / self.range * self.scale + self.lower
    }
}
