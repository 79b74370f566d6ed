//! Any bytes as text in every encoding and with every separator, within the memory its size
//! allows.
#![no_main]

use libfuzzer_sys::fuzz_target;
use tici_exchange::sheet::{Encoding, OpenOptions, open, sniff_encoding};

fuzz_target!(|bytes: &[u8]| {
    let _ = sniff_encoding(bytes);
    let encodings = Encoding::ALL.into_iter().map(Some).chain([None]);
    for (encoding, delimiter) in encodings.zip([b',', b'\t', b';', b'|'].into_iter().cycle()) {
        let options = OpenOptions { encoding, delimiter: Some(delimiter) };
        let read = || open("a.csv", bytes, options);
        let (workbook, problems) = tici_fuzz::bounded(bytes.len(), read);
        assert!(workbook.is_some() || !problems.is_empty());
    }
});
