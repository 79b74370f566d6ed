//! Blocks to pieces: the lines above a table, the table, the next header below it; and pieces
//! that a blank row parted joined again.

use super::block;
use super::card::{self, Beside};
use super::grid::{Area, Grid};
use super::header::{self, Header, HeaderReason};
use super::heading;
use super::lines::{self, Line, LineKind};
use super::look::Look;
use crate::limits::TABLES_MAX;

/// A table to be read, with the lines around it.
pub struct Piece {
    pub area: Area,
    pub kind: Kind,
    pub lines: Vec<Line>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    List(Option<Header>),
    /// Numbered questions, or texts beside texts, with their answers in the last column.
    Questions,
    Card,
    Turned,
}

/// The pieces of a sheet from the top, and the lines that belong to none.
pub fn of_sheet(grid: &Grid<'_>) -> (Vec<Piece>, Vec<Line>) {
    let mut sorter = Sorter { pieces: Vec::new(), waiting: Vec::new() };
    for block in block::blocks(grid) {
        let mut rest = Some(block);
        while let Some(area) = rest.filter(|_| sorter.pieces.len() < TABLES_MAX) {
            rest = sorter.take(grid, area);
        }
    }
    sorter.finish()
}

struct Sorter {
    pieces: Vec<Piece>,
    /// Lines above a table that is still to come.
    waiting: Vec<Line>,
}

/// Blank rows a table may have inside it.
const GAP_ROWS_MAX: usize = 3;

impl Sorter {
    /// Takes the first piece off a block; gives what is left.
    fn take(&mut self, grid: &Grid<'_>, mut area: Area) -> Option<Area> {
        while area.top <= area.bottom && lines::is_line(grid, &area, area.top) {
            if self.goes_on(grid, &area) {
                break;
            }
            self.waiting.extend(lines::of_row(grid, &area, area.top));
            if area.top == area.bottom {
                return None;
            }
            area.top += 1;
        }
        if self.goes_on(grid, &area) {
            return self.go_on(grid, area);
        }
        match card::find(grid, &area) {
            Some(Beside::Card) => {
                self.push(area, Kind::Card);
                return None;
            }
            Some(Beside::Turned) => {
                self.push(area, Kind::Turned);
                return None;
            }
            None => {}
        }
        self.take_list(grid, area)
    }

    fn take_list(&mut self, grid: &Grid<'_>, mut area: Area) -> Option<Area> {
        let Some(header) = header::find(grid, &area) else {
            self.push_headless(grid, area);
            return None;
        };
        let rows_above = (area.top..header.top).filter(|row| !is_beside(grid, &area, *row));
        let records_above = rows_above.filter(|row| !lines::is_line(grid, &area, *row)).count();
        if records_above > 0 {
            self.push_headless(grid, Area { bottom: header.top - 1, ..area });
            return Some(Area { top: header.top, ..area });
        }
        for row in (area.top..header.top).filter(|row| !is_beside(grid, &area, *row)) {
            self.waiting.extend(lines::of_row(grid, &area, row));
        }
        area.top = header.top;
        let next = next_header(grid, &area, &header);
        let rest = next.map(|top| Area { top, ..area });
        if let Some(top) = next {
            area.bottom = top - 1;
            area = block::shrink(grid, area).unwrap_or(area);
        }
        self.push(area, Kind::List(Some(header)));
        rest
    }

    /// Rows without a header: questions and answers, more rows of a list above, or a list of
    /// which nobody says what it lists.
    fn push_headless(&mut self, grid: &Grid<'_>, area: Area) {
        let Some(area) = block::shrink(grid, area) else { return };
        if area.width() == 1 {
            for row in area.top..=area.bottom {
                self.waiting.extend(lines::of_row(grid, &area, row));
            }
            return;
        }
        if card::is_questionnaire(grid, &area) {
            return self.push(area, Kind::Questions);
        }
        let like = self.pieces.iter().rev().find_map(|piece| match piece.kind {
            Kind::List(Some(header)) if is_like(grid, piece, &header, &area) => {
                Some((header, piece.area))
            }
            _ => None,
        });
        match like {
            Some((header, above)) => {
                let area = Area { left: above.left, right: above.right, ..area };
                self.push(area, Kind::List(Some(header)));
            }
            None => self.push(area, Kind::List(None)),
        }
    }

