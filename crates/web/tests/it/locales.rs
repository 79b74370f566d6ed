//! Every language has every message, and every message that is asked for exists.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

const TAGS: [&str; 3] = ["zh-Hans", "zh-Hant", "en"];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// Keys of a language with the arguments each message takes.
fn messages(tag: &str) -> BTreeMap<String, BTreeSet<String>> {
    let mut found = BTreeMap::new();
    let folder = root().join("locales").join(tag);
    for file in fs::read_dir(&folder).expect("a locale folder") {
        let text = fs::read_to_string(file.expect("a file").path()).expect("UTF-8");
        let mut key = String::new();
        for line in text.lines() {
            let head = line.split(" =").next().unwrap_or_default();
            let starts = line.contains(" =") && head.starts_with(|c: char| c.is_ascii_lowercase());
            if starts {
                key = head.to_owned();
                let twice = found.insert(key.clone(), BTreeSet::new());
                assert!(twice.is_none(), "{tag}: {key} stands twice");
            }
            let arguments = line.split("{ $").skip(1);
            let names = arguments.filter_map(|rest| rest.split([' ', '}']).next());
            if let Some(message) = found.get_mut(&key) {
                message.extend(names.map(str::to_owned));
            }
        }
    }
    found
}

#[test]
fn the_three_languages_have_the_same_messages() {
    let first = messages(TAGS[0]);
    assert!(first.len() > 200, "{} messages", first.len());
    for tag in &TAGS[1..] {
        let other = messages(tag);
        let keys = |map: &BTreeMap<String, _>| map.keys().cloned().collect::<BTreeSet<String>>();
        assert_eq!(keys(&first), keys(&other), "{tag}");
        for (key, arguments) in &first {
            assert_eq!(arguments, &other[key], "{tag}: arguments of {key}");
        }
    }
}

#[test]
fn every_message_asked_for_exists() {
    let known = messages(TAGS[0]);
    let mut missing = Vec::new();
    for file in files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"))
        .into_iter()
        .chain(files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("templates")))
    {
        let text = fs::read_to_string(&file).expect("UTF-8");
        for call in [".t(\"", ".t1(\"", ".t1(\n            \"", ".t1(\n        \""] {
            for rest in text.split(call).skip(1) {
                let key = rest.split('"').next().unwrap_or_default();
                if !key.contains('{') && !known.contains_key(key) {
                    missing.push(format!("{}: {key}", file.display()));
                }
            }
        }
    }
    assert_eq!(missing, Vec::<String>::new());
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        match path.is_dir() {
            true => found.extend(files(&path)),
            false => found.push(path),
        }
    }
    found
}

#[test]
fn every_failure_has_a_way_forward() {
    let known = messages(TAGS[0]);
    let failures = ["not-found", "forbidden", "form-stale", "bad-request", "too-large", "internal"];
    for name in failures.into_iter().chain(["conflict", "problems", "sign-in-needed"]) {
        assert!(known.contains_key(&format!("error-{name}")), "{name}");
        assert!(known.contains_key(&format!("error-{name}-fix")), "{name}");
    }
}

/// Things that are counted, as English says more than one of them.
const COUNTED: &[&str] = &[
    "bytes",
    "cells",
    "changes",
    "characters",
    "claims",
    "columns",
    "days",
    "decimals",
    "decisions",
    "entries",
    "events",
    "figures",
    "files",
    "forms",
    "lines",
    "meetings",
    "milestones",
    "months",
    "packages",
    "pairs",
    "parts",
    "places",
    "points",
    "problems",
    "projects",
    "records",
    "reporters",
    "returns",
    "rows",
    "rules",
    "sheets",
    "starts",
    "steps",
    "tasks",
    "texts",
    "times",
    "views",
    "weeks",
    "workbooks",
    "years",
];
/// Verbs that say whether one or more did it.
const PLURAL_VERBS: &[&str] = &["are", "count", "have", "say", "wait", "were"];
/// Arguments that are words, fractions or limits, and never a count that may be one.
const NOT_COUNTS: &[&str] = &[
    "code",
    "cohort",
    "column",
    "crps",
    "from",
    "gap",
    "hi",
    "item",
    "limit",
    "mean",
    "names",
    "needed",
    "parent",
    "period",
    "place",
    "project",
    "rate",
    "region",
    "score",
    "start_rate",
    "to",
    "total",
];

/// English messages by key, whole.
fn english() -> Vec<(String, String)> {
    let mut found: Vec<(String, String)> = Vec::new();
    for file in files(&root().join("locales/en")) {
        for line in fs::read_to_string(file).expect("UTF-8").lines() {
            let starts = line.starts_with(|c: char| c.is_ascii_lowercase());
            match line.split_once(" =").filter(|_| starts) {
                Some((key, text)) => found.push((key.to_owned(), text.to_owned())),
                None if line.starts_with('#') || line.is_empty() => {}
                None => found.last_mut().expect("a message").1.push_str(line),
            }
        }
    }
    found
}

/// Arguments that a plural stands behind although nothing chooses it by their number.
fn unchosen(text: &str) -> Vec<&str> {
    let parts = text.match_indices("{ $").filter_map(|(at, _)| {
        let rest = &text[at + 3..];
        let (name, behind) = rest.split_once(" }")?;
        let is_plain = name.chars().all(|c| c.is_alphanumeric() || c == '_' || c == '-');
        let stops = |c: char| !(c.is_ascii_alphabetic() || c == ' ' || c == '-');
        let words = behind.split(stops).next()?;
        let mut words = words.split_whitespace().take(3);
        let first = words.clone().next()?;
        let is_plural = PLURAL_VERBS.contains(&first) || words.any(|word| COUNTED.contains(&word));
        let is_chosen = text.contains(&format!("{{ ${name} ->"));
        (is_plain && is_plural && !is_chosen && !NOT_COUNTS.contains(&name)).then_some(name)
    });
    parts.collect()
}

#[test]
fn an_english_plural_is_chosen_by_its_number() {
    assert_eq!(unchosen(" { $n } listed projects by { $day }"), ["n"]);
    assert_eq!(unchosen(" { $n ->    [one] 1 day   *[other] { $n } days} late"), [""; 0]);
    let messages = english();
    assert!(messages.len() > 1_000, "{} messages", messages.len());
    let bad = messages.iter().filter_map(|(key, text)| {
        let names = unchosen(text);
        (!names.is_empty()).then(|| format!("{key}: {names:?}"))
    });
    assert_eq!(bad.collect::<Vec<_>>(), Vec::<String>::new());
}
