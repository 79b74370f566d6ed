//! Every figure that names a cell is what the cell says.

use std::collections::BTreeMap;
use std::io::Cursor;

use calamine::{Data, Range, Reader, Xlsx};
use tici_domain::Change;
use tici_testkit::county::thousands;

use crate::base;

/// A cell as a reader of the sheet sees it.
fn printed(value: &Data, column: u8) -> String {
    match value {
        Data::Float(number) if column == b'L' => format!("{number:.1}"),
        Data::Float(number) => thousands(*number as i64),
        Data::Int(number) => thousands(*number),
        Data::String(text) => text.clone(),
        other => format!("{other:?}"),
    }
}

fn at<'a>(sheet: &'a Range<Data>, cell: &str) -> &'a Data {
    let column = u32::from(cell.as_bytes()[0] - b'A');
    let row: u32 = cell[1..].parse().expect("a row");
    sheet.get_value((row - 1, column)).expect("a cell with a value")
}

#[test]
fn every_cell_gives_its_figure() {
    let mut checked = 0;
    for operation in &base().operations {
        let Some(source) = operation.source.as_ref() else { continue };
        let bytes = &operation.blobs.iter().find(|b| b.0 == source.sha256).expect("its bytes").1;
        let mut book = Xlsx::new(Cursor::new(bytes)).expect("a workbook");
        let sheets: BTreeMap<String, Range<Data>> = book.worksheets().into_iter().collect();
        for change in &operation.changes {
            let (sheet, cell, text) = match change {
                Change::Figure(row) => (&row.sheet, &row.cell, row.raw.clone()),
                Change::Plan(row) => (&row.sheet, &row.cell, Some(thousands(row.amount / 10_000))),
                _ => continue,
            };
            let (sheet, cell) = (sheet.as_ref().expect("sheet"), cell.as_ref().expect("cell"));
            let found = printed(at(&sheets[sheet], cell), cell.as_bytes()[0]);
            // Column L of a plan is a month, of a return a percentage.
            let found = match change {
                Change::Plan(_) => found.trim_end_matches(".0").to_owned(),
                _ => found,
            };
            let same = found.replace(',', "") == text.clone().expect("raw").replace(',', "");
            assert!(same, "{} {sheet} {cell}: {found} is not {text:?}", source.file);
            checked += 1;
        }
    }
    assert!(checked > 10_000, "only {checked} cells");
}
