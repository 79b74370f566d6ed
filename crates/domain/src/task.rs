//! What somebody has to do by a day.

use crate::Name;
use crate::codes::codes;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

codes! {
    /// Where a task comes from.
    pub enum TaskKind {
        /// Something that stands in a project's way: 用地批复, 能评.
        Blocker = "blocker",
        /// Decided in a meeting.
        Decision = "decision",
        /// A start is looked at again 30, 60 and 90 days later.
        Recheck = "recheck",
        /// Somebody asked for it outside a meeting.
        Request = "request",
    }
}

codes! {
    /// How a task stands. Late is not a state: it follows from the day.
    pub enum TaskState {
        Open = "open",
        /// Done by the promised day.
        Kept = "kept",
        /// Done later than promised, or given up after the day passed.
        Broken = "broken",
        /// No longer needed; the note says why.
        Dropped = "dropped",
    }
}

codes! {
    /// What somebody found where a start was looked at again.
    pub enum Finding {
        /// Permanent works go on.
        Building = "building",
        /// Nobody works there; the start may not have been one.
        Stopped = "stopped",
    }
}

/// One task. A new promise replaces the row and keeps `due_original`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Task {
    pub id: i64,
    /// Id of its first row; the same for all that replace it.
    pub series: i64,
    pub kind: TaskKind,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub project: Option<i64>,
    /// Series of the meeting that decided it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub meeting: Option<i64>,
    /// Series of the commitment it serves.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub commitment: Option<i64>,
    /// The stage claim to be looked at again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub claim: Option<i64>,
    pub title: Name,
    /// The unit that has to do it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub owner: Option<Name>,
    pub opened: Date,
    /// As promised now.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<Date>,
    /// As promised first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due_original: Option<Date>,
    pub state: TaskState,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub closed_on: Option<Date>,
    /// How it stands, in words: 在市级会签.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// Of a re-check that is closed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub finding: Option<Finding>,
    /// Attachments that show the finding.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub evidence: Vec<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub replaces: Option<i64>,
}

impl Task {
    /// Days past the promised day, while open; negative is time left.
    pub fn days_late(&self, today: Date) -> Option<i32> {
        let due = self.due.filter(|_| self.state == TaskState::Open)?;
        Some((today - due).get_days())
    }
}
