//! Operations on both databases, through the façade only.

mod accounts;
mod assessment;
mod claims;
mod county;
mod desks;
mod forecast;
mod imports;
mod keep_rules;
mod kept_answers;
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
mod schema;
mod snapshot_file;
mod standards;
mod ways_out;
mod webhooks;
