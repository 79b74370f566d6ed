//! Pages by their address.

mod account;
mod board;
mod calendar;
mod claims;
mod cockpit;
mod components;
mod dispatch;
mod done;
mod every_page;
mod import;
mod journal;
mod league;
mod ledger;
mod lights;
mod looking_back;
mod packages;
mod pairs;
mod project;
mod promises;
mod returns;
mod rules;
mod sign_in;
