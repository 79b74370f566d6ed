//! Pages by their address.

mod account;
mod cockpit;
mod components;
mod every_page;
mod import;
mod journal;
mod ledger;
mod project;
mod sign_in;
