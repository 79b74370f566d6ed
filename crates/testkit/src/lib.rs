//! What tests and demonstrations are built on: a fictional county, builders of single
//! rows, and a parser for tables written in a test's text.

pub mod builders;
pub mod bulletins;
pub mod county;
pub mod forms;
pub mod photo;
pub mod samples;
pub mod table;
pub mod uscc;

pub use county::{
    County, CountySpec, Operation, SampleAccount, TODAY, county, operations, sample_accounts,
};
