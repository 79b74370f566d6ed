//! Nodes of works in time: planned above, actual or expected below.

use super::Room;
use super::scale::Linear;
use super::svg::{Area, Style, Svg, TEXT_PX, text_width};
use jiff::civil::Date;

/// Height of a row, in px.
const ROW_PX: f64 = 29.0;

/// One node. A span whose days are equal is drawn as a mark.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GanttRow {
    pub name: String,
    pub planned: Option<(Date, Date)>,
    pub actual: Option<(Date, Date)>,
    pub expected: Option<(Date, Date)>,
    /// 完成 晚 12 天
    pub note: String,
    pub is_strong: bool,
}

/// The chart's rows and its time axis.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gantt {
    pub room: Room,
    pub from: Date,
    pub to: Date,
    /// Days to label, with their words; see [`month_ticks`].
    pub ticks: Vec<(Date, String)>,
    pub rows: Vec<GanttRow>,
    /// Today and its word; left out when outside the axis.
    pub today: Option<(Date, String)>,
    /// Finding in words.
    pub label: String,
}

/// First days of months between `from` and `to`, at most `count_max`, evenly spaced.
///
/// ```
/// use jiff::civil::date;
/// use tici_web::charts::month_ticks;
/// let ticks = month_ticks(date(2025, 6, 1), date(2027, 6, 1), 9);
/// assert_eq!((ticks.len(), ticks[1]), (9, date(2025, 9, 1)));
/// ```
pub fn month_ticks(from: Date, to: Date, count_max: usize) -> Vec<Date> {
    let month = |day: Date| i32::from(day.year()) * 12 + i32::from(day.month()) - 1;
    let first = if from.day() == 1 { month(from) } else { month(from) + 1 };
    let last = month(to);
    let spans = (last - first).max(0);
    let room = count_max.saturating_sub(1).max(1) as i32;
    let step = [1, 2, 3, 6, 12, 24, 60, 120, 600]
        .into_iter()
        .find(|step| spans / step <= room)
        .unwrap_or(1200);
    let to_date = |month: i32| {
        Date::new((month / 12) as i16, (month % 12 + 1) as i8, 1).ok().filter(|day| *day <= to)
    };
    (0..=spans / step).filter_map(|index| to_date(first + index * step)).collect()
}

/// Rows under one time axis, today as an ink line.
///
/// ```
/// use jiff::civil::date;
/// use tici_web::charts::{Gantt, GanttRow, Room, gantt};
/// let row = GanttRow {
///     name: "桩基施工".into(),
///     planned: Some((date(2026, 1, 1), date(2026, 3, 1))),
///     actual: Some((date(2026, 1, 20), date(2026, 4, 3))),
///     note: "完成 晚 33 天".into(),
///     ..GanttRow::default()
/// };
/// let svg = gantt(&Gantt {
///     room: Room::Wide,
///     from: date(2026, 1, 1),
///     to: date(2026, 12, 31),
///     ticks: vec![(date(2026, 1, 1), "1月".into())],
///     rows: vec![row],
///     today: Some((date(2026, 6, 18), "今天".into())),
///     label: "桩基施工晚 33 天完成".into(),
/// });
/// assert!(svg.contains("完成 晚 33 天") && svg.contains("今天"));
/// ```
pub fn gantt(of: &Gantt) -> String {
    let width = of.room.width_px();
    let frame = Frame::of(of, width);
    let mut svg = Svg::new(width, frame.bottom + 18.0);
    let mut free_from = f64::NEG_INFINITY;
    for (day, word) in &of.ticks {
        let x = frame.days.at(day_number(*day));
        svg.line((x, 20.0), (x, frame.bottom), "stroke=\"var(--line)\"");
        let half = text_width(word, TEXT_PX, false) / 2.0;
        if x - half >= free_from {
            svg.text((x, 12.0), Style::NOTE_MIDDLE, word);
            free_from = x + half + 6.0;
        }
    }
    for (index, row) in of.rows.iter().enumerate() {
        draw_row(&mut svg, row, &frame, 27.0 + index as f64 * frame.row_px);
    }
    if let Some((day, word)) = of.today.as_ref().filter(|(day, _)| (of.from..=of.to).contains(day))
    {
        let x = frame.days.at(day_number(*day));
        let look = "stroke=\"var(--ink)\" stroke-width=\"1.5\"";
        svg.line((x, 20.0), (x, frame.bottom), look);
        svg.text((x, frame.bottom + 14.0), Style::STRONG_MIDDLE, word);
    }
    svg.finish(&of.label)
}

