//! Drawings for a projector: large type, little else.

use super::svg::{Area, Svg, escape, num};
use std::fmt::Write;

/// The line of time: a deadline, the day expected, and today.
#[derive(Clone, Debug, PartialEq)]
pub struct TimeLine {
    /// Places on the line, from 0 to 1.
    pub today: f64,
    pub due: Option<f64>,
    pub expected: Option<f64>,
    pub words: TimeLineWords,
    /// Whether the expected day is after the deadline.
    pub is_late: bool,
    pub is_narrow: bool,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TimeLineWords {
    pub first: String,
    pub last: String,
    pub today: String,
    pub due: String,
    pub expected: String,
    pub label: String,
}

const WIDE: f64 = 940.0;
const NARROW: f64 = 360.0;

/// The drawing; words above the line for deadline and expectation, below it for the rest.
pub fn time_line(of: &TimeLine) -> String {
    let (width, size) = if of.is_narrow { (NARROW, 15.0) } else { (WIDE, 24.0) };
    let height = if of.is_narrow { 124.0 } else { 134.0 };
    let line = if of.is_narrow { 76.0 } else { 80.0 };
    let mut svg = Svg::new(width, height);
    let x = |share: f64| share.clamp(0.0, 1.0) * width;
    let ink = "stroke=\"var(--ink2)\" stroke-width=\"2\"";
    svg.line((0.0, line), (width, line), ink);
    svg.line((1.0, line - 7.0), (1.0, line + 7.0), ink);
    svg.line((width - 1.0, line - 7.0), (width - 1.0, line + 7.0), ink);
    if let (Some(due), Some(expected), true) = (of.due, of.expected, of.is_late) {
        let gap = Area::new(x(due), line - 3.5, x(expected) - x(due), 7.0);
        svg.rect(gap, "var(--red)", "");
    }
    if let Some(expected) = of.expected {
        let tick = Area::new(x(expected) - 3.0, line - 24.0, 6.0, 48.0);
        svg.rect(tick, "var(--azure)", "");
    }
    if let Some(due) = of.due {
        svg.rect(Area::new(x(due) - 2.5, line - 28.0, 5.0, 56.0), "var(--ink)", "");
    }
    let (t, d) = (x(of.today), if of.is_narrow { 9.0 } else { 13.0 });
    let diamond = [(t, line - d), (t + d * 0.75, line), (t, line + d), (t - d * 0.75, line)];
    svg.polygon(&diamond, "var(--ink)");
    let mut words = Words { size, width, out: String::new() };
    above(&mut words, of, (line, &x));
    below(&mut words, of, (height, &x));
    let out = words.out;
    svg.raw(&out);
    svg.finish(&of.words.label)
}

/// Deadline and expectation stand beside each other where both fit, else one above the other.
fn above(words: &mut Words, of: &TimeLine, (line, x): (f64, &dyn Fn(f64) -> f64)) {
    let y = line - 38.0;
    let due = of.due.map(|due| (x(due), words.room(&of.words.due)));
    let expected = of.expected.map(|at| (x(at), words.room(&of.words.expected)));
    let mut lift = 0.0;
    if let (Some((a, wa)), Some((b, wb))) = (due, expected) {
        let (a, b) = (words.fit(a, wa), words.fit(b, wb));
        if (a - b).abs() < (wa + wb) / 2.0 + 14.0 {
            lift = words.size * 1.25;
        }
    }
    if let Some((at, _)) = due {
        words.put((at, y - lift.min(y - words.size)), "b t1", &of.words.due);
    }
    if let Some((at, _)) = expected {
        words.put((at, y), "b az", &of.words.expected);
    }
}

fn below(words: &mut Words, of: &TimeLine, (height, x): (f64, &dyn Fn(f64) -> f64)) {
    words.size *= 0.9;
    let y = height - 8.0;
    let room = words.room(&of.words.today);
    let today = words.fit(x(of.today), room);
    let (first, last) = (words.room(&of.words.first), words.room(&of.words.last));
    words.put((today, y), "b t1", &of.words.today);
    if today - room / 2.0 > first + 10.0 {
        words.put((0.0, y), "", &of.words.first);
    }
    if today + room / 2.0 < words.width - last - 10.0 {
        words.put((words.width, y), "", &of.words.last);
    }
}

/// Words in one size, each centred on its place and kept inside.
struct Words {
    size: f64,
    width: f64,
    out: String,
}

impl Words {
    /// Width of a text: a Han character is as wide as it is high, any other about half.
    fn room(&self, text: &str) -> f64 {
        let wide = |c: char| if c.is_ascii() { 0.56 } else { 1.0 };
        text.chars().map(wide).sum::<f64>() * self.size * 1.04
    }

