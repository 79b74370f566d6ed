//! Tests of the crate as its users see it.

mod bad_input;
mod cases;
mod export;
mod fixture;
mod formats;
mod guess;
mod layouts;
mod links;
mod map;
mod marked;
mod messages;
mod messy;
mod photo;
mod properties;
mod real_data;
mod smoke;
