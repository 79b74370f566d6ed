//! A short run over spoilt files, the same every time: whatever comes in, nothing panics.
//! The fuzz targets in `fuzz/` do the same for hours.

use crate::fixture::xlsx;
use std::io::{Cursor, Read, Write};
use std::path::Path;
use tici_exchange::map::{Links, Map};
use tici_exchange::marked::{Mark, Words, mark};
use tici_exchange::{guess, layout, preview, read, sheet};

/// A small generator of its own, so that the run is the same for ever.
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn below(&mut self, limit: usize) -> usize {
        (self.next() % limit.max(1) as u64) as usize
    }
}

/// Flips, cuts, doubles, and words that mean something to the parsers.
fn spoil(bytes: &[u8], dice: &mut Dice) -> Vec<u8> {
    const WORDS: [&[u8]; 12] = [
        b"999999999",
        b"\xff\xfe",
        b"</row>",
        b"r=\"XFD1048576\"",
        b"&#x10FFFF;",
        b"\"",
        b",,,,,,,,",
        b"-1",
        b"\0",
        "合计".as_bytes(),
        b"<c t=\"s\"><v>4294967295</v></c>",
        b"spans=\"1:999999\"",
    ];
    let mut out = bytes.to_vec();
    for _ in 0..=dice.below(6) {
        if out.is_empty() {
            return out;
        }
        let at = dice.below(out.len());
        match dice.below(5) {
            0 => out[at] = dice.next() as u8,
            1 => out.truncate(at),
            2 => {
                let end = (at + dice.below(64)).min(out.len());
                let piece = out[at..end].to_vec();
                out.splice(at..at, piece);
            }
            3 => {
                let end = (at + dice.below(16)).min(out.len());
                out.drain(at..end);
            }
            _ => {
                let word = WORDS[dice.below(WORDS.len())];
                out.splice(at..at, word.iter().copied());
            }
        }
    }
    out
}

/// Spoils one part inside a zip, so that the parsers behind it are met too.
fn spoil_inside(bytes: &[u8], dice: &mut Dice) -> Vec<u8> {
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let spoilt = dice.below(zip.len());
    let mut out = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for index in 0..zip.len() {
        let mut part = zip.by_index(index).unwrap();
        let name = part.name().unwrap().into_owned();
        let mut content = Vec::new();
        part.read_to_end(&mut content).unwrap();
        let chosen = index == spoilt || name.contains("sheet1") && dice.below(2) == 0;
        let content = if chosen { spoil(&content, dice) } else { content };
        out.start_file(name.as_str(), zip::write::SimpleFileOptions::default()).unwrap();
        out.write_all(&content).unwrap();
    }
    out.finish().unwrap().into_inner()
}

/// Everything that is done with an upload.
fn use_it(name: &str, bytes: &[u8]) {
    let marks = [Mark {
        sheet: "月报".into(),
        cell: "C3".into(),
        error: true,
        text: "x".into(),
        fix: String::new(),
    }];
    let words = Words {
        sheet: "p".into(),
        author: "a".into(),
        headings: [const { String::new() }; 4],
        error: String::new(),
        warning: String::new(),
    };
    let _ = mark(bytes, &marks, &words);
    let (workbook, problems) = sheet::open(name, bytes, Default::default());
    let Some(workbook) = workbook else {
        assert!(!problems.is_empty());
        return;
    };
    let _ = layout::survey(&workbook).to_string();
    preview::preview(&workbook, None, None, 0, 50);
    if let Some(guess) = guess::guess(&workbook, name, None) {
        let _ = read::read_projects(&[(name, bytes)], &guess.map, &Links::default());
        let _ = Map::parse("map.toml", &guess.map.to_toml());
    }
}

#[test]
fn spoilt_files_are_survived() {
    let grid =
        std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/cases/month_return.grid"));
    let workbook = xlsx(&grid.unwrap());
    let csv = "序号,项目名称,总投资（万元）\n合计,2个,800\n一、市本级（2项）,,\n1,★水厂,\"1,300\"\n2,泵站,6.2亿\n注：x,,\n";
    let traditional = encoding_rs::BIG5.encode("項目名稱,總投資（億元）\n環線,12\n").0.into_owned();
    let mut seeds: Vec<(&str, Vec<u8>)> =
        vec![("a.xlsx", workbook), ("a.csv", csv.into()), ("b.csv", traditional)];
    let shared = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/messy-tables");
    match std::fs::read(shared.join("m11_merged_range.xls")) {
        Ok(bytes) => seeds.push(("a.xls", bytes)),
        Err(_) => eprintln!("skipped: no XLS to spoil"),
    }
    let mut dice = Dice(0x5EED_1234_ABCD_0001);
    for (name, seed) in &seeds {
        for round in 0..60 {
            let spoilt = match name.ends_with(".xlsx") && round % 3 != 0 {
                true => spoil_inside(seed, &mut dice),
                false => spoil(seed, &mut dice),
            };
            use_it(name, &spoilt);
        }
    }
    let map =
        Map::parse("m", "[[columns]]\nheader=[\"项目名称\"]\nfield=\"name\"\n").unwrap().to_toml();
    for _ in 0..300 {
        let spoilt = spoil(map.as_bytes(), &mut dice);
        let _ = Map::parse("map.toml", &String::from_utf8_lossy(&spoilt));
        let _ = Links::parse("links.toml", &String::from_utf8_lossy(&spoilt));
    }
}
