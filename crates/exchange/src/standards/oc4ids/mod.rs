//! Open Contracting for Infrastructure Data Standard (OC4IDS) 0.9.5, packages of projects.
//!
//! Out: a package that is valid against the published schema. Whatever the ledger knows of
//! a project and the standard has a place for goes out, classifications and metrics under
//! schemes of our own where the standard leaves its lists open. In: any package; what is
//! odd in it is named with its JSON pointer.

pub mod codes;
pub mod read;
mod read_figures;
mod read_parties;
mod read_project;
pub mod write;

pub use read::read;
pub use write::{losses, write};

/// Edition of the standard that is written. A package names it without its patch level.
pub const EDITION: &str = "0.9.5";
pub const VERSION: &str = "0.9";
