//! The national code of an investment project (项目代码).
//!
//! Since November 2020 (发改投资〔2020〕1439号, GB/T 40058) `YYMM-region6-dept2-type2-6`,
//! before that `YYYY-6-2-2-6`. The last digit of the new form is a check digit whose
//! rule is not published: nothing is ever refused because of it, nor because of a region
//! that is not in force, which is a dated lookup and not a matter of shape.

use crate::{Period, Problem};
use std::fmt;

/// Digits in each of the five groups.
const GROUPS: [usize; 5] = [4, 6, 2, 2, 6];
const DIGITS: usize = 20;

/// A code of the right shape.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ProjectCode([u8; DIGITS]);

/// When a code was given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Issued {
    /// The new form names a month.
    Month(Period),
    /// The old form names a year only.
    Year(Period),
}

/// Why a text is not a code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProjectCodeError {
    /// Not twenty digits, with or without the four hyphens.
    Shape,
    /// The first group is neither a year and month nor a year of the old form.
    Month,
}

impl ProjectCode {
    /// Reads a code with hyphens, long dashes, blanks or nothing between the groups.
    ///
    /// ```
    /// use tici_domain::project_code::ProjectCode;
    /// let code = ProjectCode::parse("2305-321081-04-01-123456").unwrap();
    /// assert_eq!(code.region(), "321081");
    /// assert_eq!(code.to_string(), "2305-321081-04-01-123456");
    /// ```
    pub fn parse(text: &str) -> Result<ProjectCode, ProjectCodeError> {
        let plain: String = text.trim().chars().map(plain_char).collect();
        let groups: Vec<&str> = plain.split('-').collect();
        let lengths: Vec<usize> = groups.iter().map(|group| group.len()).collect();
        let well_formed = lengths == GROUPS || lengths == [DIGITS];
        let digits: [u8; DIGITS] = groups
            .concat()
            .into_bytes()
            .try_into()
            .ok()
            .filter(|digits: &[u8; DIGITS]| well_formed && digits.iter().all(u8::is_ascii_digit))
            .ok_or(ProjectCodeError::Shape)?;
        let code = ProjectCode(digits);
        code.try_issued().map(|_| code).ok_or(ProjectCodeError::Month)
    }

    /// When it was given: a first group ending in 01–12 is a year and month of the new
    /// form, one ending in 13–99 a year of the old.
    pub fn issued(&self) -> Issued {
        self.try_issued().expect("checked when parsed")
    }

    fn try_issued(&self) -> Option<Issued> {
        let (high, low) = (self.number(0), self.number(2));
        match low {
            1..=12 => Period::month(2000 + i16::from(high), low).map(Issued::Month),
            13..=99 if high == 20 => Some(Issued::Year(Period::year(2000 + i16::from(low)))),
            _ => None,
        }
    }

    /// The two digits from `at` on, as a number.
    fn number(&self, at: usize) -> u8 {
        (self.0[at] - b'0') * 10 + (self.0[at + 1] - b'0')
    }

    /// GB/T 2260 code of the division, or a department's own number.
    pub fn region(&self) -> &str {
        self.part(4..10)
    }

    /// Sector of the approving department, two digits.
    pub fn department(&self) -> &str {
        self.part(10..12)
    }

    /// Type of project (approved, confirmed, filed …), two digits.
    pub fn kind(&self) -> &str {
        self.part(12..14)
    }

    /// The last six digits: random ones and, in the new form, a check digit.
    pub fn serial(&self) -> &str {
        self.part(14..20)
    }

    fn part(&self, range: std::ops::Range<usize>) -> &str {
        std::str::from_utf8(&self.0[range]).expect("digits by construction")
    }
}

impl ProjectCodeError {
    /// The problem to show for `text`, an error.
    pub fn problem(self, text: &str) -> Problem {
        let key = match self {
            ProjectCodeError::Shape => "project-code-shape",
            ProjectCodeError::Month => "project-code-month",
        };
        Problem::error(key).arg("code", text)
    }
}

/// ASCII for what was typed; every blank and dash is a hyphen.
fn plain_char(c: char) -> char {
    match c {
        '０'..='９' => char::from(b'0' + (c as u32 - '０' as u32) as u8),
        '－' | '–' | '—' | '−' => '-',
        _ if c.is_whitespace() => '-',
        other => other,
    }
}

impl fmt::Display for ProjectCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut from = 0;
        for (index, length) in GROUPS.into_iter().enumerate() {
            let hyphen = if index > 0 { "-" } else { "" };
            write!(f, "{hyphen}{}", self.part(from..from + length))?;
            from += length;
        }
        Ok(())
    }
}

impl fmt::Debug for ProjectCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}
