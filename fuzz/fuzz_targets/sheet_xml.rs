//! Any bytes as a sheet of an XLSX, and as its strings behind a zero byte: it opens or says
//! why not, the same both times, within the memory its size allows.
#![no_main]

use libfuzzer_sys::fuzz_target;
use tici_exchange::{layout, sheet};

fuzz_target!(|bytes: &[u8]| {
    let (grid, strings) = match bytes.iter().position(|byte| *byte == 0) {
        Some(at) => (&bytes[..at], &bytes[at + 1..]),
        None => (bytes, &b"<sst><si><t>a</t></si></sst>"[..]),
    };
    let book = tici_fuzz::xlsx(grid, strings);
    let open = || sheet::open("a.xlsx", &book, Default::default());
    let (workbook, problems) = tici_fuzz::bounded(book.len(), open);
    assert!(workbook.is_some() || !problems.is_empty());
    if let Some(workbook) = workbook {
        tici_fuzz::bounded(book.len(), || layout::survey(&workbook));
    }
});