    fn push(&mut self, area: Area, kind: Kind) {
        let lines = self.lines_for(&area);
        self.pieces.push(Piece { area, kind, lines });
    }

    /// Waiting lines above a piece go to it; notes among them to the piece before.
    fn lines_for(&mut self, area: &Area) -> Vec<Line> {
        let waiting = std::mem::take(&mut self.waiting);
        let of_last = |line: &Line| {
            let note = matches!(line.kind, LineKind::Note | LineKind::Signature);
            note && line.row > 0
        };
        let Some(last) = self.pieces.last_mut() else { return waiting };
        let over = last.area.left <= area.right && area.left <= last.area.right;
        if !over {
            return waiting;
        }
        let first_title = waiting.iter().position(|line| !of_last(line)).unwrap_or(waiting.len());
        let mut waiting = waiting;
        let own = waiting.split_off(first_title);
        last.lines.extend(waiting);
        own
    }

    /// Whether a block goes on with the list above it: below the same columns, without a
    /// header of its own, after a blank row or two.
    fn goes_on(&self, grid: &Grid<'_>, area: &Area) -> bool {
        let Some(last) = self.pieces.last() else { return false };
        let Kind::List(Some(above)) = last.kind else { return false };
        let near = area.top > last.area.bottom && area.top - last.area.bottom <= GAP_ROWS_MAX + 1;
        let inside = area.left + 1 >= last.area.left
            && area.left <= last.area.left + 2
            && area.right <= last.area.right
            && area.width() * 2 > last.area.width();
        if !near || !inside || self.waiting.iter().any(|line| line.row > last.area.bottom) {
            return false;
        }
        let own = header::find(grid, area);
        let known = own.is_some_and(|own| own.reason == HeaderReason::Known);
        if known || header::may_head(grid, area, area.top) && own.is_some() {
            return false;
        }
        last.area.bottom == above.bottom || looks_alike(grid, &last.area, above.bottom + 1, area)
    }

    fn go_on(&mut self, grid: &Grid<'_>, area: Area) -> Option<Area> {
        let last = self.pieces.last_mut()?;
        let Kind::List(Some(header)) = last.kind else { return None };
        let whole = Area { bottom: area.bottom, ..last.area };
        let next = next_header(grid, &Area { top: area.top - 1, ..whole }, &header);
        let next = next.filter(|next| *next > area.top);
        last.area.bottom = next.map_or(area.bottom, |top| top - 1);
        next.map(|top| Area { top, ..area })
    }

    /// What is left waiting at the end are notes of the last table, or nobody's.
    fn finish(mut self) -> (Vec<Piece>, Vec<Line>) {
        match self.pieces.last_mut() {
            Some(last) => {
                last.lines.append(&mut self.waiting);
                (self.pieces, Vec::new())
            }
            None => (self.pieces, self.waiting),
        }
    }
}

/// Numbers of columns, or a line of days for formulas: above a header, and of no meaning.
fn is_beside(grid: &Grid<'_>, area: &Area, row: usize) -> bool {
    let filled = grid.filled(row, area);
    let numbers = filled.iter().filter_map(|column| grid.words(row, *column).parse::<u32>().ok());
    let numbers: Vec<u32> = numbers.collect();
    let counted = numbers.len() >= 3
        && numbers.len() == filled.len()
        && numbers.windows(2).all(|pair| pair[1] == pair[0] + 1);
    let days = filled.iter().filter(|column| grid.look(row, **column) == Look::Day).count();
    counted || days >= 2 && days * 3 >= filled.len() * 2
}

