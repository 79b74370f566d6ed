//! Codes of a row: in their one spelling where they are sound, a problem where not.

use std::borrow::Cow;

use tici_domain::industry::{Industry, IndustryError};
use tici_domain::intake::{At, ProjectRow};
use tici_domain::project_code::ProjectCode;
use tici_domain::uscc::Uscc;
use tici_domain::{Problem, Severity};

/// Fewer digits than this are some number of the office's own, not a national code with a
/// slip in it.
const NATIONAL_DIGITS_MIN: usize = 18;

/// Problems, each with its cell.
type Found = Vec<(String, Problem)>;

/// The row with its codes as they are printed, and what is wrong with them. Codes of other
/// registers and other countries pass as they stand.
pub(super) fn checked(row: &ProjectRow) -> (Cow<'_, ProjectRow>, Found) {
    let mut row = Cow::Borrowed(row);
    let mut found = Found::new();
    check(&mut row, &mut found, |row| &mut row.enterprise_code, credit_code);
    check(&mut row, &mut found, |row| &mut row.national_code, national_code);
    check(&mut row, &mut found, |row| &mut row.industry, industry);
    (row, found)
}

/// Reads one cell's code; the row is copied only when the spelling changes.
fn check(
    row: &mut Cow<'_, ProjectRow>,
    found: &mut Found,
    field: fn(&mut ProjectRow) -> &mut Option<At<String>>,
    read: fn(&str) -> (Option<String>, Vec<Problem>),
) {
    let mut probe = ProjectRow::default();
    let _ = field(&mut probe);
    let Some(at) = peek(row, field) else { return };
    let (code, problems) = read(&at.value);
    found.extend(problems.into_iter().map(|problem| (at.cell.clone(), problem)));
    if let Some(code) = code.filter(|code| *code != at.value)
        && let Some(at) = field(row.to_mut())
    {
        at.value = code;
    }
}
