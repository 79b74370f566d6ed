//! Sums, moments, quantiles and correlations of columns with gaps.
//!
//! Missing cells are passed over. Sums are kept in twice the precision of a number, so that
//! the order of the units does not show in the result.

use super::panel::is_present;

/// A sum kept as two numbers, the second what the first could not hold.
#[derive(Clone, Copy, Debug, Default)]
pub struct Sum {
    high: f64,
    low: f64,
}

impl Sum {
    pub fn add(&mut self, value: f64) {
        let high = self.high + value;
        let part = high - self.high;
        self.low += (self.high - (high - part)) + (value - part);
        self.high = high;
    }

    pub fn value(self) -> f64 {
        self.high + self.low
    }

    fn join(mut self, other: Sum) -> Sum {
        self.add(other.high);
        self.add(other.low);
        self
    }
}

impl FromIterator<f64> for Sum {
    /// Sums in four strands, which the processor can follow side by side.
    fn from_iter<I: IntoIterator<Item = f64>>(values: I) -> Sum {
        let mut strands = [Sum::default(); 4];
        let mut values = values.into_iter();
        'all: loop {
            for strand in &mut strands {
                let Some(value) = values.next() else { break 'all };
                strand.add(value);
            }
        }
        let [a, b, c, d] = strands;
        a.join(b).join(c.join(d))
    }
}

/// Sum of the values; 0 of none.
pub fn sum(values: impl IntoIterator<Item = f64>) -> f64 {
    values.into_iter().collect::<Sum>().value()
}

/// Sum of what `part` makes of the present cells. Eight strands without a branch, for long
/// columns.
pub fn sum_of(column: &[f64], part: impl Fn(f64) -> f64) -> f64 {
    let mut high = [0.0; 8];
    let mut low = [0.0; 8];
    // Nothing is added for a missing cell, which changes no sum.
    let part = |cell: f64| if is_present(cell) { part(cell) } else { 0.0 };
    let (eights, rest) = column.as_chunks::<8>();
    for eight in eights {
        for lane in 0..8 {
            let value = part(eight[lane]);
            let sum = high[lane] + value;
            let taken = sum - high[lane];
            low[lane] += (high[lane] - (sum - taken)) + (value - taken);
            high[lane] = sum;
        }
    }
    let mut whole: Sum = rest.iter().map(|cell| part(*cell)).collect();
    for (high, low) in high.into_iter().zip(low) {
        whole = whole.join(Sum { high, low });
    }
    whole.value()
}

/// The present cells of a column.
pub fn present_cells(column: &[f64]) -> impl Iterator<Item = f64> + Clone {
    column.iter().copied().filter(|cell| is_present(*cell))
}

/// How many cells are present.
pub fn count(column: &[f64]) -> usize {
    column.iter().filter(|cell| is_present(**cell)).count()
}

/// Lowest and highest present value.
pub fn min_max(column: &[f64]) -> Option<(f64, f64)> {
    // Comparisons with a missing cell are false, so that it never becomes a bound.
    let mut low = [f64::INFINITY; 4];
    let mut high = [f64::NEG_INFINITY; 4];
    let (fours, rest) = column.as_chunks::<4>();
    for four in fours {
        for lane in 0..4 {
            low[lane] = if four[lane] < low[lane] { four[lane] } else { low[lane] };
            high[lane] = if four[lane] > high[lane] { four[lane] } else { high[lane] };
        }
    }
    let least = low.iter().chain(rest).copied().fold(f64::INFINITY, f64::min);
    let most = high.iter().chain(rest).copied().fold(f64::NEG_INFINITY, f64::max);
    (least <= most).then_some((least, most))
}

/// Mean of the present cells; none of an empty column.
pub fn mean(column: &[f64]) -> Option<f64> {
    let count = count(column);
    (count > 0).then(|| sum_of(column, |value| value) / count as f64)
}

/// Standard deviation with n − 1; none of fewer than two values.
pub fn sd(column: &[f64]) -> Option<f64> {
    let (count, mean) = (count(column), mean(column)?);
    let squares = sum_of(column, |value| square(value - mean));
    (count > 1).then(|| (squares / (count - 1) as f64).sqrt())
}

/// Median of the present cells, the mean of the middle two if they are even in number.
pub fn median(column: &[f64]) -> Option<f64> {
    quantile(column, 0.5)
}

/// Quantile of type 7: on the line between the neighbours of (n − 1)·`share`.
pub fn quantile(column: &[f64], share: f64) -> Option<f64> {
    let mut sorted: Vec<f64> = present_cells(column).collect();
    sorted.sort_unstable_by(f64::total_cmp);
    quantile_of_sorted(&sorted, share)
}

/// As [`quantile`], of values already in rising order.
pub fn quantile_of_sorted(sorted: &[f64], share: f64) -> Option<f64> {
    let last = sorted.len().checked_sub(1)?;
    let place = last as f64 * share;
    let below = (place.floor() as usize).min(last);
    let above = (below + 1).min(last);
    let part = place - below as f64;
    Some(sorted[below] + part * (sorted[above] - sorted[below]))
}

/// Skew G₁ of type 2; none of fewer than three values or without spread.
pub fn skew(column: &[f64]) -> Option<f64> {
    let n = count(column) as f64;
    let [second, third, _] = moments(column).filter(|_| n >= 3.0)?;
    Some(skew_of(n, second, third))
}

/// Excess kurtosis G₂ of type 2; none of fewer than four values or without spread.
pub fn kurtosis(column: &[f64]) -> Option<f64> {
    skew_and_kurtosis(column).map(|(_, kurtosis)| kurtosis)
}

