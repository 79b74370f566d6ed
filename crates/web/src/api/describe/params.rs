//! What an address may ask. A parameter that is not listed, or a value that its kind does not
//! have, is refused: a misspelt filter would otherwise give the figures of everything.

use serde_json::{Value, json};
use tici_domain::Period;

use crate::Failure;

/// What values a parameter has.
#[derive(Clone, Copy)]
pub enum Kind {
    Text,
    Id,
    /// A whole number within bounds.
    Number(u32, u32),
    Day,
    Period,
    Flag,
    /// One of the codes of a type.
    Codes(fn() -> Vec<&'static str>),
    /// Text of this pattern, which the handler reads.
    Pattern(&'static str),
}

/// One parameter of an address.
#[derive(Clone, Copy)]
pub struct Param {
    pub name: &'static str,
    pub kind: Kind,
    /// It may come several times.
    pub repeats: bool,
    pub about: &'static str,
}

/// A parameter that comes once.
pub const fn param(name: &'static str, kind: Kind, about: &'static str) -> Param {
    Param { name, kind, repeats: false, about }
}

pub const PAGE: Param = param("page", Kind::Number(1, 1_000_000), "Page, from 1.");
pub const PERIOD: Param = param("period", Kind::Period, "Month of the figures; the newest one.");
pub const PLACE: Param = param("place", Kind::Id, "Only this place and what lies in it.");

impl Param {
    /// The same, any number of times.
    pub const fn again(self) -> Param {
        Param { repeats: true, ..self }
    }

    /// Refuses a value it does not have.
    pub fn check(&self, value: &str) -> Result<(), Failure> {
        if self.admits(value) {
            return Ok(());
        }
        Err(Failure::bad(format!("{}={value}", self.name)))
    }

    fn admits(&self, value: &str) -> bool {
        if value.contains('\0') {
            return false;
        }
        match self.kind {
            Kind::Text | Kind::Pattern(_) => true,
            Kind::Id => is_digits(value) && value.parse::<i64>().is_ok(),
            Kind::Number(from, to) => {
                is_digits(value) && value.parse().is_ok_and(|n: u32| (from..=to).contains(&n))
            }
            Kind::Day => is_day(value),
            Kind::Period => Period::parse(value).is_some(),
            Kind::Flag => matches!(value, "true" | "false"),
            Kind::Codes(codes) => codes().contains(&value),
        }
    }

    pub(super) fn schema(&self) -> Value {
        let one = match self.kind {
            Kind::Text => json!({ "type": "string" }),
            Kind::Id => json!({ "type": "integer", "format": "int64", "minimum": 0 }),
            Kind::Number(from, to) => json!({ "type": "integer", "minimum": from, "maximum": to }),
            Kind::Day => json!({ "type": "string", "format": "date" }),
            Kind::Period => json!({ "type": "string", "pattern": Period::PATTERN }),
            Kind::Flag => json!({ "type": "string", "enum": ["true", "false"] }),
            Kind::Codes(codes) => json!({ "type": "string", "enum": codes() }),
            Kind::Pattern(pattern) => json!({ "type": "string", "pattern": pattern }),
        };
        if self.repeats { json!({ "type": "array", "items": one }) } else { one }
    }

    pub(super) fn value(&self) -> Value {
        json!({
            "name": self.name,
            "in": "query",
            "required": false,
            "description": self.about,
            "schema": self.schema(),
            "style": "form",
            "explode": true,
        })
    }
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn is_day(text: &str) -> bool {
    text.len() == 10 && text.parse::<jiff::civil::Date>().is_ok()
}
