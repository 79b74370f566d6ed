//! A figure: one value of one measure of one subject in one period on one basis.

use crate::{Basis, Measure, Period};
use jiff::civil::Date;
use serde::de::{self, Visitor};
use serde::{Deserialize, Serialize};

/// What a figure is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Subject {
    Project(i64),
    Enterprise(i64),
    Place(i64),
}

impl Subject {
    /// The stored kind: `project`, `enterprise` or `place`.
    pub fn kind(self) -> &'static str {
        match self {
            Subject::Project(_) => "project",
            Subject::Enterprise(_) => "enterprise",
            Subject::Place(_) => "place",
        }
    }

    pub fn id(self) -> i64 {
        match self {
            Subject::Project(id) | Subject::Enterprise(id) | Subject::Place(id) => id,
        }
    }

    /// Rebuilds a subject from its stored kind and id.
    pub fn from_parts(kind: &str, id: i64) -> Option<Subject> {
        match kind {
            "project" => Some(Subject::Project(id)),
            "enterprise" => Some(Subject::Enterprise(id)),
            "place" => Some(Subject::Place(id)),
            _ => None,
        }
    }
}

/// A stored value. Numbers are integers in the measure's unit.
///
/// In JSON a number is a number, words are a string and a day is `{"date": "2026-05-31"}`:
/// a remark that happens to look like a day must come back as the remark it was.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(untagged)]
pub enum Value {
    Int(i64),
    Date(#[serde(serialize_with = "dated")] Date),
    Text(String),
}

/// A date as JSON has it.
#[derive(Serialize, Deserialize)]
struct Dated {
    date: Date,
}

fn dated<S: serde::Serializer>(date: &Date, serializer: S) -> Result<S::Ok, S::Error> {
    Dated { date: *date }.serialize(serializer)
}

impl Value {
    pub fn as_int(&self) -> Option<i64> {
        match self {
            Value::Int(value) => Some(*value),
            _ => None,
        }
    }

    pub fn as_text(&self) -> Option<&str> {
        match self {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }

    pub fn as_date(&self) -> Option<Date> {
        match self {
            Value::Date(date) => Some(*date),
            _ => None,
        }
    }
}

/// Written by hand: a rebuild reads millions of figures, and serde's own way through
/// untagged variants copies each of them first.
impl<'de> Deserialize<'de> for Value {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ValueVisitor)
    }
}

struct ValueVisitor;

impl<'de> Visitor<'de> for ValueVisitor {
    type Value = Value;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("a whole number, words, or {\"date\": …}")
    }

    fn visit_i64<E: de::Error>(self, value: i64) -> Result<Value, E> {
        Ok(Value::Int(value))
    }

    fn visit_u64<E: de::Error>(self, value: u64) -> Result<Value, E> {
        i64::try_from(value).map(Value::Int).map_err(E::custom)
    }

    fn visit_str<E: de::Error>(self, words: &str) -> Result<Value, E> {
        Ok(Value::Text(words.into()))
    }

    fn visit_string<E: de::Error>(self, words: String) -> Result<Value, E> {
        Ok(Value::Text(words))
    }

    fn visit_map<A: de::MapAccess<'de>>(self, map: A) -> Result<Value, A::Error> {
        let dated = Dated::deserialize(de::value::MapAccessDeserializer::new(map))?;
        Ok(Value::Date(dated.date))
    }
}

/// What makes two figures the same figure at different times.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FigureKey {
    pub subject: Subject,
    pub measure: Measure,
    pub period: Period,
    pub basis: Basis,
}

/// A figure as written. Append-only: a later one supersedes it by naming its `id`
/// in `replaces`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Figure {
    pub id: i64,
    pub subject: Subject,
    pub measure: Measure,
    pub period: Period,
    pub basis: Basis,
    pub value: Value,
    /// The value as it stood in the file: "36,218".
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub raw: Option<String>,
    /// Sheet and cell in the entry's source file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sheet: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cell: Option<String>,
    /// Id of the figure this one supersedes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub replaces: Option<i64>,
    /// Why it was changed, in the reporter's words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

impl Figure {
    pub fn key(&self) -> FigureKey {
        FigureKey {
            subject: self.subject,
            measure: self.measure,
            period: self.period,
            basis: self.basis,
        }
    }
}
