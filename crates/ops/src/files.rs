//! Reading and writing files, as the pages and the command line need it. They know the
//! file crate only through this list.

pub use tici_exchange::{
    export, flat, guess, layout, limits, list_rows, map, marked, photo, preview, propose, read,
    schedule, sheet, standards, statistics,
};
