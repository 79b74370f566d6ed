//! Any bytes as a photograph: its facts are read or are missing.
#![no_main]

use libfuzzer_sys::fuzz_target;
use tici_exchange::photo::{picture_type, read_photo};

fuzz_target!(|bytes: &[u8]| {
    let _ = picture_type(bytes);
    tici_fuzz::bounded(bytes.len(), || read_photo(bytes));
});
