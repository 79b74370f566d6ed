//! The drawings of an assessment: places from one period to the next, the parts of a score,
//! how far a rank moves, and the way up one grade.

use super::scale::clean;
use super::svg::{Area, Style, Svg, num};

/// Heights in px of the head, a band and a row of the table that the slope stands beside.
pub const HEAD_PX: f64 = 52.0;
pub const BAND_PX: f64 = 26.0;
pub const ROW_PX: f64 = 38.0;

/// One unit of a slope: where it stood and where it stands, as slots from the top.
#[derive(Clone, Debug, PartialEq)]
pub struct SlopeLine {
    pub name: String,
    /// Place before, and its slot; `None` for a unit that had none.
    pub before: Option<(String, usize)>,
    pub now: usize,
    pub is_chosen: bool,
}

/// Places before and now, aligned to the rows of the table beside it.
#[derive(Clone, Debug, PartialEq)]
pub struct Slope {
    /// Middle of each slot in px below the head.
    pub slots: Vec<f64>,
    pub height_px: f64,
    pub lines: Vec<SlopeLine>,
    /// What the drawing says.
    pub label: String,
}

/// Lines that rise are azure, lines that fall grey and broken; the chosen one is ink.
pub fn slope(of: &Slope) -> String {
    let mut svg = Svg::new(176.0, of.height_px);
    let at = |slot: usize| of.slots.get(slot).copied().unwrap_or(0.0);
    for line in &of.lines {
        let Some((place, slot)) = &line.before else { continue };
        let (from, to) = (at(*slot), at(line.now));
        let look = match (line.is_chosen, line.now.cmp(slot)) {
            (true, _) => "fill=\"none\" stroke=\"var(--ink)\" stroke-width=\"3\"",
            (_, std::cmp::Ordering::Less) => {
                "fill=\"none\" stroke=\"var(--azure)\" stroke-width=\"2\""
            }
            (_, std::cmp::Ordering::Equal) => {
                "fill=\"none\" stroke=\"var(--plan)\" stroke-width=\"1.5\""
            }
            _ => {
                "fill=\"none\" stroke=\"var(--plan)\" stroke-width=\"1.5\" \
                 stroke-dasharray=\"5 3\""
            }
        };
        let (from_y, to_y) = (num(from), num(to));
        svg.raw_path(&format!("M68 {from_y}C108 {from_y} 116 {to_y} 156 {to_y}"), look);
        svg.circle(
            (68.0, from),
            3.0,
            "fill=\"var(--surface)\" stroke=\"var(--ink2)\" stroke-width=\"1.5\"",
        );
        let fill = match (line.is_chosen, line.now < *slot) {
            (true, _) => "fill=\"var(--ink)\"",
            (_, true) => "fill=\"var(--azure)\"",
            _ => "fill=\"var(--plan)\"",
        };
        svg.circle((156.0, to), 4.0, fill);
        let style = if line.is_chosen { Style::STRONG } else { Style::PLAIN };
        svg.text_in((0.0, from + 4.0), 46.0, style, &line.name);
        svg.text((62.0, from + 4.0), Style::NOTE_END, place);
    }
    svg.finish(&of.label)
}

/// Parts of a score, each in its colour, on a track of 100.
pub fn parts(points: &[(String, f64)], label: &str) -> String {
    let mut svg = Svg::new(100.0, 18.0);
    svg.rect(Area::new(0.0, 0.0, 100.0, 18.0), "var(--grey-t)", "");
    let mut x = 0.0;
    for (at, (name, value)) in points.iter().enumerate() {
        let width = clean(*value).clamp(0.0, 100.0 - x);
        svg.titled(name, |svg| {
            let shown = (width - 0.6).max(0.0);
            svg.rect(Area::new(x, 0.0, shown, 18.0), &format!("var(--c{})", at % 6 + 1), "");
        });
        x += width;
    }
    svg.finish_stretched("stk", label)
}

/// A rank with how far it moves, among so many.
pub fn whisker((rank, low, high): (f64, f64, f64), units: usize, label: &str) -> String {
    let mut svg = Svg::new(110.0, 20.0);
    let last = (units.max(2) - 1) as f64;
    let x = |rank: f64| 7.0 + (clean(rank) - 1.0).clamp(0.0, last) / last * 96.0;
    svg.raw_path("M7 10H103", "stroke=\"var(--line)\"");
    let (low, high) = (num(x(low)), num(x(high)));
    svg.raw_path(
        &format!("M{low} 5v10M{high} 5v10M{low} 10H{high}"),
        "stroke=\"var(--ink2)\" stroke-width=\"1.5\"",
    );
    svg.circle((x(rank), 10.0), 4.5, "fill=\"var(--azure)\"");
    svg.finish(label)
}

/// One step up: its mark and points; hollow where it was not chosen.
#[derive(Clone, Debug, PartialEq)]
pub struct LiftStep {
    pub name: String,
    pub points: f64,
    pub is_chosen: bool,
}

/// The way from a total to the grade above.
#[derive(Clone, Debug, PartialEq)]
pub struct LiftChart {
    pub from: f64,
    pub goal: f64,
    pub goal_name: String,
    pub steps: Vec<LiftStep>,
    pub label: String,
}

/// A step below the other, each beginning where the one before ends.
pub fn lift(of: &LiftChart) -> String {
    let steps = &of.steps[..of.steps.len().min(6)];
    let sum: f64 = steps.iter().map(|step| clean(step.points).max(0.0)).sum();
    let (low, high) = (clean(of.from), (clean(of.from) + sum).max(clean(of.goal) + 0.4));
    let bottom = 26.0 + 25.0 * steps.len() as f64;
    let mut svg = Svg::new(326.0, bottom + 24.0);
    let span = (high - low).max(0.1);
    let x = |value: f64| 40.0 + (value - low) / span * 230.0;
    let goal = x(clean(of.goal));
    svg.rect(Area::new(goal, 0.0, (320.0 - goal).max(0.0), bottom), "var(--azure-t)", "");
    svg.line((goal, 0.0), (goal, bottom), "stroke=\"var(--ink)\" stroke-width=\"1.5\"");
    svg.line((40.0, bottom), (320.0, bottom), "stroke=\"var(--ink2)\"");
    svg.line((40.0, 14.0), (40.0, bottom), "stroke=\"var(--ink2)\"");
    svg.text((36.0, 34.0), Style::STRONG_END, &format!("{low:.1}"));
    svg.text_in((goal + 5.0, 13.0), 316.0 - goal, Style::STRONG, &of.goal_name);
    let mut at = low;
    for (nth, step) in steps.iter().enumerate() {
        let (y, next) = (22.0 + 25.0 * nth as f64, at + clean(step.points).max(0.0));
        let area = Area::new(x(at), y, x(next) - x(at), 14.0);
        if step.is_chosen {
            svg.rect(area, "var(--azure)", "");
        } else {
            svg.hatched(area);
        }
        svg.text((x(next) + 5.0, y + 11.0), Style::STRONG, &step.name);
        at = next;
    }
    let (first, last) = (low.ceil() as i64, high.floor() as i64);
    let step = ((last - first) / 5).max(1);
    for tick in (first..=last).step_by(step as usize) {
        svg.text((x(tick as f64), bottom + 16.0), Style::NOTE_MIDDLE, &tick.to_string());
    }
    svg.finish(&of.label)
}
