//! Moderate figures (适度指标): best at a value or within an interval, worse on both sides.
//!
//! | x | best | lo | hi | share |
//! |---|---|---|---|---|
//! | 52 | 50 | 30 | 75 | 0.92 (23/25) |
//! | 62 | 45 to 60 | 30 | 75 | 0.8666… (13/15) |
//! | 50 | 45 to 60 | 30 | 75 | 1 |

use super::Number;

/// `1 − distance from [from, to] ÷ max(from − lo, hi − to)`, lo and hi being the lowest and
/// the highest value there is. `None` when no value lies outside the interval and `x`
/// therefore cannot be told from the others; inside it is 1.
pub fn moderate(x: &Number, best: (&Number, &Number), ends: (&Number, &Number)) -> Option<Number> {
    let ((from, to), (lo, hi)) = (best, ends);
    let distance = (from - x).max(x - to);
    if !distance.is_positive() {
        return Some(Number::one());
    }
    let farthest = (from - lo).max(hi - to);
    farthest.is_positive().then_some(())?;
    Some(&Number::one() - &distance.over(&farthest)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_of_the_head() {
        let n = |text: &str| Number::parse(text).expect(text);
        let cases = [
            ("52", ("50", "50"), ("30", "75"), Number::fraction(23, 25)),
            ("62", ("45", "60"), ("30", "75"), Number::fraction(13, 15)),
            ("50", ("45", "60"), ("30", "75"), Some(n("1"))),
            ("30", ("45", "60"), ("30", "75"), Some(n("0"))),
            ("9", ("5", "6"), ("5", "6"), None),
        ];
        for (x, (from, to), (lo, hi), share) in cases {
            assert_eq!(moderate(&n(x), (&n(from), &n(to)), (&n(lo), &n(hi))), share, "{x}");
        }
    }
}
