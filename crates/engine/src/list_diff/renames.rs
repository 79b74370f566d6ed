//! Rows that are gone and rows that are new which are likely one: proposed with what speaks
//! for it and against it, decided by a person.
//!
//! Four things make a candidate: names that are near (told by the caller, who knows how names
//! are written), the same name under another key, all columns of the key but one, and rare
//! facts in common. Place, amount and other cells then add to the confidence or take from it.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::cell::ListValue;
use super::{ColumnRole, ListDiff, ListTable};
use crate::pairs::names::similarity;
use serde::Serialize;

/// Two names that are near, as the reader of names tells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NameLink {
    /// Name in the older list, and in the newer.
    pub old: String,
    pub new: String,
    pub reason: RenameReason,
    /// 0 to 100.
    pub confidence: u8,
}

/// What made a pair of rows a candidate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum RenameReason {
    /// The new name says what it was called.
    Formerly,
    /// Equal but for case, blanks, marks and small words.
    Spelling,
    /// Most words or letters are shared.
    Near,
    /// The same name under another key.
    SameName,
    /// All columns of the key are equal but one.
    KeyColumn,
    /// Names differ; facts that few rows have are equal.
    SameFacts,
}

impl RenameReason {
    pub const ALL: [RenameReason; 6] = [
        RenameReason::Formerly,
        RenameReason::Spelling,
        RenameReason::Near,
        RenameReason::SameName,
        RenameReason::KeyColumn,
        RenameReason::SameFacts,
    ];

    pub fn code(self) -> &'static str {
        match self {
            RenameReason::Formerly => "formerly",
            RenameReason::Spelling => "spelling",
            RenameReason::Near => "near",
            RenameReason::SameName => "same-name",
            RenameReason::KeyColumn => "key-column",
            RenameReason::SameFacts => "same-facts",
        }
    }

    pub fn parse(code: &str) -> Option<RenameReason> {
        RenameReason::ALL.into_iter().find(|reason| reason.code() == code)
    }
}

/// A row that is gone and a new one that are likely one.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Rename {
    pub old: usize,
    pub new: usize,
    pub old_name: String,
    pub new_name: String,
    pub reason: RenameReason,
    /// 0 to 100.
    pub confidence: u8,
    /// Columns that speak for it and against it.
    pub agree: Vec<String>,
    pub differ: Vec<String>,
}

/// Confidence below which nothing is proposed.
const CONFIDENCE_MIN: i32 = 70;
/// Rows of one list that may share a fact for it to be rare.
const RARE_ROWS_MAX: usize = 2;
/// Amounts that differ by no more than this share of the greater agree, in percent.
const AMOUNT_NEAR_PERCENT: f64 = 10.0;
/// One amount is this many times the other: they speak against.
const AMOUNT_FAR_TIMES: f64 = 3.0;

/// Proposes renames among the rows of `diff` that are gone and new, surest first; a row is
/// in one proposal at most. `links` are names that are near, by [`RowNames`].
pub fn propose_renames(
    old: &ListTable,
    new: &ListTable,
    diff: &ListDiff,
    links: &[NameLink],
) -> Vec<Rename> {
    let sides = Sides::of(old, new, diff);
    let mut candidates: BTreeMap<(usize, usize), (RenameReason, i32)> = BTreeMap::new();
    let mut add = |pair: (usize, usize), reason: RenameReason, confidence: i32| {
        // Told by the plainest of its reasons, and as sure as the surest.
        let known = candidates.entry(pair).or_insert((reason, confidence));
        *known = (known.0.min(reason), known.1.max(confidence));
    };
    for (a, b, reason, confidence) in sides.by_links(links) {
        add((a, b), reason, confidence);
    }
    sides.same_names().into_iter().for_each(|pair| add(pair, RenameReason::SameName, 80));
    for (pair, confidence) in sides.by_key_column() {
        add(pair, RenameReason::KeyColumn, confidence);
    }
    for (pair, confidence) in sides.by_facts() {
        add(pair, RenameReason::SameFacts, confidence);
    }
    let mut judged: Vec<Rename> = candidates
        .into_iter()
        .filter_map(|((a, b), (reason, confidence))| sides.judge(a, b, reason, confidence))
        .collect();
    judged.sort_by_key(|rename| (std::cmp::Reverse(rename.confidence), rename.old, rename.new));
    let (mut olds, mut news) = (BTreeSet::new(), BTreeSet::new());
    judged.retain(|rename| {
        let free = !olds.contains(&rename.old) && !news.contains(&rename.new);
        free && olds.insert(rename.old) && news.insert(rename.new)
    });
    judged
}

