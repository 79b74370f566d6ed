//! Changes into tables. A commit and a replay of the journal both go through here, which
//! is why they give the same rows.

use crate::StoreError;
use crate::conn::{Conn, Value};
use crate::tables::{Kind, LEDGER, Ledger, Out, Spec, Style, replaces};
use std::collections::{HashMap, HashSet};
use tici_domain::Change;

/// Rows superseded by one statement.
const SUPERSEDED_PER_STATEMENT: usize = 200;

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
    let replacing: Vec<&Change> =
        rows.iter().copied().filter(|row| replaces(row).is_some()).collect();
    for chunk in replacing.chunks(SUPERSEDED_PER_STATEMENT) {
        supersede(conn, ledger, chunk)?;
    }
    insert(conn, entry, ledger, rows)
}

/// Marks the replaced rows. Each has to be current and to have the natural key of the row
/// that replaces it; otherwise somebody else was first, or the caller is wrong.
fn supersede(conn: &mut Conn, ledger: &Ledger, rows: &[&Change]) -> Result<(), StoreError> {
    let spec = &ledger.spec;
    let positions: Vec<usize> =
        spec.natural_key().iter().map(|column| spec.position(column)).collect();
    let mut params = Vec::with_capacity(rows.len() * (positions.len() + 2));
    let mut cells = Vec::new();
    for row in rows {
        cells.clear();
        (ledger.encode)(row, &mut Out { values: &mut cells });
        params.push(Value::from(row.id()));
        params.push(Value::from(replaces(row)));
        params.extend(positions.iter().map(|position| cells[*position].clone()));
    }
    let touched = conn.execute(&supersede_sql(spec, &positions, rows.len()), &params)?;
    if touched != rows.len() as u64 {
        let stale = rows.len() as u64 - touched;
        let detail = format!("{stale} of the rows to be replaced in {} have changed", spec.name);
        return Err(StoreError::conflict(detail));
    }
    Ok(())
}

fn supersede_sql(spec: &Spec, positions: &[usize], rows: usize) -> String {
    let kinds: Vec<&str> = [Kind::Int, Kind::Int]
        .into_iter()
        .chain(positions.iter().map(|position| spec.data[*position].kind))
        .map(|kind| if kind == Kind::Int { "BIGINT" } else { "TEXT" })
        .collect();
    let tuple = |row: usize| {
        let casts = kinds
            .iter()
            .enumerate()
            .map(|(column, kind)| format!("CAST(${} AS {kind})", row * kinds.len() + column + 1));
        format!("({})", casts.collect::<Vec<_>>().join(", "))
    };
    let tuples: Vec<String> = (0..rows).map(tuple).collect();
    let keys: Vec<String> = (3..)
        .zip(spec.natural_key())
        .map(|(column, name)| format!(" AND {0}.{name} = v.column{column}", spec.name))
        .collect();
    format!(
        "UPDATE {0} SET superseded_by = v.column1 FROM (VALUES {1}) AS v \
         WHERE {0}.id = v.column2 AND {0}.superseded_by IS NULL{2}",
        spec.name,
        tuples.join(", "),
        keys.concat()
    )
}

/// Fills the data columns of a change and its entry.
fn filler<'a>(entry: i64, ledger: &Ledger) -> impl Fn(&'a Change, &mut Vec<Value<'a>>) {
    let encode = ledger.encode;
    move |change, values| {
        encode(change, &mut Out { values });
        values.push(Value::Int(entry));
    }
}
