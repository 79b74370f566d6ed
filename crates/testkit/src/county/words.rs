//! Names in three languages: simplified as given, English as given, traditional by a
//! small table that covers the words of this county and nothing else.

use std::collections::HashMap;
use std::sync::OnceLock;

use tici_domain::Name;

/// Words in which a character of the table below would turn the wrong way.
const WORDS: [(&str, &str); 9] = [
    ("批复", "批覆"),
    ("标准", "標準"),
    ("康复", "康復"),
    ("未复", "未復"),
    ("冻干", "凍乾"),
    ("面点", "麵點"),
    ("旅游", "旅遊"),
    ("芯片", "晶片"),
    ("模块", "模組"),
];

/// Pairs of simplified and traditional characters, for the words used here.
const PAIRS: &str = include_str!("../../data/hant.txt");

/// A name in simplified characters and English; the traditional form follows.
pub fn name3(hans: &str, en: &str) -> Name {
    Name::of(hans, &hant(hans), en)
}

/// The traditional form of `hans`, for words of the sample county only.
pub fn hant(hans: &str) -> String {
    let mut text = hans.to_owned();
    for (from, to) in WORDS {
        text = text.replace(from, to);
    }
    text.chars().map(traditional).collect()
}

fn traditional(simplified: char) -> char {
    static TABLE: OnceLock<HashMap<char, char>> = OnceLock::new();
    let pair = |pair: &str| {
        let mut chars = pair.chars();
        chars.next().zip(chars.next())
    };
    let table = TABLE.get_or_init(|| PAIRS.split_whitespace().filter_map(pair).collect());
    table.get(&simplified).copied().unwrap_or(simplified)
}

/// A whole number with thousands separated, minus as U+2212.
pub fn thousands(number: i64) -> String {
    tici_domain::Money::yuan(number).print(tici_domain::money::Magnitude::ONE, 0)
}
