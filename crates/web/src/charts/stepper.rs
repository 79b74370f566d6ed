//! The big staircase of one project: what was planned, what came, what is expected.

use super::Room;
use super::scale::clean;
use super::svg::{Area, Style, Svg, TEXT_PX, text_width};

/// How a step stands.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum StepState {
    Done,
    /// Where the project is; filled by its progress (0 to 1) as far as that is known.
    Current(Option<f64>),
    Ahead,
}

/// One step.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    pub name: String,
    pub state: StepState,
    /// 按期, 早 8 天, 晚 50 天, or the progress of the current step.
    pub note: String,
    /// Whether the note says that a step ahead will be late.
    pub is_late: bool,
    /// Two lines under the step: word and value.
    pub lines: [(String, String); 2],
}

/// The staircase.
#[derive(Clone, Debug, PartialEq)]
pub struct Stepper {
    pub room: Room,
    pub steps: Vec<Step>,
    /// Finding in words.
    pub label: String,
}

/// Wide (1206 px) and middle (896 px): the steps side by side. Narrow (326 px): one under
/// another.
///
/// ```
/// use tici_web::charts::{Room, Step, StepState, Stepper, stepper};
/// let step = Step {
///     name: "在建".into(),
///     state: StepState::Current(Some(0.37)),
///     note: "当前，形象进度 37%".into(),
///     is_late: false,
///     lines: [("计划".into(), "2026-07-15".into()), ("预计".into(), "—".into())],
/// };
/// let svg = stepper(&Stepper { room: Room::Wide, steps: vec![step], label: "在建".into() });
/// assert!(svg.contains("viewBox=\"0 0 1206 "));
/// ```
pub fn stepper(of: &Stepper) -> String {
    match of.room {
        Room::Wide => side_by_side(of, 1206.0, false),
        Room::Middle => side_by_side(of, of.room.width_px(), true),
        Room::Narrow => narrow(of),
    }
}

/// `is_stacked`: a note stands under its name, for there is no room beside it.
fn side_by_side(of: &Stepper, width: f64, is_stacked: bool) -> String {
    let floor = if is_stacked { 132.0 } else { 116.0 };
    let mut svg = Svg::new(width, floor + 40.0);
    let pitch = width / of.steps.len().max(1) as f64;
    for (index, step) in of.steps.iter().enumerate() {
        let rise = 66.0 * index as f64 / (of.steps.len().saturating_sub(1)).max(6) as f64;
        let height = 22.0 + rise;
        let area = Area::new(index as f64 * pitch, floor - height, pitch - 4.0, height);
        draw_step(&mut svg, step.state, area);
        let (left, over) = (area.x + 2.0, area.y - 8.0);
        if is_stacked {
            let up = if step.note.is_empty() { 0.0 } else { 17.0 };
            svg.text_in((left, over - up), area.width, name_style(step), &step.name);
            svg.text_in((area.right() - 2.0, over), area.width, note_style(step), &step.note);
        } else {
            let name_room = if step.note.is_empty() { area.width } else { area.width * 0.5 };
            svg.text_in((left, over), name_room, name_style(step), &step.name);
            let room = area.width * 0.72;
            svg.text_in((area.right() - 4.0, over), room, note_style(step), &step.note);
        }
        for (row, (word, value)) in step.lines.iter().enumerate() {
            let y = floor + 18.0 + 17.0 * row as f64;
            let word_px = text_width(word, TEXT_PX, false);
            svg.text((left, y), Style::NOTE, word);
            let style = if row == 0 { Style::PLAIN } else { Style::STRONG };
            let gap = if is_stacked { 4.0 } else { 8.0 };
            let room = area.right() + 4.0 - left - word_px - gap;
            svg.text_in((left + word_px + gap, y), room, style, value);
        }
    }
    let look = "stroke=\"var(--ink)\" stroke-width=\"1.5\"";
    svg.line((0.0, floor + 0.5), (width - 4.0, floor + 0.5), look);
    svg.finish(&of.label)
}

fn narrow(of: &Stepper) -> String {
    let (width, left, bar_px) = (Room::Narrow.width_px(), 76.0, 30.0);
    let lines = |step: &Step| narrow_lines(step, width - left - 2.0);
    let row_px = |step: &Step| 36.0 + 16.0 * lines(step).len() as f64;
    let height: f64 = of.steps.iter().map(row_px).sum();
    let mut svg = Svg::new(width, height.max(52.0));
    let count = of.steps.len().max(1) as f64;
    let mut top = 0.0;
    for (index, step) in of.steps.iter().enumerate() {
        let length = 16.0 + 48.0 * (index + 1) as f64 / count;
        draw_step(&mut svg, step.state, Area::new(0.0, top + 6.0, length, bar_px));
        svg.text_in((left, top + 18.0), 110.0, name_style(step), &step.name);
        svg.text_in((width - 2.0, top + 18.0), 136.0, note_style(step), &step.note);
        for (row, words) in lines(step).iter().enumerate() {
            let y = top + 36.0 + 16.0 * row as f64;
            svg.text_in((left, y), width - left - 2.0, Style::PLAIN, words);
        }
        top += row_px(step);
        svg.line((left, top - 0.5), (width, top - 0.5), "stroke=\"var(--line)\"");
    }
    svg.finish(&of.label)
}

/// The two lines of a step as one, or as two when one has no room.
fn narrow_lines(step: &Step, room_px: f64) -> Vec<String> {
    let [(first, planned), (second, came)] = &step.lines;
    let (above, below) = (format!("{first} {planned}"), format!("{second} {came}"));
    let both = format!("{above}　{below}");
    if text_width(&both, TEXT_PX, false) <= room_px { vec![both] } else { vec![above, below] }
}

fn draw_step(svg: &mut Svg, state: StepState, area: Area) {
    match state {
        StepState::Done => svg.rect(area, "var(--actual)", ""),
        StepState::Current(progress) => {
            svg.rect(area.inset(0.5), "var(--azure-t)", "var(--actual)");
            let share = clean(progress.unwrap_or(0.0)).clamp(0.0, 1.0);
            svg.rect(Area { width: area.width * share, ..area }, "var(--actual)", "");
        }
        StepState::Ahead => svg.dashed_rect(area),
    }
}

fn name_style(step: &Step) -> Style {
    if step.state == StepState::Ahead { Style::TITLE_AHEAD } else { Style::TITLE }
}

fn note_style(step: &Step) -> Style {
    match (step.state, step.is_late) {
        (StepState::Ahead, true) => Style::LATE_END,
        (StepState::Current(_), _) => Style::STRONG_END,
        _ => Style::END,
    }
}
