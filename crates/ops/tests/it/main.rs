//! Operations on both databases, through the façade only.

mod accounts;
mod claims;
mod county;
mod desks;
mod imports;
mod keep_rules;
mod light_rules;
mod meetings;
mod month;
mod pairs;
mod permission;
mod promises;
mod returns;
mod returns_resaved;
mod snapshot_file;
mod returns_seen;
