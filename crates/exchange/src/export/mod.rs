//! Tables to files: one exporter per format over one kind of table.

pub mod csv;
pub mod ical;
pub mod json;
pub mod xlsx;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// What is exported: tables with their titles, and the words that say how they count.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Document {
    pub title: String,
    pub tables: Vec<TableOut>,
    /// Counting rule, source, as-of: printed on a sheet of their own.
    pub notes: Vec<String>,
}

/// One table.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct TableOut {
    pub title: String,
    pub columns: Vec<ColumnOut>,
    pub rows: Vec<Vec<CellOut>>,
    /// Sums over all rows the table speaks of; empty when it has none.
    pub totals: Vec<CellOut>,
    pub notes: Vec<String>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ColumnOut {
    pub header: String,
    /// Unit of every cell, shown in the header: `总投资/亿元`.
    pub unit: Option<String>,
    pub kind: Kind,
}

/// How the cells of a column are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    Text,
    Integer,
    /// A number with this many decimals.
    Decimal(u8),
    /// Tenths of a percent are shown; see [`CellOut::Scaled`].
    Percent,
    Date,
}

/// One cell. Numbers are exact: an integer, or an integer and a power of ten.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CellOut {
    /// Nothing given, which is not zero.
    #[default]
    Missing,
    Text(String),
    Integer(i64),
    /// `value / 10^power`: 32600 with power 4 is 3.26. A share of 36.9% is 0.369.
    Scaled {
        value: i64,
        power: u8,
    },
    Date(Date),
}

impl ColumnOut {
    pub fn new(header: &str, unit: Option<&str>, kind: Kind) -> ColumnOut {
        ColumnOut { header: header.into(), unit: unit.map(String::from), kind }
    }

    /// Header with its unit behind a slash.
    pub fn title(&self) -> String {
        match &self.unit {
            Some(unit) => format!("{}/{unit}", self.header),
            None => self.header.clone(),
        }
    }
}

impl CellOut {
    pub fn text(text: impl Into<String>) -> CellOut {
        CellOut::Text(text.into())
    }

    /// Money in a unit of 10^magnitude main units.
    pub fn money(money: tici_domain::Money, magnitude: tici_domain::money::Magnitude) -> CellOut {
        let power = magnitude.0 + money.currency.stored_digits();
        CellOut::Scaled { value: money.amount, power: power.min(u32::from(u8::MAX)) as u8 }
    }

    /// The exact decimal, with a plain minus and a point, and no separators. Decimals
    /// are cut to `decimals` by rounding half away from zero where the column says so.
    pub fn decimal(&self, decimals: Option<u8>) -> Option<String> {
        match self {
            CellOut::Integer(value) => Some(value.to_string()),
            CellOut::Scaled { value, power } => {
                let power = u32::from(*power);
                let shown = decimals.map_or(power, u32::from);
                // Past 27 digits there is nothing but zeros in an i64.
                if power > 27 || shown > 18 {
                    return Some("0".into());
                }
                let printed = tici_domain::money::print_scaled(i128::from(*value), power, shown);
                Some(printed.replace(',', "").replace('−', "-"))
            }
            _ => None,
        }
    }
}

/// Text that a spreadsheet would take for a formula is given an apostrophe in front. Text
/// only: a number is never touched.
pub fn neutral(text: &str) -> std::borrow::Cow<'_, str> {
    let risky = text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']);
    if risky { format!("'{text}").into() } else { text.into() }
}

/// Decimals a column shows of a cell; `None` shows all there are.
fn decimals(kind: Kind) -> Option<u8> {
    match kind {
        Kind::Integer => Some(0),
        Kind::Decimal(decimals) => Some(decimals),
        _ => None,
    }
}
