//! A sheet as its cells look, with its merged ranges: what all the rules read.

use super::look::Look;
use crate::sheet::{Cell, Merge, Sheet, column_letters};
use serde::Serialize;
use std::collections::HashMap;

/// A rectangle of a sheet, both ends included, counted from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Area {
    pub top: usize,
    pub left: usize,
    pub bottom: usize,
    pub right: usize,
}

impl Area {
    pub fn columns(&self) -> std::ops::RangeInclusive<usize> {
        self.left..=self.right
    }

    pub fn width(&self) -> usize {
        self.right + 1 - self.left
    }
}

/// A sheet and the looks of its cells.
pub struct Grid<'a> {
    pub sheet: &'a Sheet,
    text: bool,
    looks: Vec<Vec<Look>>,
    /// Merged ranges by the rows they touch.
    by_row: HashMap<usize, Vec<usize>>,
    merges: Vec<Merge>,
}

/// Rows of one merged range that are looked at; taller ones head whole sheets of notes.
const MERGE_ROWS_MAX: usize = 64;

impl<'a> Grid<'a> {
    pub fn new(sheet: &'a Sheet, text: bool) -> Grid<'a> {
        let looks = sheet.rows.iter();
        let looks = looks.map(|row| row.cells.iter().map(|cell| Look::of(&cell.value)).collect());
        let mut grid = Grid {
            sheet,
            text,
            looks: looks.collect(),
            by_row: HashMap::new(),
            merges: sheet.merges.clone(),
        };
        grid.merges.sort_by_key(|merge| (merge.top, merge.left));
        for (index, merge) in grid.merges.iter().enumerate() {
            let from = merge.top as usize;
            let to = (merge.bottom as usize + 1).min(from + MERGE_ROWS_MAX).min(sheet.rows.len());
            for row in from..to {
                grid.by_row.entry(row).or_default().push(index);
            }
        }
        for touching in grid.by_row.values_mut() {
            touching.sort_by_key(|index| grid.merges[*index].left);
            // Ranges do not lie over each other but in broken files.
            let mut end = 0;
            touching.retain(|index| {
                let merge = &grid.merges[*index];
                let keeps = merge.left >= end;
                end = if keeps { merge.right + 1 } else { end };
                keeps
            });
        }
        grid
    }

    pub fn rows(&self) -> usize {
        self.looks.len()
    }

    pub fn look(&self, row: usize, column: usize) -> Look {
        self.looks.get(row).and_then(|row| row.get(column)).copied().unwrap_or(Look::Blank)
    }

    pub fn cell(&self, row: usize, column: usize) -> &'a Cell {
        self.sheet.cell(row, column)
    }

    /// The text of a cell, its edges trimmed and every run of blanks one blank.
    pub fn words(&self, row: usize, column: usize) -> String {
        let shown = self.cell(row, column).value.show();
        shown.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// Columns of a row within an area that hold something.
    pub fn filled(&self, row: usize, area: &Area) -> Vec<usize> {
        let width = self.looks.get(row).map_or(0, Vec::len);
        let right = (area.right + 1).min(width);
        (area.left..right.max(area.left)).filter(|c| self.look(row, *c).is_filled()).collect()
    }

    /// The last column of a row that holds something, plus one.
    pub fn width_of(&self, row: usize) -> usize {
        let looks = self.looks.get(row).map_or(&[][..], Vec::as_slice);
        looks.iter().rposition(|look| look.is_filled()).map_or(0, |at| at + 1)
    }

    pub fn merge(&self, row: usize, column: usize) -> Option<&Merge> {
        let touching = self.by_row.get(&row)?;
        let from = |index: &usize| self.merges[*index].left as usize <= column;
        let last = touching.partition_point(from).checked_sub(1)?;
        let merge = &self.merges[touching[last]];
        (merge.right as usize >= column).then_some(merge)
    }

    /// The merged ranges that touch a row, with those that hold nothing.
    pub fn merges_on(&self, row: usize) -> impl Iterator<Item = &Merge> {
        let touching = self.by_row.get(&row).map_or(&[][..], Vec::as_slice);
        touching.iter().map(|index| &self.merges[*index])
    }

    /// The look of the cell, or of the merged range over it.
    pub fn spread_look(&self, row: usize, column: usize) -> Look {
        match self.merge(row, column) {
            Some(merge) => self.look(merge.top as usize, merge.left as usize),
            None => self.look(row, column),
        }
    }

    /// The text of the cell, or of the merged range over it.
    pub fn spread_words(&self, row: usize, column: usize) -> String {
        match self.merge(row, column) {
            Some(merge) => self.words(merge.top as usize, merge.left as usize),
            None => self.words(row, column),
        }
    }

    /// `E9`, or `12:5` in a text file.
    pub fn address(&self, row: usize, column: usize) -> String {
        if self.text {
            let line = self.sheet.rows.get(row).map_or(row as u32 + 1, |row| row.line);
            return format!("{line}:{}", column + 1);
        }
        format!("{}{}", column_letters(column), row + 1)
    }

    /// `A`, or `1` in a text file.
    pub fn column_name(&self, column: usize) -> String {
        if self.text { (column + 1).to_string() } else { column_letters(column) }
    }

    /// Whether a row has nothing of its own and no merged range with words reaches into it.
    pub fn is_blank(&self, row: usize, area: &Area) -> bool {
        if !self.filled(row, area).is_empty() {
            return false;
        }
        !self.merges_on(row).any(|merge| {
            let inside = merge.right as usize >= area.left && merge.left as usize <= area.right;
            let words = self.look(merge.top as usize, merge.left as usize).is_filled();
            inside && words && (merge.top as usize) < row
        })
    }
}
