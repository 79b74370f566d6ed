//! Which entries are asked for, as an address that can be kept.

use jiff::{Timestamp, civil::Date, tz::TimeZone};
use serde::Deserialize;
use tici_ops::view_journal::EntryFilter;
use tici_ops::view_project::project_by_code;
use tici_ops::{Desk, OpsError, Session};

use crate::visit::encode;

/// Fields of the filter form.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq)]
#[serde(default)]
pub struct Asked {
    pub op: String,
    /// A project's code.
    pub project: String,
    pub from: String,
    pub until: String,
    /// SHA-256 of a file.
    pub source: String,
    /// From 1.
    pub page: i64,
}

impl Default for Asked {
    fn default() -> Asked {
        let empty = String::new;
        let (op, project, from) = (empty(), empty(), empty());
        Asked { op, project, from, until: empty(), source: empty(), page: 1 }
    }
}

impl Asked {
    /// The filter; a project that is not there is said, a day that cannot be read is left
    /// out.
    pub fn filter(
        &self,
        desk: &Desk,
        session: &Session,
        zone: &TimeZone,
    ) -> Result<EntryFilter, OpsError> {
        let subject = match self.project.trim() {
            "" => None,
            code => Some(("project".to_owned(), project_by_code(desk, session, code)?)),
        };
        let day = |text: &str| text.trim().parse::<Date>().ok();
        let until = day(&self.until).and_then(|day| day.tomorrow().ok());
        Ok(EntryFilter {
            actor: None,
            op: filled(&self.op),
            subject,
            from: day(&self.from).and_then(|day| start_of(day, zone)),
            until: until.and_then(|day| start_of(day, zone)),
            source_sha256: filled(&self.source),
            below: None,
        })
    }

    pub fn is_filtered(&self) -> bool {
        Asked { page: 1, ..self.clone() } != Asked::default()
    }

    /// The address of another page of the same list.
    pub fn at_page(&self, page: i64) -> String {
        let fields = [
            ("op", &self.op),
            ("project", &self.project),
            ("from", &self.from),
            ("until", &self.until),
            ("source", &self.source),
        ];
        let filled = fields.into_iter().filter(|(_, value)| !value.is_empty());
        let mut parts: Vec<String> =
            filled.map(|(name, value)| format!("{name}={}", encode(value))).collect();
        parts.push(format!("page={page}"));
        format!("/journal?{}", parts.join("&"))
    }
}

fn filled(text: &str) -> Option<String> {
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

fn start_of(day: Date, zone: &TimeZone) -> Option<Timestamp> {
    day.to_zoned_datetime(zone.clone()).ok().map(|at| at.timestamp())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_keep_the_filter() {
        let asked =
            Asked { op: "claim_stage".into(), from: "2026-06-01".into(), ..Asked::default() };
        assert_eq!(asked.at_page(2), "/journal?op=claim_stage&from=2026-06-01&page=2");
        assert!(asked.is_filtered() && !Asked { page: 9, ..Asked::default() }.is_filtered());
    }
}
