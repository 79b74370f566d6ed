//! Done against due by now: a bar with an ink tick.

use super::scale::clean;
use super::svg::{Area, Svg, num};

/// Shares of the year's plan; 1 is the whole plan.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Bullet {
    /// Share done; `None` when nothing was reported.
    pub done: Option<f64>,
    /// Share due by now; `None` when no plan says.
    pub due: Option<f64>,
    /// Finding in words: 完成 36.9%，应完成 45.0%.
    pub label: String,
}

/// The bar of a row, as wide as its column, the tick 2 px whatever the width.
///
/// ```
/// use tici_web::charts::{Bullet, bullet};
/// let svg = bullet(&Bullet { done: Some(0.45), due: Some(0.432), label: "45%".into() });
/// assert!(svg.contains("width=\"45\"") && svg.contains("M43.2 "));
/// ```
pub fn bullet(of: &Bullet) -> String {
    let mut svg = Svg::new(100.0, 16.0);
    svg.rect(Area::new(0.0, 3.0, 100.0, 10.0), "var(--grey-t)", "");
    if let Some(done) = of.done {
        let width = 100.0 * clean(done).clamp(0.0, 1.0);
        svg.rect(Area::new(0.0, 3.0, width, 10.0), "var(--actual)", "");
    }
    if let Some(due) = of.due {
        let x = num(100.0 * clean(due).clamp(0.0, 1.0));
        let look = "stroke=\"var(--ink)\" stroke-width=\"2\" vector-effect=\"non-scaling-stroke\"";
        svg.raw_path(&format!("M{x} 0V16"), look);
    }
    svg.finish_stretched("bl", &of.label)
}
