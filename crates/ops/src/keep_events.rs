//! Collective ceremonies: writes them down, refuses what another one has counted, and adds
//! them up.

mod show;
mod write_down;

pub use show::{EventLine, EventPage, EventRow, EventsPage, view_event, view_events};
pub use write_down::{EventProject, NewEvent, put_event, withdraw_event};

/// Longest name of an event or a site, in characters.
pub const EVENT_NAME_CHARS_MAX: usize = 80;
/// Projects of one event at most.
pub const EVENT_PROJECTS_MAX: usize = 2_000;
