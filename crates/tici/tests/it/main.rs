//! The whole of Tici, from outside: its pages in a real browser, its server over a socket,
//! its commands as a shell runs them.

mod accessibility;
mod ask;
mod assess;
mod browser;
mod claims;
mod commands;
mod county;
mod forecast_commands;
mod forecast_files;
mod kept_apart;
mod meeting;
mod month;
mod page;
mod pictures;
mod promises;
mod real_lists;
mod returns;
mod returns_commands;
mod returns_refused;
mod rules;
mod run;
mod serving;
mod stories;
mod totals;
mod without_script;
