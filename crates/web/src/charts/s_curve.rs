//! Money over time, cumulated: planned, actual and, where there is one, forecast.

use super::Room;
use super::scale::{Axis, Linear, clean, print};
use super::svg::{Style, Svg, TEXT_PX, text_width};

/// Values at the end of one period.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CurvePoint {
    /// Word on the axis; empty for none.
    pub label: String,
    pub plan: Option<f64>,
    pub actual: Option<f64>,
    pub forecast: Option<f64>,
    /// Low and high end of the forecast's interval.
    pub band: Option<(f64, f64)>,
}

/// A row of numbers under the axis, one cell per period.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CurveRow {
    pub label: String,
    pub cells: Vec<String>,
    pub is_strong: bool,
}

/// Words of the chart, translated.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CurveWords {
    pub plan: String,
    pub forecast: String,
    pub today: String,
    /// Two lines beside the last actual value: 5月末实际 32.3 / 比计划少 4.7.
    pub callout: [String; 2],
}

/// A lifetime or a year. All curves start at 0 before the first point.
#[derive(Clone, Debug, PartialEq)]
pub struct Curve {
    pub room: Room,
    pub points: Vec<CurvePoint>,
    /// Today in periods from the start: 5.6 is past the middle of the sixth.
    pub today: Option<f64>,
    /// Shown in the wide variant only; a table on the page has them for phones.
    pub rows: Vec<CurveRow>,
    pub words: CurveWords,
    /// Finding in words.
    pub label: String,
}

const PLAN: &str = "stroke=\"var(--plan)\" stroke-width=\"2\" stroke-dasharray=\"6 4\"";
const ACTUAL: &str = "stroke=\"var(--actual)\" stroke-width=\"3\"";
const FORECAST: &str = "stroke=\"var(--actual)\" stroke-width=\"2\" stroke-dasharray=\"2 3\"";

/// Dashed plan, solid actual with dots, dotted forecast on its tinted interval.
///
/// ```
/// use tici_web::charts::{Curve, CurvePoint, CurveWords, Room, s_curve};
/// let point = |plan, actual| CurvePoint { plan: Some(plan), actual, ..CurvePoint::default() };
/// let svg = s_curve(&Curve {
///     room: Room::Wide,
///     points: vec![point(1.0, Some(0.8)), point(2.0, None)],
///     today: Some(1.5),
///     rows: Vec::new(),
///     words: CurveWords { plan: "计划".into(), today: "今天".into(), ..CurveWords::default() },
///     label: "累计 0.8，计划 1.0".into(),
/// });
/// assert!(svg.contains("计划 <tspan class=\"b\">2.0</tspan>") && svg.contains("今天"));
/// ```
pub fn s_curve(of: &Curve) -> String {
    let frame = Frame::of(of);
    let mut svg = Svg::new(frame.width, frame.height);
    draw_axes(&mut svg, of, &frame);
    draw_rows(&mut svg, of, &frame);
    draw_band(&mut svg, of, &frame);
    draw_lines(&mut svg, of, &frame);
    draw_today(&mut svg, of, &frame);
    draw_gap(&mut svg, of, &frame);
    draw_words(&mut svg, of, &frame);
    svg.finish(&of.label)
}

struct Frame {
    width: f64,
    height: f64,
    left: f64,
    right: f64,
    top: f64,
    floor: f64,
    across: Linear,
    up: Linear,
    axis: Axis,
}

impl Frame {
    fn of(of: &Curve) -> Frame {
        let width = of.room.width_px();
        let narrow = of.room.is_narrow();
        let axis = Axis::over(values(of), if narrow { 2 } else { 4 });
        let tick_px = axis.ticks.iter().map(|tick| text_width(&axis.print(*tick), TEXT_PX, false));
        let row_px = of.rows.iter().map(|row| text_width(&row.label, TEXT_PX, false));
        let ticks_px = tick_px.fold(0.0, f64::max) + 10.0;
        let (left, right, top, floor) = if narrow {
            (ticks_px.clamp(26.0, 70.0), width - 12.0, 44.0, 226.0)
        } else {
            let labels_px = row_px.fold(0.0, f64::max) - 10.0;
            let left = ticks_px.max(labels_px).clamp(34.0, 130.0);
            (left, width - end_px(of).clamp(24.0, 120.0), 20.0, 240.0)
        };
        let rows_px = if narrow { 0.0 } else { rows_height(of.rows.len()) };
        let across = Linear::new((0.0, of.points.len().max(1) as f64), (left, right));
        let up = Linear::new((axis.low, axis.high), (floor, top));
        let height = floor + 24.0 + rows_px;
        Frame { width, height, left, right, top, floor, across, up, axis }
    }

