//! Reading a map, with the line and column of what is wrong.

use super::{Field, Key, Map};
use crate::limits::MAP_BYTES_MAX;
use tici_domain::Problem;

impl Map {
    /// Reads and checks a map. `file` is its name, for the messages.
    pub fn parse(file: &str, text: &str) -> Result<Map, Vec<Problem>> {
        let map: Map = read_toml(file, text)?;
        let problems: Vec<Problem> =
            map.check().into_iter().map(|problem| problem.at(file, "", "")).collect();
        if problems.is_empty() { Ok(map) } else { Err(problems) }
    }

    /// The map as text, such as a guess that a person wants to keep and mend.
    pub fn to_toml(&self) -> String {
        toml::to_string(self).expect("a map has only strings, numbers and tables of them")
    }

    /// What no type can say: columns without a header, no way to tell projects apart.
    fn check(&self) -> Vec<Problem> {
        let mut problems = Vec::new();
        for (index, column) in self.columns.iter().enumerate() {
            let blank = |texts: &[String]| texts.iter().all(|text| text.trim().is_empty());
            if blank(&column.header) && blank(&column.contains) {
                problems.push(Problem::error("map-column-without-header").arg("n", index + 1));
            }
        }
        let fills = |field: Field| self.columns.iter().any(|column| column.field == field);
        let (code, name) = (fills(Field::Code) || fills(Field::NationalCode), fills(Field::Name));
        let identified = match self.key {
            Key::Auto => code || name,
            Key::Code => code,
            Key::Name => name,
        };
        if !identified {
            problems.push(Problem::error("map-without-key"));
        }
        if self.header.is_some_and(|[from, to]| from == 0 || to < from) {
            problems.push(Problem::error("map-header-rows"));
        }
        let once = |field: &Field| {
            !matches!(field, Field::Ignore | Field::Plan | Field::Figure(_) | Field::Milestone(..))
        };
        for (index, column) in self.columns.iter().enumerate() {
            let before = &self.columns[..index];
            if once(&column.field)
                && !column.optional
                && before.iter().any(|other| other.field == column.field && !other.optional)
            {
                let problem = Problem::error("map-field-twice").arg("field", &column.field);
                problems.push(problem.arg("n", index + 1));
            }
        }
        problems
    }
}

/// Reads any TOML of this crate; an error names its line and column.
pub(super) fn read_toml<T: serde::de::DeserializeOwned>(
    file: &str,
    text: &str,
) -> Result<T, Vec<Problem>> {
    if text.len() > MAP_BYTES_MAX {
        let problem = Problem::error("file-too-large").arg("bytes", text.len());
        return Err(vec![problem.arg("limit", MAP_BYTES_MAX).at(file, "", "")]);
    }
    toml::from_str(text).map_err(|error| {
        let offset = error.span().map_or(0, |span| span.start);
        let problem = Problem::error("map-broken").arg("detail", error.message());
        vec![problem.at(file, "", &place_of(text, offset))]
    })
}

/// `line:column` of a byte offset, both counted from 1.
fn place_of(text: &str, offset: usize) -> String {
    let before = text.get(..offset).unwrap_or(text);
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or("").chars().count() + 1;
    format!("{line}:{column}")
}
