//! Points by place (名次计分): first so many, second so many.
//!
//! 12.1, 9.8, 9.8, 7, 3.3 by the table 60, 57, 54, 51, 48:
//!
//! | the tied share | points |
//! |---|---|
//! | the better place | 60, 57, 57, 51, 48 |
//! | the mean of their places | 60, 55.5, 55.5, 51, 48 |

use super::Number;

/// Points of places behind the last of the table.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Beyond {
    #[default]
    Zero,
    /// As the last of the table.
    Last,
    Missing,
}

/// Points of a place, a half place being the mean of the two beside it.
pub fn rank_points(place: &Number, table: &[Number], beyond: Beyond) -> Option<Number> {
    let at = |place: &Number| -> Option<Number> {
        let index = place.to_f64() as usize;
        match (table.get(index.checked_sub(1)?), beyond) {
            (Some(points), _) => Some(points.clone()),
            (None, Beyond::Zero) => Some(Number::zero()),
            (None, Beyond::Last) => table.last().cloned(),
            (None, Beyond::Missing) => None,
        }
    };
    let below = place.floor();
    if below == *place {
        return at(place);
    }
    let (better, worse) = (at(&below)?, at(&(&below + &Number::one()))?);
    Some(&better + &(&(place - &below) * &(&worse - &better)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::assess::score::places::{Ties, places_of};

    #[test]
    fn the_table_of_the_head() {
        let n = |text: &&str| Number::parse(text).expect(text);
        let values = ["12.1", "9.8", "9.8", "7", "3.3"].map(Number::parse);
        let table = ["60", "57", "54", "51", "48"].map(|text| n(&text));
        let cases = [
            (Ties::Min, ["60", "57", "57", "51", "48"]),
            (Ties::Average, ["60", "55.5", "55.5", "51", "48"]),
        ];
        for (ties, expected) in cases {
            let places = places_of(&values, ties).into_iter().flatten();
            let points: Vec<Number> =
                places.filter_map(|place| rank_points(&place, &table, Beyond::Zero)).collect();
            assert_eq!(points, expected.map(|text| n(&text)), "{ties:?}");
        }
        let six = Number::whole(6);
        assert_eq!(rank_points(&six, &table, Beyond::Zero), Some(Number::zero()));
        assert_eq!(rank_points(&six, &table, Beyond::Last), Some(n(&"48")));
        assert_eq!(rank_points(&six, &table, Beyond::Missing), None);
    }
}
