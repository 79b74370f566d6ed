//! Reading workbooks that are open already, perhaps with cells put right by a person.

use super::{Progress, limited, read_workbook, series};
use crate::map::{Links, Map};
use crate::sheet::{CellValue, Workbook, column_letters};
use tici_domain::Problem;
use tici_domain::intake::{Intake, IntakeFile};

/// As [`super::read_projects`], for files opened before.
pub fn read_opened(
    files: &[(IntakeFile, &Workbook)],
    map: &Map,
    links: &Links,
) -> (Intake, Vec<Problem>) {
    let mut intake = Intake::default();
    let mut problems = Vec::new();
    let mut progress = Progress { tell: &|_, _| {}, done: 0, total: 0 };
    for (index, (file, workbook)) in files.iter().enumerate() {
        intake.files.push(file.clone());
        let found = read_workbook(&file.name, index, workbook, map, links, &mut progress);
        intake.rows.extend(found.0);
        problems.extend(found.1);
    }
    problems.extend(series::check(&intake, map));
    (intake, limited(problems))
}

impl Workbook {
    /// Puts `text` into a cell (`E9`, or `12:5` of a text file); gives what stood there, or
    /// `None` when the sheet has no such cell.
    pub fn put(&mut self, sheet: &str, cell: &str, text: &str) -> Option<String> {
        let sheet = self.sheets.iter_mut().find(|known| known.name == sheet)?;
        let (line, column) = place_of(cell)?;
        let row = sheet.rows.iter_mut().find(|row| row.line == line)?;
        let cell = row.cells.get_mut(column)?;
        let before = cell.value.show();
        cell.value = CellValue::Text(text.into());
        cell.formula = false;
        Some(before)
    }
}

/// Line (as the sheet numbers them) and column (from 0) of a cell's name.
fn place_of(cell: &str) -> Option<(u32, usize)> {
    if let Some((line, column)) = cell.split_once(':') {
        return Some((line.parse().ok()?, column.parse::<usize>().ok()?.checked_sub(1)?));
    }
    let letters = cell.trim_end_matches(|c: char| c.is_ascii_digit());
    let line = cell[letters.len()..].parse().ok()?;
    let well_formed = (1..=3).contains(&letters.len()) && letters.is_ascii();
    let column = letters.bytes().try_fold(0_usize, |column, letter| {
        letter.is_ascii_uppercase().then(|| column * 26 + usize::from(letter - b'A') + 1)
    });
    let column = column.filter(|_| well_formed)?.checked_sub(1)?;
    debug_assert_eq!(column_letters(column), letters);
    Some((line, column))
}

#[cfg(test)]
mod tests {
    use super::place_of;

    #[test]
    fn cells_are_found_by_their_names() {
        let cases = [
            ("A1", Some((1, 0))),
            ("E9", Some((9, 4))),
            ("AA10", Some((10, 26))),
            ("12:5", Some((12, 4))),
            ("12:0", None),
            ("9", None),
            ("e9", None),
            ("列1", None),
        ];
        for (cell, expected) in cases {
            assert_eq!(place_of(cell), expected, "{cell}");
        }
    }
}