    /// The curve of one kind of value, from 0 at the start, broken where unknown.
    fn runs(&self, of: &Curve, value: impl Fn(&CurvePoint) -> Option<f64>) -> Vec<Vec<(f64, f64)>> {
        let mut runs = vec![vec![(self.across.at(0.0), self.up.at(0.0))]];
        for (index, point) in of.points.iter().enumerate() {
            match value(point) {
                Some(value) => {
                    let at = (self.across.at(index as f64 + 1.0), self.up.at(value));
                    runs.last_mut().expect("one run to start with").push(at);
                }
                None => runs.push(Vec::new()),
            }
        }
        runs
    }
}

fn rows_height(rows: usize) -> f64 {
    if rows == 0 { 0.0 } else { 12.0 + 19.0 * rows as f64 }
}

fn values(of: &Curve) -> impl Iterator<Item = f64> {
    of.points.iter().flat_map(|point| {
        let band = point.band.map_or([None, None], |(low, high)| [Some(low), Some(high)]);
        [point.plan, point.actual, point.forecast].into_iter().chain(band).flatten()
    })
}

/// Room for the words at the right end of the lines.
fn end_px(of: &Curve) -> f64 {
    let plan = text_width(&of.words.plan, TEXT_PX, false);
    let forecast = text_width(&of.words.forecast, TEXT_PX, false);
    let number = values(of).map(|value| text_width(&print(value, 1), TEXT_PX, true));
    plan.max(forecast) + number.fold(20.0, f64::max) + 22.0
}

fn draw_axes(svg: &mut Svg, of: &Curve, frame: &Frame) {
    for tick in &frame.axis.ticks {
        let y = frame.up.at(*tick);
        svg.line((frame.left, y), (frame.right, y), "stroke=\"var(--line)\"");
        let words = frame.axis.print(*tick);
        svg.text_in((frame.left - 6.0, y + 4.0), frame.left - 6.0, Style::NOTE_END, &words);
    }
    let mut free_from = f64::NEG_INFINITY;
    let stride = if of.room.is_narrow() && of.points.len() > 6 { of.points.len() / 4 } else { 1 };
    for (index, point) in of.points.iter().enumerate() {
        let half = text_width(&point.label, TEXT_PX, false) / 2.0;
        let x = frame.across.at(index as f64 + 1.0);
        if !point.label.is_empty() && (index + 1) % stride.max(1) == 0 && x - half >= free_from {
            svg.text((x, frame.floor + 17.0), Style::NOTE_MIDDLE, &point.label);
            free_from = x + half + 4.0;
        }
    }
}

/// Monthly numbers, each cell's right end a little right of its month.
fn draw_rows(svg: &mut Svg, of: &Curve, frame: &Frame) {
    if of.room.is_narrow() || of.rows.is_empty() {
        return;
    }
    let top = frame.floor + 25.0;
    svg.line((0.0, top), (frame.right + 14.0, top), "stroke=\"var(--line)\"");
    let pitch = (frame.right - frame.left) / of.points.len().max(1) as f64;
    for (row_index, row) in of.rows.iter().enumerate() {
        let y = top + 16.0 + 19.0 * row_index as f64;
        let label = if row.is_strong { Style::PLAIN } else { Style::NOTE };
        svg.text_in((0.0, y), frame.left + 12.0, label, &row.label);
        let style = if row.is_strong { Style::STRONG_END } else { Style::NOTE_END };
        for (index, cell) in row.cells.iter().take(of.points.len()).enumerate() {
            let x = frame.across.at(index as f64 + 1.0) + 12.0;
            let style = if cell.starts_with(|c: char| c.is_ascii_digit() || c == '−') {
                style
            } else {
                Style::NOTE_END
            };
            svg.text_in((x, y), pitch.max(14.0), style, cell);
        }
    }
}

