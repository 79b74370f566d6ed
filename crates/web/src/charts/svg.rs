//! The pen: SVG text written element by element, every number finite, every word escaped.

use std::fmt::Write;

/// Text size of all charts, in px; the smallest the style allows.
pub(super) const TEXT_PX: f64 = 12.0;

/// How a text stands and looks. The classes are those of the stylesheet.
#[derive(Clone, Copy, Default)]
pub(super) struct Style {
    class: &'static str,
}

impl Style {
    pub(super) const PLAIN: Style = Style { class: "" };
    pub(super) const END: Style = Style { class: "e" };
    pub(super) const MIDDLE: Style = Style { class: "m" };
    pub(super) const NOTE: Style = Style { class: "t3" };
    pub(super) const NOTE_END: Style = Style { class: "e t3" };
    pub(super) const NOTE_MIDDLE: Style = Style { class: "m t3" };
    pub(super) const INK: Style = Style { class: "t1" };
    pub(super) const STRONG: Style = Style { class: "b t1" };
    pub(super) const STRONG_END: Style = Style { class: "e b t1" };
    pub(super) const STRONG_MIDDLE: Style = Style { class: "m b t1" };
    pub(super) const LATE_END: Style = Style { class: "e late" };
    pub(super) const TITLE: Style = Style { class: "b t1 h" };
    pub(super) const TITLE_AHEAD: Style = Style { class: "b h" };
    pub(super) const MONO_MIDDLE: Style = Style { class: "m mono" };
    pub(super) const MONO_STRONG: Style = Style { class: "m b t1 mono" };

    fn is_strong(self) -> bool {
        self.class.split(' ').any(|class| class == "b")
    }

    fn size_px(self) -> f64 {
        if self.class.split(' ').any(|class| class == "h") { 16.0 } else { TEXT_PX }
    }

    /// Share of the text that stands left of its x.
    fn anchor_share(self) -> f64 {
        match self.class.split(' ').next() {
            Some("e") => 1.0,
            Some("m") => 0.5,
            _ => 0.0,
        }
    }
}

/// A drawing under way.
pub(super) struct Svg {
    width: f64,
    height: f64,
    body: String,
}

impl Svg {
    pub(super) fn new(width: f64, height: f64) -> Svg {
        Svg { width, height, body: String::new() }
    }

    /// A filled rectangle; `fill` and `stroke` are CSS colours, `stroke` may be empty.
    pub(super) fn rect(&mut self, at: Area, fill: &str, stroke: &str) {
        let Area { x, y, width, height } = at;
        let (x, y) = (num(x), num(y));
        let (width, height) = (num(width.max(0.0)), num(height.max(0.0)));
        let _ =
            write!(self.body, "<rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\"");
        let _ = write!(self.body, " fill=\"{fill}\"");
        if !stroke.is_empty() {
            let _ = write!(self.body, " stroke=\"{stroke}\"");
        }
        self.body.push_str("/>");
    }

    /// A rectangle outlined by a broken line: something still ahead.
    pub(super) fn dashed_rect(&mut self, at: Area) {
        let inner = at.inset(0.5);
        let path = format!(
            "M{} {}V{}H{}V{}z",
            num(inner.x),
            num(inner.y),
            num(inner.bottom()),
            num(inner.right()),
            num(inner.y)
        );
        self.raw_path(&path, "fill=\"none\" stroke=\"var(--ctl)\" stroke-dasharray=\"4 3\"");
    }

