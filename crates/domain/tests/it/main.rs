//! Everything the domain's arithmetic and codes promise, as tables and properties.

mod change;
mod industry;
mod money;
mod period;
mod place;
mod project_code;
mod ratio;
mod records;
mod shared;
mod stage;
mod statistics_codes;
mod uscc;