fn draw_band(svg: &mut Svg, of: &Curve, frame: &Frame) {
    let start = of.points.iter().rposition(|point| point.actual.is_some());
    let mut lows = Vec::new();
    let mut highs = Vec::new();
    if let Some((index, actual)) = start.and_then(|i| of.points[i].actual.map(|value| (i, value))) {
        let at = (frame.across.at(index as f64 + 1.0), frame.up.at(actual));
        lows.push(at);
        highs.push(at);
    }
    for (index, point) in of.points.iter().enumerate() {
        let Some((low, high)) = point.band else { continue };
        let x = frame.across.at(index as f64 + 1.0);
        lows.push((x, frame.up.at(low.min(high))));
        highs.push((x, frame.up.at(low.max(high))));
    }
    lows.reverse();
    highs.extend(lows);
    svg.polygon(&highs, "var(--azure-t)");
}

fn draw_lines(svg: &mut Svg, of: &Curve, frame: &Frame) {
    draw_forecast(svg, of, frame);
    for run in frame.runs(of, |point| point.plan) {
        svg.polyline(&run, PLAN);
    }
    let runs = frame.runs(of, |point| point.actual);
    for run in &runs {
        svg.polyline(run, ACTUAL);
    }
    let dots: Vec<(f64, f64)> = runs.iter().flatten().skip(1).copied().collect();
    let is_crowded = of.room.is_narrow() || dots.len() > 16;
    let shown = if is_crowded { &dots[dots.len().saturating_sub(1)..] } else { &dots[..] };
    for dot in shown {
        svg.circle(*dot, if is_crowded { 4.0 } else { 3.2 }, "fill=\"var(--actual)\"");
    }
}

/// The forecast starts where the actual line ends.
fn draw_forecast(svg: &mut Svg, of: &Curve, frame: &Frame) {
    let mut line = Vec::new();
    for (index, point) in of.points.iter().enumerate() {
        let at = |value| (frame.across.at(index as f64 + 1.0), frame.up.at(value));
        match (point.actual, point.forecast) {
            (Some(actual), None) => line = vec![at(actual)],
            (_, Some(forecast)) => line.push(at(forecast)),
            (None, None) => {}
        }
    }
    if of.points.iter().any(|point| point.forecast.is_some()) {
        svg.polyline(&line, FORECAST);
    }
}

fn draw_today(svg: &mut Svg, of: &Curve, frame: &Frame) {
    let Some(today) = of.today.filter(|today| (0.0..=of.points.len() as f64).contains(today))
    else {
        return;
    };
    let x = frame.across.at(today);
    let look = "stroke=\"var(--ink3)\" stroke-dasharray=\"1 3\"";
    svg.line((x, frame.top), (x, frame.floor), look);
    if !of.room.is_narrow() {
        svg.text((x, frame.top - 5.0), Style::NOTE_MIDDLE, &of.words.today);
    }
}

/// The short red line between plan and actual at the last reported period.
fn draw_gap(svg: &mut Svg, of: &Curve, frame: &Frame) {
    let Some(index) = of.points.iter().rposition(|point| point.actual.is_some()) else { return };
    let point = &of.points[index];
    let (Some(plan), Some(actual)) = (point.plan, point.actual) else { return };
    if clean(actual) < clean(plan) {
        let x = frame.across.at(index as f64 + 1.0);
        let look = "stroke=\"var(--red)\" stroke-width=\"2\"";
        svg.line((x, frame.up.at(plan)), (x, frame.up.at(actual)), look);
    }
}

