//! How alike two names are, for Chinese and for spaced scripts.

use std::collections::BTreeMap;

/// Sørensen–Dice coefficient over pairs of neighbouring characters, 0 to 1; letters are
/// compared without case, and only letters and digits count. Two names of one character
/// are alike when equal.
pub fn similarity(a: &str, b: &str) -> f64 {
    let (a, b) = (plain(a), plain(b));
    if a == b {
        return 1.0;
    }
    let (pairs_a, pairs_b) = (pairs(&a), pairs(&b));
    let count: usize = pairs_a.values().sum::<usize>() + pairs_b.values().sum::<usize>();
    if count == 0 {
        return 0.0;
    }
    let shared: usize =
        pairs_a.iter().map(|(pair, n)| (*n).min(*pairs_b.get(pair).unwrap_or(&0))).sum();
    2.0 * shared as f64 / count as f64
}

/// The characters of a name that are compared.
pub fn plain(text: &str) -> Vec<char> {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// How often each pair of neighbours stands in a name.
pub fn pairs(chars: &[char]) -> BTreeMap<(char, char), usize> {
    let mut pairs = BTreeMap::new();
    for pair in chars.windows(2) {
        *pairs.entry((pair[0], pair[1])).or_default() += 1;
    }
    pairs
}

/// A name made ready to be compared with thousands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Look {
    pub plain: Vec<char>,
    /// Sorted, each as often as it stands there.
    pub grams: Vec<u64>,
    /// Runs of digits, in order.
    pub numbers: Vec<String>,
}

impl Look {
    pub fn of(name: &str) -> Look {
        let plain = plain(name);
        let gram = |pair: &[char]| u64::from(pair[0]) << 32 | u64::from(pair[1]);
        let mut grams: Vec<u64> = plain.windows(2).map(gram).collect();
        grams.sort_unstable();
        let digits = name.split(|c: char| !c.is_ascii_digit()).filter(|run| !run.is_empty());
        let numbers = digits.map(str::to_owned).collect();
        Look { plain, grams, numbers }
    }

    /// As [`similarity`], in percent and rounded down.
    pub fn percent(&self, other: &Look) -> i64 {
        if self.plain == other.plain {
            return 100;
        }
        let count = self.grams.len() + other.grams.len();
        if count == 0 {
            return 0;
        }
        let (mut a, mut b, mut shared) = (0, 0, 0);
        while let (Some(left), Some(right)) = (self.grams.get(a), other.grams.get(b)) {
            match left.cmp(right) {
                std::cmp::Ordering::Less => a += 1,
                std::cmp::Ordering::Greater => b += 1,
                std::cmp::Ordering::Equal => {
                    shared += 1;
                    a += 1;
                    b += 1;
                }
            }
        }
        (200 * shared / count) as i64
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_look_compares_as_the_names_do() {
        let names = ["水处理设备", "水处理成套装备", "aaaa", "aaab", "甲", "乙", "A-1 站", ""];
        for (a, b) in names.iter().flat_map(|a| names.iter().map(move |b| (a, b))) {
            let exact = (similarity(a, b) * 100.0 + 1e-9).floor() as i64;
            assert_eq!(Look::of(a).percent(&Look::of(b)), exact, "{a} / {b}");
        }
        assert_eq!(Look::of("第11号楼2期").numbers, ["11", "2"]);
    }
}
