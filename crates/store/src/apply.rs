//! Changes into tables. A commit and a replay of the journal both go through here, which
//! is why they give the same rows.

use crate::StoreError;
use crate::conn::{Conn, Value};
use crate::tables::{Column, LEDGER, Ledger, Out, Style, replaces};
use std::collections::{HashMap, HashSet};
use tici_domain::Change;

/// Writes the rows of one entry.
pub(crate) fn apply(conn: &mut Conn, entry: i64, changes: &[Change]) -> Result<(), StoreError> {
    for ledger in LEDGER {
        let of_table = |change: &&Change| change.table() == ledger.table;
        let rows: Vec<&Change> = changes.iter().filter(of_table).collect();
        if rows.is_empty() {
            continue;
        }
        match ledger.spec.style {
            Style::Register => write_register(conn, entry, ledger, &rows)?,
            Style::Superseding { .. } => write_superseding(conn, entry, ledger, &rows)?,
            Style::Append | Style::Plain => insert(conn, entry, ledger, &rows)?,
        }
    }
    Ok(())
}

fn insert(
    conn: &mut Conn,
    entry: i64,
    ledger: &Ledger,
    rows: &[&Change],
) -> Result<(), StoreError> {
    let fill = filler(entry, ledger);
    let rows = rows.iter().copied();
    conn.insert_rows(ledger.spec.name, &ledger.spec.insert_columns(), rows, fill)?;
    Ok(())
}

fn write_register(
    conn: &mut Conn,
    entry: i64,
    ledger: &Ledger,
    rows: &[&Change],
) -> Result<(), StoreError> {
    let rows = last_of_each(rows);
    let fill = filler(entry, ledger);
    let columns = ledger.spec.insert_columns();
    conn.upsert_rows(ledger.spec.name, &columns, rows.iter().copied(), fill)?;
    let settings = rows.iter().filter_map(|row| match row {
        Change::Setting(setting) => Some(&setting.key),
        _ => None,
    });
    conn.insert_rows("setting_entry", &["key", "entry"], settings, |key, values| {
        values.extend([Value::from(key.as_str()), Value::Int(entry)]);
    })?;
    let ids: Vec<i64> = rows.iter().filter_map(|row| row.id()).collect();
    conn.insert_rows("register_entry", &["register", "id", "entry"], &ids, |id, values| {
        values.extend([Value::from(ledger.spec.name), Value::Int(*id), Value::Int(entry)]);
    })?;
    Ok(())
}

/// An entry may write the same row twice; the last one stays.
fn last_of_each<'a>(rows: &[&'a Change]) -> Vec<&'a Change> {
    let key = |row: &'a Change| match row {
        Change::Setting(setting) => (0, setting.key.as_str()),
        other => (other.id().unwrap_or(0), ""),
    };
    let last: HashMap<_, usize> =
        rows.iter().enumerate().map(|(index, row)| (key(row), index)).collect();
    let kept = rows.iter().enumerate().filter(|(index, row)| last[&key(row)] == *index);
    kept.map(|(_, row)| *row).collect()
}

/// Inserts rows in runs, so that a row may supersede an earlier one of the same entry.
fn write_superseding(
    conn: &mut Conn,
    entry: i64,
    ledger: &Ledger,
    rows: &[&Change],
) -> Result<(), StoreError> {
    let mut from = 0;
    let mut ids = HashSet::new();
    for (index, row) in rows.iter().enumerate() {
        if replaces(row).is_some_and(|earlier| ids.contains(&earlier)) {
            write_run(conn, entry, ledger, &rows[from..index])?;
            from = index;
            ids.clear();
        }
        ids.extend(row.id());
    }
    write_run(conn, entry, ledger, &rows[from..])
}

fn write_run(
    conn: &mut Conn,
    entry: i64,
    ledger: &Ledger,
    rows: &[&Change],
) -> Result<(), StoreError> {
    let replacing = rows.iter().copied().filter(|row| replaces(row).is_some());
    supersede(conn, ledger, &replacing.collect::<Vec<_>>())?;
    insert(conn, entry, ledger, rows)
}

/// Marks the replaced rows. Each has to be current and to have the natural key of the row
/// that replaces it; otherwise somebody else was first, or the caller is wrong.
fn supersede<'a>(
    conn: &mut Conn,
    ledger: &Ledger,
    rows: &'a [&'a Change],
) -> Result<(), StoreError> {
    if rows.is_empty() {
        return Ok(());
    }
    let spec = &ledger.spec;
    let positions: Vec<usize> =
        spec.natural_key().iter().map(|column| spec.position(column)).collect();
    let key: Vec<Column> = positions.iter().map(|position| spec.data[*position]).collect();
    let encode = ledger.encode;
    let fill = |row: &&'a Change, values: &mut Vec<Value<'a>>| {
        let mut cells = Vec::new();
        encode(row, &mut Out { values: &mut cells });
        values.extend([Value::from(row.id()), Value::from(replaces(row))]);
        values.extend(positions.iter().map(|position| cells[*position].clone()));
    };
    let touched = conn.supersede_rows(spec.name, &key, rows, fill)?;
    if touched != rows.len() as u64 {
        let stale = rows.len() as u64 - touched;
        let detail = format!("{stale} of the rows to be replaced in {} have changed", spec.name);
        return Err(StoreError::conflict(detail));
    }
    Ok(())
}

/// Fills the data columns of a change and its entry.
fn filler<'a>(entry: i64, ledger: &Ledger) -> impl Fn(&'a Change, &mut Vec<Value<'a>>) {
    let encode = ledger.encode;
    move |change, values| {
        encode(change, &mut Out { values });
        values.push(Value::Int(entry));
    }
}