fn draw_words(svg: &mut Svg, of: &Curve, frame: &Frame) {
    let plan = of.points.iter().rev().find_map(|point| point.plan);
    let forecast = of.points.last().and_then(|point| point.forecast);
    let band = of.points.last().and_then(|point| point.band);
    let mut ends = Vec::new();
    if let Some(plan) = plan {
        ends.push((frame.up.at(plan) + 4.0, end_words(&of.words.plan, plan), "t2"));
    }
    if let Some(forecast) = forecast {
        ends.push((frame.up.at(forecast) + 12.0, end_words(&of.words.forecast, forecast), "t1"));
    }
    if of.room.is_narrow() {
        draw_narrow_words(svg, of, frame, &ends);
        return;
    }
    let mut lines_left = ends.len() + usize::from(band.is_some());
    let mut free_from = f64::NEG_INFINITY;
    for (y, words, class) in ends {
        lines_left -= 1;
        let y = y.max(free_from).min(frame.floor - 17.0 * lines_left as f64);
        write_words(svg, (frame.right + 12.0, y), class, &words);
        free_from = y + 17.0;
    }
    if let Some((low, high)) = band {
        let words = format!("{}–{}", print(low, 1), print(high, 1));
        svg.text((frame.right + 12.0, free_from.max(frame.top)), Style::NOTE, &words);
    }
    draw_callout(svg, of, frame);
}

/// Beside the last actual value, above the line, left of it where there is room.
fn draw_callout(svg: &mut Svg, of: &Curve, frame: &Frame) {
    let Some(index) = of.points.iter().rposition(|point| point.actual.is_some()) else { return };
    let point = &of.points[index];
    let highest = [point.actual, point.plan].into_iter().flatten().map(clean).fold(0.0, f64::max);
    let x = frame.across.at(index as f64 + 1.0) - 10.0;
    let room = (x - frame.left - 4.0).max(90.0);
    let mut lines = vec![of.words.callout[0].clone()];
    lines.extend(wrap(&of.words.callout[1], room));
    let wide = lines.iter().map(|line| text_width(line, TEXT_PX, true)).fold(0.0, f64::max);
    let x = x.max(frame.left + wide.min(room) + 6.0);
    let rise = 6.0 + 16.0 * (lines.len() as f64 - 1.0);
    let y = (frame.up.at(highest) - rise).clamp(frame.top + 12.0, frame.floor - 40.0);
    for (index, line) in lines.iter().enumerate() {
        let style = if index == 0 { Style::STRONG_END } else { Style::END };
        svg.text((x, y + 16.0 * index as f64), style, line);
    }
}

/// Breaks a line behind its first comma when it is wider than the room.
fn wrap(line: &str, room: f64) -> Vec<String> {
    let comma = line.find(['，', ',']).filter(|_| text_width(line, TEXT_PX, false) > room);
    match comma {
        Some(at) => {
            let (first, rest) = line.split_at(at);
            vec![first.to_owned(), rest.trim_start_matches(['，', ',', ' ']).to_owned()]
        }
        None => vec![line.to_owned()],
    }
}

fn draw_narrow_words(svg: &mut Svg, of: &Curve, frame: &Frame, ends: &[(f64, Words, &str)]) {
    svg.text_in((0.0, 12.0), frame.width * 0.6, Style::STRONG, &of.words.callout[0]);
    svg.text_in((0.0, 28.0), frame.width * 0.66, Style::PLAIN, &of.words.callout[1]);
    for (index, (_, words, class)) in ends.iter().enumerate() {
        let class = if *class == "t1" { "e t1" } else { "e" };
        write_words(svg, (frame.width, 12.0 + 16.0 * index as f64), class, words);
    }
}

/// A word and its number, the number bold.
struct Words {
    word: String,
    number: String,
}

fn end_words(word: &str, number: f64) -> Words {
    Words { word: word.to_owned(), number: print(number, 1) }
}

fn write_words(svg: &mut Svg, at: (f64, f64), class: &str, words: &Words) {
    let (x, y) = (super::svg::num(at.0), super::svg::num(at.1));
    let class = if class == "t2" { String::new() } else { format!(" class=\"{class}\"") };
    let word = super::svg::escape(&words.word);
    let number = &words.number;
    svg.raw(&format!(
        "<text x=\"{x}\" y=\"{y}\"{class}>{word} <tspan class=\"b\">{number}</tspan></text>"
    ));
}
