//! Forms with one record: a label beside its answer, here and there on the sheet; and lists
//! lying on their side, one record to a column.

use super::dates::{self, Dated};
use super::grid::{Area, Grid};
use super::heading;
use super::units::{self, StatedUnit};
use crate::guess::{field_of_header, is_known_header};
use crate::map::Field;
use crate::sheet::CellValue;
use serde::Serialize;

/// A question of a form and its answer.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CardField {
    pub label: String,
    pub label_cell: String,
    /// As shown; empty when nobody filled it in.
    pub value: String,
    pub value_cell: String,
    pub unit: Option<StatedUnit>,
    pub dated: Option<Dated>,
    pub field: Field,
    pub confidence: u8,
}

/// What labels beside values make.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Beside {
    Card,
    /// One record to a column.
    Turned,
}

/// Rows of a block in which labels are looked for.
const ROWS_MAX: usize = 200;
/// Pairs of a label and a value, and rows with one, from which a block is a form.
const PAIRS_MIN: usize = 3;

/// Whether a block is a form or a list on its side.
pub fn find(grid: &Grid<'_>, area: &Area) -> Option<Beside> {
    let (mut pairs, mut rows, mut beside, mut first, mut wide) = (0, 0, 0, 0, 0);
    let mut name = false;
    for row in area.top..=area.bottom.min(area.top + ROWS_MAX) {
        let slots = slots(grid, area, row);
        let labels: Vec<bool> = slots.iter().map(|slot| is_label(&slot.text)).collect();
        let here: Vec<usize> = (0..slots.len())
            .filter(|at| labels[*at] && labels.get(at + 1) != Some(&true))
            .filter(|at| at + 1 < slots.len() || slots[*at].text.contains([':', '：']))
            .collect();
        beside += labels.windows(2).filter(|pair| pair[0] && pair[1]).count();
        pairs += here.len();
        rows += usize::from(!here.is_empty());
        first += usize::from(here == [0]);
        let given = slots.iter().skip(1).filter(|slot| !slot.text.is_empty()).count();
        wide += usize::from(here == [0] && given >= 2);
        name |= here.first().is_some_and(|at| field_of_header(&slots[*at].text).0 == Field::Name);
    }
    if pairs < PAIRS_MIN
        || rows < PAIRS_MIN
        || beside * 2 > rows
        || is_list(grid, area, pairs, rows)
    {
        return None;
    }
    let on_its_side = first == rows && wide * 2 > rows && name;
    // Labels in front of rows of figures, without a name, are the rows of a list.
    let figures = first == rows && wide * 2 > rows && !name;
    match (on_its_side, figures) {
        (true, _) => Some(Beside::Turned),
        (_, true) => None,
        _ => Some(Beside::Card),
    }
}

/// Far more numbers than pairs, or rows without any pair, make no form.
fn is_list(grid: &Grid<'_>, area: &Area, pairs: usize, rows: usize) -> bool {
    let inner = inner_table(grid, area);
    let inside = |row: usize| inner.as_ref().is_some_and(|i| (i.top..=i.bottom).contains(&row));
    let (mut filled, mut numbers) = (0, 0);
    for row in (area.top..=area.bottom.min(area.top + ROWS_MAX)).filter(|row| !inside(*row)) {
        let cells = grid.filled(row, area);
        filled += usize::from(!cells.is_empty());
        numbers += cells.iter().filter(|column| grid.look(row, **column).is_number()).count();
    }
    let side = numbers > pairs * 8;
    area.bottom - area.top > ROWS_MAX || rows * 2 < filled || side
}

/// Rows of texts beside texts with nothing over them: two to six columns, few numbers.
pub fn is_questionnaire(grid: &Grid<'_>, area: &Area) -> bool {
    let (mut rows, mut words, mut filled) = (0, 0, 0);
    for row in area.top..=area.bottom.min(area.top + ROWS_MAX) {
        let cells = grid.filled(row, area);
        rows += usize::from(!cells.is_empty());
        filled += cells.len();
        words += cells.iter().filter(|column| !grid.look(row, **column).is_number()).count();
    }
    let columns = area
        .columns()
        .filter(|column| (area.top..=area.bottom).any(|row| grid.look(row, *column).is_filled()));
    let narrow = (2..=6).contains(&columns.count());
    narrow && words * 4 >= filled * 3 && rows <= ROWS_MAX && filled <= rows * 5
}

/// Questions of the columns before the last filled one, and their answers in it.
pub fn answers(grid: &Grid<'_>, area: &Area) -> Vec<CardField> {
    let mut fields = Vec::new();
    for row in area.top..=area.bottom.min(area.top + ROWS_MAX) {
        let slots = slots(grid, area, row);
        let (asked, answer): (Vec<&Slot>, Vec<&Slot>) =
            slots.iter().partition(|slot| slot.right < area.right);
        let asked: Vec<&Slot> = asked.into_iter().filter(|slot| !slot.text.is_empty()).collect();
        let Some(first) = asked.first() else { continue };
        let label: Vec<&str> = asked.iter().map(|slot| slot.text.as_str()).collect();
        let answer = answer.first().map(|slot| (slot.text.as_str(), *slot));
        fields.push(field(grid, &label.join(" / "), first, answer));
    }
    fields
}

