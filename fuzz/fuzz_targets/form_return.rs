//! Any bytes as a form that was handed in, and as a sheet of one.
#![no_main]

use libfuzzer_sys::fuzz_target;
use tici_exchange::form;

fuzz_target!(|bytes: &[u8]| {
    let (read, problems) = form::read("a.xlsx", bytes);
    assert!(read.is_some() || !problems.is_empty());
    let book = tici_fuzz::xlsx(bytes, b"<sst><si><t>a</t></si></sst>");
    let (read, problems) = form::read("a.xlsx", &book);
    assert!(read.is_some() || !problems.is_empty());
});
