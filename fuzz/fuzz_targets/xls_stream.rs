//! Any bytes as the workbook stream of an XLS: the container around it is sound, so that the
//! records are met. Its reader lays cells out in the rectangle around them; the bound is that
//! of the rectangle, which `limits::XLS_CELLS_MAX` sets.
#![no_main]

use libfuzzer_sys::fuzz_target;
use tici_exchange::sheet;

fuzz_target!(|bytes: &[u8]| {
    let book = tici_fuzz::ole(bytes);
    let (workbook, problems) = sheet::open("a.xls", &book, Default::default());
    assert!(workbook.is_some() || !problems.is_empty());
});
