//! Cells that hold several facts: kept whole, and flagged, never cut.

use crate::map::fold_char;
use serde::Serialize;

/// What betrays that a cell holds more than one fact.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Several {
    /// `1.… 2.…`, `（1）…（2）…`.
    Numbered,
    /// Lines of their own.
    Lines,
    /// Parts a gap of blanks holds apart.
    Gap,
    /// Parts between `；`.
    Listed,
    /// Two amounts with units: `总投资5亿元，占地50亩`.
    Amounts,
}

impl Several {
    pub fn code(self) -> &'static str {
        match self {
            Several::Numbered => "numbered",
            Several::Lines => "lines",
            Several::Gap => "gap",
            Several::Listed => "listed",
            Several::Amounts => "amounts",
        }
    }
}

/// Blanks that hold two facts apart; fewer are spacing (`成  斌`).
const GAP_BLANKS: usize = 4;

/// Whether a text holds several facts, and by what it shows.
pub fn several(text: &str) -> Option<Several> {
    let text = text.trim();
    if text.len() < 4 {
        return None;
    }
    let folded: String = text.chars().map(fold_char).collect();
    if is_numbered(&folded) {
        return Some(Several::Numbered);
    }
    let parts =
        |pieces: Vec<&str>| pieces.iter().filter(|p| p.trim().chars().count() >= 2).count() >= 2;
    let lines: Vec<&str> = folded.split(['\n', '\r']).collect();
    // Labels of two or three characters are broken to fit a narrow column.
    if lines.iter().any(|line| line.trim().chars().count() >= 5) && parts(lines) {
        return Some(Several::Lines);
    }
    if parts(folded.split(&" ".repeat(GAP_BLANKS)).collect()) {
        return Some(Several::Gap);
    }
    if parts(folded.split([';', '；']).collect()) {
        return Some(Several::Listed);
    }
    (amounts(&folded) >= 2).then_some(Several::Amounts)
}

fn is_numbered(folded: &str) -> bool {
    let has = |number: &str| {
        let marks = [".", "、", ")", "．"];
        folded.match_indices(number).any(|(at, _)| {
            let before = folded[..at].chars().next_back();
            let behind = &folded[at + number.len()..];
            let starts = before.is_none_or(|c| !c.is_ascii_digit() && c != '.');
            let marked = marks.iter().find_map(|mark| behind.strip_prefix(mark));
            starts
                && marked.is_some_and(|rest| {
                    !rest.trim_start().starts_with(|c: char| c.is_ascii_digit())
                })
        })
    };
    has("1") && has("2")
}

/// Numbers with a unit of money or land right behind them.
fn amounts(folded: &str) -> usize {
    const UNITS: [&str; 12] =
        ["亿", "億", "万元", "萬元", "亩", "畝", "平方米", "公顷", "吨", "公里", "万吨", "美元"];
    let ends = folded.char_indices().filter(|(at, c)| {
        c.is_ascii_digit()
            && !folded[at + 1..].starts_with(|c: char| c.is_ascii_digit() || c == '.')
    });
    ends.filter(|(at, _)| {
        let behind = folded[at + 1..].trim_start();
        UNITS.iter().any(|unit| behind.starts_with(unit))
    })
    .count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn several_facts_are_seen() {
        let cases = [
            ("8月 1.化验楼、中控楼完工；2.大型设备吊装", Some(Several::Numbered)),
            ("某某有限公司\n王五", Some(Several::Lines)),
            ("完成\n时限", None),
            ("福建高速公路公司           吴某", Some(Several::Gap)),
            ("23444600甲科长;23444601乙", Some(Several::Listed)),
            ("总投资5亿元，占地50亩", Some(Several::Amounts)),
            ("成  斌", None),
            ("占地50亩", None),
            ("80万吨/年对二甲苯", None),
            ("建设厂房", None),
            ("1.5", None),
            ("2009-2011", None),
        ];
        for (text, expected) in cases {
            assert_eq!(several(text), expected, "{text}");
        }
    }
}
