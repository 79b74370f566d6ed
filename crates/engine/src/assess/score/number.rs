//! Numbers of appraisal rules: exact fractions, and floating point only where a function has
//! no exact value (roots, logarithms).

use std::cmp::Ordering;
use std::fmt;
use std::ops::{Add, Mul, Neg, Sub};

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{One, Pow, Signed, ToPrimitive, Zero};
use serde::{Serialize, Serializer};
use tici_domain::ratio::Decimal;

/// Digits and exponents beyond which a text is no figure of this world.
const DIGITS_MAX: usize = 400;
const EXPONENT_MAX: i32 = 400;

/// A finite number. Two are equal when they are the same number, however they were made.
#[derive(Clone, Debug)]
pub enum Number {
    Exact(BigRational),
    /// Of a function without an exact value; whatever is reckoned with it is floating too.
    Float(f64),
}

impl Default for Number {
    fn default() -> Number {
        Number::zero()
    }
}

/// What happens to digits that are cut off.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum RoundMode {
    /// Half goes away from zero (四舍五入).
    #[default]
    HalfUp,
    /// Half goes to the even digit.
    HalfEven,
    /// Cut off, towards zero.
    Down,
}

impl Number {
    pub fn zero() -> Number {
        Number::whole(0)
    }

    pub fn one() -> Number {
        Number::whole(1)
    }

    pub fn whole(number: i64) -> Number {
        Number::Exact(BigRational::from_integer(number.into()))
    }

    /// `numerator / denominator`; `None` over zero.
    pub fn fraction(numerator: i64, denominator: i64) -> Option<Number> {
        let sound = denominator != 0;
        sound.then(|| Number::Exact(BigRational::new(numerator.into(), denominator.into())))
    }

    /// A floating number; `None` when not finite.
    pub fn float(value: f64) -> Option<Number> {
        value.is_finite().then_some(Number::Float(value))
    }

    /// A decimal as written: `-12.5`, `1.2e-5`, `1,234.5`, `１２`. `None` for anything else,
    /// infinity and "not a number" among it.
    pub fn parse(text: &str) -> Option<Number> {
        let text = text.trim();
        plain(text).or_else(|| plain(&Decimal::parse(text)?.to_string()))
    }

    pub fn is_exact(&self) -> bool {
        matches!(self, Number::Exact(_))
    }

    pub fn is_zero(&self) -> bool {
        match self {
            Number::Exact(value) => value.is_zero(),
            Number::Float(value) => *value == 0.0,
        }
    }

    pub fn is_positive(&self) -> bool {
        match self {
            Number::Exact(value) => value.is_positive(),
            Number::Float(value) => *value > 0.0,
        }
    }

    pub fn is_negative(&self) -> bool {
        !self.is_zero() && !self.is_positive()
    }

    /// The nearest double.
    pub fn to_f64(&self) -> f64 {
        match self {
            Number::Exact(value) => value.to_f64().unwrap_or(f64::MAX),
            Number::Float(value) => *value,
        }
    }

    /// Divided by another; `None` over zero.
    pub fn over(&self, other: &Number) -> Option<Number> {
        if other.is_zero() {
            return None;
        }
        match (self, other) {
            (Number::Exact(a), Number::Exact(b)) => Some(Number::Exact(a / b)),
            _ => Number::float(self.to_f64() / other.to_f64()),
        }
    }

    pub fn abs(&self) -> Number {
        if self.is_negative() { -self } else { self.clone() }
    }

    /// Between two ends, where they are given.
    pub fn clamped(self, low: Option<&Number>, high: Option<&Number>) -> Number {
        let raised = match low {
            Some(low) if self < *low => low.clone(),
            _ => self,
        };
        match high {
            Some(high) if raised > *high => high.clone(),
            _ => raised,
        }
    }

    /// The whole number not above it.
    pub fn floor(&self) -> Number {
        match self {
            Number::Exact(value) => Number::Exact(value.floor()),
            Number::Float(value) => Number::Float(value.floor()),
        }
    }

