//! Completion of a target (目标完成率): the share of the target that was done, times the full
//! points, between a floor and a cap.
//!
//! | x | target | full | cap | points |
//! |---|---|---|---|---|
//! | 92.4 | 100 | 10 | 1 | 9.24 |
//! | 131 | 100 | 10 | 1.2 | 12 |
//! | −3 | 100 | 10 | 1 | 0 |
//! | 4.0 | 3.2 | 8 | 1 | 6.4 (less is better: target ÷ x) |
//! | 5 | 0 | 10 | 1 | none |

use super::Number;

/// Between which shares of the target points move.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    pub full: Number,
    /// Lowest and highest share; no cap where `None`.
    pub floor: Number,
    pub cap: Option<Number>,
    pub less_is_better: bool,
}

/// Points of `x` against a target. `None` when the target is not above zero. Where less is
/// better and `x` is not above zero, the cap; without a cap no score.
pub fn target(x: &Number, target: &Number, rule: &Target) -> Option<Number> {
    let share = done(x, target, rule)?;
    Some(&rule.full * &share)
}

/// The share of the target, between floor and cap.
pub fn done(x: &Number, target: &Number, rule: &Target) -> Option<Number> {
    target.is_positive().then_some(())?;
    let share = match (rule.less_is_better, x.is_positive()) {
        (false, _) => x.over(target)?,
        (true, true) => target.over(x)?,
        (true, false) => rule.cap.clone()?,
    };
    Some(share.clamped(Some(&rule.floor), rule.cap.as_ref()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_of_the_head() {
        let n = |text: &str| Number::parse(text).expect(text);
        let cases = [
            ("92.4", "100", "10", Some("1"), false, Some("9.24")),
            ("131", "100", "10", Some("1.2"), false, Some("12")),
            ("131", "100", "10", None, false, Some("13.1")),
            ("-3", "100", "10", Some("1"), false, Some("0")),
            ("4.0", "3.2", "8", Some("1"), true, Some("6.4")),
            ("0", "3.2", "8", Some("1"), true, Some("8")),
            ("0", "3.2", "8", None, true, None),
            ("5", "0", "10", Some("1"), false, None),
        ];
        for (x, aim, full, cap, less_is_better, points) in cases {
            let rule = Target { full: n(full), floor: n("0"), cap: cap.map(n), less_is_better };
            assert_eq!(target(&n(x), &n(aim), &rule), points.map(n), "{x} of {aim}");
        }
    }
}
