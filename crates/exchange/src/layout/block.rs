//! Parting a sheet into blocks: rows without a blank one between, and tables side by side.

use super::grid::{Area, Grid};
use super::look::Look;

/// The blocks of a sheet, from the top, those side by side from the left.
pub fn blocks(grid: &Grid<'_>) -> Vec<Area> {
    let width = (0..grid.rows()).map(|row| grid.width_of(row)).max().unwrap_or(0);
    let Some(right) = width.checked_sub(1) else { return Vec::new() };
    let whole = Area { top: 0, left: 0, bottom: grid.rows() - 1, right };
    let mut found = Vec::new();
    for (top, bottom) in bands(grid, &whole) {
        let band = Area { top, bottom, ..whole };
        for (left, right) in side_by_side(grid, &band) {
            found.extend(shrink(grid, Area { left, right, ..band }));
        }
    }
    found
}

/// Runs of rows without a blank one between.
fn bands(grid: &Grid<'_>, whole: &Area) -> Vec<(usize, usize)> {
    let mut bands = Vec::new();
    let mut from = None;
    for row in whole.top..=whole.bottom {
        match (grid.is_blank(row, whole), from) {
            (false, None) => from = Some(row),
            (true, Some(top)) => {
                bands.push((top, row - 1));
                from = None;
            }
            _ => {}
        }
    }
    bands.extend(from.map(|top| (top, whole.bottom)));
    bands
}

/// Rows of a part that tell whether it stands alone.
const ROWS_LOOKED_AT: usize = 2_000;

/// Runs of columns without a blank one between. A part without words in front belongs to
/// the part on its left: the blank column was only for looks.
fn side_by_side(grid: &Grid<'_>, band: &Area) -> Vec<(usize, usize)> {
    let mut used = vec![false; band.right + 1];
    for row in band.top..=band.bottom {
        let filled = grid.filled(row, band);
        for column in &filled {
            used[*column] = true;
        }
        // A title over everything does not join the tables below it.
        for merge in grid.merges_on(row).filter(|_| filled.len() > 1) {
            let last = (merge.right as usize).min(band.right);
            used[(merge.left as usize).min(last)..=last].fill(true);
        }
    }
    let mut parts: Vec<(usize, usize)> = Vec::new();
    let mut gap = true;
    for column in (band.left..=band.right).filter(|column| used[*column]) {
        match parts.last_mut().filter(|part| part.1 + 1 == column && !gap) {
            Some(part) => part.1 = column,
            None => parts.push((column, column)),
        }
        gap = false;
    }
    let mut joined: Vec<(usize, usize)> = Vec::new();
    for part in parts {
        let area = Area { left: part.0, right: part.1, ..*band };
        match joined.last_mut().filter(|_| !stands_alone(grid, &area)) {
            Some(left) => left.1 = part.1,
            None => joined.push(part),
        }
    }
    joined
}

/// Whether a part has rows of its own: words in its first column in most of its rows, and
/// more columns than that one.
fn stands_alone(grid: &Grid<'_>, area: &Area) -> bool {
    let bottom = area.bottom.min(area.top + ROWS_LOOKED_AT);
    let (mut rows, mut worded) = (0_usize, 0_usize);
    for row in area.top..=bottom {
        if grid.filled(row, area).is_empty() {
            continue;
        }
        rows += 1;
        worded += usize::from(grid.spread_look(row, area.left).is_words());
    }
    area.width() > 1 && rows >= 2 && worded * 2 > rows
}

/// Takes blank rows and columns off the edges of a block.
pub fn shrink(grid: &Grid<'_>, mut area: Area) -> Option<Area> {
    while grid.is_blank(area.top, &area) {
        if area.top == area.bottom {
            return None;
        }
        area.top += 1;
    }
    while grid.is_blank(area.bottom, &area) {
        area.bottom -= 1;
    }
    let blank = |column: usize| {
        (area.top..=area.bottom).all(|row| grid.spread_look(row, column) == Look::Blank)
    };
    let left = area.columns().find(|column| !blank(*column))?;
    let right = area.columns().rev().find(|column| !blank(*column))?;
    Some(Area { left, right, ..area })
}