    /// With so many decimals. A floating number is first taken as its shortest decimal, so
    /// that 0.285 is rounded as it is read.
    pub fn rounded(&self, decimals: u32, mode: RoundMode) -> Number {
        let value = match self {
            Number::Exact(value) => value.clone(),
            Number::Float(value) => match plain(&value.to_string()) {
                Some(Number::Exact(value)) => value,
                _ => return self.clone(),
            },
        };
        let scale = BigRational::from_integer(BigInt::from(10).pow(decimals));
        let scaled = value * &scale;
        let rounded = match mode {
            RoundMode::HalfUp => scaled.round(),
            RoundMode::Down => scaled.trunc(),
            RoundMode::HalfEven => half_even(&scaled),
        };
        Number::Exact(rounded / scale)
    }

    /// With so many decimals, half away from zero: `58.73`.
    pub fn print(&self, decimals: u32) -> String {
        let Number::Exact(value) = self.rounded(decimals, RoundMode::HalfUp) else {
            return self.to_string();
        };
        let scaled = (value * BigInt::from(10).pow(decimals)).to_integer();
        let sign = if scaled.is_negative() { "-" } else { "" };
        let digits =
            format!("{:0>width$}", scaled.abs().to_string(), width = decimals as usize + 1);
        let (whole, part) = digits.split_at(digits.len() - decimals as usize);
        if part.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole}.{part}") }
    }

    /// As a person would write it: at most so many decimals, without trailing zeros.
    pub fn brief(&self, decimals: u32) -> String {
        let text = self.print(decimals);
        if !text.contains('.') {
            return text;
        }
        text.trim_end_matches('0').trim_end_matches('.').to_owned()
    }

    /// Natural logarithm; `None` of what is not above zero.
    pub fn ln(&self) -> Option<Number> {
        self.is_positive().then(|| Number::float(crate::assess::math::ln(self.to_f64()))).flatten()
    }

    /// The sum of several.
    pub fn sum<'a>(numbers: impl IntoIterator<Item = &'a Number>) -> Number {
        numbers.into_iter().fold(Number::zero(), |sum, number| &sum + number)
    }

    /// The mean of several; `None` of none.
    pub fn mean(numbers: &[&Number]) -> Option<Number> {
        Number::sum(numbers.iter().copied()).over(&Number::whole(numbers.len() as i64))
    }
}

/// A plain ASCII decimal.
fn plain(text: &str) -> Option<Number> {
    let (mantissa, exponent) = match text.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, exponent.parse::<i32>().ok()?),
        None => (text, 0),
    };
    let (body, negative) = match mantissa.strip_prefix('-') {
        Some(body) => (body, true),
        None => (mantissa.strip_prefix('+').unwrap_or(mantissa), false),
    };
    let (whole, part) = body.split_once('.').unwrap_or((body, ""));
    let digits = format!("{whole}{part}");
    let sound = (1..=DIGITS_MAX).contains(&digits.len())
        && exponent.abs() <= EXPONENT_MAX
        && digits.bytes().all(|byte| byte.is_ascii_digit());
    if !sound {
        return None;
    }
    let number = match digits.parse::<i64>() {
        Ok(number) => BigInt::from(number),
        Err(_) => digits.parse().ok()?,
    };
    let number = if negative { -number } else { number };
    let power = exponent - part.len() as i32;
    let scale = Pow::pow(BigInt::from(10), power.unsigned_abs());
    Some(Number::Exact(match power {
        0.. => BigRational::from_integer(number * scale),
        _ => BigRational::new(number, scale),
    }))
}

fn half_even(value: &BigRational) -> BigRational {
    let (below, two) = (value.floor(), BigInt::from(2));
    let twice = (value - &below) * &two;
    let is_odd = !(below.to_integer() % &two).is_zero();
    let up = match twice.cmp(&BigRational::one()) {
        Ordering::Less => false,
        Ordering::Equal => is_odd,
        Ordering::Greater => true,
    };
    if up { below + BigRational::one() } else { below }
}

