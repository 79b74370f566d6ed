//! Reading and writing files, as the pages and the command line need it. They know the
//! file crate only through this list.

pub use tici_exchange::{
    export, guess, layout, limits, map, marked, photo, preview, propose, read, sheet,
};
