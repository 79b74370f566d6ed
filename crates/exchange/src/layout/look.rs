//! What a cell looks like, before anyone knows what it means.

use super::{dates, numbers};
use crate::map::fold_char;
use crate::sheet::CellValue;

/// The looks that tell a header from a body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Look {
    /// Nothing, or blanks.
    Blank,
    /// Stands where nothing is given: `-`, `N/A`, `< Select >`.
    Filler,
    Number,
    /// A number that may be a year.
    Year,
    /// A text that reads as a number.
    NumberText,
    /// A day, as a date cell or as a text.
    Day,
    /// The name of a part of time: `8月`, `上旬`, `2010年`, `Q1`.
    Period,
    /// A few words.
    Word,
    /// Sentences.
    Prose,
    /// `TRUE`, `#REF!`.
    Other,
}

/// Characters from which words are sentences.
const PROSE_CHARS: usize = 90;

impl Look {
    pub fn of(value: &CellValue) -> Look {
        match value {
            CellValue::Empty => Look::Blank,
            CellValue::Number(number) if is_year(*number) => Look::Year,
            CellValue::Number(_) => Look::Number,
            CellValue::Date(_) => Look::Day,
            CellValue::Bool(_) | CellValue::Error(_) => Look::Other,
            CellValue::Text(text) => of_text(text),
        }
    }

    pub fn is_filled(self) -> bool {
        self != Look::Blank
    }

    /// Whether a header may hold it.
    pub fn may_head(self) -> bool {
        matches!(self, Look::Word | Look::Period | Look::Day | Look::Year | Look::Prose)
    }

    /// Whether it is a quantity where a body is.
    pub fn is_number(self) -> bool {
        matches!(self, Look::Number | Look::Year | Look::NumberText)
    }

    pub fn is_words(self) -> bool {
        matches!(self, Look::Word | Look::Prose)
    }
}

fn is_year(number: f64) -> bool {
    number.fract() == 0.0 && (1950.0..=2100.0).contains(&number)
}

fn of_text(text: &str) -> Look {
    let trimmed = text.trim();
    if trimmed.is_empty() {
        return Look::Blank;
    }
    // Longer texts are neither numbers nor days.
    let mut chars = trimmed.chars();
    let short = chars.by_ref().nth(40).is_none();
    if short {
        if is_filler(trimmed) {
            return Look::Filler;
        }
        let may_count = trimmed.chars().map(fold_char).any(|c| c.is_ascii_digit());
        if may_count && numbers::reads(trimmed) {
            return Look::NumberText;
        }
        if dates::is_period(trimmed) {
            return Look::Period;
        }
        if may_count && dates::is_day(trimmed) {
            return Look::Day;
        }
        return Look::Word;
    }
    if trimmed.chars().nth(PROSE_CHARS).is_some() { Look::Prose } else { Look::Word }
}

/// Marks for "nothing given": a stroke or two, n/a, a choice nobody made.
pub fn is_filler(text: &str) -> bool {
    let folded: String = text.trim().chars().map(fold_char).collect::<String>().to_lowercase();
    let strokes =
        folded.chars().all(|c| matches!(c, '-' | '—' | '–' | '/' | '\\' | '…' | '.' | '·'));
    let choice = folded.starts_with('<') && folded.ends_with('>') && folded.len() > 2;
    strokes
        || choice
        || matches!(folded.as_str(), "n/a" | "na" | "nil" | "#n/a" | "请选择" | "請選擇")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_told_by_their_looks() {
        let cases = [
            ("", Look::Blank),
            ("　", Look::Blank),
            ("--", Look::Filler),
            ("－", Look::Filler),
            ("< Select >", Look::Filler),
            ("N/A", Look::Filler),
            ("333149", Look::NumberText),
            ("1,111.11", Look::NumberText),
            ("(25.3%)", Look::NumberText),
            ("0950", Look::NumberText),
            ("8月", Look::Period),
            ("上旬", Look::Period),
            ("十一月", Look::Period),
            ("Q1", Look::Period),
            ("2010年", Look::Period),
            ("2020年1月1日", Look::Day),
            ("2020/1/1", Look::Day),
            ("项目名称", Look::Word),
            ("2010年计划投资（万元）", Look::Word),
            ("District", Look::Word),
        ];
        for (text, look) in cases {
            assert_eq!(of_text(text), look, "{text}");
        }
        assert_eq!(Look::of(&CellValue::Number(2019.0)), Look::Year);
        assert_eq!(Look::of(&CellValue::Number(20190.0)), Look::Number);
    }
}
