//! Proper scores: how good forecasts were, so that only honesty pays.
//!
//! All are losses: smaller is better. Probabilities are 0 to 1, outcomes yes or no.

use serde::Serialize;

use super::normal;
use super::recalibrate::isotonic;

/// Bounds of a probability in the log score, so that one certainty gone wrong is dear, not
/// infinitely so.
pub const CLIP: (f64, f64) = (0.005, 0.995);

/// Mean squared difference of probability and outcome; 0 for no forecasts.
pub fn brier(p: &[f64], happened: &[bool]) -> f64 {
    mean(p.iter().zip(happened).map(|(p, y)| (p - number(*y)).powi(2)))
}

/// Mean of −ln of the probability given to what happened, clipped to [`CLIP`].
pub fn log(p: &[f64], happened: &[bool]) -> f64 {
    mean(p.iter().zip(happened).map(|(p, y)| {
        let p = p.clamp(CLIP.0, CLIP.1);
        if *y { -p.ln() } else { -(1.0 - p).ln() }
    }))
}

/// CRPS of an ensemble: mean |x − y| − ½·mean |x − x′| over all pairs.
pub fn crps_ensemble(members: &[f64], y: f64) -> f64 {
    let n = members.len() as f64;
    mean_distance(members, y) - pair_distances(members) / (n * n)
}

/// The same without the bias of a small ensemble: pairs of different members only.
pub fn crps_ensemble_fair(members: &[f64], y: f64) -> f64 {
    let n = members.len() as f64;
    mean_distance(members, y) - pair_distances(members) / (n * (n - 1.0))
}

/// CRPS of members with weights that add up to 1, sorted by value.
pub fn crps_weighted(members: &[(f64, f64)], y: f64) -> f64 {
    let mut below = 0.0;
    let mut sum = 0.0;
    for (index, &(x, weight)) in members.iter().enumerate() {
        if index == 0 && y < x {
            sum += x - y;
        }
        below += weight;
        let Some(&(next, _)) = members.get(index + 1) else {
            sum += (y - x).max(0.0);
            break;
        };
        let split = y.clamp(x, next);
        sum += below * below * (split - x) + (1.0 - below).powi(2) * (next - split);
    }
    sum
}

fn mean_distance(members: &[f64], y: f64) -> f64 {
    mean(members.iter().map(|x| (x - y).abs()))
}

/// Sum of |x − x′| over unordered pairs.
fn pair_distances(members: &[f64]) -> f64 {
    let mut sorted = members.to_vec();
    sorted.sort_by(f64::total_cmp);
    let last = sorted.len() as f64 - 1.0;
    sorted.iter().enumerate().map(|(at, x)| (2.0 * at as f64 - last) * x).sum()
}

/// CRPS of a normal forecast.
pub fn crps_normal(mean: f64, sd: f64, y: f64) -> f64 {
    let z = (y - mean) / sd;
    let spread = 1.0 / std::f64::consts::PI.sqrt();
    sd * (z * (2.0 * normal::cdf(z) - 1.0) + 2.0 * normal::density(z) - spread)
}

/// CRPS of a lognormal forecast with these mean and deviation of the logarithm.
pub fn crps_lognormal(mean_log: f64, sd_log: f64, y: f64) -> f64 {
    let z = (y.ln() - mean_log) / sd_log;
    let centre = 2.0 * (mean_log + 0.5 * sd_log * sd_log).exp();
    let outer = normal::cdf(z - sd_log) + normal::cdf(sd_log * std::f64::consts::FRAC_1_SQRT_2);
    y * (2.0 * normal::cdf(z) - 1.0) - centre * (outer - 1.0)
}

/// Ranked probability score of a count: the sum over k of (F(k) − [y ≤ k])².
pub fn ranked(pmf: &[f64], y: usize) -> f64 {
    let mut below = 0.0;
    let term = |(k, term): (usize, &f64)| {
        below += term;
        (below - number(y <= k)).powi(2)
    };
    pmf.iter().enumerate().map(term).sum()
}

/// Width of a central 1 − `alpha` interval, plus 2/alpha for each unit it was missed by.
pub fn interval(alpha: f64, low: f64, high: f64, y: f64) -> f64 {
    (high - low) + 2.0 / alpha * ((low - y).max(0.0) + (y - high).max(0.0))
}

/// Pinball loss of a quantile forecast at `level`.
pub fn quantile(forecast: f64, level: f64, y: f64) -> f64 {
    if y >= forecast { level * (y - forecast) } else { (1.0 - level) * (forecast - y) }
}

/// Murphy's parts over the distinct probabilities: Brier = reliability − resolution +
/// uncertainty.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct Murphy {
    pub reliability: f64,
    pub resolution: f64,
    pub uncertainty: f64,
}

/// Murphy's parts of the Brier score.
pub fn murphy(p: &[f64], happened: &[bool]) -> Murphy {
    let groups = grouped(p, happened);
    let n = p.len() as f64;
    let base = mean(happened.iter().map(|y| number(*y)));
    let mut found = Murphy { uncertainty: base * (1.0 - base), ..Murphy::default() };
    for group in groups {
        let share = group.count / n;
        let rate = group.happened / group.count;
        found.reliability += share * (group.p - rate).powi(2);
        found.resolution += share * (rate - base).powi(2);
    }
    found
}

