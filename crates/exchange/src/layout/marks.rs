//! Marks set beside a name: `★`, `☆`, `●`. Their meaning is the office's own; they are taken
//! off the name and kept.

/// The marks known; a letter or a digit is never one.
const MARKS: &str = "★☆●○◆◇▲△■□※◎√✓▼▽♦";

/// A text without its marks, and the marks in their order.
pub fn strip(text: &str) -> (String, String) {
    let is_mark = |c: char| MARKS.contains(c);
    let beside = |c: char| is_mark(c) || c.is_whitespace();
    let inner = text.trim_matches(beside);
    if inner.is_empty() {
        return (String::new(), text.chars().filter(|c| is_mark(*c)).collect());
    }
    let start = text.find(inner).unwrap_or(0);
    let around = text[..start].chars().chain(text[start + inner.len()..].chars());
    (inner.to_string(), around.filter(|c| is_mark(*c)).collect())
}

/// Whether a text has a mark in front or behind.
pub fn has(text: &str) -> bool {
    let trimmed = text.trim();
    trimmed.starts_with(|c| MARKS.contains(c)) || trimmed.ends_with(|c| MARKS.contains(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_taken_off() {
        let cases = [
            ("★古雷芳烃", "古雷芳烃", "★"),
            ("☆★ 水厂 ", "水厂", "☆★"),
            ("1●", "1", "●"),
            ("Bridge ▲", "Bridge", "▲"),
            ("C★D", "C★D", ""),
            ("√", "", "√"),
        ];
        for (text, name, marks) in cases {
            assert_eq!(strip(text), (name.to_string(), marks.to_string()), "{text}");
            assert_eq!(has(text), !marks.is_empty(), "{text}");
        }
    }
}