fn is_label(text: &str) -> bool {
    let short = (1..=40).contains(&text.chars().count());
    short && (text.ends_with([':', '：']) || heading::is_signature(text) || is_known_header(text))
}

/// A cell or a merged range of a row.
struct Slot {
    left: usize,
    right: usize,
    row: usize,
    text: String,
}

/// The slots of a row that begin in it.
fn slots(grid: &Grid<'_>, area: &Area, row: usize) -> Vec<Slot> {
    let mut slots = Vec::new();
    let mut column = area.left;
    while column <= area.right {
        let (top, left, right) = match grid.merge(row, column) {
            Some(merge) => (merge.top as usize, merge.left as usize, merge.right as usize),
            None => (row, column, column),
        };
        if top == row {
            slots.push(Slot { left, right, row, text: grid.words(row, left) });
        }
        column = right.max(column) + 1;
    }
    while slots.last().is_some_and(|slot| slot.text.is_empty() && slot.left == slot.right) {
        slots.pop();
    }
    slots
}

/// The questions and answers of a form. Rows of `inner` belong to a table inside it.
pub fn fields(grid: &Grid<'_>, area: &Area, inner: Option<&Area>) -> Vec<CardField> {
    let mut fields = Vec::new();
    let inside = |row: usize| inner.is_some_and(|inner| (inner.top..=inner.bottom).contains(&row));
    for row in (area.top..=area.bottom.min(area.top + ROWS_MAX)).filter(|row| !inside(*row)) {
        let slots = slots(grid, area, row);
        let mut at = 0;
        while at < slots.len() {
            let slot = &slots[at];
            let next = slots.get(at + 1);
            let begins = at == 0 || is_label(&slot.text);
            if slot.text.is_empty() || !begins {
                at += 1;
                continue;
            }
            let answered = slot.text.split_once([':', '：']).filter(|(_, a)| !a.trim().is_empty());
            match (answered, next) {
                (Some((label, answer)), _) => {
                    fields.push(field(grid, label, slot, Some((answer.trim(), slot))));
                    at += 1;
                }
                (None, Some(value)) if !is_label(&value.text) || value.text.is_empty() => {
                    fields.push(field(grid, &slot.text, slot, Some((&value.text, value))));
                    at += 2;
                }
                _ => {
                    fields.push(field(grid, &slot.text, slot, None));
                    at += 1;
                }
            }
        }
    }
    fields
}

fn field(grid: &Grid<'_>, label: &str, at: &Slot, answer: Option<(&str, &Slot)>) -> CardField {
    let label = label.trim().trim_end_matches([':', '：']).trim();
    let (field, _, confidence) = field_of_header(label);
    let value = answer.map_or("", |(text, _)| text).to_string();
    let dated = answer.and_then(|(text, slot)| match &grid.cell(slot.row, slot.left).value {
        CellValue::Date(day) => Some(Dated::day(*day)),
        _ => dates::in_cell(text),
    });
    CardField {
        label: label.to_string(),
        label_cell: grid.address(at.row, at.left),
        value_cell: answer.map_or(String::new(), |(_, slot)| grid.address(slot.row, slot.left)),
        value,
        unit: units::in_header(label),
        dated,
        field,
        confidence,
    }
}

/// Rows and cells of a table inside a form.
const INNER_ROWS_MIN: usize = 3;
const INNER_SLOTS_MIN: usize = 5;

/// A table inside a form: rows after each other that are cut alike into many cells.
pub fn inner_table(grid: &Grid<'_>, area: &Area) -> Option<Area> {
    let cuts = |row: usize| -> Vec<(usize, usize)> {
        slots(grid, area, row).iter().map(|slot| (slot.left, slot.right)).collect()
    };
    let mut row = area.top;
    while row <= area.bottom.min(area.top + ROWS_MAX) {
        let own = cuts(row);
        let named = slots(grid, area, row).iter().filter(|slot| !slot.text.is_empty()).count();
        let mut last = row;
        while last < area.bottom && cuts_alike(&own, &cuts(last + 1)) {
            last += 1;
        }
        if own.len() >= INNER_SLOTS_MIN
            && named >= INNER_SLOTS_MIN
            && last + 1 - row >= INNER_ROWS_MIN
        {
            let right = own.last().map_or(area.right, |slot| slot.1);
            return Some(Area { top: row, bottom: last, left: area.left, right });
        }
        row = last + 1;
    }
    None
}

/// The same cuts, but for blank cells at the end.
fn cuts_alike(above: &[(usize, usize)], below: &[(usize, usize)]) -> bool {
    below.len() <= above.len() && below.len() * 2 > above.len() && above.starts_with(below)
}
