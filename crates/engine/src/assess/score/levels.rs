//! Efficacy by standard levels (分档功效系数): each level has a standard value and its share
//! of the full points; between two levels the share rises in a line:
//! points of the level reached + (x − its value)/(next value − its value) × points between.
//!
//! Levels 20 → 1, 12 → 0.8, 8 → 0.6, 4 → 0.4, 0 → 0.2 of 10 points:
//!
//! | x | points |
//! |---|---|
//! | 20 or more | 10 |
//! | 14 | 8.5 |
//! | 8 | 6 |
//! | below 0 | 0 |

use super::Number;

/// A standard value and the share of the full points there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Level {
    pub value: Number,
    pub share: Number,
}

/// Share of the full points of `x`. `levels` run from the best down; values fall, or rise
/// where less is better. Past the worst there is nothing.
pub fn levels(x: &Number, levels: &[Level]) -> Option<Number> {
    let (best, worst) = (levels.first()?, levels.last()?);
    let more_is_better = best.value > worst.value;
    let reaches = |level: &Level| {
        if more_is_better { *x >= level.value } else { *x <= level.value }
    };
    let Some(at) = levels.iter().position(reaches) else { return Some(Number::zero()) };
    let reached = &levels[at];
    let Some(next) = at.checked_sub(1).map(|at| &levels[at]) else {
        return Some(reached.share.clone());
    };
    let way = (x - &reached.value).over(&(&next.value - &reached.value))?;
    Some(&reached.share + &(&way * &(&next.share - &reached.share)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_of_the_head() {
        let n = |text: &str| Number::parse(text).expect(text);
        let standard = [("20", "1"), ("12", "0.8"), ("8", "0.6"), ("4", "0.4"), ("0", "0.2")];
        let standard = standard.map(|(value, share)| Level { value: n(value), share: n(share) });
        for (x, share) in [("25", "1"), ("20", "1"), ("14", "0.85"), ("8", "0.6"), ("-1", "0")] {
            assert_eq!(levels(&n(x), &standard), Some(n(share)), "{x}");
        }
        let less = [("1", "1"), ("3", "0.5")];
        let less = less.map(|(value, share)| Level { value: n(value), share: n(share) });
        for (x, share) in [("0", "1"), ("2", "0.75"), ("3", "0.5"), ("4", "0")] {
            assert_eq!(levels(&n(x), &less), Some(n(share)), "less: {x}");
        }
        assert_eq!(levels(&n("1"), &[]), None);
    }
}