/// The parts with the isotonic rate in the place of each group's own, which needs no bins.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Corp {
    pub miscalibration: f64,
    pub discrimination: f64,
    pub uncertainty: f64,
    /// Each distinct probability with its isotonic rate: the points of the diagram.
    pub curve: Vec<(f64, f64)>,
}

/// Isotonic decomposition: Brier = miscalibration − discrimination + uncertainty.
pub fn corp(p: &[f64], happened: &[bool]) -> Corp {
    let groups = grouped(p, happened);
    let curve = isotonic(p, happened);
    let n = p.len() as f64;
    let base = mean(happened.iter().map(|y| number(*y)));
    let uncertainty = base * (1.0 - base);
    let squares = |at: &dyn Fn(&Group) -> f64| -> f64 {
        let one = |group: &Group| {
            let (p, missed) = (at(group), group.count - group.happened);
            group.happened * (1.0 - p).powi(2) + missed * p * p
        };
        groups.iter().map(one).sum::<f64>() / n
    };
    let recalibrated = squares(&|group| curve.rate_at_point(group.p));
    let points = groups.iter().map(|group| (group.p, curve.rate_at_point(group.p)));
    Corp {
        miscalibration: squares(&|group| group.p) - recalibrated,
        discrimination: uncertainty - recalibrated,
        uncertainty,
        curve: points.collect(),
    }
}

/// Forecasts of one probability together.
pub(super) struct Group {
    pub p: f64,
    pub count: f64,
    pub happened: f64,
}

/// The distinct probabilities from the lowest to the highest.
pub(super) fn grouped(p: &[f64], happened: &[bool]) -> Vec<Group> {
    let mut pairs: Vec<(f64, bool)> = p.iter().copied().zip(happened.iter().copied()).collect();
    pairs.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut groups: Vec<Group> = Vec::new();
    for (p, y) in pairs {
        match groups.last_mut().filter(|group| group.p == p) {
            Some(group) => {
                (group.count, group.happened) = (group.count + 1.0, group.happened + number(y))
            }
            None => groups.push(Group { p, count: 1.0, happened: number(y) }),
        }
    }
    groups
}

/// One bar of the reliability diagram: of `count` given `low` to `high`, `happened` did.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Bin {
    pub low: f64,
    pub high: f64,
    pub count: usize,
    pub happened: usize,
    /// Mean probability given.
    pub given: f64,
}

impl Bin {
    /// Share that happened; `None` for an empty bin.
    pub fn rate(&self) -> Option<f64> {
        (self.count > 0).then(|| self.happened as f64 / self.count as f64)
    }
}

/// The reliability diagram in `bins` equal steps of probability; the last includes 1.
pub fn reliability(p: &[f64], happened: &[bool], bins: usize) -> Vec<Bin> {
    let edge = |at: usize| at as f64 / bins as f64;
    let mut found: Vec<Bin> = (0..bins)
        .map(|at| Bin { low: edge(at), high: edge(at + 1), count: 0, happened: 0, given: 0.0 })
        .collect();
    for (p, y) in p.iter().zip(happened) {
        let bin = &mut found[((p * bins as f64) as usize).min(bins - 1)];
        bin.count += 1;
        bin.happened += usize::from(*y);
        bin.given += p;
    }
    for bin in &mut found {
        bin.given /= bin.count.max(1) as f64;
    }
    found
}

/// Mean distance of what was given and what happened over the bins, each by its count.
pub fn calibration_error(bins: &[Bin]) -> f64 {
    let count: usize = bins.iter().map(|bin| bin.count).sum();
    let miss = |bin: &Bin| Some(bin.count as f64 * (bin.given - bin.rate()?).abs());
    bins.iter().filter_map(miss).sum::<f64>() / count.max(1) as f64
}

fn number(y: bool) -> f64 {
    f64::from(u8::from(y))
}

fn mean(values: impl Iterator<Item = f64>) -> f64 {
    let (count, sum) = values.fold((0usize, 0.0), |(count, sum), value| (count + 1, sum + value));
    if count == 0 { 0.0 } else { sum / count as f64 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weighted_members_score_as_an_ensemble() {
        let members = [3.0, 1.0, 4.0, 1.5, 9.0];
        let mut sorted: Vec<(f64, f64)> = members.iter().map(|x| (*x, 0.2)).collect();
        sorted.sort_by(|a, b| a.0.total_cmp(&b.0));
        for y in [-2.0, 1.0, 2.2, 8.0, 12.0] {
            let (a, b) = (crps_ensemble(&members, y), crps_weighted(&sorted, y));
            assert!((a - b).abs() < 1e-12, "{y}: {a} {b}");
        }
        assert_eq!(crps_weighted(&[(5.0, 1.0)], 2.0), 3.0);
    }

    #[test]
    fn a_diagram_counts_what_was_given_and_what_happened() {
        let p = [0.1, 0.65, 0.7, 0.75, 1.0];
        let bins = reliability(&p, &[false, true, true, false, true], 5);
        assert_eq!((bins[3].count, bins[3].happened), (3, 2));
        assert_eq!((bins[4].count, bins[1].rate()), (1, None));
        let expected = (0.1 + 3.0 * (0.7 - 2.0 / 3.0)) / 5.0;
        assert!((calibration_error(&bins) - expected).abs() < 1e-12);
    }
}
