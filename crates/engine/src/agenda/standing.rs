//! How a task stands on a day.

use jiff::civil::Date;
use tici_domain::{Light, Task, TaskState};

/// A task seen from a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Done by the day first promised.
    Kept { on: Option<Date> },
    /// Done so many days after the day first promised, or given up.
    Broken { on: Option<Date>, days_late: Option<i32> },
    /// No longer needed.
    Dropped,
    /// Open, past its promised day.
    Late { days: i32 },
    /// Open, with so many days left; 0 is today.
    Left { days: i32 },
    /// Open, and nobody has promised a day.
    NoDay,
}

/// How `task` stands on `today`.
pub fn standing(task: &Task, today: Date) -> Standing {
    match task.state {
        TaskState::Kept => Standing::Kept { on: task.closed_on },
        TaskState::Dropped => Standing::Dropped,
        TaskState::Broken => {
            let promised = task.due_original.or(task.due);
            let days = task.closed_on.zip(promised).map(|(on, due)| (on - due).get_days());
            Standing::Broken { on: task.closed_on, days_late: days }
        }
        TaskState::Open => match task.days_late(today) {
            Some(days) if days > 0 => Standing::Late { days },
            Some(days) => Standing::Left { days: -days },
            None => Standing::NoDay,
        },
    }
}

impl Standing {
    /// Red is broken or late, amber is due within `soon` days or without a day, green is
    /// done or has time. What is no longer needed has no light.
    pub fn light(self, soon: i32) -> Option<Light> {
        match self {
            Standing::Kept { .. } => Some(Light::Green),
            Standing::Broken { .. } | Standing::Late { .. } => Some(Light::Red),
            Standing::Left { days } if days > soon => Some(Light::Green),
            Standing::Left { .. } | Standing::NoDay => Some(Light::Amber),
            Standing::Dropped => None,
        }
    }

    pub fn is_open(self) -> bool {
        matches!(self, Standing::Late { .. } | Standing::Left { .. } | Standing::NoDay)
    }
}

/// The state in which a task that is done on `on` is closed: kept by the day that was
/// promised first, so that no promise is kept by moving it. Without a day it is kept.
pub fn closed_as(task: &Task, on: Date) -> TaskState {
    match task.due_original.or(task.due) {
        Some(due) if on > due => TaskState::Broken,
        _ => TaskState::Kept,
    }
}
