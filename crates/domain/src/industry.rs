//! Industries by the national standard GB/T 4754-2017 (国民经济行业分类).
//!
//! The table is the standard's own list of codes and names: 20 sections (门类, a letter),
//! 97 divisions (大类, two digits), 473 groups (中类, three), classes (小类, four). A
//! division belongs to one section, so the letter before the digits says nothing new and
//! may be left out.

use crate::Problem;
use std::sync::OnceLock;

/// The edition the table is of. Codes of 2011 and before are not in it.
pub const EDITION: &str = "GB/T 4754-2017";

const TABLE: &str = include_str!("../data/gbt4754_2017.tsv");

/// One line of the standard.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Industry {
    /// Letter and digits: `C`, `C26`, `C265`, `C2651`.
    pub code: &'static str,
    /// The standard's own name, in Chinese.
    pub name: &'static str,
}

/// How fine an industry is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Level {
    Section,
    Division,
    Group,
    Class,
}

/// Why a text is no industry of this edition.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IndustryError {
    /// Not a letter, digits, or a letter before two to four digits.
    Shape,
    /// The division lies in another section; this is the line that was meant.
    Letter(Industry),
    /// Well formed, but not in the table.
    Unknown,
}

impl Industry {
    /// Reads `C2651`, `c 2651`, `2651`, `26` or `C`.
    ///
    /// ```
    /// use tici_domain::industry::Industry;
    /// assert_eq!(Industry::parse("3611").unwrap().code, "C3611");
    /// assert_eq!(Industry::parse("C3611").unwrap().section().name, "制造业");
    /// ```
    pub fn parse(text: &str) -> Result<Industry, IndustryError> {
        let plain: String =
            text.chars().filter(|c| !c.is_whitespace()).map(|c| c.to_ascii_uppercase()).collect();
        let digits = plain.trim_start_matches(|c: char| c.is_ascii_uppercase());
        let letter = &plain[..plain.len() - digits.len()];
        let well_formed = letter.len() <= 1
            && digits.bytes().all(|byte| byte.is_ascii_digit())
            && (matches!(digits.len(), 2..=4) || (letter.len() == 1 && digits.is_empty()));
        if !well_formed {
            return Err(IndustryError::Shape);
        }
        let found = if digits.is_empty() { by_code(letter) } else { by_digits(digits) };
        match found {
            None => Err(IndustryError::Unknown),
            Some(industry) if industry.code.starts_with(letter) => Ok(industry),
            Some(industry) => Err(IndustryError::Letter(industry)),
        }
    }

    pub fn level(self) -> Level {
        match self.code.len() {
            1 => Level::Section,
            3 => Level::Division,
            4 => Level::Group,
            _ => Level::Class,
        }
    }

    /// The line above; `None` for a section.
    pub fn parent(self) -> Option<Industry> {
        match self.level() {
            Level::Section => None,
            Level::Division => by_code(&self.code[..1]),
            Level::Group | Level::Class => by_code(&self.code[..self.code.len() - 1]),
        }
    }

    /// The section (门类) it lies in.
    pub fn section(self) -> Industry {
        by_code(&self.code[..1]).expect("the table has every section")
    }

    /// The lines just below, in order.
    pub fn children(self) -> impl Iterator<Item = Industry> {
        all().iter().copied().filter(move |line| line.parent() == Some(self))
    }
}

/// Every line of the standard, in the order of its codes.
pub fn all() -> &'static [Industry] {
    static LINES: OnceLock<Vec<Industry>> = OnceLock::new();
    LINES.get_or_init(|| {
        let lines = TABLE.lines().filter_map(|line| line.split_once('\t'));
        lines.map(|(code, name)| Industry { code, name }).collect()
    })
}

fn by_code(code: &str) -> Option<Industry> {
    let lines = all();
    lines.binary_search_by_key(&code, |line| line.code).ok().map(|index| lines[index])
}

/// Looks digits up in the one section their division belongs to.
fn by_digits(digits: &str) -> Option<Industry> {
    let division =
        all().iter().find(|line| line.code.len() == 3 && line.code[1..] == digits[..2])?;
    by_code(&format!("{}{digits}", &division.code[..1]))
}

impl IndustryError {
    /// The problem to show for `text`, a warning: an unknown industry stops no return.
    pub fn problem(self, text: &str) -> Problem {
        let key = match self {
            IndustryError::Shape => "industry-shape",
            IndustryError::Letter(_) => "industry-letter",
            IndustryError::Unknown => "industry-unknown",
        };
        let problem = Problem::warning(key).arg("code", text).arg("edition", EDITION);
        match self {
            IndustryError::Letter(meant) => problem.arg("meant", meant.code),
            _ => problem,
        }
    }
}
