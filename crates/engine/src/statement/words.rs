//! Words as data: a message key and its arguments, put into a language at the edge.

use jiff::civil::Date;
use serde::Serialize;
use tici_domain::{Currency, Name, Percent, Period};

use super::printed::Digits;

/// One argument of a message, still without a language.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Arg {
    /// As it is, in every language.
    Text(String),
    /// A name in the languages it has been given in.
    Name(Name),
    /// Digits that have been printed already.
    Number(String),
    Count(i128),
    /// Stored units of a currency, to be printed in 亿 of it.
    Amount {
        amount: i128,
        currency: Currency,
        digits: Digits,
    },
    /// A share in percent, with its sign %.
    Rate {
        #[serde(serialize_with = "percent")]
        share: Percent,
        digits: Digits,
    },
    /// Percentage points without a sign: the words say ahead or behind.
    Points {
        points: f64,
        digits: Digits,
    },
    /// 1—5月
    Months(Period),
    Period(Period),
    /// The quarter a period ends in, without its year: 一季度.
    Quarter(Period),
    Day(Date),
    /// A code of the domain with its group: `("tier", "province")`.
    Code(&'static str, String),
    /// Words inside words.
    Words(Box<Words>),
    /// Several, parted as the language parts a list.
    List(Vec<Arg>),
}

fn percent<S: serde::Serializer>(share: &Percent, serializer: S) -> Result<S::Ok, S::Error> {
    (share.part, share.base).serialize(serializer)
}

/// A message with its arguments.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Words {
    pub key: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub args: Vec<(String, Arg)>,
}

impl Words {
    pub fn new(key: impl Into<String>) -> Words {
        Words { key: key.into(), args: Vec::new() }
    }

    /// The same with one more argument.
    pub fn with(mut self, name: &str, arg: Arg) -> Words {
        self.args.push((name.to_owned(), arg));
        self
    }

    pub fn get(&self, name: &str) -> Option<&Arg> {
        self.args.iter().find(|(known, _)| known == name).map(|(_, arg)| arg)
    }
}
