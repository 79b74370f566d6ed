//! Veto (一票否决), after scoring and before grading: the unit keeps its row and is marked.
//!
//! | effect | total | in the contest for grades | grade |
//! |---|---|---|---|
//! | exclude | as scored | no | none |
//! | cap | as scored | yes | no better than the grade named |
//! | zero | 0 | yes | as its total gives |

use super::Number;

/// What a veto does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum VetoEffect {
    /// No grade.
    Exclude,
    /// No better grade than this, by its place in the scheme's list, best first.
    Cap(usize),
    /// The total becomes zero.
    Zero,
}

/// What all vetoes of a unit do together.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Vetoed {
    pub is_excluded: bool,
    pub best_grade: Option<usize>,
    pub is_zero: bool,
}

impl Vetoed {
    /// The strictest of several effects.
    pub fn of<'v>(effects: impl IntoIterator<Item = &'v VetoEffect>) -> Vetoed {
        let mut all = Vetoed::default();
        for effect in effects {
            match effect {
                VetoEffect::Exclude => all.is_excluded = true,
                VetoEffect::Cap(grade) => all.best_grade = all.best_grade.max(Some(*grade)),
                VetoEffect::Zero => all.is_zero = true,
            }
        }
        all
    }

    /// The total after the veto.
    pub fn total(&self, total: Option<Number>) -> Option<Number> {
        if self.is_zero { total.map(|_| Number::zero()) } else { total }
    }

    /// A grade after the veto: none where excluded, else no better than the cap.
    pub fn grade(&self, grade: Option<usize>) -> Option<usize> {
        if self.is_excluded {
            None
        } else {
            grade.map(|grade| grade.max(self.best_grade.unwrap_or(0)))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_of_the_head() {
        let (total, best) = (Some(Number::whole(95)), Some(0));
        let cases = [
            (vec![VetoEffect::Exclude], Some(Number::whole(95)), None),
            (vec![VetoEffect::Cap(2)], Some(Number::whole(95)), Some(2)),
            (vec![VetoEffect::Cap(1), VetoEffect::Cap(2)], Some(Number::whole(95)), Some(2)),
            (vec![VetoEffect::Zero], Some(Number::zero()), Some(0)),
            (vec![], Some(Number::whole(95)), Some(0)),
        ];
        for (effects, after, grade) in cases {
            let vetoed = Vetoed::of(&effects);
            assert_eq!((vetoed.total(total.clone()), vetoed.grade(best)), (after, grade));
        }
    }
}