macro_rules! reckon {
    ($trait:ident, $name:ident, $op:tt) => {
        impl $trait<&Number> for &Number {
            type Output = Number;

            fn $name(self, other: &Number) -> Number {
                match (self, other) {
                    (Number::Exact(a), Number::Exact(b)) => Number::Exact(a $op b),
                    // Past the largest double there is nothing to compare any more.
                    _ => {
                        let value = self.to_f64() $op other.to_f64();
                        Number::Float(value.clamp(f64::MIN, f64::MAX))
                    }
                }
            }
        }
    };
}

reckon!(Add, add, +);
reckon!(Sub, sub, -);
reckon!(Mul, mul, *);

impl Neg for &Number {
    type Output = Number;

    fn neg(self) -> Number {
        match self {
            Number::Exact(value) => Number::Exact(-value),
            Number::Float(value) => Number::Float(-value),
        }
    }
}

impl Ord for Number {
    fn cmp(&self, other: &Number) -> Ordering {
        match (self, other) {
            (Number::Exact(a), Number::Exact(b)) => a.cmp(b),
            (Number::Float(a), Number::Float(b)) => a.partial_cmp(b).unwrap_or(Ordering::Equal),
            (Number::Exact(a), Number::Float(b)) => match BigRational::from_float(*b) {
                Some(b) => a.cmp(&b),
                None => Ordering::Equal,
            },
            (Number::Float(_), Number::Exact(_)) => other.cmp(self).reverse(),
        }
    }
}

impl PartialOrd for Number {
    fn partial_cmp(&self, other: &Number) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Number {
    fn eq(&self, other: &Number) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Number {}

/// The shortest decimal that reads back as the nearest double; `9.24`.
impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Number::Exact(value) if value.is_integer() => write!(f, "{}", value.numer()),
            _ => write!(f, "{}", self.to_f64()),
        }
    }
}

impl Serialize for Number {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_f64(self.to_f64())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn n(text: &str) -> Number {
        Number::parse(text).expect(text)
    }

    #[test]
    fn texts_are_read_exactly() {
        let cases = [
            ("0.1", Some("0.1")),
            ("-12.50", Some("-12.5")),
            ("1.2e-5", Some("0.000012")),
            ("1,234.5", Some("1234.5")),
            ("１２", Some("12")),
            ("123456789012345678901234567890123", Some("123456789012345678901234567890123")),
            ("NaN", None),
            ("inf", None),
            ("", None),
            ("1e999999999", None),
            ("12 町", None),
        ];
        for (text, shown) in cases {
            assert_eq!(Number::parse(text).map(|n| n.to_string()).as_deref(), shown, "{text}");
        }
    }

    #[test]
    fn thirds_tie_and_tenths_add_up() {
        let third = n("100").over(&n("3")).expect("not over zero");
        let by_parts = &n("200").over(&n("6")).expect("not over zero") + &n("0");
        assert_eq!(third, by_parts);
        assert_eq!(&n("0.1") + &n("0.2"), n("0.3"));
        assert!(third > n("33.33333333333333"));
        assert!(n("0.5") == Number::Float(0.5) && Number::Float(0.1) != n("0.1"));
    }

    #[test]
    fn rounding_says_where_the_half_goes() {
        let cases = [
            ("58.725", 2, RoundMode::HalfUp, "58.73"),
            ("-58.725", 2, RoundMode::HalfUp, "-58.73"),
            ("58.725", 2, RoundMode::HalfEven, "58.72"),
            ("58.735", 2, RoundMode::HalfEven, "58.74"),
            ("-0.5", 0, RoundMode::HalfEven, "0"),
            ("58.729", 2, RoundMode::Down, "58.72"),
        ];
        for (text, decimals, mode, rounded) in cases {
            assert_eq!(n(text).rounded(decimals, mode), n(rounded), "{text} {mode:?}");
        }
        assert_eq!(Number::Float(0.285).rounded(2, RoundMode::HalfUp), n("0.29"));
        assert_eq!((n("-0.046").print(2).as_str(), n("7").print(2).as_str()), ("-0.05", "7.00"));
        assert_eq!((n("9.240").brief(4).as_str(), n("100").brief(0).as_str()), ("9.24", "100"));
    }
}
