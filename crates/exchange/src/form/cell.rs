//! One cell of the form as it was typed: a value, nothing, or "no change".

use tici_domain::measure::Unit;
use tici_domain::money::{MONEY_STORED_MAX, Magnitude};
use tici_domain::{Currency, Problem, Value};

use super::Column;
use crate::map::Unit as FormUnit;
use crate::read::amount::{self, AmountError};
use crate::read::words;
use crate::sheet::CellValue;

/// What a cell says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Said {
    /// Nothing, which is not zero: the figure stays without a report.
    Blank,
    /// As it stood the month before.
    NoChange,
    Value(Value),
}

/// Words for "as the month before", in any of the languages.
const NO_CHANGE: [&str; 8] =
    ["不变", "不變", "无变化", "無變化", "同上月", "no change", "unchanged", "same"];

/// Characters of a remark.
const TEXT_CHARS_MAX: usize = 1_000;

/// Whether a cell says that nothing changed.
pub fn is_no_change(text: &str) -> bool {
    let text = text.trim().to_lowercase();
    NO_CHANGE.contains(&text.as_str())
}

/// Reads what was typed into a column: money in 万 of the currency's main unit, shares in
/// percent, a stage by its name or code. The problem's argument `column` is the column's key.
pub fn parse_cell(column: &Column, text: &str, currency: Currency) -> Result<Said, Box<Problem>> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(Said::Blank);
    }
    let problem =
        |key: &str| Problem::error(key).arg("column", column.key).arg("found", clip(text));
    if text.starts_with('#') && text.len() < 12 && text.is_ascii() {
        return Err(Box::new(problem("cell-error")));
    }
    let takes_no_change = column.is_open() && column.key != super::REASON;
    if takes_no_change && is_no_change(text) {
        return Ok(Said::NoChange);
    }
    if column.is_stage() {
        let stage = words::stage(text).or_else(|| tici_domain::Stage::parse(text));
        let stage = stage.ok_or_else(|| Box::new(problem("form-stage-unknown")))?;
        return Ok(Said::Value(Value::Text(stage.code().into())));
    }
    let value = CellValue::Text(text.into());
    let number = match column.unit() {
        None if text.chars().count() > TEXT_CHARS_MAX => {
            return Err(Box::new(problem("form-text-long").arg("limit", TEXT_CHARS_MAX)));
        }
        None => return Ok(Said::Value(Value::Text(text.to_owned()))),
        Some(Unit::Money) => money(&value, currency, &problem)?,
        Some(Unit::PercentHundredths) => amount::parse_percent(&value, FormUnit::Percent)
            .ok_or_else(|| Box::new(problem("number-unreadable")))?,
        Some(_) => amount::parse_count(&value)
            .filter(|count| *count >= 0)
            .ok_or_else(|| Box::new(problem("number-unreadable")))?,
    };
    Ok(Said::Value(Value::Int(number)))
}

fn money(
    value: &CellValue,
    currency: Currency,
    problem: &dyn Fn(&str) -> Problem,
) -> Result<i64, Box<Problem>> {
    let unit = FormUnit::word(Magnitude::WAN, Currency::CNY);
    amount::parse(value, Magnitude::WAN, currency).map_err(|error| {
        Box::new(match error {
            AmountError::NotANumber => problem("amount-unreadable").arg("unit", unit),
            AmountError::TooLarge => problem("amount-absurd").arg("limit", MONEY_STORED_MAX),
            AmountError::HasUnit(stated, suggestion) => problem("amount-has-unit")
                .arg("stated", stated)
                .arg("unit", unit)
                .arg("suggestion", suggestion),
            AmountError::OtherCurrency(mark) => {
                problem("amount-other-currency").arg("mark", mark).arg("currency", currency)
            }
        })
    })
}

/// What was typed, cut to what a message can show.
fn clip(text: &str) -> String {
    const CHARS_MAX: usize = 40;
    let line: String = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(CHARS_MAX) {
        Some((at, _)) => format!("{}…", &line[..at]),
        None => line,
    }
}
