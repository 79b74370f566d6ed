//! Where the rules of [`crate::layout`] see the list, when known headers alone do not find
//! it, or when another list follows it on the same sheet.

use super::{Guess, guess_table};
use crate::layout::{self, FoundTable, RowRole, Shape};
use crate::sheet::Sheet;

/// Rows of a sheet that is always looked through; a longer one only when nothing was found.
const ROWS_LOOKED_THROUGH: usize = 5_000;

/// The guess for the best list of a sheet, when it knows more columns than `known`, or the
/// one found, cut where another list begins below it.
pub fn better(sheet: &Sheet, text: bool, file: &str, found: Option<&Guess>) -> Option<Guess> {
    let known = found.map_or(0, Guess::known_columns);
    if known >= 3 && sheet.rows.len() > ROWS_LOOKED_THROUGH {
        return None;
    }
    let layout = layout::survey_sheet(sheet, text);
    let list = |table: &&FoundTable| {
        let rows = table.rows(RowRole::Data).next().is_some();
        matches!(table.shape, Shape::List | Shape::Periods) && table.header.is_some() && rows
    };
    let tables: Vec<&FoundTable> = layout.tables.iter().filter(list).collect();
    let same = |table: &&&FoundTable| {
        let header = found.and_then(|guess| guess.map.header);
        header.is_some_and(|at| Some((at[0] as usize - 1, at[1] as usize - 1)) == table.header)
    };
    let most = tables.iter().rev().max_by_key(|table| table.known_columns())?;
    let table = match tables.iter().find(same) {
        Some(table) if known >= most.known_columns().min(3) => table,
        _ if most.known_columns() > known || found.is_none() => most,
        _ => return None,
    };
    let below = |other: &FoundTable| other.area.top > table.area.bottom;
    let last = layout.tables.iter().any(below).then_some(table.area.bottom as u32 + 1);
    let header = table.header.map(|(top, bottom)| [top as u32 + 1, bottom as u32 + 1]);
    if last.is_none() && found.is_some_and(|guess| guess.map.header == header) {
        return None;
    }
    guess_table(sheet, text, (header, last), file)
}
