//! Which projects are compared at all: those that share something that few have.

use std::collections::HashMap;
use std::hash::Hash;

use super::Row;
use super::rules::PairRules;

/// A block of more projects than this tells nothing apart: of a firm or a site, only
/// neighbours by name are compared then; a pair of characters is passed over.
const BLOCK_MAX: usize = 48;
/// Neighbours by name in a large block.
const NEIGHBOURS: usize = 6;

/// Blocks of indexes of rows.
pub(super) struct Blocks {
    of_row: Vec<Vec<u32>>,
    blocks: Vec<Vec<u32>>,
}

impl Blocks {
    pub fn of(rows: &[Row], rules: &PairRules) -> Blocks {
        let mut blocks = Vec::new();
        let project = |row: &usize| &rows[*row].entry.project;
        let all = || 0..rows.len();
        let codes = all().filter_map(|row| Some((project(&row).national_code.as_deref()?, row)));
        add(rows, &mut blocks, codes);
        add(rows, &mut blocks, all().filter_map(|row| Some((project(&row).enterprise?, row))));
        add(rows, &mut blocks, cells(rows, rules).into_iter());
        add(rows, &mut blocks, all().map(|row| (rows[row].look.plain.as_slice(), row)));
        names(rows, rules, &mut blocks);
        let mut of_row = vec![Vec::new(); rows.len()];
        for (number, block) in blocks.iter().enumerate() {
            block.iter().for_each(|row| of_row[*row as usize].push(number as u32));
        }
        Blocks { of_row, blocks }
    }

    /// Rows after this one that share a block with it, each once.
    pub fn partners(&self, row: usize) -> Vec<usize> {
        let blocks = self.of_row[row].iter().map(|block| &self.blocks[*block as usize]);
        let mut found: Vec<usize> =
            blocks.flatten().map(|other| *other as usize).filter(|other| *other > row).collect();
        found.sort_unstable();
        found.dedup();
        found
    }
}

/// Every group of two and more under one key; a large one is cut into runs of neighbours.
fn add<K: Hash + Eq>(
    rows: &[Row],
    blocks: &mut Vec<Vec<u32>>,
    keyed: impl Iterator<Item = (K, usize)>,
) {
    let mut groups: HashMap<K, Vec<u32>> = HashMap::new();
    for (key, row) in keyed {
        groups.entry(key).or_default().push(row as u32);
    }
    for mut group in groups.into_values().filter(|group| group.len() > 1) {
        if group.len() <= BLOCK_MAX {
            blocks.push(group);
            continue;
        }
        group.sort_by_key(|row| (&rows[*row as usize].look.plain, *row));
        blocks.extend(group.windows(NEIGHBOURS).map(<[u32]>::to_vec));
    }
}

/// Cells of a grid as wide as two sites may be apart: a site is in its own cell and, so that
/// no border parts neighbours, in the three before it.
fn cells(rows: &[Row], rules: &PairRules) -> Vec<((i64, i64), usize)> {
    // A degree of longitude is shortest far north; half of one of latitude holds up to 60°.
    let size = ((rules.site_meters as f64 / super::METERS_PER_DEGREE * 2e6) as i64).max(1);
    let mut cells = Vec::new();
    for (index, row) in rows.iter().enumerate() {
        let Some((lon, lat)) = row.entry.project.location else { continue };
        let (x, y) = (lon.div_euclid(size), lat.div_euclid(size));
        cells.extend([(x, y), (x - 1, y), (x, y - 1), (x - 1, y - 1)].map(|cell| (cell, index)));
    }
    cells
}

/// Blocks of the rarer pairs of characters. Of n pairs, two names that are alike enough share
/// s, and whoever shares s of n has one of any n - s + 1: the rarest so many are looked at.
fn names(rows: &[Row], rules: &PairRules, blocks: &mut Vec<Vec<u32>>) {
    let mut holders: HashMap<u64, Vec<u32>> = HashMap::new();
    for (index, row) in rows.iter().enumerate() {
        let mut grams = row.look.grams.clone();
        grams.dedup();
        for gram in grams {
            holders.entry(gram).or_default().push(index as u32);
        }
    }
    let mut chosen: HashMap<u64, Vec<u32>> = HashMap::new();
    for (index, row) in rows.iter().enumerate() {
        let count = row.look.grams.len();
        let floor = rules.name_floor as usize;
        let least = (floor * count).div_ceil(200 - floor);
        let mut grams = row.look.grams.clone();
        grams.sort_by_key(|gram| (holders[gram].len(), *gram));
        grams.truncate(count + 1 - least.min(count));
        grams.dedup();
        for gram in grams.into_iter().filter(|gram| holders[gram].len() <= BLOCK_MAX) {
            chosen.entry(gram).or_default().push(index as u32);
        }
    }
    blocks.extend(chosen.into_values().filter(|block| block.len() > 1));
}
