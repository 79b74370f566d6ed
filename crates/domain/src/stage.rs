//! The life of a project, from lead to at-capacity.
//!
//! Codes, criteria and evidence: practice of county project offices; "started" means
//! that permanent works have formally broken ground.

use serde::{Deserialize, Serialize};

/// A milestone of a project's life. `StatEntered` is a state of its own that may come
/// before or after the steps around it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    Lead = 10,
    Signed = 20,
    Landed = 30,
    Started = 40,
    StatEntered = 45,
    InProgress = 50,
    Completed = 60,
    InProduction = 70,
    AtCapacity = 80,
}

impl Stage {
    pub const ALL: [Stage; 9] = [
        Stage::Lead,
        Stage::Signed,
        Stage::Landed,
        Stage::Started,
        Stage::StatEntered,
        Stage::InProgress,
        Stage::Completed,
        Stage::InProduction,
        Stage::AtCapacity,
    ];

    /// The seven steps of the staircase on every page, in order.
    pub const STAIRS: [Stage; 7] = [
        Stage::Signed,
        Stage::Landed,
        Stage::Started,
        Stage::InProgress,
        Stage::Completed,
        Stage::InProduction,
        Stage::AtCapacity,
    ];

    /// The two-digit number: 10, 20, … 80.
    pub fn number(self) -> u8 {
        self as u8
    }

    /// Reads a number back.
    pub fn from_number(number: i64) -> Option<Stage> {
        Stage::ALL.into_iter().find(|stage| i64::from(stage.number()) == number)
    }

    /// The stored and printed code, such as `in_production`.
    pub fn code(self) -> &'static str {
        match self {
            Stage::Lead => "lead",
            Stage::Signed => "signed",
            Stage::Landed => "landed",
            Stage::Started => "started",
            Stage::StatEntered => "stat_entered",
            Stage::InProgress => "in_progress",
            Stage::Completed => "completed",
            Stage::InProduction => "in_production",
            Stage::AtCapacity => "at_capacity",
        }
    }

    /// Reads a code back; `None` for anything else.
    pub fn parse(code: &str) -> Option<Stage> {
        Stage::ALL.into_iter().find(|stage| stage.code() == code)
    }

    /// How many of the seven steps are reached at this stage (0 for a lead).
    pub fn steps(self) -> usize {
        Stage::STAIRS.iter().filter(|step| step.number() <= self.number()).count()
    }

    /// Whether ground has been broken.
    pub fn has_started(self) -> bool {
        self.number() >= Stage::Started.number()
    }
}

/// What may stop a project beside its stage.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SideState {
    Active,
    Suspended,
    Terminated,
    Withdrawn,
}

impl SideState {
    pub const ALL: [SideState; 4] =
        [SideState::Active, SideState::Suspended, SideState::Terminated, SideState::Withdrawn];

    /// The stored and printed code.
    pub fn code(self) -> &'static str {
        match self {
            SideState::Active => "active",
            SideState::Suspended => "suspended",
            SideState::Terminated => "terminated",
            SideState::Withdrawn => "withdrawn",
        }
    }

    /// Reads a code back; `None` for anything else.
    pub fn parse(code: &str) -> Option<SideState> {
        SideState::ALL.into_iter().find(|state| state.code() == code)
    }
}
