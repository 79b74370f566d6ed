//! The verbs people perform, one file each: permission, transaction, journal entry,
//! engines in order. Web, API and command line know nothing below this but the nouns.

pub mod desk;
pub mod error;
pub mod lens;
pub mod permission;
pub mod view_cockpit;
pub mod view_journal;
pub mod view_ledger;
pub mod view_project;

pub use desk::Desk;
pub use error::OpsError;
pub use permission::{Action, Session};
