//! What was given against what came: a dot for each class of forecasts, on or off the line.

use super::scale::Linear;
use super::svg::{Style, Svg};

/// One class of forecasts.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ReliabilityDot {
    /// Mean probability given, 0 to 1.
    pub given: f64,
    /// Share that came.
    pub came: f64,
    pub count: usize,
}

/// The diagram; forecasts that are right lie on its diagonal.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Reliability {
    pub width_px: u32,
    pub dots: Vec<ReliabilityDot>,
    /// Words of the axes: across and up.
    pub given: String,
    pub came: String,
    /// Finding in words.
    pub label: String,
}

/// ```
/// use tici_web::charts::{Reliability, ReliabilityDot, reliability};
/// let dot = ReliabilityDot { given: 0.7, came: 0.71, count: 120 };
/// let of = Reliability { width_px: 330, dots: vec![dot], ..Reliability::default() };
/// let svg = reliability(&of);
/// assert!(svg.contains("<circle") && svg.contains(">120<"));
/// ```
pub fn reliability(of: &Reliability) -> String {
    let width = f64::from(of.width_px.clamp(200, 1200));
    let (left, right, top) = (40.0, width - 12.0, 14.0);
    let floor = top + (right - left) * 0.7;
    let mut svg = Svg::new(width, floor + 40.0);
    let across = Linear::new((0.0, 1.0), (left, right));
    let up = Linear::new((0.0, 1.0), (floor, top));
    for tick in [0.0, 0.2, 0.4, 0.6, 0.8, 1.0] {
        svg.line((left, up.at(tick)), (right, up.at(tick)), "stroke=\"var(--line)\"");
        let words = format!("{:.0}%", tick * 100.0);
        svg.text((left - 6.0, up.at(tick) + 4.0), Style::NOTE_END, &words);
        svg.text((across.at(tick), floor + 16.0), Style::NOTE_MIDDLE, &words);
    }
    let diagonal = "stroke=\"var(--plan)\" stroke-width=\"2\" stroke-dasharray=\"6 4\"";
    svg.line((left, floor), (right, top), diagonal);
    let most = of.dots.iter().map(|dot| dot.count).max().unwrap_or(1).max(1) as f64;
    for dot in &of.dots {
        let at = (across.at(dot.given.clamp(0.0, 1.0)), up.at(dot.came.clamp(0.0, 1.0)));
        // The area of a dot is how many forecasts it stands for.
        let radius = 4.0 + 8.0 * (dot.count as f64 / most).sqrt();
        svg.circle(at, radius, "fill=\"var(--actual)\" fill-opacity=\"0.85\"");
        let beside = if dot.given > 0.8 { Style::NOTE_END } else { Style::NOTE };
        let x = if dot.given > 0.8 { at.0 - radius - 4.0 } else { at.0 + radius + 4.0 };
        svg.text((x, at.1 + 4.0), beside, &dot.count.to_string());
    }
    svg.text((right, floor + 34.0), Style::NOTE_END, &of.given);
    svg.text((left, top - 3.0), Style::NOTE, &of.came);
    svg.finish(&of.label)
}
