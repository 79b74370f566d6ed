//! The header of a block: the row of words over rows of something else, the bands above it
//! and the names below it.

use super::grid::{Area, Grid};
use super::look::Look;
use crate::guess::is_known_header;
use crate::limits::{HEADER_ROWS_MAX, HEADER_SEARCH_ROWS};
use serde::Serialize;
use std::collections::HashSet;

/// Rows of a header, and what made it one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Header {
    pub top: usize,
    pub bottom: usize,
    pub reason: HeaderReason,
    /// Headers of project lists among its texts.
    pub known: usize,
}

/// What makes rows a header.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum HeaderReason {
    /// Its texts are known headers.
    Known,
    /// Words stand over numbers and days.
    WordsOverNumbers,
    /// Headings over several columns stand over the names of each.
    Bands,
    /// Its texts differ from each other and come back in no column.
    Distinct,
}

impl HeaderReason {
    pub fn code(self) -> &'static str {
        match self {
            HeaderReason::Known => "known",
            HeaderReason::WordsOverNumbers => "words-over-numbers",
            HeaderReason::Bands => "bands",
            HeaderReason::Distinct => "distinct",
        }
    }
}

/// Longer texts name known words without being headers.
const HEADER_CHARS_MAX: usize = 60;

/// Finds the header of a block, which may have other rows above it.
pub fn find(grid: &Grid<'_>, area: &Area) -> Option<Header> {
    let last = area.bottom.min(area.top + HEADER_SEARCH_ROWS);
    let mut first_words = None;
    for row in area.top..=last {
        if !may_head(grid, area, row) || row < area.bottom && is_helper(grid, area, row) {
            continue;
        }
        let known = known_in(grid, area, row);
        if known >= 2 && known * 4 >= grid.filled(row, area).len() {
            let above = first_words.map(|row| grown(grid, area, row, HeaderReason::Known));
            let own = || grown(grid, area, row, HeaderReason::Known);
            return Some(above.filter(|above| above.bottom >= row).unwrap_or_else(own));
        }
        first_words = first_words.or(Some(row));
    }
    let row = first_words?;
    let header = grown(grid, area, row, HeaderReason::WordsOverNumbers);
    if is_counted(grid, area, row) {
        return None;
    }
    let lone = header.bottom == area.bottom && wide(grid, area, row) && different(grid, area, row);
    if over_numbers(grid, area, header.bottom) || lone {
        return Some(header);
    }
    if header.bottom > header.top {
        return Some(Header { reason: HeaderReason::Bands, ..header });
    }
    let distinct = is_distinct(grid, area, header.bottom);
    distinct.then_some(Header { reason: HeaderReason::Distinct, ..header })
}

/// Several cells, all of which a header may hold, most of them words or parts of time.
pub fn may_head(grid: &Grid<'_>, area: &Area, row: usize) -> bool {
    let filled = grid.filled(row, area);
    let looks: Vec<Look> = filled.iter().map(|column| grid.look(row, *column)).collect();
    let years = looks.iter().filter(|look| **look == Look::Year).count();
    let prose = looks.iter().filter(|look| **look == Look::Prose).count();
    let words = looks.iter().filter(|look| **look == Look::Word).count();
    let several = filled.len() >= 2 && looks.iter().all(|look| look.may_head());
    // One year is a figure like another; two beside each other are headings.
    several
        && years != 1
        && prose * 2 <= filled.len()
        && (words > 0 || years > 1)
        && !filled.iter().any(|column| is_about_form(&grid.words(row, *column)))
}

/// `单位：万元`, `填报单位：某镇`: a line about the form has its answer behind a colon.
fn is_about_form(text: &str) -> bool {
    let Some((asked, answer)) = text.split_once([':', '：']) else { return false };
    let short = (1..=40).contains(&answer.trim().chars().count());
    short && asked.chars().count() <= 12 && !asked.is_empty()
}

