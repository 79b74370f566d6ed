//! Reads files with a map and prints what was found: `read_list MAP FILE…`.

use tici_domain::Problem;
use tici_exchange::map::{Links, Map};
use tici_exchange::read::read_projects;

fn main() -> std::process::ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [map, files @ ..] = arguments.as_slice() else {
        eprintln!("usage: read_list MAP FILE...");
        return 2.into();
    };
    let text = std::fs::read_to_string(map).expect("the map can be read");
    let map = match Map::parse(map, &text) {
        Ok(map) => map,
        Err(problems) => return tell(&problems),
    };
    let read = |path: &String| std::fs::read(path).expect("the file can be read");
    let contents: Vec<(String, Vec<u8>)> =
        files.iter().map(|path| (path.clone(), read(path))).collect();
    let files: Vec<(&str, &[u8])> =
        contents.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();
    let (intake, problems) = read_projects(&files, &map, &Links::default());
    println!("{} rows", intake.rows.len());
    let mut counts = std::collections::BTreeMap::new();
    for row in &intake.rows {
        *counts.entry(row.period).or_insert(0) += 1;
    }
    println!("{counts:?}");
    if let Some(row) = intake.rows.first() {
        println!("{row:#?}");
    }
    tell(&problems)
}

fn tell(problems: &[Problem]) -> std::process::ExitCode {
    for problem in problems {
        let Problem { severity, file, sheet, cell, key, args } = problem;
        println!("{severity:?} {file} {sheet} {cell} {key} {args:?}");
    }
    u8::from(Problem::any_error(problems)).into()
}