fn names_rows(table: &ListTable, column: usize) -> bool {
    let values: BTreeSet<&ListValue> =
        (0..table.rows.len()).map(|row| &table.cell(row, column).value).collect();
    values.len() * 2 > table.rows.len()
}

/// The rows to pair, with what is needed of both lists.
struct Sides<'a> {
    old: &'a ListTable,
    new: &'a ListTable,
    diff: &'a ListDiff,
    /// Names of the rows that are gone, and of the new ones.
    old_names: Vec<(usize, String)>,
    new_names: Vec<(usize, String)>,
    /// Columns of both lists that are compared and no part of the key.
    facts: Vec<(usize, usize)>,
}

impl<'a> Sides<'a> {
    fn of(old: &'a ListTable, new: &'a ListTable, diff: &'a ListDiff) -> Sides<'a> {
        let key: Vec<Option<usize>> = diff.key.iter().map(|name| new.column(name)).collect();
        let facts = new.columns.iter().enumerate().filter_map(|(index, column)| {
            let is_fact = column.role != ColumnRole::Ignored && !key.contains(&Some(index));
            Some((old.column(&column.name).filter(|_| is_fact)?, index))
        });
        let facts = facts.collect();
        let names = |table: &ListTable, rows: &[usize]| {
            let name = RowNames::of(table, &diff.key);
            rows.iter().map(|row| (*row, name.of_row(table, *row))).collect::<Vec<_>>()
        };
        Sides {
            old_names: names(old, &diff.vanished),
            new_names: names(new, &diff.new),
            old,
            new,
            diff,
            facts,
        }
    }

    fn by_links(&self, links: &[NameLink]) -> Vec<(usize, usize, RenameReason, i32)> {
        let index = |names: &'_ [(usize, String)]| {
            let mut rows: HashMap<String, Vec<usize>> = HashMap::new();
            for (row, name) in names {
                rows.entry(name.clone()).or_default().push(*row);
            }
            rows
        };
        let (olds, news) = (index(&self.old_names), index(&self.new_names));
        let mut found = Vec::new();
        for link in links {
            let rows = (olds.get(&link.old), news.get(&link.new));
            let (Some(a), Some(b)) = rows else { continue };
            for (a, b) in a.iter().zip(b) {
                found.push((*a, *b, link.reason, i32::from(link.confidence)));
            }
        }
        found
    }

    fn same_names(&self) -> Vec<(usize, usize)> {
        let mut olds: HashMap<String, Option<usize>> = HashMap::new();
        for (row, name) in self.old_names.iter().filter(|(_, name)| !name.is_empty()) {
            let known = olds.entry(super::cell::fold(name));
            known.and_modify(|at| *at = None).or_insert(Some(*row));
        }
        let found = self
            .new_names
            .iter()
            .filter_map(|(row, name)| Some(((*olds.get(&super::cell::fold(name))?)?, *row)));
        found.collect()
    }

    /// Pairs whose keys are equal but for one column, where nobody else's are.
    fn by_key_column(&self) -> Vec<((usize, usize), i32)> {
        let columns: Vec<(usize, usize)> = self
            .diff
            .key
            .iter()
            .filter_map(|name| Some((self.old.column(name)?, self.new.column(name)?)))
            .collect();
        if columns.len() < 2 {
            return Vec::new();
        }
        let mut found = Vec::new();
        for (left_out, (a, b)) in columns.iter().enumerate() {
            let rest = |table: &ListTable, row: usize, is_old: bool| -> Vec<ListValue> {
                let others = columns.iter().enumerate().filter(|(at, _)| *at != left_out);
                let at = |pair: &(usize, usize)| if is_old { pair.0 } else { pair.1 };
                others.map(|(_, pair)| table.cell(row, at(pair)).value.clone()).collect()
            };
            let mut rows: HashMap<Vec<ListValue>, [Vec<usize>; 2]> = HashMap::new();
            for row in &self.diff.vanished {
                rows.entry(rest(self.old, *row, true)).or_default()[0].push(*row);
            }
            for row in &self.diff.new {
                rows.entry(rest(self.new, *row, false)).or_default()[1].push(*row);
            }
            for pair in rows.into_values() {
                let ([x], [y]) = (pair[0].as_slice(), pair[1].as_slice()) else { continue };
                let texts = (&self.old.cell(*x, *a).text, &self.new.cell(*y, *b).text);
                let near = (similarity(texts.0, texts.1) * 25.0) as i32;
                found.push(((*x, *y), 66 + near));
            }
        }
        found
    }

