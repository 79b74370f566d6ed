//! Growth over a base (增幅), with what is done when the base is zero or below.
//!
//! | x | base | growth |
//! |---|---|---|
//! | 120 | 100 | 0.2 |
//! | −20 | −50 | 0.6 by the size of the base, or none |
//! | 5 | 0 | none, or 0 |

use super::Number;

/// Growth over a base below zero.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum NegativeBase {
    /// `(x − b)/|b|`: a loss that narrows is growth.
    #[default]
    BySize,
    Missing,
}

/// Growth over a base of zero.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ZeroBase {
    #[default]
    Missing,
    /// Counts as no growth.
    Zero,
}

/// What is done when growth has no meaning of its own.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct GrowthRule {
    pub negative: NegativeBase,
    pub zero: ZeroBase,
}

/// `(x − base)/base` as a share.
pub fn growth(x: &Number, base: &Number, rule: GrowthRule) -> Option<Number> {
    if base.is_zero() {
        return (rule.zero == ZeroBase::Zero).then(Number::zero);
    }
    let is_known = base.is_positive() || rule.negative == NegativeBase::BySize;
    is_known.then(|| (x - base).over(&base.abs())).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_of_the_head() {
        let n = |text: &str| Number::parse(text).expect(text);
        let lenient = GrowthRule::default();
        let strict = GrowthRule { negative: NegativeBase::Missing, zero: ZeroBase::Zero };
        let cases = [
            ("120", "100", lenient, Some("0.2")),
            ("-20", "-50", lenient, Some("0.6")),
            ("-20", "-50", strict, None),
            ("5", "0", lenient, None),
            ("5", "0", strict, Some("0")),
        ];
        for (x, base, rule, share) in cases {
            assert_eq!(growth(&n(x), &n(base), rule), share.map(n), "{x} over {base}");
        }
    }
}
