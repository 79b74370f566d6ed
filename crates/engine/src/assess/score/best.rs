//! In proportion to the best (第一名得满分，其余按比例): full × x ÷ the best.
//!
//! 3.2, 4.8, 2.4, −1 of 6 points: 4, 6, 3, 0.

use super::Number;

/// Points of `x`; below zero counts as zero. `None` when the best is not above zero.
/// Where less is better the best is the lowest and points are `full × best ÷ x`; `x` and the
/// best must then be above zero.
pub fn in_proportion(
    x: &Number,
    best: &Number,
    full: &Number,
    less_is_better: bool,
) -> Option<Number> {
    (best.is_positive() && (!less_is_better || x.is_positive())).then_some(())?;
    let share = if less_is_better { best.over(x)? } else { x.over(best)? };
    Some((full * &share).clamped(Some(&Number::zero()), None))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_of_the_head() {
        let n = |text: &str| Number::parse(text).expect(text);
        for (x, points) in [("3.2", "4"), ("4.8", "6"), ("2.4", "3"), ("-1", "0")] {
            assert_eq!(in_proportion(&n(x), &n("4.8"), &n("6"), false), Some(n(points)), "{x}");
        }
        assert_eq!(in_proportion(&n("8"), &n("2"), &n("6"), true), Some(n("1.5")));
        assert_eq!(in_proportion(&n("1"), &n("0"), &n("6"), false), None);
    }
}
