//! An arrow from one stage to the next, as thick as so many moved.

use super::svg::{Svg, num};

/// Thickness of the shaft for one that moved, and at most, in px.
const THIN: f64 = 1.6;
const THICK: f64 = 9.0;

/// How many moved, of the most that moved anywhere on the board.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FlowArrow {
    pub moved: usize,
    pub most: usize,
    /// What it says in words.
    pub label: String,
}

/// The 30×20 arrow; a dashed line where nothing moved.
///
/// ```
/// use tici_web::charts::{FlowArrow, flow_arrow};
/// let still = flow_arrow(&FlowArrow { moved: 0, most: 7, label: "0".into() });
/// assert!(still.contains("dasharray") && still.contains("aria-label=\"0\""));
/// ```
pub fn flow_arrow(of: &FlowArrow) -> String {
    let mut svg = Svg::new(30.0, 20.0);
    if of.moved == 0 {
        let look = "stroke=\"var(--ctl)\" stroke-width=\"1\" stroke-dasharray=\"2 3\"";
        svg.line((2.0, 10.0), (28.0, 10.0), look);
        return svg.finish_mark(&of.label);
    }
    let share = of.moved as f64 / of.most.max(of.moved) as f64;
    let thick = THIN + (THICK - THIN) * share;
    let head = 4.5 + thick * 0.55;
    let look = format!("stroke=\"var(--ink2)\" stroke-width=\"{}\"", num(thick));
    svg.line((1.0, 10.0), (23.0, 10.0), &look);
    svg.polygon(&[(21.0, 10.0 - head), (29.0, 10.0), (21.0, 10.0 + head)], "var(--ink2)");
    svg.finish_mark(&of.label)
}
