//! What one account keeps outside the journal: its password hash, sessions, saved
//! views, preferences.

mod credential;
mod preference;
mod saved_view;
mod session;

pub use saved_view::SavedView;
pub use session::Session;
