//! Every file in `cases/` with its map is read as its `.expect` says. `UPDATE_EXPECT=1`
//! writes what was read instead, to be looked at before it is kept.

use crate::fixture;
use std::path::{Path, PathBuf};
use tici_exchange::map::{Links, Map};
use tici_exchange::read::read_projects;
use tici_exchange::{guess, sheet};

#[test]
fn cases() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("cases");
    let mut inputs: Vec<PathBuf> = std::fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|end| end == "csv" || end == "grid"))
        .collect();
    inputs.sort();
    assert!(inputs.len() >= 6, "{} has too few cases", folder.display());
    let failed: Vec<String> = inputs.iter().filter_map(|input| check(input)).collect();
    assert!(failed.is_empty(), "{}", failed.join("\n\n"));
}

fn check(input: &Path) -> Option<String> {
    let bytes = std::fs::read(input).unwrap();
    let is_grid = input.extension().is_some_and(|end| end == "grid");
    let (bytes, end) = match is_grid {
        true => (fixture::xlsx(std::str::from_utf8(&bytes).unwrap()), "xlsx"),
        false => (bytes, "csv"),
    };
    let name = input.with_extension(end);
    let name = name.file_name().unwrap().to_str().unwrap().to_string();
    let map = map_of(input, &name, &bytes);
    let (intake, problems) = read_projects(&[(&name, &bytes)], &map, &Links::default());
    compare(&input.with_extension("expect"), &fixture::print(&intake, &problems))
}

/// The map beside the file; without one, what is guessed.
fn map_of(input: &Path, name: &str, bytes: &[u8]) -> Map {
    match std::fs::read_to_string(input.with_extension("toml")) {
        Ok(text) => Map::parse("map", &text).unwrap_or_else(|problems| panic!("{problems:?}")),
        Err(_) => {
            let (workbook, _) = sheet::open(name, bytes, sheet::OpenOptions::default());
            let guess = guess::guess(&workbook.unwrap(), name, None).unwrap();
            // A guess must survive being kept as a file.
            Map::parse("guess", &guess.map.to_toml())
                .unwrap_or_else(|problems| panic!("{name}: {problems:?}\n{}", guess.map.to_toml()))
        }
    }
}

fn compare(expected: &Path, found: &str) -> Option<String> {
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        std::fs::write(expected, found).unwrap();
        return None;
    }
    let text = std::fs::read_to_string(expected).unwrap_or_default();
    let differs = text.trim_end() != found.trim_end();
    differs.then(|| format!("{} expects\n{text}\nfound\n{found}", expected.display()))
}
