//! Charts as SVG text: one grammar for page, bulletin and print.
//!
//! Every chart is a pure function from a plain struct to a string. Words arrive already
//! translated and numbers already in the unit to be shown; colours are CSS custom
//! properties, so that a chart follows the theme of the page it stands on. Nothing here
//! yields a coordinate that is not finite or that lies outside the view box, whatever
//! finite numbers go in.
//!
//! | | line | area | mark |
//! |---|---|---|---|
//! | plan | grey, dashed | grey outline, empty | hollow ring |
//! | actual | azure, solid | azure, solid | dot |
//! | forecast | azure, dotted | hatched; an interval is tinted | dot with whiskers |

pub mod bar;
pub mod bullet;
pub mod expected;
pub mod flow_arrow;
pub mod gantt;
pub mod histogram;
pub mod light;
pub mod merkle_path;
pub mod projector;
pub mod s_curve;
pub mod sparkline;
pub mod stairs;
pub mod standalone;
pub mod stepper;
pub mod tier;
pub mod unit_cells;

mod scale;
mod svg;

pub use bar::{Bar, Tone, bar};
pub use bullet::{Bullet, bullet};
pub use expected::{Expected, ExpectedBin, expected};
pub use flow_arrow::{FlowArrow, flow_arrow};
pub use gantt::{Gantt, GanttRow, gantt, month_ticks};
pub use histogram::{Histogram, HistogramWords, histogram};
pub use light::light;
pub use merkle_path::{MerklePath, MerkleStep, Side, merkle_path};
pub use projector::{BigStairs, TimeLine, TimeLineWords, big_stairs, time_line};
pub use s_curve::{Curve, CurvePoint, CurveRow, CurveWords, s_curve};
pub use sparkline::{Sparkline, sparkline};
pub use stairs::{Stairs, stairs};
pub use standalone::standalone;
pub use stepper::{Step, StepState, Stepper, stepper};
pub use tier::tier;
pub use unit_cells::{Unit, UnitCells, UnitGroup, UnitState, unit_cells, unit_mark};

/// The room a key chart has. Each variant is rendered and the page shows one of them, so
/// that text is never scaled below 12 px.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Room {
    /// 660 px, for a panel on a desktop.
    Wide,
    /// 896 px, for a chart as wide as a tablet: the staircase alone needs it.
    Middle,
    /// 326 px, for a phone.
    Narrow,
}

impl Room {
    /// Width in px.
    pub fn width_px(self) -> f64 {
        match self {
            Room::Wide => 660.0,
            Room::Middle => 896.0,
            Room::Narrow => 326.0,
        }
    }

    fn is_narrow(self) -> bool {
        self == Room::Narrow
    }
}
