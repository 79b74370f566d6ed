//! A cell as it stands in a list, and what it says: `£1,403.00` and `1403` say the same.

/// One cell.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ListCell {
    pub text: String,
    pub value: ListValue,
}

/// What a cell says, as two lists compare it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ListValue {
    #[default]
    Blank,
    /// A plain decimal without zeros at its ends: `-1403.5`.
    Number(String),
    /// Without case, with blanks squeezed and wide letters made narrow.
    Text(String),
}

impl ListCell {
    pub const fn blank() -> ListCell {
        ListCell { text: String::new(), value: ListValue::Blank }
    }

    /// Reads what `text` says.
    pub fn new(text: impl Into<String>) -> ListCell {
        let text: String = text.into();
        let value = value_of(&text);
        ListCell { text, value }
    }

    /// A cell whose text is known to say `value`: a day, an amount read with its unit.
    pub fn saying(text: impl Into<String>, value: &str) -> ListCell {
        ListCell { text: text.into(), value: value_of(value) }
    }

    pub fn is_blank(&self) -> bool {
        self.value == ListValue::Blank
    }

    /// The number it says, for comparing sizes.
    pub fn number(&self) -> Option<f64> {
        match &self.value {
            ListValue::Number(digits) => digits.parse().ok(),
            _ => None,
        }
    }
}

/// Without case and width, with blanks squeezed; none beside a slash, a comma or a bracket.
pub fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut blank = false;
    for c in text.chars() {
        let c = match c {
            '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
            '–' | '—' | '‐' => '-',
            '’' | '‘' => '\'',
            c => c,
        };
        if c.is_whitespace() || c == '\u{feff}' {
            blank = true;
            continue;
        }
        let tight = |c: char| matches!(c, '/' | ',' | '(' | ')' | ':' | ';');
        if blank && !out.is_empty() && !tight(c) && !out.ends_with(tight) {
            out.push(' ');
        }
        blank = false;
        out.extend(c.to_lowercase());
    }
    out
}

fn value_of(text: &str) -> ListValue {
    let trimmed = text.trim();
    // A dash is how lists say "nothing".
    if trimmed.is_empty() || matches!(trimmed, "-" | "—" | "–" | "——" | "/") {
        return ListValue::Blank;
    }
    match number_of(trimmed) {
        Some(digits) => ListValue::Number(digits),
        None => ListValue::Text(fold(trimmed)),
    }
}

/// Longest text that is looked at as a number.
const NUMBER_CHARS_MAX: usize = 32;

/// `£1,403.00`, `(1,403)`, `￥5` and `1403.` as plain decimals. A number that begins with a
/// zero is a code (`012`), and so is one that is too long to be an amount.
fn number_of(text: &str) -> Option<String> {
    if text.chars().count() > NUMBER_CHARS_MAX || !text.bytes().any(|b| b.is_ascii_digit()) {
        return None;
    }
    let (text, bracketed) = match text.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')) {
        Some(inside) => (inside, true),
        None => (text, false),
    };
    let money = |c: char| matches!(c, '$' | '£' | '€' | '¥' | '￥' | ' ' | '\u{a0}');
    let bare = text.trim_matches(money);
    let (sign, bare) = match bare.strip_prefix(['-', '−']) {
        Some(rest) => (true, rest.trim_start_matches(money)),
        None => (false, bare.trim_start_matches('+')),
    };
    let (whole, fraction) = bare.split_once('.').unwrap_or((bare, ""));
    let whole = ungrouped(whole)?;
    let digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
    let is_code = whole.len() > 1 && whole.starts_with('0');
    if !digits(&whole) || !digits(fraction) || (whole.is_empty() && fraction.is_empty()) || is_code
    {
        return None;
    }
    let fraction = fraction.trim_end_matches('0');
    let whole = if whole.is_empty() { "0" } else { whole.as_str() };
    let point = if fraction.is_empty() { "" } else { "." };
    let is_zero = whole == "0" && fraction.is_empty();
    let minus = if (sign || bracketed) && !is_zero { "-" } else { "" };
    Some(format!("{minus}{whole}{point}{fraction}"))
}

/// Digits without the commas between thousands; `None` where commas stand elsewhere.
fn ungrouped(whole: &str) -> Option<String> {
    if !whole.contains([',', '，']) {
        return Some(whole.to_owned());
    }
    let mut groups = whole.split([',', '，']);
    let first = groups.next()?;
    let fits = (1..=3).contains(&first.len()) && groups.all(|group| group.len() == 3);
    fits.then(|| whole.replace([',', '，'], ""))
}

#[cfg(test)]
mod tests {
    use super::{ListCell, ListValue};

    #[test]
    fn cells_that_say_the_same() {
        let same = [
            ("£1,403.00", "1403"),
            ("(1,200.50)", "-1200.5"),
            ("￥ 5", "5.0"),
            ("Amber/ Red", "amber/red"),
            ("（一期）厂房", "(一期)厂房"),
            ("-0", "0"),
            ("—", ""),
            ("a  b", "A b "),
        ];
        for (a, b) in same {
            assert_eq!(ListCell::new(a).value, ListCell::new(b).value, "{a} / {b}");
        }
        let different = [("012", "12"), ("1,40", "140"), ("0", ""), ("1.1", "11"), ("A1", "A2")];
        for (a, b) in different {
            assert_ne!(ListCell::new(a).value, ListCell::new(b).value, "{a} / {b}");
        }
        assert_eq!(ListCell::new("31/05/2010").value, ListValue::Text("31/05/2010".into()));
    }
}
