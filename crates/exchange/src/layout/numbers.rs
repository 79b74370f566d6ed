//! Numbers kept as texts: `333149`, `1,111.11`, `¥1.11`, `111.11%`, `($2,771)`, `364*`, `6.2亿`.

use super::units;
use crate::map::fold_char;

/// A text that is a number, and what it carries besides.
#[derive(Clone, Debug, PartialEq)]
pub struct NumberText {
    /// As it stands: `25.3` of `(25.3%)` is −25.3.
    pub value: f64,
    /// Unit or percent sign behind it.
    pub unit: Option<String>,
    /// Currency mark in front of it.
    pub currency: Option<&'static str>,
    /// A star behind it points to a note.
    pub starred: bool,
}

const CURRENCIES: [&str; 9] = ["US$", "HK$", "NT$", "RMB", "¥", "$", "£", "€", "人民币"];

/// Reads the whole of a text as one number. Digits with a zero in front are a code, and none.
pub fn parse(text: &str) -> Option<NumberText> {
    let folded: String = text.chars().map(fold).collect();
    let mut rest = folded.trim();
    let mut negative = false;
    if let Some(inner) = rest.strip_prefix('(').and_then(|inner| inner.strip_suffix(')')) {
        (rest, negative) = (inner.trim(), true);
    }
    let starred = rest.ends_with('*');
    rest = rest.trim_end_matches('*').trim_end();
    negative ^= take_sign(&mut rest);
    let currency = CURRENCIES.iter().find(|mark| rest.starts_with(**mark)).copied();
    rest = rest[currency.map_or(0, str::len)..].trim_start();
    negative ^= take_sign(&mut rest);
    let end = rest.find(|c: char| !c.is_ascii_digit() && !matches!(c, ',' | '.' | ' ' | '\''));
    let (digits, behind) = rest.split_at(end.unwrap_or(rest.len()));
    let value = plain(digits.trim())?;
    let behind = behind.trim();
    let unit = match behind {
        "" => None,
        word => Some(units::kind_of(word).map(|_| word.to_string())?),
    };
    let value = if negative { -value } else { value };
    Some(NumberText { value, unit, currency, starred })
}

/// Whether a text is a number or a code of digits.
pub fn reads(text: &str) -> bool {
    let digits = text.trim();
    !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit()) || parse(text).is_some()
}

fn fold(c: char) -> char {
    match c {
        '−' | '﹣' | '－' => '-',
        '￥' => '¥',
        c => fold_char(c),
    }
}

fn take_sign(rest: &mut &str) -> bool {
    let (negative, inner) = match rest.strip_prefix('-') {
        Some(inner) => (true, inner),
        None => (false, rest.strip_prefix('+').unwrap_or(rest)),
    };
    *rest = inner.trim_start();
    negative
}

/// Digits with groups of three between commas, blanks or apostrophes.
fn plain(digits: &str) -> Option<f64> {
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    if whole.is_empty() && fraction.is_empty() || !fraction.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let groups: Vec<&str> = whole.split([',', ' ', '\'']).collect();
    let grouped = groups.len() > 1;
    let well = groups.iter().skip(1).all(|group| group.len() == 3) && groups[0].len() <= 3;
    if grouped && !well || !whole.bytes().all(|b| b.is_ascii_digit() || b",' ".contains(&b)) {
        return None;
    }
    let joined = groups.concat();
    let is_code = joined.len() > 1 && joined.starts_with('0') && fraction.is_empty();
    if is_code || joined.len() > 18 {
        return None;
    }
    format!("0{joined}.{fraction}0").parse().ok()
}

#[cfg(test)]
mod tests {
    use super::parse;

    #[test]
    fn texts_that_are_numbers() {
        let cases = [
            ("333149", 333_149.0),
            ("1,111.11", 1_111.11),
            ("１２３", 123.0),
            ("¥1.11", 1.11),
            ("$1.1111", 1.1111),
            ("US$ 5", 5.0),
            ("111.11%", 111.11),
            ("(25.3%)", -25.3),
            ("($2,771)", -2_771.0),
            ("－260", -260.0),
            ("364*", 364.0),
            ("6.2亿", 6.2),
            ("($7 billion)", -7.0),
            ("0.11", 0.11),
            (".5", 0.5),
        ];
        for (text, value) in cases {
            assert_eq!(parse(text).map(|number| number.value), Some(value), "{text}");
        }
        let not =
            ["", "0950", "1,11", "1.2.3", "09.10-11.3", "2009-2011", "12人3台", "A1", "-", "1-5月"];
        for text in not {
            assert_eq!(parse(text), None, "{text}");
        }
    }

    #[test]
    fn what_a_number_carries() {
        let number = parse("US$ 6.2 million").unwrap();
        assert_eq!((number.currency, number.unit.as_deref()), (Some("US$"), Some("million")));
        assert!(parse("364*").unwrap().starred);
    }
}
