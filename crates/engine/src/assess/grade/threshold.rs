//! Grades by thresholds: 90 and over, 70 and over, …; the bound belongs to the better grade.

use crate::assess::score::Number;

/// The first grade whose threshold the score reaches; `from` falls from grade to grade, and
/// one without a threshold takes whatever is left.
pub fn grade(score: &Number, from: &[Option<Number>]) -> Option<usize> {
    from.iter().position(|from| from.as_ref().is_none_or(|from| score >= from))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bound_is_in() {
        let from = [Some(Number::whole(90)), Some(Number::whole(70))];
        let at = |text: &str| grade(&Number::parse(text).expect(text), &from);
        assert_eq!((at("90"), at("89.999"), at("70"), at("69")), (Some(0), Some(1), Some(1), None));
        assert_eq!(grade(&Number::zero(), &[None]), Some(0));
    }
}
