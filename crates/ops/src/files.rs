//! Reading and writing files, as the pages and the command line need it. They know the
//! file crate only through this list.

pub use tici_exchange::{export, guess, limits, map, photo, preview, propose, read, sheet};