    fn fit(&self, x: f64, room: f64) -> f64 {
        let half = (room / 2.0).min(self.width / 2.0);
        x.clamp(half, self.width - half)
    }

    fn put(&mut self, (x, y): (f64, f64), class: &str, text: &str) {
        let x = self.fit(x, self.room(text));
        let (x, y, size) = (num(x), num(y), num(self.size));
        let _ = write!(
            self.out,
            "<text x=\"{x}\" y=\"{y}\" class=\"m {class}\" style=\"font-size:{size}px\">{}</text>",
            escape(text)
        );
    }
}

/// The staircase with its stages named, the next step marked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BigStairs {
    /// Steps reached, 0 to 7.
    pub reached: usize,
    /// Names of the seven steps.
    pub names: Vec<String>,
    /// The next step is late.
    pub is_late: bool,
    pub label: String,
}

/// The drawing, 304×154.
pub fn big_stairs(of: &BigStairs) -> String {
    let mut svg = Svg::new(304.0, 154.0);
    let long = of.names.iter().any(|name| name.chars().count() > 3);
    for (step, name) in of.names.iter().enumerate().take(7) {
        let (x, height) = (step as f64 * 44.0, 26.0 + 15.0 * step as f64);
        let area = Area::new(x, 126.0 - height, 38.0, height);
        if step < of.reached {
            svg.rect(area, "var(--actual)", "");
        } else if step == of.reached && of.is_late {
            svg.rect(area.inset(1.5), "var(--red-t)", "var(--red)");
            svg.raw_path(
                &hatch(area.inset(3.0)),
                "stroke=\"var(--red)\" stroke-width=\"1.8\" fill=\"none\"",
            );
        } else if step == of.reached {
            svg.hatched(area);
        } else {
            svg.rect(area.inset(1.0), "none", "var(--ctl)");
        }
        let is_next = step == of.reached;
        // Long names would run into each other: only the next step is named.
        if long && !is_next {
            continue;
        }
        let (class, middle) = (if is_next { "m b t1" } else { "m" }, x + 19.0);
        let room = name.chars().map(|c| if c.is_ascii() { 10.0 } else { 18.0 }).sum::<f64>();
        let middle = middle.clamp(room / 2.0, 304.0 - room / 2.0);
        let text = format!(
            "<text x=\"{}\" y=\"149\" class=\"{class}\" style=\"font-size:18px\">{}</text>",
            num(middle),
            escape(name)
        );
        svg.raw(&text);
    }
    svg.finish(&of.label)
}

fn hatch(area: Area) -> String {
    let mut path = String::new();
    let mut sum = ((area.x + area.y) / 7.0).ceil() * 7.0;
    while sum < area.right() + area.bottom() {
        let left = area.x.max(sum - area.bottom());
        let right = area.right().min(sum - area.y);
        if right > left {
            let (x1, y1) = (num(left), num(sum - left));
            let _ = write!(path, "M{x1} {y1}L{} {}", num(right), num(sum - right));
        }
        sum += 7.0;
    }
    path
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(due: f64, expected: f64) -> String {
        let words = TimeLineWords {
            first: "6月1日".into(),
            last: "9月10日".into(),
            today: "今天".into(),
            due: "时限 6月30日".into(),
            expected: "预计 7月29日，晚 29 天".into(),
            label: "x".into(),
        };
        let (due, expected) = (Some(due), Some(expected));
        let of = TimeLine { today: 0.1, due, expected, words, is_late: true, is_narrow: false };
        time_line(&of)
    }

    #[test]
    fn words_that_would_meet_stand_on_two_lines() {
        let heights = |svg: &str| {
            let marks = ["时限", "预计"];
            marks.map(|mark| {
                let end = svg.find(mark).expect("drawn");
                let start = svg[..end].rfind("y=\"").expect("placed") + 3;
                svg[start..].split('"').next().map(str::to_owned)
            })
        };
        let [due, expected] = heights(&line(0.2, 0.8));
        assert_eq!(due, expected);
        let [due, expected] = heights(&line(0.5, 0.6));
        assert_ne!(due, expected);
    }
}
