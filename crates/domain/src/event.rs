//! Collective ceremonies: many projects signed, started or completed on one day.

use crate::codes::codes;
use crate::{Name, Stage};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

codes! {
    /// What is celebrated.
    pub enum EventKind {
        Signing = "signing",
        Start = "start",
        Completion = "completion",
    }
}

impl EventKind {
    /// The stage that its projects reach.
    pub fn stage(self) -> Stage {
        match self {
            EventKind::Signing => Stage::Signed,
            EventKind::Start => Stage::Started,
            EventKind::Completion => Stage::Completed,
        }
    }
}

/// One project of an event, with the amounts as announced.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EventItem {
    pub project: i64,
    /// Total investment in stored units of the project's currency.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub total: Option<i64>,
    /// Planned for the year of the event.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub plan_year: Option<i64>,
    /// Sector as announced.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sector: Option<String>,
}

/// A ceremony with its projects. A project is counted in one event of a kind, once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    pub id: i64,
    /// Id of its first row; the same for all that replace it.
    pub series: i64,
    pub kind: EventKind,
    pub name: Name,
    pub on: Date,
    /// Where it was held, in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub site: Option<Name>,
    /// The place that held it; none for the whole region.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<i64>,
    pub items: Vec<EventItem>,
    #[serde(default)]
    pub withdrawn: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub replaces: Option<i64>,
}
