//! Pairs rows of two lists by their key.

use super::key::Keys;
use super::{ListTable, SharedColumns};

/// Rows of one key compared one with another at most; past it they are paired in order.
const SHARED_ROWS_MAX: usize = 200;

/// Rows of both lists, and rows of one only, in the order of their list.
#[derive(Default)]
pub struct Pairs {
    pub both: Vec<(usize, usize)>,
    pub old_only: Vec<usize>,
    pub new_only: Vec<usize>,
}

/// Pairs rows; of those that share a key, the ones that differ least first.
pub fn pair(old: &ListTable, new: &ListTable, keys: &Keys, shared: &SharedColumns) -> Pairs {
    let mut pairs = Pairs::default();
    for key in &keys.order {
        let Some([before, after]) = keys.rows.get(key) else { continue };
        match (before.as_slice(), after.as_slice()) {
            ([a], [b]) => pairs.both.push((*a, *b)),
            (before, []) => pairs.old_only.extend(before),
            ([], after) => pairs.new_only.extend(after),
            (before, after) => several(old, new, (before, after), shared, &mut pairs),
        }
    }
    pairs.both.sort_by_key(|(_, b)| *b);
    pairs.old_only.sort_unstable();
    pairs.new_only.sort_unstable();
    pairs
}

fn several(
    old: &ListTable,
    new: &ListTable,
    (before, after): (&[usize], &[usize]),
    shared: &SharedColumns,
    pairs: &mut Pairs,
) {
    let mut candidates = Vec::new();
    if before.len().max(after.len()) <= SHARED_ROWS_MAX {
        for a in before {
            for b in after {
                candidates.push((shared.distance(old, new, (*a, *b)), *a, *b));
            }
        }
        candidates.sort_unstable();
    } else {
        candidates.extend(before.iter().zip(after).map(|(a, b)| (0, *a, *b)));
    }
    let (mut left_old, mut left_new) = (before.to_vec(), after.to_vec());
    for (_, a, b) in candidates {
        let (x, y) = (left_old.iter().position(|r| *r == a), left_new.iter().position(|r| *r == b));
        if let (Some(x), Some(y)) = (x, y) {
            pairs.both.push((a, b));
            left_old.remove(x);
            left_new.remove(y);
        }
    }
    pairs.old_only.extend(left_old);
    pairs.new_only.extend(left_new);
}
