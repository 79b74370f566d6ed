//! Operations on both databases, through the façade only.

mod accounts;
mod claims;
mod county;
mod desks;
mod imports;
mod keep_rules;
mod light_rules;
mod looking_back;
mod meetings;
mod month;
mod packages;
mod pairs;
mod permission;
mod promises;
mod returns;
mod returns_resaved;
mod returns_seen;
mod snapshot_file;
