//! Bringing columns to one scale, a file for each way.

mod borda;
mod distance_to_max;
mod distance_to_reference;
mod distance_to_target;
mod fixed_scale;
mod fraction_of_max;
mod goalposts;
mod interval;
pub(super) mod min_max;
mod moderate;
mod percentile_rank;
mod rank;
mod z_score;

use serde::{Deserialize, Serialize};

use super::options::ZeroRange;
use super::panel::{MISSING, is_present};
use super::stats;
use super::tree::Direction;

pub use fraction_of_max::Reversed;

/// The way a column becomes scores. Columns of which less is better are multiplied by −1
/// first, unless the method says otherwise; `x`, `min`, `max` and `target` below are meant so.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "method", rename_all = "snake_case")]
pub enum Normalise {
    /// (x − min)/(max − min)·(upper − lower) + lower.
    MinMax { lower: f64, upper: f64 },
    /// (x − mean)/s·`sd` + `mean`, s with n − 1.
    ZScore { mean: f64, sd: f64 },
    /// Place counted from the lowest, ties the smallest.
    Rank,
    /// Rank − 1.
    Borda,
    /// (rank − 1)/(present − 1).
    PercentileRank,
    /// 1 − (max − x)/(max − min).
    DistanceToMax,
    /// (x − min)/(target − min), the target being the leaf's; at most 1 with `cap`.
    DistanceToTarget { cap: bool },
    /// 1 − (x_ref − x)/(x_ref − min), against the unit of that code; at most 1 with `cap`.
    DistanceToReference { unit: String, cap: bool },
    /// x/max, for columns without negative values.
    FractionOfMax {
        #[serde(default)]
        reversed: Reversed,
    },
    /// (x − lo)/(hi − lo), or (hi − x)/(hi − lo) where less is better, clipped to 0–1, times
    /// `scale`. With `log` all three are taken by their logarithm.
    Goalposts {
        lo: f64,
        hi: f64,
        #[serde(default = "one")]
        scale: f64,
        #[serde(default)]
        log: bool,
        #[serde(default = "yes")]
        clip: bool,
    },
    /// (x − a)/(b − a)·k.
    FixedScale { a: f64, b: f64, k: f64 },
    /// 1 − |x − best|/max|x − best|; direction does not count.
    Moderate { best: f64 },
    /// 1 inside [from, to], outside 1 − distance/max(from − min, max − to); direction does
    /// not count.
    Interval { from: f64, to: f64 },
    /// The value as it came, whatever its direction.
    None,
}

impl Default for Normalise {
    fn default() -> Normalise {
        Normalise::MinMax { lower: 0.0, upper: 100.0 }
    }
}

fn one() -> f64 {
    1.0
}

fn yes() -> bool {
    true
}

/// A column about to be scored.
#[derive(Clone, Copy, Debug)]
pub struct Column<'a> {
    /// The values as they are, direction not applied.
    pub values: &'a [f64],
    /// The values that give minimum, maximum, mean, spread and places; mostly `values`.
    pub basis: &'a [f64],
    pub direction: Direction,
    /// Direction not applied.
    pub target: Option<f64>,
    /// The value of the reference unit, direction not applied.
    pub reference: Option<f64>,
    pub zero_range: ZeroRange,
}

