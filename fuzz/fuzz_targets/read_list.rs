//! Any bytes as a list, read under the map that is guessed for it.
#![no_main]

use libfuzzer_sys::fuzz_target;
use tici_exchange::map::Links;
use tici_exchange::{guess, read, sheet};

fuzz_target!(|bytes: &[u8]| {
    let (workbook, _) = sheet::open("a", bytes, Default::default());
    let Some(guess) = workbook.and_then(|workbook| guess::guess(&workbook, "a", None)) else {
        return;
    };
    read::read_projects(&[("a", bytes)], &guess.map, &Links::default());
});
