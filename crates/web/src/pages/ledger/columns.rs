//! The columns a reader may choose from. Light and name are always there.

use crate::T;
use tici_ops::view_ledger::Sort;

/// A column of the ledger, beside light and name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Column {
    Place,
    Tier,
    Chain,
    Stage,
    Total,
    PlanYear,
    DoneYtd,
    DoneOfPlan,
    NextMilestone,
    SinceStart,
    Progress,
    LeadUnit,
    Sponsor,
    Enterprise,
    Build,
    LastReport,
}

impl Column {
    pub const ALL: [Column; 16] = [
        Column::Place,
        Column::Tier,
        Column::Chain,
        Column::Stage,
        Column::Total,
        Column::PlanYear,
        Column::DoneYtd,
        Column::DoneOfPlan,
        Column::NextMilestone,
        Column::SinceStart,
        Column::Progress,
        Column::LeadUnit,
        Column::Sponsor,
        Column::Enterprise,
        Column::Build,
        Column::LastReport,
    ];

    /// Shown when nothing was chosen.
    pub const DEFAULT: [Column; 9] = [
        Column::Place,
        Column::Tier,
        Column::Chain,
        Column::Stage,
        Column::Total,
        Column::PlanYear,
        Column::DoneYtd,
        Column::DoneOfPlan,
        Column::NextMilestone,
    ];

    /// The value of `col=`, and of the message `column-CODE`.
    pub fn code(self) -> &'static str {
        match self {
            Column::Place => "place",
            Column::Tier => "tier",
            Column::Chain => "chain",
            Column::Stage => "stage",
            Column::Total => "total",
            Column::PlanYear => "plan",
            Column::DoneYtd => "done",
            Column::DoneOfPlan => "share",
            Column::NextMilestone => "next",
            Column::SinceStart => "since-start",
            Column::Progress => "progress",
            Column::LeadUnit => "lead-unit",
            Column::Sponsor => "sponsor",
            Column::Enterprise => "enterprise",
            Column::Build => "build",
            Column::LastReport => "last-report",
        }
    }

    pub fn parse(code: &str) -> Option<Column> {
        Column::ALL.into_iter().find(|column| column.code() == code)
    }

    /// Head of the column.
    pub fn head(self, t: T) -> String {
        t.t(&format!("column-{}", self.code()))
    }

    /// Name in the chooser, where there is room for the whole of it.
    pub fn name(self, t: T) -> String {
        t.try_t(&format!("column-{}-long", self.code()), &[]).unwrap_or_else(|| self.head(t))
    }

    /// What a click on the head sorts by.
    pub fn sort(self) -> Option<Sort> {
        match self {
            Column::Place => Some(Sort::Place),
            Column::Tier => Some(Sort::Tier),
            Column::Stage => Some(Sort::Stage),
            Column::Total => Some(Sort::Total),
            Column::PlanYear => Some(Sort::PlanYear),
            Column::DoneYtd => Some(Sort::DoneYtd),
            Column::DoneOfPlan => Some(Sort::DoneOfPlan),
            Column::NextMilestone => Some(Sort::NextMilestone),
            Column::LastReport => Some(Sort::LastReport),
            _ => None,
        }
    }

    /// Numbers stand to the right.
    pub fn is_number(self) -> bool {
        use Column as C;
        matches!(self, C::Total | C::PlanYear | C::DoneYtd | C::SinceStart | C::Progress)
    }
}
