//! U+0000 in a cell: one database keeps it and the other refuses the whole write, so both
//! refuse it here, by cell.

use tici_domain::Problem;

use crate::sheet::{CellValue, Sheet, column_letters};

/// Every cell of a sheet that holds one.
pub(super) fn check(sheet: &Sheet, file: &str, is_text: bool) -> Vec<Problem> {
    let mut problems = Vec::new();
    for row in &sheet.rows {
        for (column, cell) in row.cells.iter().enumerate() {
            if matches!(&cell.value, CellValue::Text(text) if text.contains('\0')) {
                let address = match is_text {
                    true => format!("{}:{}", row.line, column + 1),
                    false => format!("{}{}", column_letters(column), row.line),
                };
                problems.push(Problem::error("cell-has-nul").at(file, &sheet.name, &address));
            }
        }
    }
    problems
}
