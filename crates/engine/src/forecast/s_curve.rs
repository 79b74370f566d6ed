//! S-curves of money or progress: share done against time.
//!
//! Four published shapes and the plan's own, stretched. Share is 0 to 1, time is months since
//! the work began.

use serde::Serialize;
use tici_domain::Problem;

use super::least_squares;

/// A shape with its parameters free.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Shape {
    /// 1 / (1 + exp(−(t − m) / s)): middle m, width s.
    Logistic,
    /// exp(−b·exp(−c·t)).
    Gompertz,
    /// 1 − exp(−t² / (2·s²)).
    Rayleigh,
    /// 1 − exp(−(t / l)^k).
    Weibull,
    /// The beta distribution over a known duration: I(t / duration; a, b).
    Beta { duration: f64 },
}

/// A shape fitted to what has been done.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Curve {
    pub shape: Shape,
    /// In the order in which the shape's formula names them.
    pub parameters: Vec<f64>,
    /// Their standard errors.
    pub errors: Vec<f64>,
    /// Sum of squared differences.
    pub sse: f64,
}

impl Curve {
    /// Share done at `time`, in months.
    pub fn at(&self, time: f64) -> f64 {
        self.shape.at(&self.parameters, time)
    }

    /// The month by which `share` is done; `None` if it never is within a hundred years.
    pub fn month_of(&self, share: f64) -> Option<f64> {
        let (mut low, mut high) = (0.0, 1200.0);
        if self.at(high) < share {
            return None;
        }
        for _ in 0..80 {
            let middle = 0.5 * (low + high);
            if self.at(middle) < share { low = middle } else { high = middle }
        }
        Some(high)
    }
}

impl Shape {
    /// Share done at `time` under these parameters; NaN where they are not allowed.
    pub fn at(self, p: &[f64], time: f64) -> f64 {
        let scales = if matches!(self, Shape::Logistic) { &p[1..] } else { p };
        if scales.iter().any(|scale| scale.is_nan() || *scale <= 0.0) {
            return f64::NAN;
        }
        match self {
            Shape::Logistic => 1.0 / (1.0 + (-(time - p[0]) / p[1]).exp()),
            Shape::Gompertz => (-p[0] * (-p[1] * time).exp()).exp(),
            Shape::Rayleigh => -(-time * time / (2.0 * p[0] * p[0])).exp_m1(),
            Shape::Weibull => -(-(time.max(0.0) / p[0]).powf(p[1])).exp_m1(),
            Shape::Beta { duration } => beta_share(p[0], p[1], (time / duration).clamp(0.0, 1.0)),
        }
    }

    /// Places to start from, spread over what a project of up to four times `last` may be.
    fn starts(self, last: f64) -> Vec<Vec<f64>> {
        let stretch = [0.3, 0.6, 1.0, 1.5, 2.5, 4.0];
        let pairs = |first: &[f64], second: &[f64]| -> Vec<Vec<f64>> {
            first.iter().flat_map(|a| second.iter().map(|b| vec![*a, *b])).collect()
        };
        let times = stretch.map(|by| by * last);
        match self {
            Shape::Logistic => pairs(&times, &[0.05, 0.15, 0.4].map(|by| by * last)),
            Shape::Gompertz => pairs(&[2.0, 5.0, 12.0, 40.0], &[1.0, 3.0, 8.0].map(|c| c / last)),
            Shape::Rayleigh => times.iter().map(|s| vec![*s]).collect(),
            Shape::Weibull => pairs(&times, &[1.0, 2.0, 4.0]),
            Shape::Beta { .. } => pairs(&[1.0, 2.0, 4.0], &[1.0, 2.0, 4.0]),
        }
    }
}

/// Fits `shape` to shares done at times (months, more than nought) by least squares.
pub fn fit(shape: Shape, times: &[f64], shares: &[f64]) -> (Option<Curve>, Vec<Problem>) {
    let last = times.iter().copied().fold(0.0, f64::max);
    let starts = shape.starts(last);
    if let Some(problem) = check(times, shares, starts[0].len()) {
        return (None, vec![problem]);
    }
    let model = |p: &[f64], time: f64| shape.at(p, time);
    let miss = |p: &[f64]| -> f64 {
        times.iter().zip(shares).map(|(t, y)| (y - shape.at(p, *t)).powi(2)).sum()
    };
    let mut starts: Vec<(f64, Vec<f64>)> =
        starts.into_iter().map(|start| (miss(&start), start)).collect();
    starts.sort_by(|a, b| a.0.total_cmp(&b.0));
    let found =
        starts.iter().take(3).map(|(_, start)| least_squares::fit(&model, times, shares, start));
    let Some(best) = found.min_by(|a, b| a.sse.total_cmp(&b.sse)) else {
        return (None, Vec::new());
    };
    let problems = match best.converged {
        true => Vec::new(),
        false => vec![Problem::warning("forecast-curve-unsettled")],
    };
    let least_squares::Fit { parameters, errors, sse, .. } = best;
    (Some(Curve { shape, parameters, errors, sse }), problems)
}

