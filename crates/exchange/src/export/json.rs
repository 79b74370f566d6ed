//! JSON: the document with its columns by name; numbers exact, missing as null.

use super::{CellOut, Document, TableOut};
use serde_json::{Map, Value, json};

/// Pretty-printed, so that two exports can be compared line by line.
pub fn write(document: &Document) -> Vec<u8> {
    let tables: Vec<Value> = document.tables.iter().map(table).collect();
    let whole = json!({ "title": document.title, "tables": tables, "notes": document.notes });
    let mut bytes = serde_json::to_vec_pretty(&whole).expect("a document is plain data");
    bytes.push(b'\n');
    bytes
}

fn table(table: &TableOut) -> Value {
    let columns: Vec<Value> = table
        .columns
        .iter()
        .map(|column| json!({ "header": column.header, "unit": column.unit, "kind": column.kind }))
        .collect();
    let row = |cells: &Vec<CellOut>| {
        let named = table.columns.iter().zip(cells);
        let named: Map<String, Value> =
            named.map(|(column, cell)| (column.title(), value(cell))).collect();
        Value::Object(named)
    };
    let totals = if table.totals.is_empty() { Value::Null } else { row(&table.totals) };
    json!({
        "title": table.title,
        "columns": columns,
        "rows": table.rows.iter().map(row).collect::<Vec<_>>(),
        "totals": totals,
        "notes": table.notes,
    })
}

/// A number with a power of ten is a string: a float would not be exact.
fn value(cell: &CellOut) -> Value {
    match cell {
        CellOut::Missing => Value::Null,
        CellOut::Text(text) => Value::from(text.as_str()),
        CellOut::Integer(number) => Value::from(*number),
        CellOut::Date(day) => Value::from(day.to_string()),
        scaled => scaled.decimal(None).map_or(Value::Null, Value::from),
    }
}
