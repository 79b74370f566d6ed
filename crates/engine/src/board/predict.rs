//! How many events a coming span of months will see, when a past span saw so many.
//!
//! The events are taken to come one by one at a steady pace that is itself known only from
//! the count (a gamma-Poisson, or negative binomial, prediction with Jeffreys' prior). With
//! few past events the interval is therefore wider than Poisson's.

/// A middle and the ends of an interval.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Interval {
    pub mid: usize,
    pub low: usize,
    pub high: usize,
}

impl Interval {
    /// No more than `most` in any of the three.
    pub fn capped(self, most: usize) -> Interval {
        let Interval { mid, low, high } = self;
        Interval { mid: mid.min(most), low: low.min(most), high: high.min(most) }
    }
}

/// Above this many past events the sums are replaced by the normal curve, whose error is
/// then far below one event in a hundred.
const EXACT_MAX: usize = 400;

/// The coming `months` after `past_months` saw `count`; `percent` is the interval's width.
pub fn predict(count: usize, past_months: f64, months: f64, percent: u32) -> Interval {
    if past_months <= 0.0 || months <= 0.0 {
        return Interval { mid: 0, low: 0, high: 0 };
    }
    let shape = count as f64 + 0.5;
    let mean = shape * months / past_months;
    let tail = (100 - percent.min(99)) as f64 / 200.0;
    if count > EXACT_MAX {
        let deviation = (mean * (1.0 + months / past_months)).sqrt();
        let half = deviation * normal_quantile(1.0 - tail);
        let at = |value: f64| value.round().max(0.0) as usize;
        return Interval { mid: at(mean), low: at(mean - half), high: at(mean + half) };
    }
    let (low, high) = quantiles(shape, months / (months + past_months), tail);
    Interval { mid: (count as f64 * months / past_months).round() as usize, low, high }
}

/// The smallest counts whose cumulative share reaches the lower and the upper tail.
fn quantiles(shape: f64, success: f64, tail: f64) -> (usize, usize) {
    let mut share = (1.0 - success).powf(shape);
    let mut sum = share;
    let (mut count, mut low) = (0_usize, None);
    // The loop ends long before: the shares add up to one.
    while count < 100_000 {
        if low.is_none() && sum >= tail {
            low = Some(count);
        }
        if sum >= 1.0 - tail {
            break;
        }
        share *= (shape + count as f64) / (count as f64 + 1.0) * success;
        count += 1;
        sum += share;
    }
    (low.unwrap_or(0), count)
}

/// The normal curve's quantile by bisection of its cumulative share; 1e-6 is ample for
/// counting projects.
fn normal_quantile(share: f64) -> f64 {
    let (mut low, mut high) = (-8.0_f64, 8.0_f64);
    while high - low > 1e-6 {
        let mid = (low + high) / 2.0;
        if normal_share(mid) < share {
            low = mid;
        } else {
            high = mid;
        }
    }
    (low + high) / 2.0
}

/// Cumulative share below `x`, by its power series; exact to 1e-9 where it is used.
fn normal_share(x: f64) -> f64 {
    if x.abs() > 6.0 {
        return if x > 0.0 { 1.0 } else { 0.0 };
    }
    let (mut term, mut sum, mut n) = (x, x, 0.0);
    while term.abs() > 1e-12 {
        n += 1.0;
        term *= x * x / (2.0 * n + 1.0);
        sum += term;
    }
    0.5 + sum * (-x * x / 2.0).exp() / (2.0 * std::f64::consts::PI).sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_half_year_at_last_years_pace() {
        let cases = [
            // Past year, interval: middle, low, high. Ends by the gamma function's closed
            // form of the negative binomial with shape n + 1/2 and share 1/3.
            (0, 80, (0, 0, 1)),
            (12, 80, (6, 3, 10)),
            (52, 80, (26, 18, 34)),
        ];
        for (count, percent, (mid, low, high)) in cases {
            let found = predict(count, 12.0, 6.0, percent);
            assert_eq!(found, Interval { mid, low, high }, "{count}");
        }
    }

    #[test]
    fn the_normal_curve_takes_over_without_a_step() {
        let exact = predict(EXACT_MAX, 12.0, 6.0, 80);
        let curve = predict(EXACT_MAX + 1, 12.0, 6.0, 80);
        assert!(curve.low.abs_diff(exact.low) <= 2 && curve.high.abs_diff(exact.high) <= 2);
        assert!(curve.mid.abs_diff(exact.mid) <= 1, "{exact:?} {curve:?}");
    }

    #[test]
    fn the_quantile_is_the_tables() {
        for (share, quantile) in [(0.9, 1.281_552), (0.975, 1.959_964), (0.5, 0.0)] {
            assert!((normal_quantile(share) - quantile).abs() < 1e-4);
        }
    }
}