impl<'a> Column<'a> {
    /// A column that is its own basis, more being better.
    pub fn new(values: &'a [f64]) -> Column<'a> {
        Column {
            values,
            basis: values,
            direction: Direction::Higher,
            target: None,
            reference: None,
            zero_range: ZeroRange::Missing,
        }
    }

    /// −1 where less is better.
    fn sign(&self) -> f64 {
        match self.direction {
            Direction::Higher => 1.0,
            Direction::Lower => -1.0,
        }
    }

    /// Lowest and highest of the basis with its direction.
    fn bounds(&self) -> Option<(f64, f64)> {
        let (low, high) = stats::min_max(self.basis)?;
        Some(match self.direction {
            Direction::Higher => (low, high),
            Direction::Lower => (-high, -low),
        })
    }

    /// Scores each value with its direction.
    fn each(&self, out: &mut [f64], score: impl Fn(f64) -> f64) {
        let sign = self.sign();
        for (cell, value) in out.iter_mut().zip(self.values) {
            *cell = score(sign * value);
        }
    }

    /// What every present value gets when the basis has no spread.
    fn without_range(&self, out: &mut [f64], lowest: f64, highest: f64) -> Option<Flaw> {
        let score = match self.zero_range {
            ZeroRange::Missing => MISSING,
            ZeroRange::Lowest => lowest,
            ZeroRange::Middle => f64::midpoint(lowest, highest),
            ZeroRange::Highest => highest,
        };
        self.each(out, |value| if is_present(value) { score } else { MISSING });
        Some(Flaw::ZeroRange)
    }

    /// As [`Column::without_range`], or everything missing because the basis is.
    fn without_bounds(&self, out: &mut [f64]) -> Option<Flaw> {
        out.fill(MISSING);
        Some(Flaw::Empty)
    }
}

/// Why a column could not be scored in the usual way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flaw {
    /// No value to take bounds from: all scores are missing.
    Empty,
    /// All values are the same, or target or reference lies on the lowest value: scores are
    /// what [`ZeroRange`] says.
    ZeroRange,
    /// The leaf names no target: all scores are missing.
    NoTarget,
    /// The reference unit is unknown or has no value: all scores are missing.
    NoReference,
    /// Values of which the method can make nothing: those scores are missing.
    OutOfDomain,
}

impl Flaw {
    /// The key of its message; `code` names the leaf.
    pub fn key(self) -> &'static str {
        match self {
            Flaw::Empty => "assess-column-empty",
            Flaw::ZeroRange => "assess-zero-range",
            Flaw::NoTarget => "assess-target-missing",
            Flaw::NoReference => "assess-reference-missing",
            Flaw::OutOfDomain => "assess-value-out-of-domain",
        }
    }
}

impl Normalise {
    /// Scores `column` into `out`, missing staying missing, and says what was in the way.
    pub fn scores(&self, column: &Column, out: &mut [f64]) -> Option<Flaw> {
        let flaw = match self {
            Normalise::MinMax { lower, upper } => min_max::scores(column, *lower, *upper, out),
            Normalise::ZScore { mean, sd } => z_score::scores(column, *mean, *sd, out),
            Normalise::Rank => rank::scores(column, out),
            Normalise::Borda => borda::scores(column, out),
            Normalise::PercentileRank => percentile_rank::scores(column, out),
            Normalise::DistanceToMax => distance_to_max::scores(column, out),
            Normalise::DistanceToTarget { cap } => distance_to_target::scores(column, *cap, out),
            Normalise::DistanceToReference { cap, .. } => {
                distance_to_reference::scores(column, *cap, out)
            }
            Normalise::FractionOfMax { reversed } => {
                fraction_of_max::scores(column, *reversed, out)
            }
            Normalise::Goalposts { lo, hi, scale, log, clip } => {
                let posts = goalposts::Posts { lo: *lo, hi: *hi, scale: *scale };
                goalposts::scores(column, &posts, *log, *clip, out)
            }
            Normalise::FixedScale { a, b, k } => fixed_scale::scores(column, *a, *b, *k, out),
            Normalise::Moderate { best } => moderate::scores(column, *best, out),
            Normalise::Interval { from, to } => interval::scores(column, *from, *to, out),
            Normalise::None => {
                out.copy_from_slice(column.values);
                None
            }
        };
        flaw.or_else(|| refuse_infinite(column, out))
    }
}

