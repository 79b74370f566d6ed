//! Amounts, counts and shares as they stand in cells.

use crate::map::{Unit, fold_char, split_unit_suffix};
use crate::sheet::{CellValue, show_number};
use tici_domain::money::{Magnitude, MoneyError};
use tici_domain::ratio::Decimal;
use tici_domain::{Currency, Money};

/// Why a cell is no amount.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AmountError {
    NotANumber,
    TooLarge,
    /// A unit other than the column's stands behind the number; what it comes to in the
    /// column's unit.
    HasUnit(String, String),
    /// A mark of another currency.
    OtherCurrency(String),
}

/// Reads an amount of a column in `magnitude` of `currency`, in stored units.
pub fn parse(
    value: &CellValue,
    magnitude: Magnitude,
    currency: Currency,
) -> Result<i64, AmountError> {
    let text = match value {
        CellValue::Number(number) if number.abs() > 1e20 => return Err(AmountError::TooLarge),
        CellValue::Number(number) => show_number(*number),
        CellValue::Text(text) => strip_currency(text, currency)?,
        _ => return Err(AmountError::NotANumber),
    };
    match Money::parse(&text, magnitude, currency) {
        Ok(money) => return Ok(money.amount),
        Err(MoneyError::TooLarge) => return Err(AmountError::TooLarge),
        Err(MoneyError::NotANumber) => {}
    }
    if text.len() > 30 && text.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(AmountError::TooLarge);
    }
    let (number, stated) = split_unit_suffix(&text).ok_or(AmountError::NotANumber)?;
    let money = match Money::parse(number, stated, currency) {
        Ok(money) => money,
        Err(MoneyError::TooLarge) => return Err(AmountError::TooLarge),
        Err(MoneyError::NotANumber) => return Err(AmountError::NotANumber),
    };
    if stated == magnitude {
        return Ok(money.amount);
    }
    let unit = text[number.len()..].trim().to_string();
    Err(AmountError::HasUnit(unit, plain_decimal(money, magnitude)))
}

/// The amount in the column's unit, as it would be typed: no separators, no idle zeros.
fn plain_decimal(money: Money, magnitude: Magnitude) -> String {
    let decimals = magnitude.0 + money.currency.stored_digits();
    let printed = money.print(magnitude, decimals).replace(',', "").replace('−', "-");
    match printed.contains('.') {
        true => printed.trim_end_matches('0').trim_end_matches('.').to_string(),
        false => printed,
    }
}

/// Takes the mark of the column's own currency off; `$` serves all dollars.
fn strip_currency(text: &str, currency: Currency) -> Result<String, AmountError> {
    const MARKS: [(&str, &str); 11] = [
        ("US$", "USD"),
        ("HK$", "HKD"),
        ("NT$", "TWD"),
        ("人民币", "CNY"),
        ("人民幣", "CNY"),
        ("RMB", "CNY"),
        ("£", "GBP"),
        ("€", "EUR"),
        ("￥", "CNY"),
        ("¥", "CNY"),
        ("$", "*D"),
    ];
    let text: String =
        text.trim().chars().map(|c| if c == '￥' { '¥' } else { fold_char(c) }).collect();
    for (mark, code) in MARKS {
        let Some(at) = text.find(mark) else { continue };
        // A mark stands in front of the digits, behind a sign at most.
        if text[..at].chars().any(|c| c.is_numeric()) {
            continue;
        }
        let own = currency.code();
        let fits = match code {
            "*D" => own.ends_with('D'),
            "CNY" if mark == "¥" => own == "CNY" || own == "JPY",
            code => own == code,
        };
        if !fits {
            return Err(AmountError::OtherCurrency(mark.into()));
        }
        return Ok(format!("{}{}", text[..at].trim(), text[at + mark.len()..].trim()));
    }
    Ok(text.trim().to_string())
}

/// Reads a whole number of things.
pub fn parse_count(value: &CellValue) -> Option<i64> {
    let text = match value {
        CellValue::Number(number) => show_number(*number),
        CellValue::Text(text) => {
            text.trim().trim_end_matches(['人', '个', '個', '项', '項']).into()
        }
        _ => return None,
    };
    let decimal = Decimal::parse(&text)?;
    let whole = decimal.scaled(0)?;
    // 12.5 people are a slip.
    (decimal.scaled(6)? == whole.checked_mul(1_000_000)?).then_some(whole)
}

/// Reads a share in hundredths of a percent. A `%` in the cell says so; without one the
/// column's unit does.
pub fn parse_percent(value: &CellValue, unit: Unit) -> Option<i64> {
    let (text, marked) = match value {
        CellValue::Number(number) => (show_number(*number), false),
        CellValue::Text(text) => {
            let plain: String = text.trim().chars().map(fold_char).collect();
            match plain.strip_suffix('%') {
                Some(number) => (number.trim().to_string(), true),
                None => (plain, false),
            }
        }
        _ => return None,
    };
    let power = if !marked && unit == Unit::Fraction { 4 } else { 2 };
    Decimal::parse(&text)?.scaled(power)
}
