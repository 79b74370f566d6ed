//! A map: which column of a list is which field of the ledger, written as TOML.

mod field;
mod links;
mod parse;
mod unit;

pub use field::Field;
pub use links::{Link, Links};
pub use unit::{Unit, in_header as unit_in_header, split_suffix as split_unit_suffix};

use crate::sheet::Encoding;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use tici_domain::{Currency, ListTier, Period, SideState};

/// How to read one shape of list. [`Map::parse`] checks everything the types cannot.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Map {
    /// What the list is, for people.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub title: String,
    /// Text is in this encoding; looked for when not stated.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub encoding: Option<Encoding>,
    /// Fields of a text file are parted by this character.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub delimiter: Option<char>,
    /// Names of the sheets to read; `*` at the end stands for anything. Empty: the first
    /// visible sheet with a table on it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sheets: Vec<String>,
    /// First and last row of the header, counted from 1; looked for when not stated. In a
    /// transposed list these are columns.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub header: Option<[u32; 2]>,
    /// Last row of the list, where another one follows on the same sheet; counted from 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_row: Option<u32>,
    /// One column is one project and one row one field.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub transposed: bool,
    /// Currency of every amount without a column of its own for it.
    #[serde(default = "yuan")]
    pub currency: Currency,
    /// Unit of amounts where neither column nor header nor unit line states one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<Unit>,
    /// Orders of day, month and year to try, in this order. A year in front is always read.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub dates: Vec<DateOrder>,
    /// Period the figures belong to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub period: Option<PeriodRule>,
    /// Tier of the list every row stands on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tier: Option<ListTier>,
    /// Year of the list, and of headers that name a month without one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub year: Option<i16>,
    /// Place of rows without a column for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
    /// Scheme of the codes in a `place_code` column.
    #[serde(default = "gbt2260")]
    pub place_scheme: String,
    /// State of rows without a column for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub state: Option<SideState>,
    /// What becomes of an amount or a day that cannot be read.
    #[serde(default)]
    pub unreadable: Unreadable,
    /// Values that mean "nothing given": whole texts, or a beginning with `*` behind it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub skip: Vec<String>,
    /// Field that the heading of a group of rows gives to its rows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub groups: Option<Field>,
    /// What tells one project from another.
    #[serde(default)]
    pub key: Key,
    #[serde(default)]
    pub columns: Vec<Column>,
    /// Columns left out on purpose.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub drop: Vec<Dropped>,
}

/// One column of the list and the field it fills. Two entries may name the same column.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Column {
    /// Header texts, any of which it may have; blanks, case and width do not matter.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub header: Vec<String>,
    /// Texts one of which the header contains, where no exact header is found.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub contains: Vec<String>,
    pub field: Field,
    /// Unit of the amounts, or `percent` or `fraction` for a share.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<Unit>,
    /// Period of a plan: a code such as `2026-05`; `year` of the row's period; `header`,
    /// which names it. The year of the row's period when not stated.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub period: Option<PlanPeriod>,
    /// What words of the column mean: left as written, right as the field wants it.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub values: BTreeMap<String, String>,
    /// As [`Map::skip`], for this column.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub skip: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub dates: Vec<DateOrder>,
    /// The list need not have the column.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub optional: bool,
    /// Amounts below zero are taken, with a warning.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub negative: bool,
}

/// A column left out on purpose, and why.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Dropped {
    pub header: Vec<String>,
    #[serde(default)]
    pub reason: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum DateOrder {
    Ymd,
    Dmy,
    Mdy,
}

/// Where the period of the figures is taken from.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum PeriodRule {
    /// One period for everything.
    Fixed(Period),
    /// A column whose day, or period code, says it: the period of this kind around the day.
    Column { header: Vec<String>, kind: PeriodKind },
    /// The name of the file: `report-2026-05.xlsx`, `2026年5月.xls`, `uk_2014.csv`.
    FileName(PeriodKind),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PeriodKind {
    Year,
    Half,
    Quarter,
    Month,
    TenDays,
}

/// The period a planned amount is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PlanPeriod {
    Fixed(Period),
    Year,
    Header,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Unreadable {
    /// It is an error: nothing is written until it is mended.
    #[default]
    Error,
    /// It is kept as written in the row's note, with a warning, and the field stays empty.
    Warn,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Key {
    /// The code where there is one, the name otherwise.
    #[default]
    Auto,
    Code,
    Name,
}

impl Default for Map {
    fn default() -> Map {
        toml::from_str("").expect("every field of a map has a default")
    }
}

fn yuan() -> Currency {
    Currency::CNY
}

fn gbt2260() -> String {
    tici_domain::PlaceCode::GBT2260.into()
}

impl Serialize for PlanPeriod {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            PlanPeriod::Fixed(period) => serializer.collect_str(period),
            PlanPeriod::Year => serializer.serialize_str("year"),
            PlanPeriod::Header => serializer.serialize_str("header"),
        }
    }
}

impl<'de> Deserialize<'de> for PlanPeriod {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        match text.as_str() {
            "year" => Ok(PlanPeriod::Year),
            "header" => Ok(PlanPeriod::Header),
            code => Period::parse(code)
                .map(PlanPeriod::Fixed)
                .ok_or_else(|| serde::de::Error::custom(format!("period {code}"))),
        }
    }
}

/// A header as it is compared: half-width, small letters, every run of blanks one blank,
/// none beside a bracket.
pub fn fold_header(text: &str) -> String {
    tidy_header(text).to_lowercase()
}

/// The same with its capitals.
pub fn tidy_header(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for c in text.chars() {
        let c = fold_char(c);
        if c.is_whitespace() {
            if !folded.is_empty() && !folded.ends_with(' ') {
                folded.push(' ');
            }
        } else {
            if matches!(c, '(' | ')') && folded.ends_with(' ') {
                folded.pop();
            }
            folded.push(c);
        }
    }
    let folded = folded.trim().replace("( ", "(").replace(") ", ")");
    // Blanks inside Chinese words are there for looks: 合 计.
    let chars: Vec<char> = folded.chars().collect();
    let is_cjk = |c: Option<&char>| c.is_some_and(|c| ('\u{2e80}'..'\u{ffef}').contains(c));
    let kept = chars.iter().enumerate().filter(|(at, c)| {
        !(**c == ' '
            && (is_cjk(at.checked_sub(1).and_then(|i| chars.get(i))) || is_cjk(chars.get(at + 1))))
    });
    kept.map(|(_, c)| *c).collect()
}

/// Full-width forms to plain ones.
pub(crate) fn fold_char(c: char) -> char {
    match c {
        '\u{3000}' | '\u{a0}' => ' ',
        '【' | '〔' => '(',
        '】' | '〕' => ')',
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xff01 + 0x21).unwrap_or(c),
        other => other,
    }
}

/// Whether `text` is one of `patterns`: equal when folded, or beginning as a pattern that
/// ends in `*` does.
pub fn matches_any(text: &str, patterns: &[String]) -> bool {
    if patterns.is_empty() {
        return false;
    }
    let folded = fold_header(text);
    patterns.iter().any(|pattern| match pattern.strip_suffix('*') {
        Some(start) => folded.starts_with(&fold_header(start)),
        None => folded == fold_header(pattern),
    })
}
