//! Money as an integer: whole yuan, or the minor unit of another currency.

use serde::{Deserialize, Serialize};
use std::fmt;

/// An ISO 4217 currency code.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Currency([u8; 3]);

impl Currency {
    pub const CNY: Currency = Currency(*b"CNY");
    pub const USD: Currency = Currency(*b"USD");
    pub const GBP: Currency = Currency(*b"GBP");
    pub const JPY: Currency = Currency(*b"JPY");
    pub const KWD: Currency = Currency(*b"KWD");

    /// Reads three capital letters; `None` for anything else.
    pub fn parse(code: &str) -> Option<Currency> {
        let bytes: [u8; 3] = code.as_bytes().try_into().ok()?;
        bytes.iter().all(u8::is_ascii_uppercase).then_some(Currency(bytes))
    }

    pub fn code(&self) -> &str {
        std::str::from_utf8(&self.0).expect("three capital letters")
    }

    /// Decimal digits of the stored unit, by ISO 4217. Yuan are kept whole, as the forms
    /// take them.
    pub fn stored_digits(self) -> u32 {
        match &self.0 {
            b"CNY" | b"JPY" | b"KRW" | b"VND" | b"CLP" | b"ISK" | b"PYG" | b"UGX" | b"RWF"
            | b"BIF" | b"DJF" | b"GNF" | b"KMF" | b"VUV" | b"XAF" | b"XOF" | b"XPF" => 0,
            b"BHD" | b"IQD" | b"JOD" | b"KWD" | b"LYD" | b"OMR" | b"TND" => 3,
            _ => 2,
        }
    }

    /// Stored units in one main unit: 1 for yuan, 100 for dollars.
    pub fn stored_per_main(self) -> i64 {
        10_i64.pow(self.stored_digits())
    }
}

impl fmt::Debug for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl Serialize for Currency {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.code())
    }
}

impl<'de> Deserialize<'de> for Currency {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let code = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
        Currency::parse(&code).ok_or_else(|| serde::de::Error::custom(format!("currency {code}")))
    }
}

/// The largest amount kept, in stored units: 10^18, which is 10^16 dollars or a thousand
/// million 亿元. Totals are made in an `i128`, where no sum of such amounts overflows.
pub const MONEY_STORED_MAX: i64 = 1_000_000_000_000_000_000;

/// An amount in stored units of one currency.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Money {
    pub amount: i64,
    pub currency: Currency,
}

/// The unit a form states its amounts in, as a power of ten of the main unit:
/// 元 0, 万元 4, 百万元 6, 亿元 8; thousand 3, million 6, billion 9.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Magnitude(pub u32);

impl Magnitude {
    pub const ONE: Magnitude = Magnitude(0);
    pub const WAN: Magnitude = Magnitude(4);
    pub const MILLION: Magnitude = Magnitude(6);
    pub const YI: Magnitude = Magnitude(8);
    pub const BILLION: Magnitude = Magnitude(9);
}

/// Why a text is not an amount.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MoneyError {
    /// Not a number at all.
    NotANumber,
    /// A number beyond [`MONEY_STORED_MAX`].
    TooLarge,
}

impl Money {
    pub fn yuan(amount: i64) -> Money {
        Money { amount, currency: Currency::CNY }
    }

    /// Reads a decimal such as `1,234.5`, `−260`, `(12)` or `3.6e4` stated in `magnitude`
    /// of `currency`, rounding half away from zero to the stored unit. Full-width digits,
    /// thousands separators and spaces are accepted; a unit behind the number is not
    /// (see `exchange`, which knows the column's unit).
    pub fn parse(
        text: &str,
        magnitude: Magnitude,
        currency: Currency,
    ) -> Result<Money, MoneyError> {
        let decimal = crate::ratio::Decimal::parse(text).ok_or(MoneyError::NotANumber)?;
        let power = magnitude.0 as i32 + currency.stored_digits() as i32;
        let amount = decimal.scaled(power).ok_or(MoneyError::TooLarge)?;
        if amount.unsigned_abs() > MONEY_STORED_MAX as u64 {
            return Err(MoneyError::TooLarge);
        }
        Ok(Money { amount, currency })
    }

    /// Reads an amount with its unit behind it and, other than yuan, its currency before it:
    /// `5亿`, `5亿元`, `3000万`, `500000000`, `USD:30000000`. `None` for anything else.
    pub fn parse_with_unit(text: &str) -> Option<Money> {
        let (currency, text) = match text.split_once(':') {
            Some((code, rest)) => (Currency::parse(code.trim())?, rest),
            None => (Currency::CNY, text),
        };
        let text = text.trim().trim_end_matches('元');
        let (number, magnitude) = match text.strip_suffix(['亿', '億']) {
            Some(number) => (number, Magnitude::YI),
            None => match text.strip_suffix(['万', '萬']) {
                Some(number) => (number, Magnitude::WAN),
                None => (text, Magnitude::ONE),
            },
        };
        Money::parse(number, magnitude, currency).ok()
    }

    /// Prints with `decimals` digits in units of 10^magnitude main units, thousands
    /// separated, minus as U+2212, half away from zero: 326,000,000 yuan in 亿 with 2
    /// decimals is `3.26`.
    pub fn print(self, magnitude: Magnitude, decimals: u32) -> String {
        let power = magnitude.0 + self.currency.stored_digits();
        print_scaled(i128::from(self.amount), power, decimals)
    }
}

/// Prints `amount / 10^power` with `decimals` digits; see [`Money::print`].
pub fn print_scaled(amount: i128, power: u32, decimals: u32) -> String {
    let scaled = if power >= decimals {
        round_div(amount, 10_i128.pow(power - decimals))
    } else {
        amount * 10_i128.pow(decimals - power)
    };
    let digits = scaled.unsigned_abs().to_string();
    let digits = format!("{digits:0>width$}", width = decimals as usize + 1);
    let (whole, fraction) = digits.split_at(digits.len() - decimals as usize);
    let mut out = String::with_capacity(digits.len() + 8);
    if scaled < 0 {
        out.push('−');
    }
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index) % 3 == 0 {
            out.push(',');
        }
        out.push(digit);
    }
    if decimals > 0 {
        out.push('.');
        out.push_str(fraction);
    }
    out
}

/// Division rounding half away from zero. `by` is positive. Exact over the whole range:
/// the remainder is compared, so nothing is added that could overflow.
pub fn round_div(value: i128, by: i128) -> i128 {
    let (quotient, rest) = (value / by, (value % by).abs());
    if rest >= by - rest { quotient + value.signum() } else { quotient }
}
