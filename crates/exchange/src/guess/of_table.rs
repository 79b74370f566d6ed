//! The map for one table that was found on a sheet, as it lies there.

use super::{Guess, guess_view, is_known_header};
use crate::layout::{FoundTable, LineKind, Shape, StatedUnit, UnitKind};
use crate::map::Unit;
use crate::read::card;
use crate::sheet::{Format, Sheet, Workbook};
use crate::table::{Table, View};

/// The map for a table; `None` where it has no header, or a form holds no record. `header`
/// are its first and last header row as a person has them (from 1), where they differ from
/// what was found.
pub fn of_table(
    workbook: &Workbook,
    (sheet, table): (&Sheet, &FoundTable),
    header: Option<[u32; 2]>,
    file_name: &str,
) -> Option<Guess> {
    let text = workbook.format == Format::Text;
    let mut guess = match table.shape {
        Shape::Card => of_card(sheet, text, table, file_name)?,
        Shape::Turned => of_list((sheet, text, true), table, header, file_name)?,
        Shape::List | Shape::Periods => of_list((sheet, text, false), table, header, file_name)?,
    };
    guess.map.encoding = workbook.encoding.filter(|_| text);
    Some(guess)
}

fn of_card(sheet: &Sheet, text: bool, table: &FoundTable, file_name: &str) -> Option<Guess> {
    let record = card::record(sheet, table)?;
    let view = View::new(&record.sheet, false, text).named(&record.names);
    let header = [record.header, record.header];
    let found = Table::find(&view, &is_known_header, Some(header))?;
    let answers = record.header as usize;
    let mut guess = guess_view(&view, found, text, file_name)?;
    for column in &mut guess.columns {
        column.letters = view.address(answers, column.index);
    }
    guess.map.card = true;
    guess.map.header = Some([table.area.top as u32 + 1, table.area.bottom as u32 + 1]);
    Some(guess)
}

fn of_list(
    (sheet, text, turned): (&Sheet, bool, bool),
    table: &FoundTable,
    header: Option<[u32; 2]>,
    file_name: &str,
) -> Option<Guess> {
    let area = &table.area;
    let found = table.header.map(|(top, bottom)| [top as u32 + 1, bottom as u32 + 1]);
    let header = Some(header.or(found)?);
    // A list on its side has its columns where the sheet has its rows.
    let (from, to) = if turned { (area.top, area.bottom) } else { (area.left, area.right) };
    let between = Some([from as u32 + 1, to as u32 + 1]);
    let view = View::new(sheet, turned, text).between(between);
    let mut own = Table::find(&view, &is_known_header, header)?;
    let first = first_row(table).filter(|_| !turned);
    if let Some(first) = first {
        own = own.from_row(&view, first);
    }
    let has_unit = own.unit.is_some();
    if turned {
        // Its title and its unit lie above what would be its columns.
        own.above.extend(lines_above(table));
        own.last = Some(area.right);
    } else {
        own.last = Some(area.bottom);
    }
    let last = own.last;
    let mut guess = guess_view(&view, own, text, file_name)?;
    guess.map.between = between;
    guess.map.first_row = first.map(|row| row as u32 + 1);
    guess.map.last_row = last.map(|row| row as u32 + 1);
    if !has_unit && let Some(unit) = table.unit.as_ref().and_then(money) {
        guess.map.unit = Some(unit);
    }
    Some(guess)
}

/// The first line that speaks of the table; `None` where nothing else stands above it.
fn first_row(table: &FoundTable) -> Option<usize> {
    let header = table.header.map_or(table.area.top, |header| header.0);
    let above = table.lines.iter().map(|line| line.row).filter(|row| *row < header);
    let first = above.min().unwrap_or(header);
    (first > 0).then_some(first)
}

fn lines_above(table: &FoundTable) -> Vec<String> {
    let above = table.lines.iter().filter(|line| {
        line.row <= table.area.top && !matches!(line.kind, LineKind::Note | LineKind::Signature)
    });
    above.map(|line| line.text.clone()).collect()
}

fn money(unit: &StatedUnit) -> Option<Unit> {
    Unit::parse(&unit.text).filter(|_| matches!(unit.kind, UnitKind::Money { .. }))
}