    /// The hatch of everything expected or forecast: tint, 45° strokes, azure outline.
    /// Strokes are cut at the edges, so no pattern id can clash on a page.
    pub(super) fn hatched(&mut self, at: Area) {
        let inner = at.inset(0.5);
        self.rect(inner, "var(--azure-t)", "var(--actual)");
        let step = 7.0;
        let mut strokes = String::new();
        let mut sum = ((inner.x + inner.y) / step).ceil() * step;
        while sum < inner.right() + inner.bottom() {
            let left = inner.x.max(sum - inner.bottom());
            let right = inner.right().min(sum - inner.y);
            if right > left {
                let (x1, y1) = (num(left), num(sum - left));
                let (x2, y2) = (num(right), num(sum - right));
                let _ = write!(strokes, "M{x1} {y1}L{x2} {y2}");
            }
            sum += step;
        }
        if !strokes.is_empty() {
            self.raw_path(&strokes, "stroke=\"var(--actual)\" stroke-width=\"1.8\"");
        }
    }

    /// A straight line; `look` holds its stroke attributes.
    pub(super) fn line(&mut self, from: (f64, f64), to: (f64, f64), look: &str) {
        let path = format!("M{} {}L{} {}", num(from.0), num(from.1), num(to.0), num(to.1));
        self.raw_path(&path, look);
    }

    pub(super) fn polyline(&mut self, points: &[(f64, f64)], look: &str) {
        if points.len() < 2 {
            return;
        }
        let _ =
            write!(self.body, "<polyline points=\"{}\" fill=\"none\" {look}/>", point_list(points));
    }

    pub(super) fn polygon(&mut self, points: &[(f64, f64)], fill: &str) {
        if points.len() < 3 {
            return;
        }
        let _ = write!(self.body, "<polygon points=\"{}\" fill=\"{fill}\"/>", point_list(points));
    }

    pub(super) fn circle(&mut self, at: (f64, f64), radius: f64, look: &str) {
        let (x, y, radius) = (num(at.0), num(at.1), num(radius));
        let _ = write!(self.body, "<circle cx=\"{x}\" cy=\"{y}\" r=\"{radius}\" {look}/>");
    }

    /// A text, moved sideways as far as needed to stay inside, cut when it cannot.
    pub(super) fn text(&mut self, at: (f64, f64), style: Style, text: &str) {
        let shown = fit(text, self.width, style.size_px());
        let wide = text_width(&shown, style.size_px(), style.is_strong()).min(self.width);
        let share = style.anchor_share();
        let x = at.0.clamp(wide * share, self.width - wide * (1.0 - share));
        self.raw_text((x, at.1), style, &shown, text);
    }

    /// A text cut to `room` px; the whole of it is in the tooltip.
    pub(super) fn text_in(&mut self, at: (f64, f64), room: f64, style: Style, text: &str) {
        let room = if style.is_strong() { room / 1.06 } else { room };
        self.text(at, style, &fit(text, room, style.size_px()));
    }

    fn raw_text(&mut self, at: (f64, f64), style: Style, shown: &str, whole: &str) {
        let _ = write!(self.body, "<text x=\"{}\" y=\"{}\"", num(at.0), num(at.1));
        if !style.class.is_empty() {
            let _ = write!(self.body, " class=\"{}\"", style.class);
        }
        let title = if shown == whole {
            String::new()
        } else {
            format!("<title>{}</title>", escape(whole))
        };
        let _ = write!(self.body, ">{}{title}</text>", escape(shown));
    }

    pub(super) fn raw_path(&mut self, d: &str, look: &str) {
        let _ = write!(self.body, "<path d=\"{d}\" {look}/>");
    }

    /// Wraps what `draw` draws in a group with a tooltip.
    pub(super) fn titled(&mut self, title: &str, draw: impl FnOnce(&mut Svg)) {
        let _ = write!(self.body, "<g><title>{}</title>", escape(title));
        draw(self);
        self.body.push_str("</g>");
    }

    /// Adds finished markup of this module's own making.
    pub(super) fn raw(&mut self, markup: &str) {
        self.body.push_str(markup);
    }