/// Both at once, in one reading of the column.
pub fn skew_and_kurtosis(column: &[f64]) -> Option<(f64, f64)> {
    let n = count(column) as f64;
    let [second, third, fourth] = moments(column).filter(|_| n >= 4.0)?;
    let plain = n * fourth / (second * second);
    let kurtosis = ((n + 1.0) * (plain - 3.0) + 6.0) * (n - 1.0) / ((n - 2.0) * (n - 3.0));
    Some((skew_of(n, second, third), kurtosis))
}

fn skew_of(n: f64, second: f64, third: f64) -> f64 {
    let plain = n.sqrt() * third / (second * second.sqrt());
    plain * (n * (n - 1.0)).sqrt() / (n - 2.0)
}

/// Sums of the second, third and fourth powers of the distances from the mean; none if all
/// distances are nothing.
fn moments(column: &[f64]) -> Option<[f64; 3]> {
    let (low, high) = min_max(column)?;
    let mean = mean(column).filter(|_| low < high)?;
    let second = sum_of(column, |value| square(value - mean));
    let third = sum_of(column, |value| square(value - mean) * (value - mean));
    let fourth = sum_of(column, |value| square(square(value - mean)));
    let sums = [second, third, fourth];
    (sums[0] > 0.0).then_some(sums)
}

fn square(x: f64) -> f64 {
    x * x
}

/// Pearson's correlation over the units that both columns have; none of fewer than two or
/// if a column has no spread there.
pub fn pearson(a: &[f64], b: &[f64]) -> Option<f64> {
    let both = || a.iter().zip(b).filter(|(a, b)| is_present(**a) && is_present(**b));
    let n = both().count() as f64;
    if n < 2.0 {
        return None;
    }
    let mean_a = sum(both().map(|(a, _)| *a)) / n;
    let mean_b = sum(both().map(|(_, b)| *b)) / n;
    let product = sum(both().map(|(a, b)| (a - mean_a) * (b - mean_b)));
    let square_a = sum(both().map(|(a, _)| square(a - mean_a)));
    let square_b = sum(both().map(|(_, b)| square(b - mean_b)));
    let both = square_a * square_b;
    // One root is nearer than two, unless the product leaves the range of numbers.
    let fits = both.is_normal();
    let scale = if fits { both.sqrt() } else { square_a.sqrt() * square_b.sqrt() };
    (scale > 0.0).then(|| (product / scale).clamp(-1.0, 1.0))
}

/// Spearman's correlation: Pearson's of places, the equal sharing the mean of theirs.
pub fn spearman(a: &[f64], b: &[f64]) -> Option<f64> {
    let both = || a.iter().zip(b).filter(|(a, b)| is_present(**a) && is_present(**b));
    let a: Vec<f64> = both().map(|(a, _)| *a).collect();
    let b: Vec<f64> = both().map(|(_, b)| *b).collect();
    pearson(&rising_places(&a), &rising_places(&b))
}

/// Kendall's τ_b over the units that both columns have; none if a column has no spread.
pub fn kendall(a: &[f64], b: &[f64]) -> Option<f64> {
    let both = a.iter().zip(b).filter(|(a, b)| is_present(**a) && is_present(**b));
    let both: Vec<(f64, f64)> = both.map(|(a, b)| (*a, *b)).collect();
    let (mut agree, mut spread_a, mut spread_b) = (0_i64, 0_i64, 0_i64);
    for (at, (a, b)) in both.iter().enumerate() {
        for (other_a, other_b) in &both[at + 1..] {
            let order_a = a.partial_cmp(other_a).map_or(0, |order| order as i64);
            let order_b = b.partial_cmp(other_b).map_or(0, |order| order as i64);
            agree += order_a * order_b;
            spread_a += order_a.abs();
            spread_b += order_b.abs();
        }
    }
    let scale = (spread_a as f64).sqrt() * (spread_b as f64).sqrt();
    (scale > 0.0).then(|| agree as f64 / scale)
}

/// Places from the lowest, beginning with 1, the equal sharing the mean of theirs. All cells
/// must be present.
fn rising_places(column: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..column.len()).collect();
    order.sort_unstable_by(|a, b| column[*a].total_cmp(&column[*b]));
    let mut places = vec![0.0; column.len()];
    let mut from = 0;
    for tied in order.chunk_by(|a, b| column[*a] == column[*b]) {
        let place = from as f64 + (tied.len() as f64 + 1.0) / 2.0;
        tied.iter().for_each(|unit| places[*unit] = place);
        from += tied.len();
    }
    places
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::assess::MISSING;

    #[test]
    fn small_columns() {
        assert_eq!(sum([0.1; 10]), 1.0);
        assert_eq!(sum([1e100, 1.0, -1e100]), 1.0);
        assert_eq!(min_max(&[MISSING, 2.0, -1.0, 7.0, 5.0, MISSING]), Some((-1.0, 7.0)));
        assert_eq!(min_max(&[MISSING; 9]), None);
        assert_eq!(mean(&[]), None);
        assert_eq!(sd(&[3.0]), None);
        assert_eq!(median(&[4.0, MISSING, 1.0, 2.0, 3.0]), Some(2.5));
        assert_eq!(skew(&[1.0; 5]), None);
        assert_eq!(kurtosis(&[0.1, 0.1, 0.1, 0.1]), None);
        assert_eq!(pearson(&[1.0, 2.0, MISSING], &[2.0, 4.0, 0.0]), Some(1.0));
        assert_eq!(kendall(&[1.0, 2.0, 2.0, 3.0], &[1.0, 2.0, 3.0, 4.0]), Some(5.0 / 30f64.sqrt()));
    }
}
