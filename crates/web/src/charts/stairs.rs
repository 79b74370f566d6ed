//! The signature: seven ascending steps, reached ones solid.

use super::svg::{Area, Svg};

/// Steps of the staircase.
pub const STEPS: usize = 7;

/// Where a project stands on the staircase.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stairs {
    /// Steps reached, 0 to 7; more counts as 7.
    pub reached: usize,
    /// Spoken name; empty when the stage's name stands beside the mark.
    pub label: String,
}

/// The 45×18 icon.
///
/// ```
/// use tici_web::charts::{Stairs, stairs};
/// let icon = stairs(&Stairs { reached: 3, label: "开工".into() });
/// assert_eq!(icon.matches("fill=\"var(--actual)\"").count(), 3);
/// ```
pub fn stairs(of: &Stairs) -> String {
    let mut svg = Svg::new(45.0, 18.0);
    for step in 0..STEPS {
        let x = step as f64 * 6.6;
        let height = 4.0 + 2.0 * step as f64;
        let area = Area::new(x, 17.0 - height, 5.0, height);
        if step < of.reached {
            svg.rect(area, "var(--actual)", "");
        } else {
            svg.rect(area.inset(0.5), "none", "var(--ctl)");
        }
    }
    svg.finish_mark(&of.label)
}
