//! Exact shares, and scores in millionths of a point, so that a league is the same on every
//! machine and in every order of adding.

use std::cmp::Ordering;

use serde::Serialize;
use tici_domain::money::{print_scaled, round_div};

/// A score in millionths of a point.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
pub struct Score(pub i64);

impl Score {
    pub const ZERO: Score = Score(0);

    pub fn points(points: i64) -> Score {
        Score(points * 1_000_000)
    }

    /// Rounded half away from zero to so many decimals.
    pub fn rounded(self, decimals: u8) -> Score {
        let by = 10_i128.pow(6_u32.saturating_sub(decimals.into()));
        Score::clamped(round_div(self.0.into(), by) * by)
    }

    pub fn print(self, decimals: u32) -> String {
        print_scaled(self.0.into(), 6, decimals)
    }

    /// From a product that may be beyond any meaning.
    pub(super) fn clamped(millionths: i128) -> Score {
        let most = i128::from(i64::MAX / 4);
        Score(millionths.clamp(-most, most) as i64)
    }

    pub(super) fn plus(self, other: Score) -> Score {
        Score::clamped(i128::from(self.0) + i128::from(other.0))
    }
}

/// An exact number `num / den`, `den` positive.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Ratio {
    pub num: i128,
    pub den: i128,
}

impl Ratio {
    pub fn whole(number: i128) -> Ratio {
        Ratio { num: number, den: 1 }
    }

    /// `None` when the base is not positive: a share of nothing is not a number.
    pub fn of(num: i128, den: i128) -> Option<Ratio> {
        (den > 0).then_some(Ratio { num, den })
    }

    /// This many times so many points.
    pub fn times(self, points: Score) -> Score {
        let product = self.num.saturating_mul(points.0.into());
        Score::clamped(round_div(product, self.den))
    }

    /// In units of 10^-9, for formulas that have no thresholds.
    pub fn nano(self) -> i128 {
        round_div(self.num.saturating_mul(1_000_000_000), self.den)
    }

    /// Divided by another; `None` where that is not positive.
    pub fn over(self, other: Ratio) -> Option<Ratio> {
        let (num, den) = (self.num.checked_mul(other.den)?, self.den.checked_mul(other.num)?);
        Ratio::of(num, den)
    }
}

impl PartialEq for Ratio {
    fn eq(&self, other: &Ratio) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Ratio {}

impl PartialOrd for Ratio {
    fn partial_cmp(&self, other: &Ratio) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Ratio {
    fn cmp(&self, other: &Ratio) -> Ordering {
        let (left, right) = (self.num.checked_mul(other.den), other.num.checked_mul(self.den));
        match (left, right) {
            (Some(left), Some(right)) => left.cmp(&right),
            _ => self.nano().cmp(&other.nano()),
        }
    }
}
