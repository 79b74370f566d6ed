//! The lights as shapes: nobody has to tell red from green by colour.

use super::svg::{Svg, num};
use tici_domain::Light;

/// Side of the mark, in px.
pub const LIGHT_PX: f64 = 12.0;

/// The mark of a light. With an empty `label` it is decoration beside its own word;
/// alone it needs one.
///
/// ```
/// use tici_domain::Light;
/// use tici_web::charts::light;
/// assert!(light(Light::Red, "").contains("aria-hidden"));
/// assert!(light(Light::Amber, "预警").contains("aria-label=\"预警\""));
/// ```
pub fn light(light: Light, label: &str) -> String {
    let mut svg = Svg::new(LIGHT_PX, LIGHT_PX);
    svg.raw(shape(light));
    svg.finish_mark(label)
}

/// The mark inside another drawing, its corner at `at`, `side_px` wide.
pub(super) fn light_at(light: Light, at: (f64, f64), side_px: f64) -> String {
    let scale = (side_px / LIGHT_PX * 1000.0).round() / 1000.0;
    let (x, y) = (num(at.0), num(at.1));
    format!("<g transform=\"translate({x} {y}) scale({scale})\">{}</g>", shape(light))
}

/// The token of a light's colour.
pub(super) fn colour(light: Light) -> &'static str {
    match light {
        Light::Red => "var(--red)",
        Light::Amber => "var(--amber)",
        Light::Green => "var(--green)",
        Light::Unreported | Light::Excused => "var(--grey)",
    }
}

fn shape(light: Light) -> &'static str {
    match light {
        Light::Red => "<path d=\"M6 .2L11.8 6 6 11.8 .2 6z\" fill=\"var(--red)\"/>",
        Light::Amber => {
            "<path d=\"M6 .8L11.6 11H.4z\" fill=\"var(--amber-f)\" stroke=\"var(--amber)\" \
             stroke-linejoin=\"round\"/>"
        }
        Light::Green => "<circle cx=\"6\" cy=\"6\" r=\"5\" fill=\"var(--green)\"/>",
        Light::Unreported => {
            "<circle cx=\"6\" cy=\"6\" r=\"4.6\" fill=\"none\" stroke=\"var(--grey)\" \
             stroke-width=\"1.6\" stroke-dasharray=\"2.4 1.6\"/>"
        }
        // Held back, as a player is: nobody should take it for green.
        Light::Excused => {
            "<circle cx=\"6\" cy=\"6\" r=\"5\" fill=\"none\" stroke=\"var(--grey)\" \
             stroke-width=\"1.4\"/><path d=\"M4.5 3.8V8.2M7.5 3.8V8.2\" stroke=\"var(--grey)\" \
             stroke-width=\"1.4\"/>"
        }
    }
}
