//! International Aid Transparency Initiative, activities of version 2.03, out only.
//!
//! The schema wants the elements of an activity in one order, which `write` keeps; codes
//! are of the published lists. For projects paid by lenders and donors, who ask for it.

pub mod codes;
mod detail;
pub mod write;
mod xml;

pub use write::{losses, write};