/// `A1` over `A2`: numbered questions of a form, not a header.
fn is_counted(grid: &Grid<'_>, area: &Area, row: usize) -> bool {
    let number = |text: &str| {
        let digits = text.len() - text.trim_end_matches(|c: char| c.is_ascii_digit()).len();
        let (mark, number) = text.split_at(text.len() - digits);
        Some((mark.to_string(), number.parse::<u32>().ok()?)).filter(|(mark, _)| !mark.is_empty())
    };
    let texts = (row..=area.bottom).map(|row| grid.words(row, area.left));
    let mut first = texts.filter(|text| !text.is_empty()).map(|text| number(&text));
    let (Some(Some(first)), Some(Some(second))) = (first.next(), first.next()) else {
        return false;
    };
    first.0 == second.0 && first.1 + 1 == second.1
}

/// Whether the texts of a row are not one and the same.
fn different(grid: &Grid<'_>, area: &Area, row: usize) -> bool {
    let filled = grid.filled(row, area);
    let texts: HashSet<String> = filled.iter().map(|column| grid.words(row, *column)).collect();
    texts.len() * 2 > filled.len()
}

fn wide(grid: &Grid<'_>, area: &Area, row: usize) -> bool {
    grid.filled(row, area).len() >= 3
}

fn known_in(grid: &Grid<'_>, area: &Area, row: usize) -> usize {
    let texts = grid.filled(row, area).into_iter().map(|column| grid.words(row, column));
    let short = |text: &String| text.chars().count() <= HEADER_CHARS_MAX;
    let known: HashSet<String> = texts.filter(short).filter(|text| is_known_header(text)).collect();
    known.len()
}

/// A header from the row found: the rows its merged cells reach, and the names under bands.
fn grown(grid: &Grid<'_>, area: &Area, row: usize, reason: HeaderReason) -> Header {
    let mut top = row;
    while top > area.top && row - top + 1 < HEADER_ROWS_MAX && is_band(grid, area, top - 1) {
        top -= 1;
    }
    let mut bottom = reach(grid, area, top, row);
    while bottom < area.bottom
        && bottom - top + 1 < HEADER_ROWS_MAX
        && is_under_bands(grid, area, bottom)
    {
        bottom = reach(grid, area, top, bottom + 1);
    }
    let known = (top..=bottom).map(|row| known_in(grid, area, row)).sum();
    Header { top, bottom, reason, known }
}

/// The last row that merged cells of the header reach.
fn reach(grid: &Grid<'_>, area: &Area, top: usize, row: usize) -> usize {
    let mut bottom = row;
    for merge in grid.merges_on(row) {
        let inside = merge.left as usize >= area.left && merge.left as usize <= area.right;
        let starts = merge.top as usize >= top
            && grid.look(merge.top as usize, merge.left as usize).is_filled();
        if inside && starts && merge.bottom - merge.top < HEADER_ROWS_MAX as u32 {
            bottom = bottom.max(merge.bottom as usize);
        }
    }
    bottom.min(area.bottom)
}

/// A row above the header with headings over several columns.
fn is_band(grid: &Grid<'_>, area: &Area, row: usize) -> bool {
    let bands = grid.merges_on(row).filter(|merge| {
        let inside = merge.left as usize >= area.left && merge.right as usize <= area.right;
        let wide =
            merge.right > merge.left && ((merge.right - merge.left + 1) as usize) < area.width();
        inside && wide && grid.look(merge.top as usize, merge.left as usize).is_filled()
    });
    may_head(grid, area, row) && bands.count() >= 1
}

/// Whether the row below `row` holds names under the bands of `row`: all of it stands where
/// `row` has a merged heading or, beside a heading, nothing.
fn is_under_bands(grid: &Grid<'_>, area: &Area, row: usize) -> bool {
    let below = grid.filled(row + 1, area);
    let names = below.iter().all(|column| grid.look(row + 1, *column).may_head());
    let single = below.len() == 1 && grid.merge(row + 1, below[0]).is_some();
    if below.is_empty() || !names || single {
        return false;
    }
    let first = grid.filled(row, area).first().copied().unwrap_or(area.left);
    let open = |column: usize| match grid.merge(row, column) {
        Some(merge) => merge.right > merge.left && merge.bottom as usize == row,
        None => {
            let own = grid.look(row, column).is_filled();
            let next_blank = column < area.right && !grid.spread_look(row, column + 1).is_filled();
            let headed = column < first || headed_from_left(grid, area, row, column);
            if own { next_blank } else { headed }
        }
    };
    below.iter().all(|column| open(*column)) && below.len() >= 2
}

