//! Any bytes as a workbook to be marked: a workbook that opens, or a problem.
#![no_main]

use libfuzzer_sys::fuzz_target;
use tici_exchange::marked::{Mark, Words, mark};
use tici_exchange::sheet;

fuzz_target!(|bytes: &[u8]| {
    let (workbook, _) = sheet::open("a.xlsx", bytes, Default::default());
    let name = workbook.as_ref().and_then(|book| book.sheets.first());
    let marks = [Mark {
        sheet: name.map_or(String::new(), |sheet| sheet.name.clone()),
        cell: "C3".into(),
        error: true,
        text: "a <&> b".into(),
        fix: String::new(),
    }];
    let words = Words {
        sheet: "Problems".into(),
        author: "office".into(),
        headings: [const { String::new() }; 4],
        error: "error".into(),
        warning: "note".into(),
    };
    let _ = mark(bytes, &marks, &words);
});
