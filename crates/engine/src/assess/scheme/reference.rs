//! The reference of scheme files.
