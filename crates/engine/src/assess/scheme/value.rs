//! Numbers of a scheme that may also be a unit's own figure.

use tici_domain::Problem;

use crate::assess::score::Number;
use crate::rule_file::{Reader, Tab};

/// A number, or the key of a figure that each unit has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ref {
    Number(Number),
    Figure(String),
}

/// An end of a scale: stated, or what the group's figures are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Bound {
    /// The lowest or highest figure of those compared.
    Observed,
    Of(Ref),
}

impl Ref {
    /// Key of the figure, if it is one.
    pub fn figure(&self) -> Option<&str> {
        match self {
            Ref::Figure(key) => Some(key),
            Ref::Number(_) => None,
        }
    }
}

impl Bound {
    pub fn figure(&self) -> Option<&str> {
        match self {
            Bound::Of(of) => of.figure(),
            Bound::Observed => None,
        }
    }
}

/// A number as written, exactly.
pub fn number(reader: &mut Reader, tab: &mut Tab, key: &'static str) -> Option<Number> {
    let decimal = reader.decimal(tab, key)?;
    Number::parse(&decimal.to_string())
}

pub fn needed(reader: &mut Reader, tab: &mut Tab, key: &'static str) -> Option<Number> {
    let read = number(reader, tab, key);
    reader.needed(tab, key, read)
}

/// A number that must be above zero.
pub fn positive(reader: &mut Reader, tab: &mut Tab, key: &'static str) -> Option<Number> {
    let read = needed(reader, tab, key)?;
    if !read.is_positive() {
        let problem = Problem::error("assess-not-positive").arg("key", key).arg("value", &read);
        reader.problem_at_key(tab, key, problem);
        return None;
    }
    Some(read)
}

/// A number, or a text that names a figure.
pub fn reference(reader: &mut Reader, tab: &mut Tab, key: &'static str) -> Option<Ref> {
    if tab.is_text(key) {
        return reader.text(tab, key).map(Ref::Figure);
    }
    number(reader, tab, key).map(Ref::Number)
}

/// A number, a figure, or `"observed"`.
pub fn bound(reader: &mut Reader, tab: &mut Tab, key: &'static str) -> Option<Bound> {
    Some(match reference(reader, tab, key)? {
        Ref::Figure(word) if word == "observed" => Bound::Observed,
        of => Bound::Of(of),
    })
}

/// A whole number of 0 to `max`.
pub fn count(reader: &mut Reader, tab: &mut Tab, key: &'static str, max: i64) -> Option<u32> {
    let count = reader.number(tab, key, 0)?;
    if !(0..=max).contains(&count) {
        let problem = Problem::error("rules-range").arg("key", key).arg("value", count);
        reader.problem_at_key(tab, key, problem.arg("min", 0).arg("max", max));
        return None;
    }
    u32::try_from(count).ok()
}

/// A list of numbers, exactly.
pub fn numbers(reader: &mut Reader, tab: &mut Tab, key: &'static str) -> Vec<Number> {
    let decimals = reader.decimals(tab, key);
    decimals.iter().filter_map(|decimal| Number::parse(&decimal.to_string())).collect()
}
