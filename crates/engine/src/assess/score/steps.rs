//! A base, more or less for each percentage point over or under a plan (每超一个百分点加…,
//! 每低一个百分点扣…), with a kink, a limit, and never below zero (扣完为止).
//!
//! 25 points; −0.1 a point short; +0.2 a point to 30 over, +0.1 beyond; at most ±10:
//!
//! | done | points |
//! |---|---|
//! | 94.5 % | 24.45 |
//! | 150 % | 33 |
//! | 190 % | 35 |

use super::Number;

/// What each percentage point is worth.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Steps {
    pub full: Number,
    /// Size of a step, in percentage points.
    pub step: Number,
    /// Only whole steps count (每…个百分点, parts of one do not).
    pub whole: bool,
    /// Taken for each step short.
    pub under: Number,
    /// Given for each step over, by band; none for no bonus.
    pub over: Vec<Band>,
    /// The most that is given or taken.
    pub limit: Option<Number>,
    /// The least that is left.
    pub floor: Option<Number>,
}

/// Percentage points over the plan from `from` to `to`, and what a step is worth there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Band {
    pub from: Number,
    pub to: Option<Number>,
    pub each: Number,
}

/// Points of a gap in percentage points: above zero is over the plan.
pub fn steps(gap: &Number, rule: &Steps) -> Option<Number> {
    let in_steps = |points: &Number| -> Option<Number> {
        let steps = points.over(&rule.step)?;
        Some(if rule.whole { steps.floor() } else { steps })
    };
    let moved = if gap.is_negative() {
        -&(&in_steps(&gap.abs())? * &rule.under)
    } else {
        let mut sum = Number::zero();
        for band in &rule.over {
            let to = band.to.as_ref().map_or(gap, |to| to.min(gap));
            let within = (to - &band.from).clamped(Some(&Number::zero()), None);
            sum = &sum + &(&in_steps(&within)? * &band.each);
        }
        sum
    };
    let least = rule.limit.as_ref().map(|limit| -limit);
    let moved = moved.clamped(least.as_ref(), rule.limit.as_ref());
    Some((&rule.full + &moved).clamped(rule.floor.as_ref(), None))
}

/// `x ÷ plan` in percentage points over 100; `None` when the plan is not above zero.
pub fn gap_of_rate(x: &Number, plan: &Number) -> Option<Number> {
    plan.is_positive().then_some(())?;
    let hundred = Number::whole(100);
    Some(&(&x.over(plan)? * &hundred) - &hundred)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_of_the_head() {
        let n = |text: &str| Number::parse(text).expect(text);
        let over = vec![
            Band { from: n("0"), to: Some(n("30")), each: n("0.2") },
            Band { from: n("30"), to: None, each: n("0.1") },
        ];
        let rule = Steps {
            full: n("25"),
            step: n("1"),
            whole: false,
            under: n("0.1"),
            over,
            limit: Some(n("10")),
            floor: Some(n("0")),
        };
        let short = Steps { full: n("2"), under: n("1"), limit: None, ..rule.clone() };
        let whole = Steps { whole: true, ..rule.clone() };
        let cases = [
            (&rule, "94.5", "24.45"),
            (&rule, "150", "33"),
            (&rule, "190", "35"),
            (&rule, "100", "25"),
            (&rule, "-500", "15"),
            (&short, "90", "0"),
            (&whole, "94.5", "24.5"),
        ];
        for (rule, x, points) in cases {
            let gap = gap_of_rate(&n(x), &n("100")).expect("a plan");
            assert_eq!(steps(&gap, rule), Some(n(points)), "{x}");
        }
        assert_eq!(gap_of_rate(&n("5"), &n("0")), None);
    }
}
