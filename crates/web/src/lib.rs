//! The pages, their charts and the JSON API.

pub mod charts;