    /// Pairs that share two or more values which hardly any row has.
    fn by_facts(&self) -> Vec<((usize, usize), i32)> {
        let mut shared: BTreeMap<(usize, usize), i32> = BTreeMap::new();
        for (a, b) in &self.facts {
            let mut rows: HashMap<&ListValue, [Vec<usize>; 2]> = HashMap::new();
            for row in &self.diff.vanished {
                rows.entry(&self.old.cell(*row, *a).value).or_default()[0].push(*row);
            }
            for row in &self.diff.new {
                rows.entry(&self.new.cell(*row, *b).value).or_default()[1].push(*row);
            }
            for (value, [olds, news]) in rows {
                let rare = olds.len() <= RARE_ROWS_MAX && news.len() <= RARE_ROWS_MAX;
                if !rare || !is_telling(value) {
                    continue;
                }
                for pair in olds.iter().flat_map(|x| news.iter().map(move |y| (*x, *y))) {
                    *shared.entry(pair).or_default() += 1;
                }
            }
        }
        let enough = shared.into_iter().filter(|(_, count)| *count >= 2);
        enough.map(|(pair, count)| (pair, (52 + 9 * count).min(88))).collect()
    }

    fn judge(&self, a: usize, b: usize, reason: RenameReason, confidence: i32) -> Option<Rename> {
        let (mut agree, mut differ) = (Vec::new(), Vec::new());
        let mut points = confidence;
        for (x, y) in &self.facts {
            let (before, after) = (self.old.cell(a, *x), self.new.cell(b, *y));
            if before.is_blank() || after.is_blank() {
                continue;
            }
            let column = &self.new.columns[*y];
            let role = match column.role {
                ColumnRole::Other if before.number().is_some() => ColumnRole::Amount,
                role => role,
            };
            match (role, before.value == after.value) {
                (_, true) if is_telling(&before.value) || role == ColumnRole::Place => {
                    points += if role == ColumnRole::Place { 3 } else { 2 };
                    agree.push(column.name.clone());
                }
                (ColumnRole::Place, false) => {
                    points -= 10;
                    differ.push(column.name.clone());
                }
                (ColumnRole::Amount, false) => match sizes(before.number(), after.number()) {
                    Some(Sizes::Near) => {
                        points += 2;
                        agree.push(column.name.clone());
                    }
                    Some(Sizes::Far) => {
                        points -= 5;
                        differ.push(column.name.clone());
                    }
                    None => {}
                },
                _ => {}
            }
        }
        let confidence = points.min(99);
        let name = |names: &[(usize, String)], row: usize| {
            let at = names.binary_search_by_key(&row, |(at, _)| *at).ok()?;
            Some(names[at].1.clone())
        };
        (confidence >= CONFIDENCE_MIN).then(|| Rename {
            old: a,
            new: b,
            old_name: name(&self.old_names, a).unwrap_or_default(),
            new_name: name(&self.new_names, b).unwrap_or_default(),
            reason,
            confidence: confidence as u8,
            agree,
            differ,
        })
    }
}

/// What rows of a list are called: their name, where the list has a column of names that are
/// mostly different, else the words of their key.
#[derive(Clone, Debug)]
pub enum RowNames {
    Name(usize),
    Key(Vec<usize>),
}

impl RowNames {
    pub fn of(table: &ListTable, key: &[String]) -> RowNames {
        match table.of_role(ColumnRole::Name).filter(|column| names_rows(table, *column)) {
            Some(column) => RowNames::Name(column),
            None => RowNames::Key(key.iter().filter_map(|name| table.column(name)).collect()),
        }
    }

    pub fn of_row(&self, table: &ListTable, row: usize) -> String {
        match self {
            RowNames::Name(column) => table.cell(row, *column).text.clone(),
            RowNames::Key(columns) => {
                let texts = columns.iter().map(|at| table.cell(row, *at).text.as_str());
                texts.collect::<Vec<_>>().join(" · ")
            }
        }
    }
}

/// Zero, one and short words are had by many by chance.
fn is_telling(value: &ListValue) -> bool {
    match value {
        ListValue::Blank => false,
        ListValue::Number(digits) => digits.bytes().filter(u8::is_ascii_digit).count() >= 3,
        ListValue::Text(text) => text.chars().count() >= 4,
    }
}

enum Sizes {
    Near,
    Far,
}

fn sizes(a: Option<f64>, b: Option<f64>) -> Option<Sizes> {
    let (a, b) = (a?.abs(), b?.abs());
    let (small, great) = (a.min(b), a.max(b));
    if great == 0.0 {
        return None;
    }
    if (great - small) * 100.0 <= AMOUNT_NEAR_PERCENT * great {
        return Some(Sizes::Near);
    }
    (small * AMOUNT_FAR_TIMES < great).then_some(Sizes::Far)
}
