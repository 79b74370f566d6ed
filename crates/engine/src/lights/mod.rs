//! Lights by a rule file: which rules there are, from which figure on, and how they add up
//! to one light. The rules are data; this folder only knows how to apply them.

mod growth;
mod history;
mod judge;
mod look;
mod percents;
mod presets;
mod read;
mod reason;
mod shown;
mod words;

use tici_domain::Name;

pub use growth::{Growth, growth_light};
pub use history::{LightChange, changes, lights_over};
pub use judge::{LightContext, LightInput, judge, judge_all};
pub use look::lights_of;
pub(crate) use look::{context_of, light_of};
pub use percents::Percents;
pub use presets::{DEFAULT_PRESET, PRESETS, preset, rules_or_preset};
pub use reason::Lit;
pub(crate) use words::{decimal, yuan};

/// The lights of one region.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct LightRules {
    /// Short name: `yinchuan`.
    pub key: String,
    pub title: Name,
    /// Where the rules were published, and what this file adds to them.
    pub source: String,
    pub unreported: Unreported,
    /// January is reported together with February: nothing is expected for January alone.
    pub jan_feb_together: bool,
    /// The worst light of those that apply decides; of two alike, the earlier rule.
    pub rules: Vec<LightRule>,
}

/// Where "not reported" stands among the lights when they are combined.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Unreported {
    /// Worse than red.
    Worst,
    /// Better than red and amber, worse than green.
    BeforeGreen,
    /// Shown only where no other rule says anything.
    Last,
}

/// One rule of a set.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct LightRule {
    /// What excuses name: `start`, `progress`, `entry`, `funds`, `growth`.
    pub key: String,
    pub name: Name,
    pub kind: Kind,
    pub applies: Applies,
    /// Only projects on a list of the year.
    pub listed: bool,
    pub amber: Option<Bound>,
    pub red: Option<Bound>,
}

/// What a rule looks at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// The day its people expect a start, against the day by which it is due; in days.
    StartExpected,
    /// Months running in which a planned start has not come.
    StartMonths,
    /// Percentage points of the annual plan behind.
    Behind(Against),
    /// Done as percent of what was due by now.
    ShareOfDue,
    /// A plan, and no report for the period.
    Report,
    /// Months since the start without an entry into statistics; only projects whose total
    /// is no smaller than this many yuan.
    Entry { total_min: i64 },
    /// Funds that came as percent of those due by contract.
    Funds,
    /// Growth over the same period of the year before; percent.
    Growth,
}

/// What progress is held against.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Against {
    /// The elapsed share of the year (序时进度).
    Time,
    /// The monthly plans; silent where there are none.
    Plan,
    /// The monthly plans where there are any, else the elapsed share.
    PlanElseTime,
}

/// Which projects a rule is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Applies {
    Started,
    NotStarted,
    All,
}

/// A threshold, in hundredths of the rule's unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Bound {
    pub at: i64,
    pub side: Side,
}

/// On which side of a threshold the light is on, and whether the threshold itself is in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Side {
    /// `from = 10`: 10 and more.
    From,
    /// `above = 30`: more than 30.
    Above,
    /// `up_to = 80`: 80 and less.
    UpTo,
    /// `below = 80`: less than 80.
    Below,
}

impl Kind {
    /// Whether more is worse: days late are, percent done are not.
    pub fn grows_worse(self) -> bool {
        !matches!(self, Kind::ShareOfDue | Kind::Funds | Kind::Growth)
    }

    /// Whether the rule has thresholds at all.
    pub fn has_bounds(self) -> bool {
        !matches!(self, Kind::Report)
    }
}

impl Bound {
    /// Whether `part/base`, in the rule's unit, is on the lit side. `base` is positive.
    /// Compared as whole numbers: no rounding moves a project over a threshold.
    pub fn lights(self, part: i128, base: i128) -> bool {
        let (value, at) = (part * 100, i128::from(self.at) * base);
        match self.side {
            Side::From => value >= at,
            Side::Above => value > at,
            Side::UpTo => value <= at,
            Side::Below => value < at,
        }
    }
}

impl Default for LightRules {
    fn default() -> Self {
        preset(DEFAULT_PRESET).unwrap_or_else(LightRules::none)
    }
}

impl LightRules {
    /// No rules: everything is green, and the reason says so.
    pub fn none() -> LightRules {
        LightRules {
            key: String::new(),
            title: Name::default(),
            source: String::new(),
            unreported: Unreported::Last,
            jan_feb_together: false,
            rules: Vec::new(),
        }
    }

    pub fn rule(&self, index: u8) -> Option<&LightRule> {
        self.rules.get(usize::from(index))
    }

    /// Whether any rule needs the figures of the year before.
    pub fn needs_growth(&self) -> bool {
        self.rules.iter().any(|rule| rule.kind == Kind::Growth)
    }

    /// Whether any rule needs the funds due and paid.
    pub fn needs_funds(&self) -> bool {
        self.rules.iter().any(|rule| rule.kind == Kind::Funds)
    }
}
