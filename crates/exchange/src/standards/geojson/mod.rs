//! GeoJSON (RFC 7946) of projects at their sites, in a stated coordinate system.

pub mod read;
pub mod write;

pub use read::read;
pub use write::{losses, write};
