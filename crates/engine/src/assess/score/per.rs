//! So many points for each (每个…加…分), between two ends.
//!
//! 3 starts at 5 points, at most 12: 12.

use super::Number;

/// `points × x` between two ends.
pub fn per(x: &Number, points: &Number, ends: (Option<&Number>, Option<&Number>)) -> Number {
    (x * points).clamped(ends.0, ends.1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_of_the_head() {
        let n = |text: &str| Number::parse(text).expect(text);
        assert_eq!(per(&n("3"), &n("5"), (None, Some(&n("12")))), n("12"));
        assert_eq!(per(&n("2"), &n("-0.33"), (None, None)), n("-0.66"));
    }
}
