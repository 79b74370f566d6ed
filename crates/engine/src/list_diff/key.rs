//! What tells the rows of a list apart.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::cell::ListValue;
use super::{ColumnRole, ListDiff, ListTable};
use tici_domain::Period;

/// Columns a proposed key has at most.
const KEY_COLUMNS_MAX: usize = 5;
/// Share of distinct keys, in thousandths, from which a single column is a key.
const UNIQUE_MILLE: usize = 990;
/// Share of the smaller list's keys that must be in the other, in thousandths.
const COMMON_MILLE: usize = 400;
/// Gain in distinct keys, in thousandths, below which a column is not worth adding.
const GAIN_MILLE: usize = 3;

/// A key's values in one row, and its period where rows of periods are kept apart.
pub type Key = (Vec<ListValue>, Option<Period>);

/// Proposes the columns that tell rows apart in both lists: a code that is unique, else a
/// name that is, else the columns that together part the most rows, the fewest of them. Days
/// and amounts change and are none.
pub fn propose_key(old: &ListTable, new: &ListTable) -> Vec<String> {
    let shared: Vec<(usize, usize)> = new
        .columns
        .iter()
        .enumerate()
        .filter(|(_, column)| column.role != ColumnRole::Ignored)
        .filter_map(|(index, column)| Some((old.column(&column.name)?, index)))
        .collect();
    let of_role = |role: ColumnRole| {
        let has = |pair: &&(usize, usize)| new.columns[pair.1].role == role;
        shared.iter().filter(has).find(|pair| is_key(old, new, &[**pair]))
    };
    let single = of_role(ColumnRole::Code).or_else(|| of_role(ColumnRole::Name));
    let name = |pair: &(usize, usize)| new.columns[pair.1].name.clone();
    if let Some(pair) = single {
        return vec![name(pair)];
    }
    let steady: Vec<(usize, usize)> = shared
        .into_iter()
        .filter(|pair| is_steady(old, pair.0) && is_steady(new, pair.1))
        .collect();
    let mut key: Vec<(usize, usize)> = Vec::new();
    let mut reached = 0;
    while key.len() < KEY_COLUMNS_MAX {
        let tried = steady.iter().filter(|pair| !key.contains(pair)).map(|pair| {
            let with: Vec<(usize, usize)> = key.iter().copied().chain([*pair]).collect();
            (parted(old, new, &with), *pair)
        });
        // Of equals the first column wins: `max_by_key` alone would take the last.
        let best = tried.max_by_key(|(score, pair)| (*score, std::cmp::Reverse(pair.1)));
        let Some((score, pair)) = best else { break };
        if score < reached + GAIN_MILLE {
            break;
        }
        reached = score;
        key.push(pair);
    }
    key.sort_by_key(|pair| pair.1);
    key.iter().map(name).collect()
}

fn values(table: &ListTable, row: usize, columns: &[usize]) -> Vec<ListValue> {
    columns.iter().map(|column| table.cell(row, *column).value.clone()).collect()
}

fn distinct(table: &ListTable, columns: &[usize]) -> HashSet<Vec<ListValue>> {
    (0..table.rows.len()).map(|row| values(table, row, columns)).collect()
}

fn is_key(old: &ListTable, new: &ListTable, pairs: &[(usize, usize)]) -> bool {
    let (a, b): (Vec<usize>, Vec<usize>) = pairs.iter().copied().unzip();
    let (before, after) = (distinct(old, &a), distinct(new, &b));
    let enough = |set: &HashSet<_>, table: &ListTable| {
        !table.rows.is_empty() && set.len() * 1_000 >= table.rows.len() * UNIQUE_MILLE
    };
    let common = before.intersection(&after).count();
    enough(&before, old)
        && enough(&after, new)
        && common * 1_000 >= before.len().min(after.len()) * COMMON_MILLE
}

/// Distinct keys that both lists have, in thousandths of the longer list's rows: what parts
/// rows and stays is worth more than what only parts them.
fn parted(old: &ListTable, new: &ListTable, pairs: &[(usize, usize)]) -> usize {
    let (a, b): (Vec<usize>, Vec<usize>) = pairs.iter().copied().unzip();
    let (before, after) = (distinct(old, &a), distinct(new, &b));
    let common = before.intersection(&after).count();
    common * 1_000 / old.rows.len().max(new.rows.len()).max(1)
}

/// Rows looked at to tell what a column holds.
const ROWS_LOOKED_AT: usize = 500;

/// Whether a column holds neither amounts nor days: most of its cells are words or codes,
/// and most rows have one.
fn is_steady(table: &ListTable, column: usize) -> bool {
    if table.columns[column].role == ColumnRole::Amount || table.columns[column].period.is_some() {
        return false;
    }
    let (mut given, mut moving) = (0, 0);
    let rows = table.rows.len().min(ROWS_LOOKED_AT);
    for row in 0..rows {
        match &table.cell(row, column).value {
            ListValue::Blank => {}
            ListValue::Number(digits) => {
                given += 1;
                moving += usize::from(digits.contains('.'));
            }
            ListValue::Text(text) => {
                given += 1;
                moving += usize::from(looks_like_a_day(text));
            }
        }
    }
    given * 2 > rows && moving * 10 < given.max(1)
}

/// `2026-05-01`, `1/9/2015`, `30.06.08`, `05/01/2014 12:00:00 am`.
fn looks_like_a_day(text: &str) -> bool {
    let first = text.split(' ').next().unwrap_or_default();
    let parts: Vec<&str> = first.split(['/', '-', '.', '年', '月']).collect();
    parts.len() >= 3 && parts[..3].iter().all(|part| part.bytes().all(|b| b.is_ascii_digit()))
}

/// Rows of both lists by key.
pub struct Keys {
    /// In the order of the older list, then of the newer.
    pub order: Vec<Key>,
    pub rows: HashMap<Key, [Vec<usize>; 2]>,
}

impl Keys {
    /// `None` where a list has not all columns of the key.
    pub fn of(
        old: &ListTable,
        new: &ListTable,
        result: &mut ListDiff,
        by_period: bool,
    ) -> Option<Keys> {
        let mut columns = [Vec::new(), Vec::new()];
        for name in &result.key {
            match (old.column(name), new.column(name)) {
                (Some(a), Some(b)) => {
                    columns[0].push(a);
                    columns[1].push(b);
                }
                _ => result.key_missing.push(name.clone()),
            }
        }
        if !result.key_missing.is_empty() || result.key.is_empty() {
            return None;
        }
        let mut keys = Keys { order: Vec::new(), rows: HashMap::new() };
        for (side, table) in [old, new].into_iter().enumerate() {
            for row in 0..table.rows.len() {
                let period = table.rows[row].period.filter(|_| by_period);
                let key = (values(table, row, &columns[side]), period);
                let rows = keys.rows.entry(key.clone()).or_insert_with(|| {
                    keys.order.push(key);
                    Default::default()
                });
                rows[side].push(row);
            }
        }
        Some(keys)
    }

    /// Rows of each list that share their key with another row of it.
    pub fn shared(&self) -> [usize; 2] {
        let count = |side: usize| {
            let sizes = self.rows.values().map(|rows| rows[side].len());
            sizes.filter(|size| *size > 1).sum()
        };
        [count(0), count(1)]
    }
}

/// How often each value of a column stands in a list.
pub fn counts(table: &ListTable, column: usize) -> BTreeMap<&ListValue, usize> {
    let mut counts = BTreeMap::new();
    for row in 0..table.rows.len() {
        *counts.entry(&table.cell(row, column).value).or_default() += 1;
    }
    counts
}
