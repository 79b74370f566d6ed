//! Tests of the crate as its users see it.

mod bad_input;
mod cases;
mod export;
mod fixture;
mod flat;
mod foreign;
mod formats;
mod guess;
mod hostile;
mod layouts;
mod links;
mod map;
mod marked;
mod messages;
mod messy;
mod photo;
mod properties;
mod real_data;
mod schedules;
mod smoke;
mod standards;
mod statistics;
