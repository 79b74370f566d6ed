//! One cell per project of a cohort, or for several of one state where they are many: the
//! whole promise at a glance.

use super::light::{colour, light_at};
use super::svg::{Area, Style, Svg, TEXT_PX, text_width};
use tici_domain::Light;

/// Cell and gap, in px.
const CELL_PX: f64 = 18.0;
const PITCH_PX: f64 = 22.0;
const LEGEND_PX: f64 = 12.0;
/// Space between two groups, in px.
const GROUP_GAP_PX: f64 = 6.0;

/// How a project stands to the promise.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UnitState {
    /// Kept: solid.
    Done,
    /// Expected in time: hatched.
    Likely,
    /// Not expected in time, or not known: outlined with its light.
    Marked(Light),
}

/// One project, or several of the same state.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unit {
    /// Code, firm and name, or how many they are, shown on hovering.
    pub title: String,
    pub state: UnitState,
}

/// Projects of one tier.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct UnitGroup {
    pub label: String,
    pub units: Vec<Unit>,
}

/// The cells of a cohort.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct UnitCells {
    /// Room, in px; 304 beside other panels, 326 on a phone.
    pub width_px: u32,
    pub groups: Vec<UnitGroup>,
    /// Finding in words.
    pub label: String,
}

/// Cells row by row, each group under its own label.
///
/// ```
/// use tici_web::charts::{Unit, UnitCells, UnitGroup, UnitState, unit_cells};
/// let unit = |state| Unit { title: "YX26-001".into(), state };
/// let svg = unit_cells(&UnitCells {
///     width_px: 304,
///     groups: vec![UnitGroup {
///         label: "省列".into(),
///         units: vec![unit(UnitState::Done), unit(UnitState::Likely)],
///     }],
///     label: "2 个中 1 个已开工".into(),
/// });
/// assert_eq!(svg.matches("<title>").count(), 2);
/// ```
pub fn unit_cells(of: &UnitCells) -> String {
    let width = f64::from(of.width_px.clamp(120, 2000));
    let widest = of.groups.iter().map(|group| text_width(&group.label, TEXT_PX, false));
    let left = (widest.fold(24.0, f64::max) + 14.0).min(width / 2.0);
    let columns = (((width - left + PITCH_PX - CELL_PX) / PITCH_PX).floor()).max(1.0) as usize;
    let rows: usize = of.groups.iter().map(|group| rows_of(group, columns)).sum();
    let gaps = of.groups.len().saturating_sub(1) as f64 * GROUP_GAP_PX;
    let height = (rows.max(1) as f64 * PITCH_PX + gaps).max(PITCH_PX);
    let mut svg = Svg::new(width, height);
    let mut top = 0.0;
    for group in &of.groups {
        svg.text_in((0.0, top + 14.0), left - 6.0, Style::PLAIN, &group.label);
        for (index, unit) in group.units.iter().enumerate() {
            let x = left + (index % columns) as f64 * PITCH_PX;
            let y = top + (index / columns) as f64 * PITCH_PX;
            svg.titled(&unit.title, |svg| draw_cell(svg, unit.state, x, y));
        }
        top += rows_of(group, columns) as f64 * PITCH_PX + GROUP_GAP_PX;
    }
    svg.finish(&of.label)
}

/// The cell of a legend, 12 px; the words stand beside it.
///
/// ```
/// use tici_web::charts::{UnitState, unit_mark};
/// assert!(unit_mark(UnitState::Done).contains("aria-hidden"));
/// ```
pub fn unit_mark(state: UnitState) -> String {
    let mut svg = Svg::new(LEGEND_PX, LEGEND_PX);
    let area = Area::new(0.0, 0.0, LEGEND_PX, LEGEND_PX);
    match state {
        UnitState::Done => svg.rect(area, "var(--actual)", ""),
        UnitState::Likely => svg.hatched(area),
        UnitState::Marked(light) => svg.raw(&light_at(light, (0.0, 0.0), LEGEND_PX)),
    }
    svg.finish_mark("")
}

fn rows_of(group: &UnitGroup, columns: usize) -> usize {
    group.units.len().div_ceil(columns).max(1)
}

fn draw_cell(svg: &mut Svg, state: UnitState, x: f64, y: f64) {
    let area = Area::new(x, y, CELL_PX, CELL_PX);
    match state {
        UnitState::Done => svg.rect(area, "var(--actual)", ""),
        UnitState::Likely => svg.hatched(area),
        UnitState::Marked(light) => {
            svg.rect(area.inset(0.5), "var(--surface)", colour(light));
            svg.raw(&light_at(light, (x + 3.5, y + 3.5), 11.0));
        }
    }
}
