//! Any text as two dates of a list, parted by a form feed: every row is in one place of the
//! result, and a list beside itself is the same.
#![no_main]

use libfuzzer_sys::fuzz_target;
use tici_engine::list_diff::{
    ColumnRole, DiffOptions, ListCell, ListColumn, ListRow, ListTable, diff, propose_renames,
};
use tici_exchange::list_rows;
use tici_exchange::sheet::open;

fn table(text: &str) -> Option<ListTable> {
    let workbook = open("a.csv", text.as_bytes(), Default::default()).0?;
    let list = list_rows::read(&workbook, None)?;
    let column = |column: &list_rows::ListRowsColumn| ListColumn {
        name: column.name.clone(),
        role: ColumnRole::Other,
        period: column.period,
    };
    let row = |row: &list_rows::ListRow| ListRow {
        at: row.at.clone(),
        period: None,
        cells: row.cells.iter().map(ListCell::new).collect(),
    };
    Some(ListTable {
        columns: list.columns.iter().map(column).collect(),
        rows: list.rows.iter().map(row).collect(),
    })
}

fuzz_target!(|text: &str| {
    let (old, new) = text.split_once('\u{c}').unwrap_or((text, text));
    let (Some(old), Some(new)) = (table(old), table(new)) else { return };
    let found = diff(&old, &new, &DiffOptions::default());
    if !found.key.is_empty() && found.key_missing.is_empty() {
        let both = found.changed.len() + found.unchanged;
        assert_eq!(both + found.vanished.len(), old.rows.len());
        assert_eq!(both + found.new.len(), new.rows.len());
    }
    propose_renames(&old, &new, &found, &[]);
    let itself = diff(&new, &new, &DiffOptions::default());
    assert!(itself.is_same());
});
