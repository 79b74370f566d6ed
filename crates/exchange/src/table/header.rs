//! The header of a table: one row or several, merged or not, below titles and unit lines.

use super::View;
use crate::limits::{HEADER_ROWS_MAX, HEADER_SEARCH_ROWS};
use crate::map::{Unit, fold_header};
use crate::sheet::CellValue;

/// First and last row of the header. The row with the most known headers is in it; without
/// one, the first row with as many texts as any and no number.
pub fn find(view: &View<'_>, known: &dyn Fn(&str) -> bool) -> Option<(usize, usize)> {
    let rows = view.rows().min(HEADER_SEARCH_ROWS);
    let mut best = (0, 0);
    for row in 0..rows {
        let filled = view.filled(row);
        let hits =
            filled.iter().filter(|column| known(&view.cell(row, **column).value.show())).count();
        if hits > best.0 {
            best = (hits, row);
        }
    }
    let row = if best.0 >= 2 || best.0 == 1 && view.columns() <= 2 {
        best.1
    } else {
        first_row_of_words(view, rows).or((best.0 > 0).then_some(best.1))?
    };
    Some((first_header_row(view, row), last_header_row(view, row)))
}

/// A row of words over rows of something else.
fn first_row_of_words(view: &View<'_>, rows: usize) -> Option<usize> {
    let words = |row: usize| {
        let filled = view.filled(row);
        let texts = filled.iter().filter(|column| is_word(&view.cell(row, **column).value));
        if texts.count() == filled.len() { filled.len() } else { 0 }
    };
    let most = (0..rows).map(words).max()?;
    let enough = (most * 3).div_ceil(5).max(1);
    (0..rows).find(|row| most > 0 && words(*row) >= enough)
}

fn is_word(value: &CellValue) -> bool {
    match value {
        CellValue::Text(text) => !text.trim().chars().all(|c| c.is_numeric() || ",.-%".contains(c)),
        _ => false,
    }
}

fn first_header_row(view: &View<'_>, row: usize) -> usize {
    let mut first = row;
    for column in 0..view.columns() {
        if let Some(merge) = view.merge(row, column) {
            first = first.min(merge.top as usize);
        }
    }
    while first > 0 && row - first + 1 < HEADER_ROWS_MAX && is_upper_header(view, first - 1) {
        first -= 1;
    }
    first
}

/// A row of group headings: several of them, each over several columns, none a unit line.
fn is_upper_header(view: &View<'_>, row: usize) -> bool {
    let filled = view.filled(row);
    let all_words = filled.iter().all(|column| is_word(&view.cell(row, *column).value));
    let is_unit_line = filled.iter().any(|column| is_about_form(&view.cell(row, *column).value));
    let spans = |column: &&usize| {
        view.merge(row, **column)
            .is_some_and(|m| m.right > m.left && ((m.right - m.left + 1) as usize) < view.columns())
    };
    let several = filled.len() >= 2 && filled.iter().filter(spans).count() >= 1;
    several && all_words && !is_unit_line
}

/// `单位：万元`, `填报单位：某镇`, `制表日期：…`: lines about the form, not headings.
fn is_about_form(value: &CellValue) -> bool {
    let text = fold_header(&value.show());
    let has_colon = text.contains(':');
    has_colon || text.starts_with("单位") || text.starts_with("單位") || text.starts_with("unit")
}

fn last_header_row(view: &View<'_>, row: usize) -> usize {
    let mut last = row;
    let mut open_groups = false;
    for column in 0..view.columns() {
        if let Some(merge) = view.merge(row, column) {
            last = last.max(merge.bottom as usize);
            open_groups |= merge.right > merge.left && merge.bottom as usize == row;
        }
    }
    // Without a merged cell down the side, a heading over several columns still needs
    // the row of names under it.
    if last == row && open_groups && row + 1 < view.rows() {
        let below = view.filled(row + 1);
        let under_groups = below.iter().all(|column| {
            let wide = view.merge(row, *column).is_some_and(|merge| merge.right > merge.left);
            wide && is_word(&view.cell(row + 1, *column).value)
        });
        if under_groups && !below.is_empty() {
            last = row + 1;
        }
    }
    last.min(row + HEADER_ROWS_MAX - 1).min(view.rows().saturating_sub(1))
}

/// One text per column: its header rows from the top, a repeated one once, joined by `/`.
pub fn flatten(view: &View<'_>, (from, to): (usize, usize)) -> Vec<String> {
    (0..view.columns())
        .map(|column| {
            let mut pieces: Vec<String> = Vec::new();
            for row in from..=to {
                let text = squeeze(&view.spread_text(row, column));
                if !text.is_empty() && pieces.last() != Some(&text) {
                    pieces.push(text);
                }
            }
            pieces.join("/")
        })
        .collect()
}

/// Every run of blanks and line breaks becomes one blank.
fn squeeze(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Texts above the header, in reading order.
pub fn texts_above(view: &View<'_>, first_header_row: usize) -> Vec<String> {
    let from = first_header_row.saturating_sub(HEADER_SEARCH_ROWS);
    let rows = from..first_header_row;
    let texts = rows.flat_map(|row| {
        let filled = view.filled(row);
        filled.into_iter().map(move |column| view.cell(row, column).value.show())
    });
    texts.map(|text| squeeze(&text)).collect()
}

/// The unit that `单位：万元、个` or `Unit: £ million` states for a whole table.
pub fn unit_line(text: &str) -> Option<Unit> {
    let folded = fold_header(text);
    let at = ["单位", "單位", "unit"]
        .iter()
        .find_map(|word| folded.rfind(word).map(|at| at + word.len()))?;
    let stated = folded[at..].trim_start_matches(['s', ':', ' ', '为', '為', '(']);
    let pieces = stated.split([',', '、', ';', ')', '/', '，']);
    pieces.filter_map(Unit::parse).find(|unit| unit.magnitude().is_some())
}
