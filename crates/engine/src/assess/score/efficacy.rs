//! Efficacy coefficient (功效系数法): where a figure lies between an inadmissible and a
//! satisfactory value, on a scale that begins at a base.
//!
//! | x | lo | hi | base + span | points |
//! |---|---|---|---|---|
//! | 5.81 | 6 | 12 | 60 + 40 | 58.7333… (881/15, not clipped) |
//! | 0.32 | 0.5 | 0.2 | 60 + 40 | 84 (less is better: lo above hi) |
//! | 13.5 | 0 | 18 | 50 + 50 | 87.5 |
//! | 7 | 7 | 7 | 60 + 40 | 100, 80, 60 or none, as the scheme says |
//!
//! Exponential variant: `base·((base + span)/base)^t`, with t the same share; it has no
//! exact value between its ends.

use super::Number;
use crate::assess::math;

/// The scale and what is done at its ends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Efficacy {
    /// Points at the inadmissible value (不允许值).
    pub base: Number,
    /// Points between it and the satisfactory value (满意值).
    pub span: Number,
    pub curve: Curve,
    pub clip: Clip,
    pub zero_range: ZeroRange,
}

/// How points rise between the two values.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Curve {
    #[default]
    Linear,
    Exponential,
}

/// Which ends of the scale hold.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Clip {
    /// A figure outside the two values gets what the line gives.
    #[default]
    None,
    Low,
    High,
    Both,
}

/// Points when both values are the same (max = min).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ZeroRange {
    #[default]
    Full,
    Base,
    Mid,
    /// No score.
    Missing,
}

impl ZeroRange {
    /// The share of the span; `None` for no score.
    pub fn share(self) -> Option<Number> {
        match self {
            ZeroRange::Full => Some(Number::one()),
            ZeroRange::Base => Some(Number::zero()),
            ZeroRange::Mid => Number::fraction(1, 2),
            ZeroRange::Missing => None,
        }
    }
}

impl Clip {
    /// The share, brought within 0 and 1 where the ends hold.
    pub fn apply(self, share: Number) -> Number {
        let (zero, one) = (Number::zero(), Number::one());
        let low = matches!(self, Clip::Low | Clip::Both).then_some(&zero);
        let high = matches!(self, Clip::High | Clip::Both).then_some(&one);
        share.clamped(low, high)
    }
}

/// Points of `x` between the inadmissible `lo` and the satisfactory `hi`; where less is
/// better `lo` is above `hi`. `None` when the two are equal and the rule says no score.
pub fn efficacy(x: &Number, lo: &Number, hi: &Number, rule: &Efficacy) -> Option<Number> {
    let share = share(x, lo, hi).map(|share| rule.clip.apply(share));
    rule.points(&share.or_else(|| rule.zero_range.share())?)
}

/// `(x − lo)/(hi − lo)`; `None` when both are the same.
pub fn share(x: &Number, lo: &Number, hi: &Number) -> Option<Number> {
    (x - lo).over(&(hi - lo))
}

impl Efficacy {
    /// Points of a share of the span.
    pub fn points(&self, share: &Number) -> Option<Number> {
        let top = &self.base + &self.span;
        match self.curve {
            Curve::Linear => Some(&self.base + &(&self.span * share)),
            Curve::Exponential if share.is_zero() => Some(self.base.clone()),
            Curve::Exponential if *share == Number::one() => Some(top),
            Curve::Exponential => {
                let ratio = top.over(&self.base)?.to_f64();
                Number::float(self.base.to_f64() * math::pow(ratio, share.to_f64()))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn n(text: &str) -> Number {
        Number::parse(text).expect(text)
    }

    fn rule() -> Efficacy {
        Efficacy {
            base: n("60"),
            span: n("40"),
            curve: Curve::Linear,
            clip: Clip::None,
            zero_range: ZeroRange::Full,
        }
    }

    #[test]
    fn the_table_of_the_head() {
        let fifty = Efficacy { base: n("50"), span: n("50"), ..rule() };
        let clipped = Efficacy { clip: Clip::Both, ..rule() };
        let cases = [
            ("5.81", "6", "12", rule(), n("881").over(&n("15"))),
            ("5.81", "6", "12", clipped, Some(n("60"))),
            ("0.32", "0.5", "0.2", rule(), Some(n("84"))),
            ("13.5", "0", "18", fifty, Some(n("87.5"))),
            ("7", "7", "7", rule(), Some(n("100"))),
            ("7", "7", "7", Efficacy { zero_range: ZeroRange::Mid, ..rule() }, Some(n("80"))),
            ("7", "7", "7", Efficacy { zero_range: ZeroRange::Base, ..rule() }, Some(n("60"))),
            ("7", "7", "7", Efficacy { zero_range: ZeroRange::Missing, ..rule() }, None),
        ];
        for (x, lo, hi, rule, points) in cases {
            assert_eq!(efficacy(&n(x), &n(lo), &n(hi), &rule), points, "{x} in {lo}…{hi}");
        }
    }

    #[test]
    fn the_exponential_curve_meets_both_ends() {
        let rule = Efficacy { curve: Curve::Exponential, ..rule() };
        let at = |x| efficacy(&n(x), &n("0"), &n("10"), &rule).expect("a score");
        assert_eq!((at("0"), at("10")), (n("60"), n("100")));
        // 60·e^(ln(5/3)/2) = √(60·100)
        assert!((at("5").to_f64() - 6000_f64.sqrt()).abs() < 1e-12);
    }
}
