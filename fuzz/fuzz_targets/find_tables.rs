//! Any text as a sheet: its tables are found, the same ones twice.
#![no_main]

use libfuzzer_sys::fuzz_target;
use tici_exchange::{guess, layout, preview, sheet};

fuzz_target!(|text: &str| {
    let (workbook, _) = sheet::open("a.csv", text.as_bytes(), Default::default());
    let Some(workbook) = workbook else { return };
    let found = layout::survey(&workbook);
    assert_eq!(found, layout::survey(&workbook));
    let _ = found.to_string();
    preview::preview(&workbook, None, None, 0, 50);
    guess::guess(&workbook, "a.csv", None);
});
