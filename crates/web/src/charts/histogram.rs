//! How many will make it: one bar per outcome, its interval, the target.

use super::scale::{Linear, clean, print};
use super::svg::{Area, Style, Svg};

/// Words of the chart, translated.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HistogramWords {
    /// 80% 区间 48–53
    pub interval: String,
    /// 预计 51
    pub centre: String,
    /// 目标 62
    pub target: String,
    /// 差 11 个
    pub gap: String,
    /// 6月30日已开工个数
    pub axis: String,
    /// 全部开工 < 0.1%
    pub note: String,
}

/// A distribution over whole numbers.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Histogram {
    pub width_px: u32,
    /// Outcome of the first bar; the others follow one by one.
    pub first: i64,
    /// Weight of each outcome, in any unit, not negative.
    pub weights: Vec<f64>,
    /// First and last outcome of the interval.
    pub interval: Option<(i64, i64)>,
    pub centre: Option<i64>,
    pub target: Option<i64>,
    pub words: HistogramWords,
    /// Finding in words.
    pub label: String,
}

/// Bars over outcomes; those of the interval are darker, the target is an ink line.
///
/// ```
/// use tici_web::charts::{Histogram, histogram};
/// let svg = histogram(&Histogram {
///     width_px: 330,
///     first: 48,
///     weights: vec![0.2, 0.5, 0.3],
///     interval: Some((48, 49)),
///     target: Some(52),
///     label: "预计 49".into(),
///     ..Histogram::default()
/// });
/// assert_eq!(svg.matches("fill=\"var(--s3)\"").count(), 1);
/// ```
pub fn histogram(of: &Histogram) -> String {
    let width = f64::from(of.width_px.clamp(200, 2000));
    let (left, right, top, floor) = (14.0, width - 14.0, 54.0, 176.0);
    let mut svg = Svg::new(width, 216.0);
    let count = of.weights.len().min(400) as i64;
    let first = of.first.clamp(-1_000_000_000, 1_000_000_000);
    let last = of.target.unwrap_or(first).clamp(first, first + 400).max(first + count - 1);
    let slots = Linear::new((first as f64, (last + 1) as f64), (left, right));
    let pitch = (right - left) / (last + 1 - first).max(1) as f64;
    let tallest = of.weights.iter().map(|weight| clean(*weight)).fold(0.0, f64::max);
    let heights = Linear::new((0.0, tallest), (0.0, floor - top));
    draw_interval(&mut svg, of, &slots, floor);
    for (outcome, weight) in (first..).zip(of.weights.iter().take(count as usize)) {
        let inside = of.interval.is_none_or(|(low, high)| (low..=high).contains(&outcome));
        let fill = if inside { "var(--actual)" } else { "var(--s3)" };
        let height = heights.at(*weight);
        let x = slots.at(outcome as f64) + pitch * 0.1;
        svg.rect(Area::new(x, floor - height, pitch * 0.8, height), fill, "");
    }
    svg.line((left, floor + 0.5), (right, floor + 0.5), "stroke=\"var(--ink2)\"");
    let step = tick_step(last - first + 1);
    for outcome in (first..=last).filter(|outcome| outcome % step == 0) {
        let x = slots.at(outcome as f64) + pitch / 2.0;
        svg.text((x, floor + 16.0), Style::NOTE_MIDDLE, &print(outcome as f64, 0));
    }
    if let Some(centre) = of.centre {
        let x = slots.at(centre as f64) + pitch / 2.0;
        svg.text((x, 46.0), Style::STRONG_MIDDLE, &of.words.centre);
    }
    draw_target(&mut svg, of, &slots, pitch, floor);
    svg.text((left, 210.0), Style::NOTE, &of.words.axis);
    svg.text((right, 210.0), Style::NOTE_END, &of.words.note);
    svg.finish(&of.label)
}

fn draw_interval(svg: &mut Svg, of: &Histogram, slots: &Linear, floor: f64) {
    let Some((low, high)) = of.interval else { return };
    let from = slots.at(low.min(high) as f64);
    let to = slots.at(low.max(high).saturating_add(1) as f64);
    svg.rect(Area::new(from, 30.0, to - from, floor - 30.0), "var(--azure-t)", "");
    let ends = [(from, 26.0), (from, 21.0), (to, 21.0), (to, 26.0)];
    svg.polyline(&ends, "stroke=\"var(--ink2)\"");
    svg.text(((from + to) / 2.0, 15.0), Style::MIDDLE, &of.words.interval);
}

fn draw_target(svg: &mut Svg, of: &Histogram, slots: &Linear, pitch: f64, floor: f64) {
    let Some(target) = of.target else { return };
    let x = slots.at(target as f64) + pitch / 2.0;
    let look = "stroke=\"var(--ink)\" stroke-width=\"2\" stroke-dasharray=\"3 3\"";
    svg.line((x, 50.0), (x, floor), look);
    svg.text((x + 8.0, 30.0), Style::STRONG_END, &of.words.target);
    svg.text((x + 8.0, 45.0), Style::END, &of.words.gap);
}

fn tick_step(slots: i64) -> i64 {
    [1, 2, 5, 10, 20, 50, 100].into_iter().find(|step| slots / step <= 6).unwrap_or(100)
}
