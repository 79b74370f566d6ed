//! Any text as a map and as a file of links; what is read can be written and read again.
#![no_main]

use libfuzzer_sys::fuzz_target;
use tici_exchange::map::{Links, Map};

fuzz_target!(|text: &str| {
    let _ = Links::parse("links.toml", text);
    if let Ok(map) = Map::parse("map.toml", text) {
        assert_eq!(Map::parse("map.toml", &map.to_toml()).as_ref(), Ok(&map));
    }
});
