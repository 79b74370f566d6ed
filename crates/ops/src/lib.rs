//! The verbs people perform, one file each: permission, transaction, journal entry,
//! engines in order. Web, API and command line know nothing below this but the nouns.

pub mod accounts;
pub mod as_of;
pub mod claim_stage;
pub mod desk;
pub mod error;
pub mod export_projects;
pub mod files;
pub mod hold_meeting;
pub mod import;
pub mod import_projects;
pub mod judge_claim;
pub mod keep_events;
pub mod keep_excuses;
pub mod keep_lists;
pub mod keep_promises;
pub mod keep_registers;
pub mod keep_tasks;
mod kept;
mod ledger_order;
pub mod lens;
pub mod load_operations;
mod load_snapshot;
pub mod open_file;
pub mod permission;
pub mod preferences;
pub mod read_totals;
pub mod returns;
pub mod rule_files;
pub mod saved_views;
pub mod snapshot_file;
mod snapshot_keeper;
pub mod uploads;
pub mod verify_ledger;
pub mod view_board;
pub mod view_cockpit;
pub mod view_journal;
pub mod view_league;
pub mod view_ledger;
pub mod view_lights;
pub mod view_project;
pub mod write;

pub use desk::Desk;
pub use error::OpsError;
pub use permission::{Action, Session};
