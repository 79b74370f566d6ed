//! Decimals as people type them, percent, and percentage points, which are not percent.

use std::fmt;

/// A decimal number read exactly: `digits × 10^-scale`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Decimal {
    digits: i128,
    scale: i32,
}

impl Decimal {
    /// Digits kept; more than any amount of money has, and safe in an `i128`.
    const DIGITS_MAX: usize = 30;

    /// Reads `1,234.50`, `１２`, `-3`, `−3`, `(3)`, `1.5E4`. `None` when not a number.
    pub fn parse(text: &str) -> Option<Decimal> {
        let plain: String = text.chars().filter_map(plain_char).collect();
        let (body, negative) = match plain.strip_prefix('(').and_then(|t| t.strip_suffix(')')) {
            Some(inner) => (inner, true),
            None => match plain.strip_prefix('-') {
                Some(rest) => (rest, true),
                None => (plain.strip_prefix('+').unwrap_or(&plain), false),
            },
        };
        let (mantissa, exponent) = match body.split_once(['e', 'E']) {
            Some((mantissa, exponent)) => (mantissa, exponent.parse::<i32>().ok()?),
            None => (body, 0),
        };
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let digits_count = whole.len() + fraction.len();
        let well_formed = digits_count > 0
            && digits_count <= Decimal::DIGITS_MAX
            && exponent.abs() <= 40
            && whole.bytes().chain(fraction.bytes()).all(|byte| byte.is_ascii_digit());
        if !well_formed {
            return None;
        }
        let digits: i128 = format!("{whole}{fraction}").parse().ok()?;
        let digits = if negative { -digits } else { digits };
        Some(Decimal { digits, scale: fraction.len() as i32 - exponent })
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

/// Normalises one character of a typed number; separators and blanks vanish.
fn plain_char(c: char) -> Option<char> {
    match c {
        '０'..='９' => char::from_u32(c as u32 - '０' as u32 + '0' as u32),
        '．' => Some('.'),
        '－' | '−' | '–' => Some('-'),
        '（' => Some('('),
        '）' => Some(')'),
        ',' | '，' | ' ' | '\u{a0}' | '\u{3000}' | '\t' => None,
        other => Some(other),
    }
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
    pub fn tenths(self) -> i64 {
        crate::money::round_div(self.part * 1000, self.base) as i64
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
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
pub struct Points(pub f64);

impl fmt::Display for Points {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let tenths = (self.0 * 10.0).round() as i128;
        let sign = if tenths > 0 { "+" } else { "" };
        write!(f, "{sign}{}", crate::money::print_scaled(tenths, 1, 1))
    }
}
