//! A base plus bands over the average: `base + x₁·base/20 + x₂·base/40 + x₃·base/60 + …`, x
//! being the part of the difference, in percentage points, in each band of ten; below the
//! average the same is taken off.
//!
//! Base 40, divisors 20, 40, 60, each further one 20 more:
//!
//! | over the average | points |
//! |---|---|
//! | 0 | 40 |
//! | +5 | 50 |
//! | +15 | 65 |
//! | −25 | 40 − 20 − 10 − 10/3 = 6.666… |

use super::Number;

/// Bands over the average.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OverAverage {
    pub base: Number,
    /// Width of a band, in percentage points, above zero.
    pub width: Number,
    /// What the base is divided by in each band, above zero.
    pub divisors: Vec<Number>,
    /// What each further band's divisor grows by.
    pub then: Number,
    pub floor: Option<Number>,
    pub cap: Option<Number>,
}

/// Bands that are walked before a figure is taken as beyond any meaning.
const BANDS_MAX: usize = 500;

/// Points of a gap to the average in percentage points; `None` past five hundred bands.
pub fn over_average(gap: &Number, rule: &OverAverage) -> Option<Number> {
    let (mut left, mut moved) = (gap.abs(), Number::zero());
    let mut divisor = rule.divisors.first()?.clone();
    for band in 0..BANDS_MAX {
        if !left.is_positive() {
            break;
        }
        if band > 0 {
            let next = &divisor + &rule.then;
            divisor = rule.divisors.get(band).cloned().unwrap_or(next);
        }
        let part = left.clone().clamped(None, Some(&rule.width));
        moved = &moved + &(&part * &rule.base).over(&divisor)?;
        left = &left - &part;
    }
    (!left.is_positive()).then_some(())?;
    let moved = if gap.is_negative() { -&moved } else { moved };
    Some((&rule.base + &moved).clamped(rule.floor.as_ref(), rule.cap.as_ref()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_of_the_head() {
        let n = |text: &str| Number::parse(text).expect(text);
        let rule = OverAverage {
            base: n("40"),
            width: n("10"),
            divisors: ["20", "40", "60"].map(n).to_vec(),
            then: n("20"),
            floor: None,
            cap: None,
        };
        let cases = [
            ("0", Some(n("40"))),
            ("5", Some(n("50"))),
            ("15", Some(n("65"))),
            ("-25", Number::fraction(20, 3)),
            // 40 + 20 + 10 + 20/3 + 2.5
            ("35", Number::fraction(475, 6)),
        ];
        for (gap, points) in cases {
            assert_eq!(over_average(&n(gap), &rule), points, "{gap}");
        }
        let held = OverAverage { floor: Some(n("10")), ..rule };
        assert_eq!(over_average(&n("-25"), &held), Some(n("10")));
        assert_eq!(over_average(&n("1e9"), &held), None);
    }
}
