//! What a header says: the field it fills, why, and how surely.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::{Reason, synonyms, ytd};
use crate::map::{Field, fold_header};
use crate::read::bare_header;

/// The field of a header, why, and how sure (0 to 100): by all of it, the last of its rows,
/// or a part.
pub fn field_of_header(header: &str) -> (Field, Reason, u8) {
    let folded = fold_header(header);
    let field = |name: &str| Field::parse(name).expect("synonyms name fields");
    if let Some((name, synonym)) = whole(&folded) {
        return (field(name), Reason::SameHeader(synonym.into()), 95);
    }
    let lower = bare_header(&folded).rsplit('/').next().unwrap_or(&folded);
    let is_deep = folded.contains('/');
    // What stands lowest says it best; bands name whole groups of columns.
    let part = is_deep.then(|| part(lower)).flatten().or_else(|| part(&folded));
    let is_surer = matches!(part, Some(("ignore" | "figure.invest_since_start", _)));
    if !is_surer && ytd::last_month(&folded).is_some() {
        return (field("figure.invest_ytd"), Reason::PartOfHeader(lower.into()), 90);
    }
    if let Some((name, found)) = part {
        let confidence = if found.chars().count() * 2 >= folded.chars().count() { 80 } else { 65 };
        return (field(name), Reason::PartOfHeader(found.into()), confidence);
    }
    if let Some((name, synonym)) = is_deep.then(|| whole(lower)).flatten() {
        return (field(name), Reason::SameHeader(synonym.into()), 75);
    }
    (Field::Ignore, Reason::Nothing, 0)
}

/// Folded headers and what they fill; folding them for every cell would be slow.
static WHOLE: LazyLock<HashMap<String, (&str, &str)>> = LazyLock::new(|| {
    let mut whole = HashMap::new();
    for (field, headers) in synonyms::HEADERS {
        for header in *headers {
            whole.entry(fold_header(header)).or_insert((*field, *header));
        }
    }
    whole
});

/// A whole header, its unit and its year taken off.
fn whole(folded: &str) -> Option<(&'static str, &'static str)> {
    let without_unit = bare_header(folded);
    let without_year = without_unit.trim_start_matches(|c: char| c.is_ascii_digit());
    let without_year = without_year.strip_prefix('年').unwrap_or(without_year);
    [folded, without_unit, without_year].iter().find_map(|text| WHOLE.get(*text).copied())
}

fn part(folded: &str) -> Option<(&'static str, &'static str)> {
    let found = |parts: &'static [&'static str]| parts.iter().find(|part| folded.contains(**part));
    synonyms::PARTS.iter().find_map(|(field, parts)| found(parts).map(|part| (*field, *part)))
}

/// Whether a header names projects.
pub fn is_name_header(header: &str) -> bool {
    field_of_header(header).0 == Field::Name
}

/// Longer texts are prose; the paragraphs some lists have for headers are shorter.
const HEADER_BYTES_MAX: usize = 240;

/// Whether a text is a header of any project list.
pub fn is_known_header(text: &str) -> bool {
    let first = text.trim_start().bytes().next();
    let is_number =
        first.is_none_or(|byte| byte.is_ascii_digit()) && text.trim().parse::<f64>().is_ok();
    if text.len() > HEADER_BYTES_MAX || is_number {
        return false;
    }
    let folded = fold_header(text);
    let known = || whole(&folded).is_some() || part(&folded).is_some();
    !folded.is_empty() && (known() || ytd::last_month(&folded).is_some())
}
