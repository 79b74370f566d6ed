//! The dispatch meeting: one stuck project at a time, and what was decided.

use crate::Name;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// A project on the agenda, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AgendaItem {
    pub project: i64,
    /// Why it is here: `red_light`, `overdue_task`, `broken_promise`, `dwell`, `asked`.
    pub why: String,
    /// Whether it has been spoken of.
    #[serde(default)]
    pub done: bool,
}

/// A meeting. Its decisions are tasks that name it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Meeting {
    pub id: i64,
    /// Id of its first row; the same for all that replace it.
    pub series: i64,
    pub title: Name,
    pub on: Date,
    /// The post that chairs it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub chair: Option<Name>,
    pub agenda: Vec<AgendaItem>,
    #[serde(default)]
    pub closed: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub minutes: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub replaces: Option<i64>,
}
