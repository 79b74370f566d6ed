//! The live tables, row by row, against those of a replay.

use super::page::{Key, Page, Unpacked, compare};
use super::{Bad, BadKind, Findings};
use crate::StoreError;
use crate::conn::{Conn, Value};
use crate::tables::Spec;
use std::cmp::Ordering;

/// Compares one table. Entries from `replayed_to` on were not replayed, so rows that they
/// wrote are left alone. Gives the number of rows compared.
pub(super) fn table(
    live: &mut Conn,
    replayed: &mut Conn,
    spec: &Spec,
    replayed_to: i64,
    findings: &mut Findings,
) -> Result<u64, StoreError> {
    let mut differences = Differences { spec, replayed_to, findings };
    let mut after: Option<Key> = None;
    let mut rows = 0;
    loop {
        let found = Page::fetch(live, spec, after.as_ref())?;
        let expected = Page::fetch(replayed, spec, after.as_ref())?;
        if found == expected {
            rows += found.rows() as u64;
            if !found.is_full() {
                return Ok(rows);
            }
            after = found.last_key(spec);
            continue;
        }
        let (full_found, full_expected) = (found.is_full(), expected.is_full());
        let (found, expected) = (found.unpack(spec), expected.unpack(spec));
        // Beyond the end of a full page the other side's rows have no counterpart yet.
        let bound = earlier(
            full_found.then(|| last_key(&found)).flatten(),
            full_expected.then(|| last_key(&expected)).flatten(),
        );
        rows += differences.merge(&found, &expected, bound.as_ref());
        match bound {
            None => return Ok(rows),
            Some(bound) => after = Some(bound),
        }
    }
}

struct Differences<'a> {
    spec: &'a Spec,
    replayed_to: i64,
    findings: &'a mut Findings,
}

impl Differences<'_> {
    /// Walks two sorted pages together, up to and with `bound`.
    fn merge(&mut self, found: &[Unpacked], expected: &[Unpacked], bound: Option<&Key>) -> u64 {
        let within = |row: &&Unpacked| {
            bound.is_none_or(|bound| compare(&row.key, bound) != Ordering::Greater)
        };
        let mut found = found.iter().take_while(within).peekable();
        let mut expected = expected.iter().take_while(within).peekable();
        let mut rows = 0;
        loop {
            let order = match (found.peek(), expected.peek()) {
                (None, None) => return rows,
                (Some(_), None) => Ordering::Less,
                (None, Some(_)) => Ordering::Greater,
                (Some(a), Some(b)) => compare(&a.key, &b.key),
            };
            rows += 1;
            let one = if order == Ordering::Greater { None } else { found.next() };
            let other = if order == Ordering::Less { None } else { expected.next() };
            self.pair(one, other);
        }
    }

    fn pair(&mut self, found: Option<&Unpacked>, expected: Option<&Unpacked>) {
        match (found, expected) {
            (Some(found), None) => {
                self.add(found, self.entry(found), BadKind::RowExtra, "not in the journal");
            }
            (None, Some(expected)) => {
                let entry = self.entry(expected);
                self.add(expected, entry, BadKind::RowMissing, "only in the journal");
            }
            (Some(found), Some(expected)) if found.values != expected.values => {
                // A row that a later entry has written again.
                if self.entry(found) >= self.replayed_to {
                    return;
                }
                if let Some(detail) = self.difference(found, expected) {
                    self.add(expected, self.entry(expected), BadKind::RowChanged, &detail);
                }
            }
            _ => {}
        }
    }

    fn add(&mut self, row: &Unpacked, seq: i64, what: BadKind, detail: &str) {
        if seq >= self.replayed_to {
            return;
        }
        let id: Vec<String> = row.key.iter().map(show).collect();
        self.findings.add(Bad {
            seq,
            what,
            table: Some(self.spec.name.into()),
            id: Some(id.join("/")),
            detail: detail.into(),
        });
    }

    /// The first column that differs: `value_int is 5, was written as 4`.
    fn difference(&self, found: &Unpacked, expected: &Unpacked) -> Option<String> {
        let columns = self.spec.columns();
        let pairs = found.values.iter().zip(&expected.values);
        let mut different = columns.iter().zip(pairs).filter(|(column, (found, expected))| {
            let superseded_later = self.replayed_to != i64::MAX
                && column.name == "superseded_by"
                && **expected == Value::Null;
            found != expected && !superseded_later
        });
        different.next().map(|(column, (found, expected))| {
            format!("{} is {}, was written as {}", column.name, show(found), show(expected))
        })
    }

    /// The entry a row says it was written by.
    fn entry(&self, row: &Unpacked) -> i64 {
        let columns = self.spec.columns();
        let position = columns.iter().position(|column| column.name == "entry");
        match position.map(|position| &row.values[position]) {
            Some(Value::Int(entry)) => *entry,
            _ => 0,
        }
    }
}

fn last_key(rows: &[Unpacked]) -> Option<Key> {
    rows.last().map(|row| row.key.clone())
}

fn earlier(a: Option<Key>, b: Option<Key>) -> Option<Key> {
    match (a, b) {
        (Some(a), Some(b)) if compare(&a, &b) == Ordering::Greater => Some(b),
        (Some(a), _) => Some(a),
        (None, b) => b,
    }
}

fn show(value: &Value<'_>) -> String {
    match value {
        Value::Null => "empty".into(),
        Value::Int(value) => value.to_string(),
        Value::Text(text) => format!("{text:?}"),
        Value::Bytes(bytes) => format!("{} bytes", bytes.len()),
    }
}
