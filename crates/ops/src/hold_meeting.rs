//! The dispatch meeting: prepares its agenda, shows one project after the other, takes down
//! what is decided as tasks, and gives the minutes.

mod hold;
mod show;

pub use hold::{NewDecision, NewMeeting, add_item, close_meeting, decide, prepare_meeting};
pub use show::{
    CandidateView, ItemView, MeetingLine, MeetingPage, MeetingsPage, view_meeting, view_meetings,
};

/// Decisions taken down at once.
pub const DECISIONS_MAX: usize = 20;
/// Longest title of a meeting, in characters.
pub const MEETING_TITLE_CHARS_MAX: usize = 80;
/// Longest text of the minutes beside the decisions, in characters.
pub const MINUTES_CHARS_MAX: usize = 8_000;