/// A score that overflowed is no score.
fn refuse_infinite(column: &Column, out: &mut [f64]) -> Option<Flaw> {
    let mut refused = false;
    for (cell, value) in out.iter_mut().zip(column.values) {
        if !cell.is_finite() {
            refused |= is_present(*value);
            *cell = MISSING;
        }
    }
    refused.then_some(Flaw::OutOfDomain)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::assess::panel::present;

    const VALUES: [f64; 5] = [2.0, 4.0, MISSING, 10.0, 4.0];

    fn check(method: Normalise, direction: Direction, expected: [Option<f64>; 5]) {
        let column =
            Column { direction, target: Some(6.0), reference: Some(4.0), ..Column::new(&VALUES) };
        let mut out = [0.0; 5];
        assert_eq!(method.scores(&column, &mut out), None, "{method:?}");
        assert_eq!(out.map(present), expected, "{method:?} {direction:?}");
    }

    #[test]
    fn worked_examples() {
        use Direction::{Higher, Lower};
        let four = |a, b, c, d| [Some(a), Some(b), None, Some(c), Some(d)];
        let hundred = Normalise::MinMax { lower: 0.0, upper: 100.0 };
        check(hundred.clone(), Higher, four(0.0, 25.0, 100.0, 25.0));
        check(hundred, Lower, four(100.0, 75.0, 0.0, 75.0));
        check(Normalise::Rank, Higher, four(1.0, 2.0, 4.0, 2.0));
        check(Normalise::Rank, Lower, four(4.0, 2.0, 1.0, 2.0));
        check(Normalise::Borda, Higher, four(0.0, 1.0, 3.0, 1.0));
        check(Normalise::PercentileRank, Higher, four(0.0, 1.0 / 3.0, 1.0, 1.0 / 3.0));
        check(Normalise::DistanceToMax, Higher, four(0.0, 0.25, 1.0, 0.25));
        check(Normalise::DistanceToTarget { cap: true }, Higher, four(0.0, 0.5, 1.0, 0.5));
        check(Normalise::DistanceToTarget { cap: false }, Higher, four(0.0, 0.5, 2.0, 0.5));
        check(Normalise::DistanceToTarget { cap: true }, Lower, four(1.0, 1.0, 0.0, 1.0));
        let reference = |cap| Normalise::DistanceToReference { unit: String::new(), cap };
        check(reference(false), Higher, four(0.0, 1.0, 4.0, 1.0));
        check(reference(true), Lower, four(1.0, 1.0, 0.0, 1.0));
        let fraction = |reversed| Normalise::FractionOfMax { reversed };
        check(fraction(Reversed::MinOver), Higher, four(0.2, 0.4, 1.0, 0.4));
        check(fraction(Reversed::MinOver), Lower, four(1.0, 0.5, 0.2, 0.5));
        check(fraction(Reversed::Negated), Lower, four(1.0, 2.0, 5.0, 2.0));
        let posts = |clip| Normalise::Goalposts { lo: 3.0, hi: 5.0, scale: 10.0, log: false, clip };
        check(posts(true), Higher, four(0.0, 5.0, 10.0, 5.0));
        check(posts(true), Lower, four(10.0, 5.0, 0.0, 5.0));
        check(posts(false), Higher, four(-5.0, 5.0, 35.0, 5.0));
        check(Normalise::FixedScale { a: 2.0, b: 4.0, k: 5.0 }, Higher, four(0.0, 5.0, 20.0, 5.0));
        check(Normalise::Moderate { best: 4.0 }, Higher, four(1.0 - 1.0 / 3.0, 1.0, 0.0, 1.0));
        check(Normalise::Interval { from: 4.0, to: 6.0 }, Lower, four(0.5, 1.0, 0.0, 1.0));
        check(Normalise::None, Lower, four(2.0, 4.0, 10.0, 4.0));
    }

    #[test]
    fn no_range_no_score_unless_said() {
        let values = [3.0, MISSING, 3.0];
        let min_max = Normalise::MinMax { lower: 60.0, upper: 100.0 };
        for (zero_range, expected) in [
            (ZeroRange::Missing, None),
            (ZeroRange::Lowest, Some(60.0)),
            (ZeroRange::Middle, Some(80.0)),
            (ZeroRange::Highest, Some(100.0)),
        ] {
            let column = Column { zero_range, ..Column::new(&values) };
            let mut out = [0.0; 3];
            assert_eq!(min_max.scores(&column, &mut out), Some(Flaw::ZeroRange));
            assert_eq!(out.map(present), [expected, None, expected]);
        }
    }

    #[test]
    fn nothing_gives_nothing() {
        let values = [MISSING; 3];
        for method in [
            Normalise::default(),
            Normalise::ZScore { mean: 0.0, sd: 1.0 },
            Normalise::Rank,
            Normalise::DistanceToMax,
            Normalise::Moderate { best: 1.0 },
        ] {
            let mut out = [1.0; 3];
            assert_eq!(method.scores(&Column::new(&values), &mut out), Some(Flaw::Empty));
            assert_eq!(out.map(present), [None; 3]);
        }
    }
}