struct Frame {
    days: Linear,
    left: f64,
    right: f64,
    width: f64,
    bottom: f64,
    row_px: f64,
    /// Names and notes stand on a line of their own above the bars.
    is_stacked: bool,
}

impl Frame {
    fn of(of: &Gantt, width: f64) -> Frame {
        let is_stacked = of.room.is_narrow();
        let widest = |texts: &mut dyn Iterator<Item = f64>| texts.fold(0.0, f64::max);
        let names = widest(&mut of.rows.iter().map(|row| text_width(&row.name, TEXT_PX, false)));
        let notes = widest(&mut of.rows.iter().map(|row| text_width(&row.note, TEXT_PX, true)));
        let (left, right) = match is_stacked {
            true => (2.0, width - 2.0),
            false => (names.clamp(60.0, 150.0) + 16.0, width - notes.clamp(20.0, 130.0) - 10.0),
        };
        let row_px = if is_stacked { ROW_PX + 17.0 } else { ROW_PX };
        let bottom = 24.0 + row_px * of.rows.len().max(1) as f64;
        let days = Linear::new((day_number(of.from), day_number(of.to)), (left, right));
        Frame { days, left, right, width, bottom, row_px, is_stacked }
    }

    /// Place of a span, at least a visible 2 px wide and never past the axis.
    fn span(&self, (from, to): (Date, Date), y: f64, height: f64) -> Area {
        let left = self.days.at(day_number(from.min(to))).min(self.right - 2.0);
        let right = self.days.at(day_number(from.max(to)));
        Area::new(left, y, (right - left).max(2.0), height)
    }
}

fn draw_row(svg: &mut Svg, row: &GanttRow, frame: &Frame, top: f64) {
    let note = if row.is_strong { Style::STRONG_END } else { Style::END };
    if frame.is_stacked {
        svg.text_in((0.0, top + 10.0), frame.width * 0.55, Style::INK, &row.name);
        svg.text_in((frame.width, top + 10.0), frame.width * 0.42, note, &row.note);
    } else {
        svg.text_in((0.0, top + 14.0), frame.left - 8.0, Style::INK, &row.name);
        let room = frame.width - frame.right - 6.0;
        svg.text_in((frame.width, top + 14.0), room, note, &row.note);
    }
    let top = if frame.is_stacked { top + 15.0 } else { top };
    if let Some(planned) = row.planned {
        draw_planned(svg, planned, frame, top);
    }
    if let Some(expected) = row.expected {
        svg.hatched(frame.span(expected, top + 10.0, 9.0));
    }
    if let Some(actual) = row.actual {
        let at = (frame.days.at(day_number(actual.0)), top + 14.5);
        match actual.0 == actual.1 {
            true => svg.circle(at, 4.5, "fill=\"var(--actual)\""),
            false => svg.rect(frame.span(actual, top + 10.0, 9.0), "var(--actual)", ""),
        }
    }
}

fn draw_planned(svg: &mut Svg, planned: (Date, Date), frame: &Frame, top: f64) {
    if planned.0 == planned.1 {
        let at = (frame.days.at(day_number(planned.0)), top + 4.0);
        svg.circle(at, 3.5, "fill=\"var(--surface)\" stroke=\"var(--plan)\" stroke-width=\"2\"");
    } else {
        let area = frame.span(planned, top, 8.0).inset(0.5);
        svg.rect(area, "var(--surface)", "var(--plan)");
    }
}

/// Days since the era's start: only differences matter.
fn day_number(day: Date) -> f64 {
    let epoch = jiff::civil::date(2000, 1, 1);
    epoch.until(day).map_or(0.0, |span| f64::from(span.get_days()))
}
