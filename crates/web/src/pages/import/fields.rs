//! The fields that a column may fill, as the selects above the columns offer them.

use tici_domain::{Measure, Stage};
use tici_ops::files::map::{Field, fold_header};
use tici_ops::uploads::UploadView;

use crate::i18n::T;

/// Offered fields, the usual ones first; any other field of a map is added when used.
const OFFERED: [&str; 42] = [
    "ignore",
    "code",
    "name",
    "enterprise",
    "place",
    "tier",
    "stage",
    "figure.total_investment",
    "plan",
    "figure.invest_month",
    "figure.invest_ytd",
    "figure.invest_since_start",
    "figure.progress_percent",
    "figure.progress_text",
    "figure.issue_text",
    "figure.workers",
    "milestone.started.planned",
    "milestone.started.expected",
    "milestone.started.actual",
    "milestone.completed.planned",
    "milestone.completed.expected",
    "stage.started",
    "stage.completed",
    "build_from",
    "build_to",
    "build_span",
    "content",
    "lead_unit",
    "sponsor",
    "parent",
    "parent_share",
    "chain",
    "industry",
    "sector",
    "state",
    "national_code",
    "enterprise_code",
    "place_code",
    "name_en",
    "name_hant",
    "currency",
    "figure.note_text",
];

/// Place of each column with a header, and the field that the map in use gives it.
pub fn of_columns(upload: &UploadView) -> Vec<(usize, Field)> {
    let columns = upload.guess.as_ref().map_or(&[][..], |guess| &guess.columns[..]);
    let field = |header: &str| {
        let folded = fold_header(header);
        let is = |text: &String| fold_header(text) == folded;
        let has = |text: &String| folded.contains(&fold_header(text));
        let known = upload
            .map
            .columns
            .iter()
            .find(|column| column.header.iter().any(is) || column.contains.iter().any(has));
        known.map(|column| column.field.clone()).unwrap_or_default()
    };
    columns.iter().map(|column| (column.index, field(&column.header))).collect()
}

/// Code, words and whether it is `current`, for one select.
pub fn options(t: T, current: &Field) -> Vec<(String, String, bool)> {
    let current = current.to_string();
    let mut codes: Vec<String> = OFFERED.iter().map(|code| (*code).to_owned()).collect();
    if !codes.contains(&current) {
        codes.push(current.clone());
    }
    codes
        .into_iter()
        .map(|code| {
            let is_current = code == current;
            (code.clone(), name(t, &code), is_current)
        })
        .collect()
}

/// A field in words.
pub fn name(t: T, code: &str) -> String {
    let parts: Vec<&str> = code.split('.').collect();
    match parts.as_slice() {
        ["figure", measure] => {
            Measure::parse(measure).map_or_else(|| code.to_owned(), |measure| t.measure(measure))
        }
        ["stage", stage] => {
            let name = Stage::parse(stage).map_or_else(|| (*stage).into(), |stage| t.stage(stage));
            t.t1("import-field-stage-on", &[("stage", &name)])
        }
        ["milestone", key, role] => {
            let name = Stage::parse(key).map_or_else(|| (*key).into(), |stage| t.stage(stage));
            t.t1(&format!("import-field-day-{role}"), &[("node", &name)])
        }
        _ => t.code("import-field", code),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_offered_field_is_a_field_with_a_name() {
        for lang in tici_domain::Lang::ALL {
            for code in OFFERED {
                assert!(Field::parse(code).is_some(), "{code}");
                assert_ne!(name(T::new(lang), code), code, "{code} in {}", lang.tag());
            }
        }
    }
}
