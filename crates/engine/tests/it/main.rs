//! The engines on small ledgers written as tables.

mod facts;
mod keyed;
mod ledger;
mod light_rules;
mod lights;
mod snapshot;
mod stages;
mod totals;
