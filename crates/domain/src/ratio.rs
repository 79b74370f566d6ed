//! Decimals as people type them, percent, and percentage points, which are not percent.

use std::fmt;

/// A decimal number read exactly: `digits × 10^-scale`, without trailing zeros, so that
/// equal numbers are equal values.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Decimal {
    digits: i128,
    scale: i32,
}

impl Decimal {
    /// Digits kept; more than any amount of money has, and safe in an `i128`.
    const DIGITS_MAX: usize = 30;
    const EXPONENT_MAX: u32 = 40;

    /// Reads `1,234.50`, `１２`, `-3`, `−3`, `(3)`, `1.5E4`. `None` when not a number.
    ///
    /// A separator must stand before every three digits: `1,5` and `12 34` are refused,
    /// because either could be a decimal comma or two numbers in one cell.
    pub fn parse(text: &str) -> Option<Decimal> {
        let plain: String = text.trim().chars().map(plain_char).collect();
        let (body, negative) = split_sign(&plain);
        let (mantissa, exponent) = match body.split_once(['e', 'E']) {
            Some((mantissa, exponent)) => (mantissa, exponent.parse::<i32>().ok()?),
            None => (body, 0),
        };
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let whole = without_separators(whole)?;
        let digits_count = whole.len() + fraction.len();
        let well_formed = digits_count > 0
            && digits_count <= Decimal::DIGITS_MAX
            && exponent.unsigned_abs() <= Decimal::EXPONENT_MAX
            && whole.bytes().chain(fraction.bytes()).all(|byte| byte.is_ascii_digit());
        if !well_formed {
            return None;
        }
        let digits: i128 = format!("{whole}{fraction}").parse().ok()?;
        let digits = if negative { -digits } else { digits };
        Some(Decimal { digits, scale: fraction.len() as i32 - exponent }.reduced())
    }

    /// A whole number.
    pub fn whole(value: i64) -> Decimal {
        Decimal { digits: i128::from(value), scale: 0 }.reduced()
    }

    fn reduced(mut self) -> Decimal {
        if self.digits == 0 {
            return Decimal { digits: 0, scale: 0 };
        }
        while self.digits % 10 == 0 {
            self.digits /= 10;
            self.scale -= 1;
        }
        self
    }

    /// The value times 10^`power`, rounded half away from zero; `None` past an `i64`.
    pub fn scaled(self, power: i32) -> Option<i64> {
        let shift = power - self.scale;
        let value = if shift >= 0 {
            let factor = 10_i128.checked_pow(shift as u32)?;
            self.digits.checked_mul(factor)?
        } else if -shift > 38 {
            0
        } else {
            crate::money::round_div(self.digits, 10_i128.pow(-shift as u32))
        };
        i64::try_from(value).ok()
    }
}

/// Plain notation: `-1234.5`, no separators, no exponent; read back as the same value.
impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.digits < 0 { "-" } else { "" };
        let digits = self.digits.unsigned_abs().to_string();
        if self.scale <= 0 {
            let zeros = self.scale.unsigned_abs() as usize;
            return write!(f, "{sign}{digits}{:0<zeros$}", "");
        }
        let scale = self.scale as usize;
        let digits = format!("{digits:0>width$}", width = scale + 1);
        let (whole, fraction) = digits.split_at(digits.len() - scale);
        write!(f, "{sign}{whole}.{fraction}")
    }
}

/// Normalises one character of a typed number; every separator becomes a comma.
fn plain_char(c: char) -> char {
    match c {
        '０'..='９' => char::from(b'0' + (c as u32 - '０' as u32) as u8),
        '．' => '.',
        '－' | '−' | '–' => '-',
        '＋' => '+',
        '（' => '(',
        '）' => ')',
        '，' | '\'' | '’' => ',',
        other if other.is_whitespace() => ',',
        other => other,
    }
}

/// The number without its sign, and whether it is negative: `-3`, `- 3`, `(3)`.
fn split_sign(plain: &str) -> (&str, bool) {
    if let Some(inner) = plain.strip_prefix('(').and_then(|text| text.strip_suffix(')')) {
        return (inner, true);
    }
    match plain.strip_prefix('-') {
        Some(rest) => (rest.trim_start_matches(','), true),
        None => (plain.strip_prefix('+').unwrap_or(plain), false),
    }
}

/// Takes the separators out of a whole part; `None` when they do not part thousands.
fn without_separators(whole: &str) -> Option<String> {
    let mut groups = whole.split(',');
    let first = groups.next().unwrap_or("");
    let mut plain = first.to_owned();
    for group in groups {
        let well_formed = (1..=3).contains(&first.len()) && group.len() == 3;
        if !well_formed {
            return None;
        }
        plain.push_str(group);
    }
    Some(plain)
}

/// A share of a stated base, kept as the two unrounded amounts it comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Percent {
    pub part: i128,
    pub base: i128,
}

impl Percent {
    /// `None` when the base is not positive: a share of nothing is not a number.
    pub fn of(part: i128, base: i128) -> Option<Percent> {
        (base > 0).then_some(Percent { part, base })
    }

    /// Tenths of a percent, rounded half away from zero: 369 is 36.9%.
    /// A share beyond any meaning (a base of one yuan) stops at the ends of an `i64`.
    pub fn tenths(self) -> i64 {
        let tenths = crate::money::round_div(self.part.saturating_mul(1000), self.base);
        tenths.clamp(i128::from(i64::MIN), i128::from(i64::MAX)) as i64
    }

    pub fn as_f64(self) -> f64 {
        self.part as f64 / self.base as f64
    }

    /// Percentage points between two shares, from unrounded values.
    pub fn minus(self, other: Percent) -> Points {
        Points((self.as_f64() - other.as_f64()) * 100.0)
    }
}

impl fmt::Display for Percent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}%", crate::money::print_scaled(i128::from(self.tenths()), 1, 1))
    }
}

/// A difference of two shares, in percentage points (百分点).
///
/// Printed with one decimal, half away from zero. The value is first brought to
/// millionths, so that the noise of binary fractions cannot turn a half either way.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
pub struct Points(pub f64);

impl fmt::Display for Points {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let millionths = (self.0 * 1e6).round() as i128;
        let tenths = crate::money::round_div(millionths, 100_000);
        let sign = if tenths > 0 { "+" } else { "" };
        write!(f, "{sign}{}", crate::money::print_scaled(tenths, 1, 1))
    }
}
