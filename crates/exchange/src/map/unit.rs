//! Units of amounts as forms write them: in a header, on a line of their own, or behind
//! the number.

use serde::{Deserialize, Serialize};
use std::fmt;
use tici_domain::money::Magnitude;

/// The unit of a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    Money(Magnitude),
    /// 36.9 means 36.9%.
    Percent,
    /// 0.369 means 36.9%.
    Fraction,
}

/// Words for a power of ten, longest first so that 百万 is not taken for 万.
const WORDS: [(&str, u32); 48] = [
    ("百万元", 6),
    ("百萬元", 6),
    ("千万元", 7),
    ("千萬元", 7),
    ("万美元", 4),
    ("萬美元", 4),
    ("亿美元", 8),
    ("億美元", 8),
    ("百万", 6),
    ("百萬", 6),
    ("千万", 7),
    ("千萬", 7),
    ("万元", 4),
    ("萬元", 4),
    ("亿元", 8),
    ("億元", 8),
    ("千元", 3),
    ("百亿", 10),
    ("百億", 10),
    ("美元", 0),
    ("亿", 8),
    ("億", 8),
    ("万", 4),
    ("萬", 4),
    ("元", 0),
    ("圆", 0),
    ("圓", 0),
    ("millions", 6),
    ("million", 6),
    ("billions", 9),
    ("billion", 9),
    ("thousands", 3),
    ("thousand", 3),
    ("'000", 3),
    ("000s", 3),
    ("mln", 6),
    ("mio", 6),
    ("bn", 9),
    ("mn", 6),
    ("m", 6),
    ("b", 9),
    ("k", 3),
    ("yuan", 0),
    ("dollars", 0),
    ("pounds", 0),
    ("euros", 0),
    ("one", 0),
    ("", 0),
];

/// Marks of a currency in front of or behind a unit.
const CURRENCY_MARKS: [&str; 16] = [
    "us$",
    "hk$",
    "nt$",
    "人民币",
    "人民幣",
    "rmb",
    "cny",
    "usd",
    "gbp",
    "eur",
    "£",
    "$",
    "¥",
    "€",
    "of ",
    "in ",
];

impl Unit {
    /// Reads `万元`, `£ million`, `US$`, `percent`.
    pub fn parse(text: &str) -> Option<Unit> {
        match text.trim() {
            "%" | "percent" | "百分比" => return Some(Unit::Percent),
            "fraction" => return Some(Unit::Fraction),
            "" => return None,
            _ => {}
        }
        magnitude(text).map(Unit::Money)
    }

    /// The unit in the words of the currency's own forms: 万元, or million.
    pub fn word(magnitude: Magnitude, currency: tici_domain::Currency) -> String {
        let english = [(0, "one"), (3, "thousand"), (6, "million"), (9, "billion")];
        let known = english.iter().find(|(power, _)| *power == magnitude.0);
        match known {
            Some((_, word)) if currency != tici_domain::Currency::CNY => (*word).into(),
            _ if magnitude.0 == 0 => "元".into(),
            _ => Unit::Money(magnitude).to_string(),
        }
    }

    pub fn magnitude(self) -> Option<Magnitude> {
        match self {
            Unit::Money(magnitude) => Some(magnitude),
            _ => None,
        }
    }
}

fn magnitude(text: &str) -> Option<Magnitude> {
    let mut rest: String = super::fold_header(text);
    for mark in CURRENCY_MARKS {
        if let Some(inner) = rest.strip_prefix(mark) {
            rest = inner.trim().to_string();
        }
        if let Some(inner) = rest.strip_suffix(mark.trim()) {
            rest = inner.trim().to_string();
        }
    }
    let word = WORDS.iter().find(|(word, _)| *word == rest)?;
    Some(Magnitude(word.1))
}

/// The unit a header states in brackets, behind a slash or behind a comma: `总投资（万元）`,
/// `总投资/亿元`, `Budget (£million)`, `进度（%）`. The last one stated counts.
pub fn in_header(header: &str) -> Option<Unit> {
    let folded = super::fold_header(header);
    let pieces = folded.split(['(', ')', '/', ',', '[', ']', ':', ';', '、']);
    let stated = pieces.skip(1).filter(|piece| !piece.trim().is_empty());
    stated.filter_map(Unit::parse).last().or_else(|| {
        let tail = folded.rsplit(' ').next()?;
        let worded = tail.starts_with(['£', '$', '€', '¥', '%']);
        if worded && folded.contains(' ') { Unit::parse(tail) } else { None }
    })
}

/// Parts `6.2亿` into the number and its unit, `£1.90m` into `£1.90` and a million.
pub fn split_suffix(text: &str) -> Option<(&str, Magnitude)> {
    let text = text.trim();
    let number_end = text.rfind(|c: char| c.is_numeric() || c == ')' || c == '）')?;
    let end = number_end + text[number_end..].chars().next()?.len_utf8();
    let (number, word) = text.split_at(end);
    if word.trim().is_empty() {
        return None;
    }
    Some((number, magnitude(word)?))
}

impl fmt::Display for Unit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Unit::Percent => f.write_str("percent"),
            Unit::Fraction => f.write_str("fraction"),
            Unit::Money(Magnitude(0)) => f.write_str("one"),
            Unit::Money(Magnitude(power)) => {
                let known = WORDS.iter().find(|(word, p)| p == power && !word.contains('美'));
                f.write_str(known.map_or("one", |(word, _)| word))
            }
        }
    }
}

impl Serialize for Unit {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Unit {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Unit::parse(&text).ok_or_else(|| serde::de::Error::custom(format!("unknown unit `{text}`")))
    }
}
