//! Words of coded columns that came and went between two lists.

use std::collections::BTreeMap;

use super::cell::{ListCell, ListValue};
use super::key::counts;
use super::{ListTable, SharedColumns};
use serde::Serialize;

/// Different words a coded column has at most.
const WORDS_MAX: usize = 60;
/// Rows for each word, on average, from which a column is coded.
const ROWS_PER_WORD_MIN: usize = 5;
/// Characters of a word; anything longer is prose.
const WORD_CHARS_MAX: usize = 60;
/// Share of the rows of a word that have the same new one, from which it was recoded.
const RECODED_PERCENT: usize = 80;

/// A coded column whose words changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Vocabulary {
    pub column: String,
    /// Words the newer list has and the older has not, with the rows that have them.
    pub new: Vec<WordCount>,
    pub gone: Vec<WordCount>,
    /// Words that stand where another one stood: old, new, rows.
    pub recoded: Vec<(String, String, usize)>,
}

/// A word and the rows that have it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct WordCount {
    pub word: String,
    pub rows: usize,
}

/// The coded columns of both lists with words that only one of them has.
pub fn changes(
    old: &ListTable,
    new: &ListTable,
    pairs: &[(usize, usize)],
    shared: &SharedColumns,
) -> Vec<Vocabulary> {
    let mut found = Vec::new();
    for column in &shared.columns {
        let (before, after) = (counts(old, column.old), counts(new, column.new));
        if !is_coded(&before, old.rows.len()) || !is_coded(&after, new.rows.len()) {
            continue;
        }
        let only = |a: &BTreeMap<&ListValue, usize>, b: &BTreeMap<&ListValue, usize>| {
            let words = a.iter().filter(|(word, _)| !b.contains_key(*word));
            let words = words.filter(|(word, _)| ***word != ListValue::Blank);
            words.map(|(word, rows)| ((*word).clone(), *rows)).collect::<Vec<_>>()
        };
        let (fresh, gone) = (only(&after, &before), only(&before, &after));
        if fresh.is_empty() && gone.is_empty() {
            continue;
        }
        let moved = moves(old, new, pairs, (column.old, column.new));
        let recoded = gone.iter().filter_map(|(word, _)| recoded(word, &moved, &before));
        let recoded: Vec<(ListValue, ListValue, usize)> = recoded.collect();
        let show = |table: &ListTable, at: usize, value: &ListValue| {
            let cells = (0..table.rows.len()).map(|row| table.cell(row, at));
            let mut same = cells.filter(|cell: &&ListCell| cell.value == *value);
            same.next().map_or(String::new(), |cell| cell.text.clone())
        };
        let words = |table: &ListTable, at: usize, list: &[(ListValue, usize)]| {
            let mut list: Vec<WordCount> = list
                .iter()
                .map(|(value, rows)| WordCount { word: show(table, at, value), rows: *rows })
                .collect();
            list.sort_by(|a, b| b.rows.cmp(&a.rows).then_with(|| a.word.cmp(&b.word)));
            list
        };
        let both = |(a, b, rows): &(ListValue, ListValue, usize)| {
            (show(old, column.old, a), show(new, column.new, b), *rows)
        };
        found.push(Vocabulary {
            column: column.name.clone(),
            new: words(new, column.new, &fresh),
            gone: words(old, column.old, &gone),
            recoded: recoded.iter().map(both).collect(),
        });
    }
    found
}

/// Few short words that repeat; numbers are no words unless they are whole and few.
fn is_coded(counts: &BTreeMap<&ListValue, usize>, rows: usize) -> bool {
    let words = counts.keys().filter(|value| ***value != ListValue::Blank);
    let given = rows - counts.get(&ListValue::Blank).copied().unwrap_or(0);
    let (mut count, mut short) = (0, true);
    for word in words {
        count += 1;
        short &= match word {
            ListValue::Text(text) => text.chars().count() <= WORD_CHARS_MAX,
            _ => false,
        };
    }
    short && (1..=WORDS_MAX).contains(&count) && given >= count * ROWS_PER_WORD_MIN
}

type Moves<'a> = BTreeMap<&'a ListValue, BTreeMap<&'a ListValue, usize>>;

/// What stands in the rows of both lists where each word stood.
fn moves<'a>(
    old: &'a ListTable,
    new: &'a ListTable,
    pairs: &[(usize, usize)],
    (a, b): (usize, usize),
) -> Moves<'a> {
    let mut moves = Moves::new();
    for (before, after) in pairs {
        let to = moves.entry(&old.cell(*before, a).value).or_default();
        *to.entry(&new.cell(*after, b).value).or_default() += 1;
    }
    moves
}

/// The word that took a gone word's place in most of its rows, if it was not there before.
fn recoded(
    word: &ListValue,
    moved: &Moves<'_>,
    before: &BTreeMap<&ListValue, usize>,
) -> Option<(ListValue, ListValue, usize)> {
    let to = moved.get(word)?;
    let all: usize = to.values().sum();
    let (next, rows) = to.iter().max_by_key(|(value, rows)| (**rows, std::cmp::Reverse(*value)))?;
    let is_new = **next != ListValue::Blank && !before.contains_key(*next);
    (is_new && *rows >= 2 && *rows * 100 >= all * RECODED_PERCENT)
        .then(|| (word.clone(), (*next).clone(), *rows))
}