/// Whether a blank cell of a header row has a heading somewhere on its left.
fn headed_from_left(grid: &Grid<'_>, area: &Area, row: usize, column: usize) -> bool {
    (area.left..column).any(|left| grid.look(row, left).is_filled())
}

/// A line of dates that helps formulas, above the real header: nothing over the labels.
fn is_helper(grid: &Grid<'_>, area: &Area, row: usize) -> bool {
    let filled = grid.filled(row, area);
    let days = filled.iter().filter(|column| grid.look(row, **column) == Look::Day).count();
    let label = |row| grid.spread_look(row, area.left).is_filled();
    days >= 2 && !label(row) && label(row + 1) && may_head(grid, area, row + 1)
}

/// Rows below a header that are looked at.
const BODY_ROWS: usize = 60;

/// Whether numbers or days stand below the header in columns it names.
fn over_numbers(grid: &Grid<'_>, area: &Area, bottom: usize) -> bool {
    let rows = bottom + 1..=area.bottom.min(bottom + BODY_ROWS);
    let named: Vec<usize> =
        area.columns().filter(|c| grid.spread_look(bottom, *c).is_filled()).collect();
    let number = |row: usize, column: usize| {
        let look = grid.look(row, column);
        look.is_number() || look == Look::Day
    };
    rows.into_iter().any(|row| named.iter().any(|column| number(row, *column)))
}

/// Whether the texts of a row are all different, and none comes back below in its column.
fn is_distinct(grid: &Grid<'_>, area: &Area, row: usize) -> bool {
    let filled: Vec<usize> =
        area.columns().filter(|c| grid.spread_look(row, *c).is_filled()).collect();
    let texts: Vec<String> = filled.iter().map(|column| grid.spread_words(row, *column)).collect();
    let different: HashSet<&String> = texts.iter().collect();
    let tall: HashSet<(u32, u32)> = filled
        .iter()
        .filter_map(|column| grid.merge(row, *column).map(|merge| (merge.top, merge.left)))
        .collect();
    let spread = filled.iter().filter(|column| grid.merge(row, **column).is_some()).count();
    let own = texts.len() - spread + tall.len();
    if different.len() < own || texts.len() < 2 {
        return false;
    }
    let rows = row + 1..=area.bottom.min(row + BODY_ROWS);
    rows.into_iter().all(|below| {
        filled.iter().zip(&texts).all(|(column, text)| {
            grid.look(below, *column) != Look::Word || grid.words(below, *column) != *text
        })
    }) && area.bottom > row
}

/// One text per column of the area: its header rows from the top, a repeated one once,
/// joined by `/`.
pub fn texts(grid: &Grid<'_>, area: &Area, header: &Header) -> Vec<String> {
    let mut bands: Vec<String> = vec![String::new(); header.bottom + 1 - header.top];
    let of = |column: usize, bands: &mut Vec<String>| {
        let mut pieces: Vec<String> = Vec::new();
        let lowest =
            (header.top..=header.bottom).rev().find(|row| grid.look(*row, column).is_filled());
        for row in header.top..=header.bottom {
            let band = &mut bands[row - header.top];
            let own = grid.spread_words(row, column);
            let merged = grid.merge(row, column).is_some();
            if !own.is_empty() || merged {
                *band = own.clone();
            } else if lowest.is_some_and(|lowest| lowest > row) {
                // A heading without merged cells reaches to the next one.
            } else {
                band.clear();
            }
            let text =
                if own.is_empty() && lowest.is_some_and(|l| l > row) { band.clone() } else { own };
            if !text.is_empty() && pieces.last() != Some(&text) {
                pieces.push(text);
            }
        }
        pieces.join("/")
    };
    area.columns().map(|column| of(column, &mut bands)).collect()
}