/// Whether a block has the columns of a list further up: as wide, and alike.
fn is_like(grid: &Grid<'_>, piece: &Piece, header: &Header, area: &Area) -> bool {
    let list = &piece.area;
    let wide = area.width() >= 4 && area.width() * 10 >= list.width() * 8;
    let inside = area.left >= list.left && area.right <= list.right && area.left <= list.left + 1;
    let from = (header.bottom + 1).max(list.top);
    wide && inside && from <= list.bottom && looks_alike(grid, list, from, area)
}

/// Whether the first row of a block is like rows of the list: numbers stand under numbers.
fn looks_alike(grid: &Grid<'_>, list: &Area, from: usize, block: &Area) -> bool {
    let rows = from..=list.bottom.min(from + 40);
    let row = block.top;
    let filled = grid.filled(row, block);
    let fits = |column: &usize| {
        let look = grid.look(row, *column);
        let mut above =
            rows.clone().map(|row| grid.look(row, *column)).filter(|l| *l != Look::Blank);
        above.any(|known| known == look || known.is_number() && look.is_number())
    };
    !filled.is_empty()
        && filled.iter().filter(|column| fits(column)).count() * 3 >= filled.len() * 2
}

/// The row below a list where the next one has its header, or the title over it.
fn next_header(grid: &Grid<'_>, area: &Area, header: &Header) -> Option<usize> {
    let mut counts = vec![(0_u32, 0_u32); area.width()];
    let label = grid.filled(header.bottom, area).first().copied();
    let label = label.map(|column| (column, grid.words(header.bottom, column)));
    for row in header.bottom.max(area.top) + 1..=area.bottom {
        if row > header.bottom + 1 && is_next_header(grid, area, header, (row, &label), &counts) {
            let mut top = row;
            let lone = |row: usize| {
                grid.filled(row, area).len() == 1
                    && lines::is_line(grid, area, row)
                    && !heading::is_note(&grid.words(row, grid.filled(row, area)[0]))
            };
            while top > header.bottom + 1 && lone(top - 1) {
                top -= 1;
            }
            return Some(top);
        }
        for column in grid.filled(row, area) {
            let look = grid.look(row, column);
            let count = &mut counts[column - area.left];
            count.0 += u32::from(look.is_number());
            count.1 += u32::from(look.is_words());
        }
    }
    None
}

/// A row of words where the list had numbers, or known headers, or the first header's first
/// word again over something else.
fn is_next_header(
    grid: &Grid<'_>,
    area: &Area,
    header: &Header,
    (row, label): (usize, &Option<(usize, String)>),
    counts: &[(u32, u32)],
) -> bool {
    if row == area.bottom || !header::may_head(grid, area, row) {
        return false;
    }
    let filled = grid.filled(row, area);
    let texts: Vec<String> = filled.iter().map(|column| grid.words(row, *column)).collect();
    let same = |column: usize, text: &str| {
        (header.top..=header.bottom).any(|of| grid.spread_words(of, column) == text)
    };
    let again = filled.iter().zip(&texts).filter(|(column, text)| same(**column, text)).count();
    if again * 10 >= filled.len() * 8
        && filled.len() >= 3
        && again == header_width(grid, area, header)
    {
        return false;
    }
    let labelled = label.as_ref().is_some_and(|(column, text)| {
        filled.first() == Some(column) && texts.first() == Some(text) && filled.len() >= 3
    });
    let turned = filled.iter().filter(|column| {
        let (numbers, words) = counts[**column - area.left];
        numbers >= 1 && words == 0 && grid.look(row, **column).is_words()
    });
    let known = texts.iter().filter(|text| crate::guess::is_known_header(text)).count();
    let turned = turned.count();
    labelled
        || turned >= 2 && turned * 2 >= filled.len() - 1
        || known >= 3 && known * 2 >= filled.len()
}

fn header_width(grid: &Grid<'_>, area: &Area, header: &Header) -> usize {
    grid.filled(header.bottom, area).len()
}
