//! Recalibration: learning from past forecasts that "70%" has meant 60%.
//!
//! A map is fitted on forecasts whose outcome was known at the time, and on nothing later:
//! [`known_before`] picks them.

use super::scores::grouped;

/// A forecast with the day it was made (in days, any origin) and the day its outcome came.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Past {
    pub p: f64,
    pub happened: bool,
    pub known_on: i32,
}

/// Probabilities and outcomes of those whose outcome was known by `day`.
pub fn known_before(past: &[Past], day: i32) -> (Vec<f64>, Vec<bool>) {
    past.iter().filter(|one| one.known_on <= day).map(|one| (one.p, one.happened)).unzip()
}

/// A rising step curve from probability given to rate seen.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Isotonic {
    /// Lowest and highest probability of a step, and its rate.
    steps: Vec<(f64, f64, f64)>,
}

/// Fits the rising curve by pooling neighbours that fall.
pub fn isotonic(p: &[f64], happened: &[bool]) -> Isotonic {
    // Low and high end, count and how often it happened.
    let mut pools: Vec<(f64, f64, f64, f64)> = Vec::new();
    for group in grouped(p, happened) {
        pools.push((group.p, group.p, group.count, group.happened));
        while let [.., below, above] = pools[..] {
            if below.3 * above.2 < above.3 * below.2 {
                break;
            }
            pools.truncate(pools.len() - 2);
            pools.push((below.0, above.1, below.2 + above.2, below.3 + above.3));
        }
    }
    let steps = pools.iter().map(|(low, high, count, yes)| (*low, *high, yes / count)).collect();
    Isotonic { steps }
}

impl Isotonic {
    /// The rate at `p`: straight between the steps, level outside; `p` itself if never fitted.
    pub fn apply(&self, p: f64) -> f64 {
        let next = self.steps.partition_point(|step| step.1 < p);
        let Some(&(low, _, rate)) = self.steps.get(next) else {
            return self.steps.last().map_or(p, |step| step.2);
        };
        if p >= low || next == 0 {
            return rate;
        }
        let (_, before, before_rate) = self.steps[next - 1];
        before_rate + (rate - before_rate) * (p - before) / (low - before)
    }

    /// The rate of the step that one of the fitted probabilities lies in.
    pub fn rate_at_point(&self, p: f64) -> f64 {
        self.apply(p)
    }
}

/// Platt's map: logit of the outcome is `offset + slope · logit(p)`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Platt {
    pub offset: f64,
    pub slope: f64,
}

impl Default for Platt {
    /// The map that changes nothing.
    fn default() -> Platt {
        Platt { offset: 0.0, slope: 1.0 }
    }
}

/// Fits Platt's map by Newton's method. `prior` is how many forecasts' worth of belief there
/// is in changing nothing: it keeps a map from a few outcomes near the identity, and from
/// running away where the outcomes are separated.
pub fn platt(p: &[f64], happened: &[bool], prior: f64) -> Platt {
    let x: Vec<f64> = p.iter().map(|p| logit(*p)).collect();
    let mut map = Platt::default();
    // A forecast at a half bends the likelihood by a quarter.
    let hold = 0.25 * prior;
    for _ in 0..50 {
        let mut pull = [-hold * map.offset, -hold * (map.slope - 1.0)];
        let mut bend = [hold + 1e-12, 0.0, hold + 1e-12];
        for (x, y) in x.iter().zip(happened) {
            let q = sigmoid(map.offset + map.slope * x);
            let (miss, weight) = (f64::from(u8::from(*y)) - q, q * (1.0 - q));
            pull = [pull[0] + miss, pull[1] + miss * x];
            bend = [bend[0] + weight, bend[1] + weight * x, bend[2] + weight * x * x];
        }
        let size = bend[0] * bend[2] - bend[1] * bend[1];
        let step = [
            (bend[2] * pull[0] - bend[1] * pull[1]) / size,
            (bend[0] * pull[1] - bend[1] * pull[0]) / size,
        ];
        if !step.iter().all(|step| step.is_finite()) {
            break;
        }
        let most = step[0].abs().max(step[1].abs());
        let damp = if most > 2.0 { 2.0 / most } else { 1.0 };
        map.offset += damp * step[0];
        map.slope += damp * step[1];
        if most < 1e-10 {
            break;
        }
    }
    map
}

impl Platt {
    /// The recalibrated probability.
    pub fn apply(&self, p: f64) -> f64 {
        sigmoid(self.offset + self.slope * logit(p))
    }
}

/// ln(p / (1 − p)), with certainties held at a thousandth so that they can be moved.
pub fn logit(p: f64) -> f64 {
    let p = p.clamp(1e-3, 1.0 - 1e-3);
    (p / (1.0 - p)).ln()
}

/// 1 / (1 + exp(−x)).
pub fn sigmoid(x: f64) -> f64 {
    1.0 / (1.0 + (-x).exp())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn overconfident() -> (Vec<f64>, Vec<bool>) {
        // Of those given 90% six in ten happened, of those given 10% four in ten.
        let p = (0..200).map(|at| if at < 100 { 0.9 } else { 0.1 }).collect();
        let happened = (0..200).map(|at| if at < 100 { at % 10 < 6 } else { at % 10 < 4 });
        (p, happened.collect())
    }

    #[test]
    fn both_maps_learn_what_was_meant() {
        let (p, happened) = overconfident();
        let map = platt(&p, &happened, 0.0);
        assert!((map.apply(0.9) - 0.6).abs() < 1e-6);
        let curve = isotonic(&p, &happened);
        assert_eq!((curve.apply(0.9), curve.apply(0.1)), (0.6, 0.4));
        assert!((curve.apply(0.5) - 0.5).abs() < 1e-12);
        assert_eq!((curve.apply(0.0), curve.apply(1.0)), (0.4, 0.6));
    }

    #[test]
    fn a_map_of_nothing_changes_nothing() {
        assert!((platt(&[], &[], 10.0).apply(0.3) - 0.3).abs() < 1e-12);
        assert_eq!(isotonic(&[], &[]).apply(0.3), 0.3);
        let few = platt(&[0.9, 0.9], &[false, false], 50.0);
        assert!(few.apply(0.9) > 0.7, "two outcomes move little");
    }

    #[test]
    fn outcomes_of_the_future_are_left_out() {
        let past = [
            Past { p: 0.2, happened: true, known_on: 10 },
            Past { p: 0.4, happened: false, known_on: 11 },
        ];
        assert_eq!(known_before(&past, 10), (vec![0.2], vec![true]));
    }
}
