//! When the missing starts are expected, as their own people say: one bar per week,
//! against the deadline. Nothing here is estimated.

use super::scale::Linear;
use super::svg::{Area, Style, Svg, TEXT_PX, text_width};

/// Starts expected in one stretch of days.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ExpectedBin {
    /// Last day of the stretch.
    pub label: String,
    pub count: u32,
}

/// The bars and the deadline between two of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Expected {
    pub width_px: u32,
    pub bins: Vec<ExpectedBin>,
    /// Bins up to the deadline; the line stands after them.
    pub bins_in_time: usize,
    /// 时限 6月30日
    pub deadline: String,
    /// 时限内 9 个 and 之后 12 个, left and right of the line.
    pub in_time: String,
    pub late: String,
    /// What the axis counts.
    pub axis: String,
    /// Finding in words.
    pub label: String,
}

/// Hatched bars with their counts, the deadline as an ink line.
///
/// ```
/// use tici_web::charts::{Expected, ExpectedBin, expected};
/// let bin = |label: &str, count| ExpectedBin { label: label.into(), count };
/// let svg = expected(&Expected {
///     width_px: 330,
///     bins: vec![bin("6-30", 9), bin("7-07", 0), bin("7-14", 3)],
///     bins_in_time: 1,
///     deadline: "时限 6月30日".into(),
///     label: "9 个在时限内，3 个在之后".into(),
///     ..Expected::default()
/// });
/// assert_eq!(svg.matches("fill=\"var(--azure-t)\"").count(), 2); // an empty week has no bar
/// ```
pub fn expected(of: &Expected) -> String {
    let width = f64::from(of.width_px.clamp(200, 2000));
    let (top, floor) = (64.0, 196.0);
    let mut svg = Svg::new(width, floor + 38.0);
    let count = of.bins.len().max(1) as f64;
    let across = Linear::new((0.0, count), (8.0, width - 8.0));
    let pitch = (width - 16.0) / count;
    let tallest = of.bins.iter().map(|bin| f64::from(bin.count)).fold(1.0, f64::max);
    let heights = Linear::new((0.0, tallest), (0.0, floor - top));
    let mut free_from = f64::NEG_INFINITY;
    for (index, bin) in of.bins.iter().enumerate() {
        let middle = across.at(index as f64 + 0.5);
        let half = text_width(&bin.label, TEXT_PX, false) / 2.0;
        if middle - half >= free_from {
            svg.text((middle, floor + 16.0), Style::NOTE_MIDDLE, &bin.label);
            free_from = middle + half + 6.0;
        }
        if bin.count == 0 {
            continue;
        }
        let height = heights.at(f64::from(bin.count)).max(3.0);
        let bar = (pitch * 0.72).min(28.0);
        svg.hatched(Area::new(middle - bar / 2.0, floor - height, bar, height));
        let count = bin.count.to_string();
        svg.text((middle, floor - height - 5.0), Style::STRONG_MIDDLE, &count);
    }
    svg.line((8.0, floor + 0.5), (width - 8.0, floor + 0.5), "stroke=\"var(--ink2)\"");
    draw_deadline(&mut svg, of, across.at(of.bins_in_time as f64), floor);
    svg.text((8.0, floor + 34.0), Style::NOTE, &of.axis);
    svg.finish(&of.label)
}

/// The line, its day above it, and on either side how many stand there.
fn draw_deadline(svg: &mut Svg, of: &Expected, x: f64, floor: f64) {
    svg.line((x, 38.0), (x, floor), "stroke=\"var(--ink)\" stroke-width=\"2\"");
    svg.text((x, 12.0), Style::STRONG_MIDDLE, &of.deadline);
    let left = text_width(&of.in_time, TEXT_PX, false);
    let right = text_width(&of.late, TEXT_PX, false);
    if x - left - 8.0 >= 0.0 {
        svg.text((x - 6.0, 32.0), Style::END, &of.in_time);
    }
    if x + right + 8.0 <= f64::from(of.width_px.clamp(200, 2000)) {
        svg.text((x + 6.0, 32.0), Style::PLAIN, &of.late);
    }
}
