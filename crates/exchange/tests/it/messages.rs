//! Every key this crate can raise is a message, with its way forward, in all languages.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

const LANGUAGES: [&str; 3] = ["zh-Hans", "zh-Hant", "en"];

/// What stands in front of a key in the code.
const RAISED_BY: [&str; 5] =
    ["Problem::error(", "Problem::warning(", ".problem(", "over(", ".key ="];

#[test]
fn every_key_has_its_words() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let locale = |language: &str| root.join("locales").join(language);
    let read = |files: &[&str]| -> Vec<BTreeMap<String, String>> {
        LANGUAGES.iter().map(|language| read(&locale(language), files)).collect()
    };
    let ours = read(&["problems.ftl"]);
    // What is wrong with a return or a share stands beside their other words.
    let messages = read(&["problems.ftl", "returns.ftl", "packages.ftl"]);
    let keys = keys(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &messages[2]);
    assert!(keys.len() > 60, "only {} keys were found", keys.len());
    for (language, messages) in LANGUAGES.iter().zip(&messages) {
        for key in &keys {
            for key in [key.clone(), format!("{key}-fix")] {
                let text = messages.get(&key);
                assert!(text.is_some_and(|text| !text.is_empty()), "{language} has no `{key}`");
            }
        }
    }
    let unused = ours[2].keys().filter(|key| !key.ends_with("-fix") && !keys.contains(*key));
    let unused: Vec<&String> = unused.collect();
    assert!(unused.is_empty(), "nothing raises {unused:?}");
}

fn read(folder: &Path, files: &[&str]) -> BTreeMap<String, String> {
    let texts = files.iter().map(|file| std::fs::read_to_string(folder.join(file)).unwrap());
    let text = texts.collect::<Vec<String>>().join("\n");
    let lines = text.lines().filter(|line| !line.starts_with('#'));
    let pairs = lines.filter_map(|line| line.split_once(" = "));
    pairs.map(|(key, text)| (key.into(), text.into())).collect()
}

/// Literals that are raised, and literals that are a known message.
fn keys(folder: &Path, known: &BTreeMap<String, String>) -> BTreeSet<String> {
    let mut keys = BTreeSet::new();
    for path in files(folder) {
        let text = std::fs::read_to_string(&path).unwrap();
        let pieces: Vec<&str> = text.split('"').collect();
        for pair in pieces.windows(2) {
            let (before, literal) = (pair[0].trim_end(), pair[1]);
            let raised = RAISED_BY.iter().any(|mark| before.ends_with(mark));
            let shaped = literal.contains('-')
                && literal
                    .bytes()
                    .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
            if shaped && (raised || known.contains_key(literal)) {
                keys.insert(literal.to_string());
            }
        }
    }
    keys
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path));
        } else {
            found.push(path);
        }
    }
    found
}
