//! Pure functions from the ledger to its figures. No IO, no clock, no failure: what is
//! wrong with the input comes back as problems beside the result.

pub mod agenda;
pub mod assess;
pub mod board;
pub mod ceremony;
pub mod checks;
pub mod cockpit;
pub mod counting;
pub mod evidence;
pub mod facts;
pub mod filter;
pub mod forecast;
pub mod league;
pub mod lights;
pub mod pairs;
pub mod promise;
mod ranks;
pub mod reporters;
pub mod rule;
pub mod rule_file;
pub mod snapshot;
pub mod statement;
pub mod totals;

pub use facts::{Facts, FactsTable, Lens};
pub use filter::Filter;
pub use rule::Rule;
pub use snapshot::Snapshot;
