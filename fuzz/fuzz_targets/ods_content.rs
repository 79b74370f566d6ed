//! Any bytes as the content of an ODS, within the memory its size allows.
#![no_main]

use libfuzzer_sys::fuzz_target;
use tici_exchange::sheet;

fuzz_target!(|bytes: &[u8]| {
    let book = tici_fuzz::zip(&[("content.xml", bytes)]);
    let open = || sheet::open("a.ods", &book, Default::default());
    let (workbook, problems) = tici_fuzz::bounded(book.len(), open);
    assert!(workbook.is_some() || !problems.is_empty());
});
