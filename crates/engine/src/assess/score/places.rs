//! Places from numbers that are compared exactly, and chains of keys that break ties.
//!
//! | 90 | 88.5 | 88.5 | 70 | missing | |
//! |---|---|---|---|---|---|
//! | 1 | 2 | 2 | 4 | none | the better place (min) |
//! | 1 | 2 | 2 | 3 | none | dense |
//! | 1 | 2.5 | 2.5 | 4 | none | the mean of their places |

use super::Number;

/// Which place units get that are equal by every key.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Ties {
    /// The best of their places: 1, 2, 2, 4.
    #[default]
    Min,
    /// 1, 2, 2, 3.
    Dense,
    /// The mean of their places: 1, 2.5, 2.5, 4.
    Average,
    /// One after the other in the order given: 1, 2, 3, 4.
    Ordinal,
}

/// Places of units by their keys, the first key first, more is better in each; a unit whose
/// first key is missing has no place, one whose later key is missing comes behind those that
/// have it.
pub fn places(keys: &[Vec<Option<Number>>], ties: Ties) -> Vec<Option<Number>> {
    let mut order: Vec<usize> =
        (0..keys.len()).filter(|unit| keys[*unit].first().is_some_and(Option::is_some)).collect();
    order.sort_by(|a, b| keys[*b].cmp(&keys[*a]).then(a.cmp(b)));
    let mut places = vec![None; keys.len()];
    let (mut from, mut dense) = (0, 0);
    while from < order.len() {
        let same = |unit: &&usize| keys[**unit] == keys[order[from]];
        let to = from + order[from..].iter().take_while(same).count();
        dense += 1;
        for at in from..to {
            places[order[at]] = match ties {
                Ties::Min => Some(Number::whole(from as i64 + 1)),
                Ties::Dense => Some(Number::whole(dense)),
                Ties::Average => Number::fraction((from + 1 + to) as i64, 2),
                Ties::Ordinal => Some(Number::whole(at as i64 + 1)),
            };
        }
        from = to;
    }
    places
}

/// Places by one number each.
pub fn places_of(values: &[Option<Number>], ties: Ties) -> Vec<Option<Number>> {
    let keys: Vec<Vec<Option<Number>>> = values.iter().map(|value| vec![value.clone()]).collect();
    places(&keys, ties)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_of_the_head() {
        let n = |text: &&str| Number::parse(text);
        let values: Vec<_> = ["90", "88.5", "88.5", "70", ""].iter().map(n).collect();
        let cases = [
            (Ties::Min, ["1", "2", "2", "4", ""]),
            (Ties::Dense, ["1", "2", "2", "3", ""]),
            (Ties::Average, ["1", "2.5", "2.5", "4", ""]),
            (Ties::Ordinal, ["1", "2", "3", "4", ""]),
        ];
        for (ties, expected) in cases {
            let expected: Vec<_> = expected.iter().map(n).collect();
            assert_eq!(places_of(&values, ties), expected, "{ties:?}");
        }
    }

    #[test]
    fn a_second_key_decides_and_full_ties_share() {
        let n = |text: &&str| Number::parse(text);
        let rows = [["88", "7.1"], ["88", "8.0"], ["91", "5"], ["88", "7.1"], ["88", ""]];
        let keys: Vec<Vec<_>> = rows.iter().map(|row| row.iter().map(n).collect()).collect();
        let places: Vec<_> = places(&keys, Ties::Min).into_iter().flatten().collect();
        assert_eq!(places, [3, 2, 1, 3, 5].map(Number::whole));
    }
}
