//! The sample county against the pictures it has to agree with.

mod codes;
mod engine;
mod figures;
mod journal;
mod replay;
mod samples;
mod scale;
mod shapes;
mod workbooks;

use std::sync::OnceLock;

use tici_testkit::{County, CountySpec, county};

/// The base county, made once for all tests.
fn base() -> &'static County {
    static BASE: OnceLock<County> = OnceLock::new();
    BASE.get_or_init(|| county(&CountySpec::default()))
}
