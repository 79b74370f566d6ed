//! Where a step of ten days lies against the day then promised.

use jiff::civil::Date;

/// Days of a step. Offices already count in ten days (旬).
pub const STEP_DAYS: i32 = 10;

/// How far a step's first day is from the promised day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Band {
    /// More than 60 days before.
    Far,
    Before60,
    Before30,
    /// The promised day lies in the step.
    Before10,
    After0,
    After10,
    After30,
    After90,
    After240,
}

/// All bands, in order of time.
pub const BANDS: [Band; 9] = [
    Band::Far,
    Band::Before60,
    Band::Before30,
    Band::Before10,
    Band::After0,
    Band::After10,
    Band::After30,
    Band::After90,
    Band::After240,
];

impl Band {
    /// Key in a rule file.
    pub fn key(self) -> &'static str {
        match self {
            Band::Far => "far",
            Band::Before60 => "before_60",
            Band::Before30 => "before_30",
            Band::Before10 => "before_10",
            Band::After0 => "after_0",
            Band::After10 => "after_10",
            Band::After30 => "after_30",
            Band::After90 => "after_90",
            Band::After240 => "after_240",
        }
    }

    /// The band of a step that begins on `at`.
    pub fn of(at: Date, due: Date) -> Band {
        match (at - due).get_days() {
            ..-60 => Band::Far,
            -60..-30 => Band::Before60,
            -30..-10 => Band::Before30,
            -10..0 => Band::Before10,
            0..10 => Band::After0,
            10..30 => Band::After10,
            30..90 => Band::After30,
            90..240 => Band::After90,
            240.. => Band::After240,
        }
    }

    /// Its place in [`BANDS`].
    pub fn index(self) -> usize {
        self as usize
    }
}
