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

fn plain(text: &str) -> Vec<char> {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

fn pairs(chars: &[char]) -> BTreeMap<(char, char), usize> {
    let mut pairs = BTreeMap::new();
    for pair in chars.windows(2) {
        *pairs.entry((pair[0], pair[1])).or_default() += 1;
    }
    pairs
}

#[cfg(test)]
mod tests {
    use super::similarity;

    #[test]
    fn alike_names_score_high_and_others_low() {
        let check = |a, b, low: f64, high: f64| {
            let value = similarity(a, b);
            assert!((low..=high).contains(&value), "{a} / {b}: {value}");
        };
        check("水处理设备", "水处理成套装备", 0.39, 0.41);
        check("水处理设备", "水处理设备", 1.0, 1.0);
        check("Polar Research Vessel", "polar research-vessel", 1.0, 1.0);
        check("绿氢制储示范", "桥梁钢结构基地", 0.0, 0.0);
        check("甲", "乙", 0.0, 0.0);
    }
}
