//! A sheet as its table runs: rows are projects, even where the sheet is transposed.

use crate::sheet::{Cell, Merge, Sheet, column_letters};
use std::collections::HashMap;

/// A sheet, turned if need be.
pub struct View<'a> {
    pub sheet: &'a Sheet,
    transposed: bool,
    /// Cells are named by line and column, as in a text file.
    text: bool,
    width: usize,
    /// Merged ranges near the top, turned with the sheet.
    merges: Vec<Merge>,
    covered: HashMap<(usize, usize), usize>,
}

/// Rows from the top in which merged ranges matter: header and title.
const MERGE_ROWS: usize = crate::limits::HEADER_SEARCH_ROWS + crate::limits::HEADER_ROWS_MAX;

impl<'a> View<'a> {
    pub fn new(sheet: &'a Sheet, transposed: bool, text: bool) -> View<'a> {
        let width = sheet.width();
        let turned = |merge: &Merge| match transposed {
            false => *merge,
            true => {
                Merge { top: merge.left, left: merge.top, bottom: merge.right, right: merge.bottom }
            }
        };
        let near_top = |merge: &Merge| (merge.top as usize) < MERGE_ROWS;
        let merges: Vec<Merge> = sheet.merges.iter().map(turned).filter(near_top).collect();
        let mut view = View { sheet, transposed, text, width, merges, covered: HashMap::new() };
        view.index_merges();
        view
    }

    fn index_merges(&mut self) {
        let (rows, columns) = (self.rows(), self.columns());
        for (index, merge) in self.merges.iter().enumerate() {
            let bottom = (merge.bottom as usize + 1).min(MERGE_ROWS).min(rows);
            let right = (merge.right as usize + 1).min(columns);
            for row in merge.top as usize..bottom {
                for column in merge.left as usize..right {
                    self.covered.insert((row, column), index);
                }
            }
        }
    }

    pub fn is_transposed(&self) -> bool {
        self.transposed
    }

    pub fn rows(&self) -> usize {
        if self.transposed { self.width } else { self.sheet.rows.len() }
    }

    pub fn columns(&self) -> usize {
        if self.transposed { self.sheet.rows.len() } else { self.width }
    }

    pub fn cell(&self, row: usize, column: usize) -> &'a Cell {
        match self.transposed {
            false => self.sheet.cell(row, column),
            true => self.sheet.cell(column, row),
        }
    }

    /// `E9`, or `12:5` in a text file.
    pub fn address(&self, row: usize, column: usize) -> String {
        let (row, column) = if self.transposed { (column, row) } else { (row, column) };
        if self.text {
            let line = self.sheet.rows.get(row).map_or(row as u32 + 1, |row| row.line);
            return format!("{line}:{}", column + 1);
        }
        format!("{}{}", column_letters(column), row + 1)
    }

    /// The merged range over a cell near the top.
    pub fn merge(&self, row: usize, column: usize) -> Option<&Merge> {
        self.covered.get(&(row, column)).map(|index| &self.merges[*index])
    }

    /// Text of a cell near the top, or of the merged range over it.
    pub fn spread_text(&self, row: usize, column: usize) -> String {
        let (row, column) = match self.merge(row, column) {
            Some(merge) => (merge.top as usize, merge.left as usize),
            None => (row, column),
        };
        self.cell(row, column).value.show()
    }

    /// Columns of a row that hold something.
    pub fn filled(&self, row: usize) -> Vec<usize> {
        let filled = |column: &usize| !self.cell(row, *column).value.is_empty();
        match self.transposed {
            true => (0..self.columns()).filter(filled).collect(),
            false => {
                let width = self.sheet.rows.get(row).map_or(0, |row| row.cells.len());
                (0..width).filter(filled).collect()
            }
        }
    }
}
