//! Grades by places: a share of all units of the group, counted on the whole group, also
//! where vetoed and missing units have left the contest. Vacated places lapse.
//!
//! 95, 93, 93, 90, 88, 85, 80, 79, 70, 65; best 25 %, next 50 %, rounded down (2 and 5
//! places); the second place is tied with the third:
//!
//! | tie across the bound | best | next |
//! |---|---|---|
//! | all out | 1 | 5 |
//! | all in | 3 | 5, each grade has its own places |

use crate::assess::score::Number;
use crate::assess::score::number::RoundMode;

/// How many places a grade has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quota {
    /// Share of all units of the group, 0 to 1; `None` takes whatever is left.
    pub share: Option<Number>,
    /// Score below which nobody gets the grade.
    pub min: Option<Number>,
}

/// Places when a share of the units is not whole.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Places {
    #[default]
    Floor,
    /// Half counts as one.
    Half,
    Ceil,
}

/// What happens to units tied across a grade's last place.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Boundary {
    /// All get it, more than there are places.
    AllIn,
    #[default]
    AllOut,
}

/// One unit in the contest: its place and its score.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contestant {
    /// Equal places are ties.
    pub place: Number,
    pub score: Number,
}

/// The grade of each contestant. `group_size` counts all units of the group.
pub fn grades(
    contestants: &[Contestant],
    group_size: usize,
    quotas: &[Quota],
    (places, boundary): (Places, Boundary),
) -> Vec<Option<usize>> {
    let mut order: Vec<usize> = (0..contestants.len()).collect();
    order.sort_by(|a, b| contestants[*a].place.cmp(&contestants[*b].place));
    let mut grades = vec![None; contestants.len()];
    let mut from = 0;
    for (grade, quota) in quotas.iter().enumerate() {
        let count = quota.share.as_ref().map(|share| places.of(share, group_size));
        let mut to = count.map_or(order.len(), |count| from + count).min(order.len());
        let tied = |at: usize| {
            at > from
                && at < order.len()
                && contestants[order[at - 1]].place == contestants[order[at]].place
        };
        while tied(to) {
            match boundary {
                Boundary::AllIn => to += 1,
                Boundary::AllOut => to -= 1,
            }
        }
        let reaches =
            |at: &usize| quota.min.as_ref().is_none_or(|min| contestants[order[*at]].score >= *min);
        to = from + (from..to).take_while(reaches).count();
        for at in from..to {
            grades[order[at]] = Some(grade);
        }
        from = to;
    }
    grades
}

impl Places {
    /// How many places a share of so many units is.
    pub fn of(self, share: &Number, units: usize) -> usize {
        let exact = share * &Number::whole(units as i64);
        let whole = match self {
            Places::Floor => exact.floor(),
            Places::Half => exact.rounded(0, RoundMode::HalfUp),
            Places::Ceil => -&(-&exact).floor(),
        };
        whole.to_f64() as usize
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::assess::score::places::{Ties, places_of};

    fn graded(scores: &[i64], size: usize, quotas: &[Quota], how: (Places, Boundary)) -> String {
        let values: Vec<Option<Number>> = scores.iter().map(|s| Some(Number::whole(*s))).collect();
        let places = places_of(&values, Ties::Min).into_iter().zip(values);
        let contestants: Vec<Contestant> = places
            .filter_map(|(place, score)| Some(Contestant { place: place?, score: score? }))
            .collect();
        let grades = grades(&contestants, size, quotas, how);
        grades.iter().map(|grade| grade.map_or("-".into(), |grade| grade.to_string())).collect()
    }

    fn quota(percent: i64) -> Quota {
        Quota { share: Number::fraction(percent, 100), min: None }
    }

    const REST: Quota = Quota { share: None, min: None };
    const SCORES: [i64; 10] = [95, 93, 93, 90, 88, 85, 80, 79, 70, 65];

    #[test]
    fn the_table_of_the_head() {
        let quotas = [quota(25), quota(50), REST];
        let out = graded(&SCORES, 10, &quotas, (Places::Floor, Boundary::AllOut));
        assert_eq!(out, "0111112222");
        let inside = graded(&SCORES, 10, &quotas, (Places::Floor, Boundary::AllIn));
        assert_eq!(inside, "0001111122");
        let up = graded(&SCORES, 10, &quotas, (Places::Ceil, Boundary::AllOut));
        assert_eq!(up, "0001111122");
    }

    #[test]
    fn who_left_the_contest_still_counts_in_the_base() {
        let quotas = [quota(30), quota(50), REST];
        let nine = [93, 92, 90, 88, 85, 80, 79, 70, 65];
        let out = graded(&nine, 10, &quotas, (Places::Floor, Boundary::AllOut));
        assert_eq!(out, "000111112");
    }

    #[test]
    fn all_tied_and_a_minimum() {
        let quotas = [quota(30), quota(30), REST];
        let tied = [5; 4];
        assert_eq!(graded(&tied, 4, &quotas, (Places::Floor, Boundary::AllOut)), "2222");
        assert_eq!(graded(&tied, 4, &quotas, (Places::Floor, Boundary::AllIn)), "0000");
        let least = Quota { min: Some(Number::whole(94)), ..quota(30) };
        let out = graded(&SCORES, 10, &[least, quota(30)], (Places::Half, Boundary::AllOut));
        // The vacated places lapse; who has no grade left has none.
        assert_eq!(out, "0111------");
        assert_eq!(graded(&[], 0, &quotas, (Places::Half, Boundary::AllIn)), "");
    }
}
