//! From numbers to px: linear scales that stay inside, and ticks people can read.

/// Beyond this no chart is meant; larger input is drawn at the edge.
const VALUE_MAX: f64 = 1e18;

/// A number safe to draw: not finite becomes 0, huge becomes the edge.
pub(super) fn clean(value: f64) -> f64 {
    if value.is_finite() { value.clamp(-VALUE_MAX, VALUE_MAX) } else { 0.0 }
}

/// A linear scale whose results never leave `to`.
#[derive(Clone, Copy)]
pub(super) struct Linear {
    from: (f64, f64),
    to: (f64, f64),
}

impl Linear {
    pub(super) fn new(from: (f64, f64), to: (f64, f64)) -> Linear {
        Linear { from: (clean(from.0), clean(from.1)), to }
    }

    pub(super) fn at(&self, value: f64) -> f64 {
        let span = self.from.1 - self.from.0;
        let share = if span > 0.0 { (clean(value) - self.from.0) / span } else { 0.0 };
        self.to.0 + share.clamp(0.0, 1.0) * (self.to.1 - self.to.0)
    }
}

/// A value axis: from a round number at or below `low` to one at or above `high`.
pub(super) struct Axis {
    pub(super) low: f64,
    pub(super) high: f64,
    pub(super) ticks: Vec<f64>,
    step: f64,
}

impl Axis {
    /// 0 is always on the axis; about `count` steps.
    pub(super) fn over(values: impl Iterator<Item = f64>, count: usize) -> Axis {
        let (low, high) = values
            .map(clean)
            .fold((0.0_f64, 0.0_f64), |(low, high), value| (low.min(value), high.max(value)));
        let span = if high > low { high - low } else { 1.0 };
        let step = round_step(span / count.max(1) as f64);
        let first = (low / step).floor();
        let last = ((high / step).ceil()).max(first + 1.0);
        let steps = ((last - first) as usize).min(12);
        let ticks: Vec<f64> = (0..=steps).map(|index| (first + index as f64) * step).collect();
        Axis { low: first * step, high: (first + steps as f64) * step, ticks, step }
    }

    /// A tick as printed: as many decimals as the step needs.
    pub(super) fn print(&self, tick: f64) -> String {
        if self.step >= 1e7 {
            return format!("{tick:.0e}");
        }
        let decimals =
            if self.step >= 1.0 { 0 } else { (-self.step.log10()).ceil().clamp(0.0, 6.0) as usize };
        match decimals {
            0 => grouped(tick),
            _ => minus(format!("{tick:.decimals$}")),
        }
    }
}

/// 1, 2, 2.5 or 5 times a power of ten, at or above `raw`.
fn round_step(raw: f64) -> f64 {
    let raw = raw.clamp(1e-6, VALUE_MAX);
    let power = 10_f64.powf(raw.log10().floor());
    let step = [1.0, 2.0, 2.5, 5.0, 10.0].iter().find(|step| *step * power >= raw * 0.999_999);
    step.unwrap_or(&10.0) * power
}

/// A number with `decimals` digits, its minus as U+2212; whole and thousands separated
/// where it has four digits and more.
pub(super) fn print(value: f64, decimals: usize) -> String {
    let value = clean(value);
    if value.abs() >= 1e9 {
        minus(format!("{value:.2e}"))
    } else if value.abs() >= 999.95 {
        grouped(value)
    } else {
        minus(format!("{value:.decimals$}"))
    }
}

fn grouped(value: f64) -> String {
    // Axes end far below what this holds.
    tici_domain::money::print_scaled(value.round() as i128, 0, 0)
}

fn minus(text: String) -> String {
    match text.strip_prefix('-') {
        Some(rest) if rest.chars().all(|c| matches!(c, '0' | '.')) => rest.to_owned(),
        Some(rest) => format!("−{rest}"),
        None => text,
    }
}
