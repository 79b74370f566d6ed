//! The hidden sheet: names of its cells, and the two sides of each value kept in it.

use tici_domain::Value;
use tici_domain::measure::Unit;

use super::Column;

/// Name of the hidden sheet, and what its first cell says.
pub const SHEET: &str = "_tici";
pub const MARK: &str = "tici-form";

/// Rows of the head, counted from 0, with the value in the second column.
pub const ROW_MARK: u32 = 0;
pub const ROW_FORM: u32 = 1;
pub const ROW_PLACE: u32 = 2;
pub const ROW_PERIOD: u32 = 3;
pub const ROW_ROUND: u32 = 4;
pub const ROW_BASE: u32 = 5;
/// Keys of the columns, then one row for each project.
pub const ROW_COLUMNS: u32 = 7;

/// Columns before the kept values: id, code, name, currency.
pub const LEAD: usize = 4;

/// What stands before a key in the hidden row of the form itself.
pub const KEY_MARK: char = '#';

/// A value as the hidden sheet keeps it: exact, and untouched by formats.
pub fn keep(value: &Value) -> String {
    match value {
        Value::Int(number) => number.to_string(),
        Value::Date(day) => day.to_string(),
        Value::Text(text) => text.clone(),
    }
}

/// Reads a kept value back; `None` for nothing.
pub fn kept(column: &Column, text: &str) -> Option<Value> {
    match column.unit() {
        _ if text.is_empty() => None,
        None => Some(Value::Text(text.to_owned())),
        Some(Unit::Date) => text.parse().ok().map(Value::Date),
        Some(_) => text.parse().ok().map(Value::Int),
    }
}
