//! Lists of entries for people: by account, operation, subject and time.

use super::{EntryMeta, META_COLUMNS, read_meta};
use crate::conn::Value;
use crate::{Store, StoreError};
use jiff::Timestamp;

/// Which entries to list; an empty filter is all of them.
#[derive(Clone, Debug, Default)]
pub struct EntryFilter {
    pub actor: Option<i64>,
    pub op: Option<String>,
    /// Kind and id: `("project", 12)`.
    pub subject: Option<(String, i64)>,
    /// From this moment on.
    pub from: Option<Timestamp>,
    /// Before this moment.
    pub until: Option<Timestamp>,
    /// Before this entry.
    pub below: Option<i64>,
    /// SHA-256 of the file the entries came from.
    pub source_sha256: Option<String>,
}

impl Store {
    /// Entries, newest first: at most `limit`, leaving out the first `offset`.
    pub fn entry_list(
        &self,
        filter: &EntryFilter,
        offset: i64,
        limit: i64,
    ) -> Result<Vec<EntryMeta>, StoreError> {
        let mut query = Query::of(filter);
        let limit = query.bind(limit.max(0));
        let offset = query.bind(offset.max(0));
        let sql = format!(
            "SELECT {META_COLUMNS} FROM journal j{} ORDER BY j.seq DESC \
             LIMIT {limit} OFFSET {offset}",
            query.clause()
        );
        self.reader()?.query_vec(&sql, &query.params, |row| read_meta(row, 0))
    }

    /// How many entries a filter finds.
    pub fn entry_count(&self, filter: &EntryFilter) -> Result<i64, StoreError> {
        let query = Query::of(filter);
        let sql = format!("SELECT COUNT(*) FROM journal j{}", query.clause());
        self.reader()?.query_int(&sql, &query.params)
    }

    /// The entries that wrote anything about a project, newest first.
    pub fn project_entries(&self, project: i64, limit: i64) -> Result<Vec<EntryMeta>, StoreError> {
        let subject = Some(("project".to_string(), project));
        self.entry_list(&EntryFilter { subject, ..EntryFilter::default() }, 0, limit)
    }

    /// The first entry that came from a file of this content: a second upload of the same
    /// file is recognised by it.
    pub fn entry_from_source(&self, sha256: &str) -> Result<Option<EntryMeta>, StoreError> {
        let sql = format!(
            "SELECT {META_COLUMNS} FROM journal j \
             WHERE j.source_sha256 = $1 ORDER BY j.seq LIMIT 1"
        );
        self.reader()?.query_one(&sql, &[Value::from(sha256)], |row| read_meta(row, 0))
    }
}

/// Conditions and their parameters, numbered in the order of the text.
struct Query<'a> {
    conditions: Vec<String>,
    params: Vec<Value<'a>>,
}

impl<'a> Query<'a> {
    fn of(filter: &'a EntryFilter) -> Query<'a> {
        let mut query = Query { conditions: Vec::new(), params: Vec::new() };
        if let Some(actor) = filter.actor {
            query.add("j.actor =", actor);
        }
        if let Some(op) = &filter.op {
            query.add("j.op =", op.as_str());
        }
        if let Some((kind, id)) = &filter.subject {
            let touching = query.touching(kind, *id);
            query.conditions.push(format!("j.seq IN ({touching})"));
        }
        if let Some(from) = filter.from {
            query.add("j.at >=", from.as_microsecond());
        }
        if let Some(until) = filter.until {
            query.add("j.at <", until.as_microsecond());
        }
        if let Some(below) = filter.below {
            query.add("j.seq <", below);
        }
        if let Some(sha256) = &filter.source_sha256 {
            query.add("j.source_sha256 =", sha256.as_str());
        }
        query
    }

    fn bind(&mut self, value: impl Into<Value<'a>>) -> String {
        self.params.push(value.into());
        format!("${}", self.params.len())
    }

    fn add(&mut self, condition: &str, value: impl Into<Value<'a>>) {
        let place = self.bind(value);
        self.conditions.push(format!("{condition} {place}"));
    }

    fn clause(&self) -> String {
        match self.conditions.as_slice() {
            [] => String::new(),
            conditions => format!(" WHERE {}", conditions.join(" AND ")),
        }
    }

    /// A query for the numbers of all entries that wrote a row about a subject. The header
    /// lists only so many subjects, the tables all of them.
    fn touching(&mut self, kind: &'a str, id: i64) -> String {
        let (kind_at, id_at) = (self.bind(kind), self.bind(id));
        let mut parts = vec![format!(
            "SELECT entry FROM register_entry WHERE register = {kind_at} AND id = {id_at}"
        )];
        if matches!(kind, "project" | "enterprise" | "place") {
            for state in ["IS NULL", "IS NOT NULL"] {
                parts.push(format!(
                    "SELECT entry FROM figure WHERE subject_kind = {kind_at} \
                     AND subject_id = {id_at} AND superseded_by {state}"
                ));
            }
        }
        match kind {
            "project" => {
                for table in ["list_membership", "plan", "stage_claim", "milestone"] {
                    parts.push(format!("SELECT entry FROM {table} WHERE project = {id_at}"));
                }
                parts.push(format!(
                    "SELECT v.entry FROM stage_verdict v JOIN stage_claim c ON c.id = v.claim \
                     WHERE c.project = {id_at}"
                ));
            }
            "attachment" => parts.push(format!("SELECT entry FROM attachment WHERE id = {id_at}")),
            "claim" => {
                parts.push(format!("SELECT entry FROM stage_claim WHERE id = {id_at}"));
                parts.push(format!("SELECT entry FROM stage_verdict WHERE claim = {id_at}"));
            }
            _ => {}
        }
        parts.join(" UNION ")
    }
}
