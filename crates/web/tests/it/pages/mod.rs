//! Pages by their address.

mod account;
mod board;
mod cockpit;
mod components;
mod dispatch;
mod every_page;
mod import;
mod journal;
mod league;
mod ledger;
mod project;
mod sign_in;