fn check(times: &[f64], shares: &[f64], parameters: usize) -> Option<Problem> {
    let points = times.len().min(shares.len());
    if points <= parameters || times.len() != shares.len() {
        let needed = parameters + 1;
        return Some(
            Problem::error("forecast-curve-too-few").arg("points", points).arg("needed", needed),
        );
    }
    let fine = |number: &f64| number.is_finite();
    if !times.iter().all(|time| fine(time) && *time >= 0.0) || !shares.iter().all(fine) {
        return Some(Problem::error("forecast-curve-not-a-number"));
    }
    let same = shares.iter().all(|share| *share == shares[0]);
    same.then(|| Problem::error("forecast-curve-flat"))
}

/// How a plan has to be stretched to pass through what was done.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Stretch {
    /// 1 is on plan, 1.3 takes a third longer.
    pub factor: f64,
    pub sse: f64,
}

impl Stretch {
    /// Share done at `time` by the stretched plan.
    pub fn at(&self, plan: &[f64], time: f64) -> f64 {
        super::earned_schedule::value_at(plan, time / self.factor)
    }
}

/// Stretches the plan's own shape (cumulative shares at the end of month 0, 1, 2, …) to the
/// shares done: between a fifth and twenty times its length, by a fine search that cannot be
/// caught in a local dip.
pub fn stretch(plan: &[f64], times: &[f64], shares: &[f64]) -> (Option<Stretch>, Vec<Problem>) {
    if plan.len() < 2 {
        return (None, vec![Problem::error("forecast-earned-no-plan")]);
    }
    if let Some(problem) = check(times, shares, 0) {
        return (None, vec![problem]);
    }
    let miss = |factor: f64| -> f64 {
        let stretched = Stretch { factor, sse: 0.0 };
        times.iter().zip(shares).map(|(t, y)| (y - stretched.at(plan, *t)).powi(2)).sum()
    };
    let (mut low, mut high) = (0.2f64.ln(), 20f64.ln());
    for _ in 0..6 {
        let width = (high - low) / 100.0;
        let grid = (0..=100).map(|step| low + width * f64::from(step));
        let best = grid.min_by(|a, b| miss(a.exp()).total_cmp(&miss(b.exp()))).unwrap_or(low);
        (low, high) = (best - width, best + width);
    }
    let factor = (0.5 * (low + high)).exp();
    (Some(Stretch { factor, sse: miss(factor) }), Vec::new())
}

/// The regularised incomplete beta function I(x; a, b), by its continued fraction.
fn beta_share(a: f64, b: f64, x: f64) -> f64 {
    if x <= 0.0 || x >= 1.0 {
        return x;
    }
    if x > (a + 1.0) / (a + b + 2.0) {
        return 1.0 - beta_share(b, a, 1.0 - x);
    }
    let log = libm::lgamma(a + b) - libm::lgamma(a) - libm::lgamma(b);
    let front = (log + a * x.ln() + b * (-x).ln_1p()).exp() / a;
    let term = |step: f64, odd: bool| match odd {
        true => -(a + step) * (a + b + step) * x / ((a + 2.0 * step) * (a + 2.0 * step + 1.0)),
        false => step * (b - step) * x / ((a + 2.0 * step - 1.0) * (a + 2.0 * step)),
    };
    let tiny = |value: f64| if value.abs() < 1e-300 { 1e-300 } else { value };
    let (mut c, mut d) = (1.0, 1.0 / tiny(1.0 + term(0.0, true)));
    let mut fraction = d;
    for step in 1..500 {
        let before = fraction;
        for odd in [false, true] {
            let by = term(f64::from(step), odd);
            d = 1.0 / tiny(1.0 + by * d);
            c = tiny(1.0 + by / c);
            fraction *= c * d;
        }
        if (fraction - before).abs() <= 1e-16 * fraction.abs() {
            break;
        }
    }
    front * fraction
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bad_input_is_named() {
        for (times, shares, key) in [
            (vec![1.0, 2.0], vec![0.1, 0.2], "forecast-curve-too-few"),
            (vec![1.0, 2.0, 3.0], vec![0.1, 0.1, 0.1], "forecast-curve-flat"),
            (vec![1.0, 2.0, 3.0], vec![0.1, f64::NAN, 0.1], "forecast-curve-not-a-number"),
        ] {
            let (curve, problems) = fit(Shape::Logistic, &times, &shares);
            assert!(curve.is_none());
            assert_eq!(problems[0].key, key);
        }
    }

    #[test]
    fn a_plan_at_half_its_pace_is_twice_as_long() {
        let plan = [0.0, 0.1, 0.3, 0.7, 1.0];
        let (found, _) = stretch(&plan, &[2.0, 4.0, 6.0], &[0.1, 0.3, 0.7]);
        assert!((found.map_or(0.0, |found| found.factor) - 2.0).abs() < 1e-6);
    }

    #[test]
    fn a_curve_says_when_it_is_done() {
        let curve =
            Curve { shape: Shape::Rayleigh, parameters: vec![10.0], errors: vec![0.0], sse: 0.0 };
        let month = curve.month_of(0.9).unwrap_or(0.0);
        assert!((curve.at(month) - 0.9).abs() < 1e-9);
        assert_eq!(curve.month_of(1.1), None);
    }
}
