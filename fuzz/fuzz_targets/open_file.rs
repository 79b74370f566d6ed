//! Any bytes as an upload: a workbook or at least one problem, and never a panic.
#![no_main]

use libfuzzer_sys::fuzz_target;
use tici_exchange::sheet;

fuzz_target!(|bytes: &[u8]| {
    let (workbook, problems) = sheet::open("a", bytes, Default::default());
    assert!(workbook.is_some() || !problems.is_empty());
});
