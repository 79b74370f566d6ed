//! Codes of a row: in their one spelling where they are sound, a problem where not.

use std::borrow::Cow;

use tici_domain::Problem;
use tici_domain::industry::{Industry, IndustryError};
use tici_domain::intake::{At, ProjectRow};
use tici_domain::project_code::ProjectCode;
use tici_domain::uscc::Uscc;

/// Lengths at which letters and digits are meant as a credit code of 18, one or two lost or
/// doubled. What is shorter or longer is another register's number.
const CREDIT_CODE_LENGTHS: std::ops::RangeInclusive<usize> = 17..=19;
/// Fewer digits are some number of the office's own, not a national code with a slip in it.
const NATIONAL_DIGITS_MIN: usize = 18;

/// A code as it is printed, when it is sound, and what is to be said of it.
type Reading = (Option<String>, Vec<Problem>);

/// The row with its codes as they are printed, and what is wrong with them, each with its
/// cell. Codes of other registers and other countries pass as they stand.
pub(super) fn checked(row: &ProjectRow) -> (Cow<'_, ProjectRow>, Vec<(String, Problem)>) {
    let mut found = Vec::new();
    let firm = respelled(&row.enterprise_code, credit_code, &mut found);
    let national = respelled(&row.national_code, national_code, &mut found);
    let industry = respelled(&row.industry, industry_code, &mut found);
    if firm.is_none() && national.is_none() && industry.is_none() {
        return (Cow::Borrowed(row), found);
    }
    let mut row = row.clone();
    row.enterprise_code = firm.or(row.enterprise_code);
    row.national_code = national.or(row.national_code);
    row.industry = industry.or(row.industry);
    (Cow::Owned(row), found)
}

/// The cell with its code in another spelling, or `None` when it may stay as it is.
fn respelled(
    at: &Option<At<String>>,
    read: fn(&str) -> Reading,
    found: &mut Vec<(String, Problem)>,
) -> Option<At<String>> {
    let at = at.as_ref()?;
    let (code, problems) = read(&at.value);
    found.extend(problems.into_iter().map(|problem| (at.cell.clone(), problem)));
    let code = code.filter(|code| *code != at.value)?;
    Some(At { value: code, cell: at.cell.clone(), raw: at.raw.clone() })
}

fn credit_code(text: &str) -> Reading {
    let (code, problems) = Uscc::check(text);
    let length = text.chars().filter(|c| c.is_alphanumeric()).count();
    let is_meant = CREDIT_CODE_LENGTHS.contains(&length);
    match code {
        Some(code) => (Some(code.to_string()), problems),
        None if is_meant => (None, problems),
        None => (None, Vec::new()),
    }
}

fn national_code(text: &str) -> Reading {
    match ProjectCode::parse(text) {
        Ok(code) => (Some(code.to_string()), Vec::new()),
        Err(error) => {
            let is_meant = text.chars().filter(|c| c.is_numeric()).count() >= NATIONAL_DIGITS_MIN;
            (None, if is_meant { vec![error.problem(text)] } else { Vec::new() })
        }
    }
}

/// An industry may be given in words; only what has the shape of a code is looked up.
fn industry_code(text: &str) -> Reading {
    match Industry::parse(text) {
        Ok(industry) => (Some(industry.code.to_owned()), Vec::new()),
        Err(IndustryError::Shape) => (None, Vec::new()),
        Err(error) => (None, vec![error.problem(text)]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cell(text: &str, cell: &str) -> Option<At<String>> {
        Some(At { value: text.into(), cell: cell.into(), raw: text.into() })
    }

    /// Codes of firm, project and industry; as kept; and the problems with their cells.
    fn check(typed: [&str; 3], kept: [&str; 3], problems: &[&str]) {
        let row = ProjectRow {
            enterprise_code: cell(typed[0], "C9"),
            national_code: cell(typed[1], "D9"),
            industry: cell(typed[2], "E9"),
            ..ProjectRow::default()
        };
        let (row, found) = checked(&row);
        let values = [&row.enterprise_code, &row.national_code, &row.industry];
        assert_eq!(values.map(|at| at.as_ref().map_or("", |at| at.value.as_str())), kept);
        let found: Vec<String> =
            found.iter().map(|(cell, problem)| format!("{cell} {}", problem.key)).collect();
        assert_eq!(found, problems);
    }

    #[test]
    fn sound_codes_are_kept_in_one_spelling() {
        check(
            ["91350100m000100y43", "２３０５ 999021 04 01 123456", "2651"],
            ["91350100M000100Y43", "2305-999021-04-01-123456", "C2651"],
            &[],
        );
    }

    #[test]
    fn slips_are_said_with_their_cells() {
        let typed = ["91350100M000100Y34", "2313-999021-04-01-123456-", "D2651"];
        let problems = ["C9 uscc-check", "D9 project-code-shape", "E9 industry-letter"];
        check(typed, typed, &problems);
        let typed = ["91350100M000100Y4", "0000-999021-04-01-123456", "C9999"];
        let problems = ["C9 uscc-length", "D9 project-code-month", "E9 industry-unknown"];
        check(typed, typed, &problems);
    }

    #[test]
    fn numbers_of_other_registers_and_words_pass() {
        let typed = ["GB-CHC-1089969", "YX26-001", "Transport"];
        check(typed, typed, &[]);
        let typed = ["0000320193", "", "汽车制造业"];
        check(typed, typed, &[]);
    }
}
