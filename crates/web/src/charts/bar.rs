//! A bar in a table row, as wide as its column.

use super::scale::clean;
use super::svg::{Area, Svg};

/// Which of two columns of bars a bar belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// The count: full azure.
    First,
    /// The amount beside it: lighter.
    Second,
}

/// One bar; its number stands in the next cell.
#[derive(Clone, Debug, PartialEq)]
pub struct Bar {
    pub value: f64,
    /// Value of a full bar; the largest of the column.
    pub max: f64,
    pub tone: Tone,
}

/// A bar from 0. Decoration: the number is in the row.
///
/// ```
/// use tici_web::charts::{Bar, Tone, bar};
/// assert!(bar(&Bar { value: 31.0, max: 62.0, tone: Tone::First }).contains("width=\"50\""));
/// ```
pub fn bar(of: &Bar) -> String {
    let mut svg = Svg::new(100.0, 12.0);
    let max = clean(of.max);
    let share = if max > 0.0 { (clean(of.value) / max).clamp(0.0, 1.0) } else { 0.0 };
    let fill = match of.tone {
        Tone::First => "var(--actual)",
        Tone::Second => "var(--s3)",
    };
    svg.rect(Area::new(0.0, 0.0, 100.0 * share, 12.0), fill, "");
    svg.finish_stretched("hb", "")
}
