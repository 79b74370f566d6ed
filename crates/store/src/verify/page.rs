//! A page of rows, packed so that two equal pages are two equal byte strings.

use crate::StoreError;
use crate::conn::{Conn, Row, Value};
use crate::tables::{Column, Kind, Spec};
use std::borrow::Cow;
use std::cmp::Ordering;

/// Rows in one page.
const ROWS_PER_PAGE: usize = 10_000;

/// The key of a row.
pub(super) type Key = Vec<Value<'static>>;

/// A row with its key.
pub(super) struct Unpacked {
    pub key: Key,
    pub values: Vec<Value<'static>>,
}

/// Rows of a table in order of their key.
#[derive(PartialEq, Eq, Default)]
pub(super) struct Page {
    bytes: Vec<u8>,
    /// Where the last row begins.
    last_at: usize,
    rows: usize,
    /// Whether rows may follow.
    full: bool,
}

impl Page {
    /// The rows behind a key.
    pub fn fetch(conn: &mut Conn, spec: &Spec, after: Option<&Key>) -> Result<Page, StoreError> {
        let columns = spec.columns();
        let whole = is_small(spec);
        let params: Vec<Value<'_>> =
            after.map(|key| key.iter().map(Value::borrowed).collect()).unwrap_or_default();
        let mut page = Page::default();
        let sql = page_sql(spec, &columns, params.len(), whole);
        conn.query(&sql, &params, &mut |row| {
            page.pack(row, &columns)?;
            Ok(())
        })?;
        page.full = !whole && page.rows == ROWS_PER_PAGE;
        Ok(page)
    }

    pub fn rows(&self) -> usize {
        self.rows
    }

    pub fn is_full(&self) -> bool {
        self.full
    }

    /// The key of the last row, in the order of the database.
    pub fn last_key(&self, spec: &Spec) -> Option<Key> {
        let mut rest = &self.bytes[self.last_at..];
        (self.rows > 0).then(|| unpack_row(&mut rest, spec.columns().len(), &key_of(spec)).key)
    }

    fn pack(&mut self, row: &Row<'_>, columns: &[Column]) -> Result<(), StoreError> {
        self.last_at = self.bytes.len();
        for (index, column) in columns.iter().enumerate() {
            match row.value(index, column.kind)? {
                Value::Null => self.bytes.push(0),
                Value::Int(value) => {
                    self.bytes.push(1);
                    self.bytes.extend_from_slice(&value.to_le_bytes());
                }
                Value::Text(text) => self.pack_bytes(2, text.as_bytes()),
                Value::Bytes(bytes) => self.pack_bytes(3, &bytes),
            }
        }
        self.rows += 1;
        Ok(())
    }

    fn pack_bytes(&mut self, tag: u8, bytes: &[u8]) {
        self.bytes.push(tag);
        self.bytes.extend_from_slice(&(bytes.len() as u64).to_le_bytes());
        self.bytes.extend_from_slice(bytes);
    }

    /// The rows of the page, sorted by key.
    pub fn unpack(&self, spec: &Spec) -> Vec<Unpacked> {
        let (columns, key) = (spec.columns().len(), key_of(spec));
        let mut rest = self.bytes.as_slice();
        let mut rows: Vec<Unpacked> =
            (0..self.rows).map(|_| unpack_row(&mut rest, columns, &key)).collect();
        rows.sort_by(|a, b| compare(&a.key, &b.key));
        rows
    }
}

/// A table whose key is a word is small, and is read whole: the databases do not agree on
/// the order of words.
fn is_small(spec: &Spec) -> bool {
    let first = spec.data.iter().find(|column| column.name == spec.key[0]);
    first.is_some_and(|column| column.kind == Kind::Text)
}

fn page_sql(spec: &Spec, columns: &[Column], after: usize, whole: bool) -> String {
    let names: Vec<&str> = columns.iter().map(|column| column.name).collect();
    let order = spec.key.join(", ");
    let places: Vec<String> = (1..=after).map(|place| format!("${place}")).collect();
    let behind = match after {
        0 => String::new(),
        1 => format!(" WHERE {order} > {}", places[0]),
        _ => format!(" WHERE ({order}) > ({})", places.join(", ")),
    };
    let limit = if whole { String::new() } else { format!(" LIMIT {ROWS_PER_PAGE}") };
    format!("SELECT {} FROM {}{behind} ORDER BY {order}{limit}", names.join(", "), spec.name)
}

/// The order of keys: numbers by size, words by their bytes.
pub(super) fn compare(a: &[Value<'_>], b: &[Value<'_>]) -> Ordering {
    let by_part = a.iter().zip(b).map(|pair| match pair {
        (Value::Int(a), Value::Int(b)) => a.cmp(b),
        (Value::Text(a), Value::Text(b)) => a.cmp(b),
        (Value::Int(_), _) => Ordering::Less,
        (_, Value::Int(_)) => Ordering::Greater,
        _ => Ordering::Equal,
    });
    by_part.fold(Ordering::Equal, Ordering::then)
}

/// Where the columns of the key stand.
fn key_of(spec: &Spec) -> Vec<usize> {
    let columns = spec.columns();
    let position = |name: &&str| columns.iter().position(|column| column.name == *name);
    spec.key.iter().filter_map(position).collect()
}

fn unpack_row(rest: &mut &[u8], columns: usize, key: &[usize]) -> Unpacked {
    let values: Vec<Value<'static>> = (0..columns).map(|_| unpack_value(rest)).collect();
    let key = key.iter().map(|index| values[*index].clone()).collect();
    Unpacked { key, values }
}

fn unpack_value(rest: &mut &[u8]) -> Value<'static> {
    let tag = take(rest, 1)[0];
    match tag {
        0 => Value::Null,
        1 => Value::Int(i64::from_le_bytes(eight(rest))),
        2 => {
            let length = u64::from_le_bytes(eight(rest)) as usize;
            Value::Text(Cow::Owned(String::from_utf8_lossy(take(rest, length)).into_owned()))
        }
        _ => {
            let length = u64::from_le_bytes(eight(rest)) as usize;
            Value::Bytes(Cow::Owned(take(rest, length).to_vec()))
        }
    }
}

fn eight(rest: &mut &[u8]) -> [u8; 8] {
    take(rest, 8).try_into().expect("eight bytes were packed")
}

fn take<'a>(rest: &mut &'a [u8], length: usize) -> &'a [u8] {
    let (taken, left) = rest.split_at(length);
    *rest = left;
    taken
}
