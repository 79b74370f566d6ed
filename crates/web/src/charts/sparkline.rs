//! The run of one number, small enough for a table cell.

use super::scale::{Linear, clean};
use super::svg::Svg;

/// Values in order of time; `None` is a period not reported and breaks the line.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sparkline {
    pub values: Vec<Option<f64>>,
    /// Finding in words.
    pub label: String,
}

/// An 84×22 line with a dot at the last reported value.
///
/// ```
/// use tici_web::charts::{Sparkline, sparkline};
/// let svg = sparkline(&Sparkline { values: vec![Some(1.0), None, Some(3.0)], label: "3".into() });
/// assert_eq!(svg.matches("<circle").count(), 3); // both stand alone, the last is the end
/// ```
pub fn sparkline(of: &Sparkline) -> String {
    let mut svg = Svg::new(84.0, 22.0);
    let values = || of.values.iter().flatten().map(|value| clean(*value));
    let low = values().fold(f64::INFINITY, f64::min);
    let high = values().fold(f64::NEG_INFINITY, f64::max);
    let last = of.values.len().saturating_sub(1).max(1) as f64;
    let across = Linear::new((0.0, last), (4.0, 80.0));
    let up = Linear::new((low, high.max(low + 1e-9)), (18.0, 4.0));
    let place = |(index, value): (usize, &Option<f64>)| {
        value.map(|value| (across.at(index as f64), up.at(value)))
    };
    let places: Vec<Option<(f64, f64)>> = of.values.iter().enumerate().map(place).collect();
    for run in places.split(Option::is_none) {
        let run: Vec<(f64, f64)> = run.iter().flatten().copied().collect();
        match run.as_slice() {
            [] => {}
            [alone] => svg.circle(*alone, 1.5, "fill=\"var(--actual)\""),
            run => svg.polyline(run, "stroke=\"var(--actual)\" stroke-width=\"1.5\""),
        }
    }
    if let Some(end) = places.iter().rev().flatten().next() {
        svg.circle(*end, 2.8, "fill=\"var(--actual)\"");
    }
    svg.finish_mark(&of.label)
}