    /// The finished chart, which scales down with its panel but never up.
    pub(super) fn finish(self, label: &str) -> String {
        let (width, height) = (num(self.width), num(self.height));
        format!(
            "<svg class=\"fit\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" \
             height=\"{height}\" font-size=\"12\" role=\"img\" aria-label=\"{}\">{}</svg>",
            escape(label),
            self.body
        )
    }

    /// A mark of fixed size beside words; without a label it is decoration.
    pub(super) fn finish_mark(self, label: &str) -> String {
        let (width, height) = (num(self.width), num(self.height));
        format!(
            "<svg width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\" {}>\
             {}</svg>",
            mark_role(label),
            self.body
        )
    }

    /// A bar that fills the width of its cell, whatever that is.
    pub(super) fn finish_stretched(self, class: &str, label: &str) -> String {
        let (width, height) = (num(self.width), num(self.height));
        format!(
            "<svg class=\"{class}\" viewBox=\"0 0 {width} {height}\" width=\"100%\" \
             height=\"{height}\" preserveAspectRatio=\"none\" {}>{}</svg>",
            mark_role(label),
            self.body
        )
    }
}

fn mark_role(label: &str) -> String {
    if label.is_empty() {
        "aria-hidden=\"true\"".into()
    } else {
        format!("role=\"img\" aria-label=\"{}\"", escape(label))
    }
}

/// A rectangle's place and size, in px.
#[derive(Clone, Copy)]
pub(super) struct Area {
    pub(super) x: f64,
    pub(super) y: f64,
    pub(super) width: f64,
    pub(super) height: f64,
}

impl Area {
    pub(super) fn new(x: f64, y: f64, width: f64, height: f64) -> Area {
        Area { x, y, width, height }
    }

    pub(super) fn right(self) -> f64 {
        self.x + self.width
    }

    pub(super) fn bottom(self) -> f64 {
        self.y + self.height
    }

    /// Smaller by `by` on every side: where a 1 px outline must run to stay inside.
    pub(super) fn inset(self, by: f64) -> Area {
        let (width, height) = ((self.width - 2.0 * by).max(0.0), (self.height - 2.0 * by).max(0.0));
        Area { x: self.x + by, y: self.y + by, width, height }
    }
}

fn point_list(points: &[(f64, f64)]) -> String {
    let pairs: Vec<String> =
        points.iter().map(|(x, y)| format!("{},{}", num(*x), num(*y))).collect();
    pairs.join(" ")
}

/// A coordinate with at most one decimal.
pub(super) fn num(value: f64) -> String {
    let value = if value.is_finite() { value.clamp(-1e5, 1e5) } else { 0.0 };
    let rounded = (value * 10.0).round() / 10.0 + 0.0;
    format!("{rounded}")
}

/// Text for element content and for attributes in double quotes.
pub(super) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

/// Estimated width in px: ideographs are square, Latin letters a little over half.
pub(super) fn text_width(text: &str, size_px: f64, strong: bool) -> f64 {
    let ems: f64 = text.chars().map(char_ems).sum();
    ems * size_px * if strong { 1.06 } else { 1.0 }
}

fn char_ems(c: char) -> f64 {
    match c {
        'i' | 'j' | 'l' | 't' | 'f' | 'r' | 'I' | '.' | ',' | ' ' | '\'' | ':' | '|' => 0.34,
        'm' | 'w' | 'M' | 'W' | '%' | '@' => 0.9,
        'A'..='Z' => 0.68,
        c if c < '\u{2e80}' && c != '—' && c != '…' => 0.57,
        _ => 1.0,
    }
}

/// Cuts `text` to `room_px`, ending in … when something was cut.
pub(super) fn fit(text: &str, room_px: f64, size_px: f64) -> String {
    if text_width(text, size_px, false) <= room_px {
        return text.to_owned();
    }
    let mut used = size_px;
    let mut out = String::new();
    for c in text.chars() {
        used += char_ems(c) * size_px;
        if used > room_px {
            break;
        }
        out.push(c);
    }
    out.push('…');
    out
}
