//! Scheme files: the presets are sound, and every mistake is told with its place.

use std::collections::BTreeSet;

use tici_domain::Problem;
use tici_engine::assess::scheme::reference_keys::{INDEX_METHODS, Key, METHODS, SECTIONS};
use tici_engine::assess::scheme::{PRESETS, Scheme, reference};

const SOUND: &str = r#"key = "t"
version = "1"
title = "T"
kind = "points"

[edges]
zero_range = "full"
alone = "full"
missing = "zero"
present_min = 0
growth_negative = "by_size"
growth_zero = "missing"

[rounding]
items = "none"
branches = "none"
total = 2
mode = "half_up"

[rank]
on = "rounded"
ties = "min"
then_by = []
incomplete = "last"

[[figure]]
key = "done"
name = "Done"

[[figure]]
key = "plan"
name = "Plan"

[[branch]]
key = "total"
name = "Total"
combine = "mean"
weights_sum = 100

[[item]]
key = "rate"
name = "Rate"
weight = 60
formula = "done / plan"
method = "target"
full = 100
target = 1
floor = 0
cap = 1.2

[[item]]
key = "stock"
name = "Stock"
weight = 40
method = "efficacy"
base = 60
span = 40
lo = "observed"
hi = "observed"
clip = "none"
"#;

/// `file:line:column key` of each problem.
fn told(text: &str) -> Vec<String> {
    let (_, problems) = Scheme::parse(text, "s.toml");
    let told = |problem: &Problem| format!("{} {} {}", problem.file, problem.cell, problem.key);
    problems.iter().map(told).collect()
}

#[test]
fn every_preset_is_sound() {
    assert_eq!(told(SOUND), [] as [String; 0]);
    for (name, text) in PRESETS {
        let (scheme, problems) = Scheme::parse(text, name);
        assert_eq!(problems, [], "{name}");
        assert_eq!(scheme.key, *name);
        assert!(scheme.items.len() >= 3, "{name}");
        let names = scheme.branches.iter().map(|branch| &branch.name);
        for name in names.chain([&scheme.title]) {
            assert!(name.hant.is_some() && name.en.is_some(), "{}: {}", scheme.key, name.text);
        }
    }
}

#[test]
fn every_mistake_is_told_with_its_place() {
    let cases: &[(&str, &str, &[&str])] = &[
        ("weight = 60", "weight = 50", &["s.toml 35:7 assess-weights-sum"]),
        ("weight = 60", "weight = -1", &["s.toml 43:10 assess-not-positive"]),
        ("weight = 60\n", "", &["s.toml 41:7 assess-weight-missing"]),
        (
            "combine = \"mean\"\nweights_sum = 100",
            "combine = \"sum\"",
            &["s.toml 40:7 assess-weight-unused", "s.toml 51:7 assess-weight-unused"],
        ),
        ("weights_sum = 100\n", "", &["s.toml 35:7 rules-missing-key"]),
        ("done / plan", "done / nobody", &["s.toml 41:7 assess-unknown-figure"]),
        ("done / plan", "done / (plan", &["s.toml 44:24 assess-formula-operator"]),
        ("done / plan", "done / ", &["s.toml 44:19 assess-formula-operand"]),
        ("done / plan", "sin(done)", &["s.toml 44:12 assess-formula-function"]),
        ("done / plan", "growth(done)", &["s.toml 44:12 assess-formula-arguments"]),
        ("done / plan", "stock + rate", &["s.toml 41:7 assess-formula-circle"]),
        ("zero_range = \"full\"\n", "", &["s.toml 6:1 assess-not-stated"]),
        ("growth_zero = \"missing\"\n", "", &["s.toml 6:1 assess-not-stated"]),
        ("mode = \"half_up\"\n", "", &["s.toml 14:1 assess-not-stated"]),
        ("ties = \"min\"\n", "", &["s.toml 20:1 assess-not-stated"]),
        ("total = 2", "total = \"none\"", &["s.toml 1:1 assess-rounded-by-what"]),
        ("total = 2", "total = \"two\"", &["s.toml 17:9 rules-choice"]),
        ("then_by = []", "then_by = [\"rats\"]", &["s.toml 23:12 assess-unknown-node"]),
        ("full = 100", "full = \"hundred\"", &["s.toml 46:8 rules-not-number"]),
        ("full = 100", "full = inf", &["s.toml 46:8 rules-not-number"]),
        ("target = 1", "target = 0", &["s.toml 47:10 assess-not-positive"]),
        ("target = 1", "target = \"aim\"", &["s.toml 41:7 assess-unknown-figure"]),
        (
            "lo = \"observed\"\nhi = \"observed\"",
            "lo = 5\nhi = 3",
            &["s.toml 58:6 assess-bounds-order"],
        ),
        ("method = \"efficacy\"", "method = \"magic\"", &["s.toml 55:10 rules-choice"]),
        ("key = \"stock\"", "key = \"rate\"", &["s.toml 52:7 rules-twice"]),
        (
            "name = \"Stock\"",
            "name = \"Stock\"\nparent = \"branch\"",
            &["s.toml 52:7 assess-unknown-parent"],
        ),
        ("span = 40", "span = 40\nrain = 1", &["s.toml 58:1 rules-unknown-key"]),
        ("kind = \"points\"", "kind = \"index\"", &["s.toml 1:1 rules-missing-key"]),
    ];
    for (from, to, wanted) in cases {
        let text = SOUND.replacen(from, to, 1);
        assert_ne!(text, SOUND, "{from}");
        let found = told(&text);
        assert!(wanted.iter().all(|one| found.contains(&(*one).to_owned())), "{to}: {found:#?}");
    }
}

#[test]
fn circles_of_branches_and_second_roots_are_told() {
    let more = |extra: &str| told(&format!("{SOUND}\n{extra}"));
    let branch = |key: &str, parent: &str| {
        format!("[[branch]]\nkey = \"{key}\"\nname = \"B\"\n{parent}combine = \"sum\"\n")
    };
    let circle = more(&format!(
        "{}{}",
        branch("a", "parent = \"b\"\nweight = 0\n"),
        branch("b", "parent = \"a\"\nweight = 0\n")
    ));
    assert_eq!(circle.iter().filter(|one| one.ends_with("assess-tree-circle")).count(), 2);
    let second = more(&branch("a", ""));
    assert!(second.iter().any(|one| one.ends_with("assess-two-roots")), "{second:?}");
    assert!(second.iter().any(|one| one.ends_with("assess-branch-empty")), "{second:?}");
}

#[test]
fn all_mistakes_are_told_at_once() {
    let text = SOUND
        .replacen("zero_range = \"full\"\n", "", 1)
        .replacen("full = 100", "full = \"x\"", 1)
        .replacen("method = \"efficacy\"", "method = \"magic\"", 1)
        .replacen("done / plan", "done / ", 1);
    assert_eq!(told(&text).len(), 4, "{:#?}", told(&text));
    assert_eq!(told("key = ")[0], "s.toml 1:7 rules-broken");
}

#[test]
fn the_reference_is_up_to_date() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/scheme.md");
    let made = reference::markdown();
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        std::fs::write(path, &made).expect("written");
    }
    let kept = std::fs::read_to_string(path).expect("docs/scheme.md");
    assert!(kept == made, "docs/scheme.md is behind: run this test with UPDATE_EXPECT=1");
}

/// Keys that the reader knows in the table of the first key that nobody reads.
fn known(text: &str) -> BTreeSet<String> {
    let (_, problems) = Scheme::parse(text, "s.toml");
    let unknown = problems.iter().find(|problem| {
        problem.key == "rules-unknown-key" && problem.args.contains(&("key".into(), "zzz".into()))
    });
    let known = &unknown.unwrap_or_else(|| panic!("{problems:#?}\n{text}")).args;
    let (_, names) = known.iter().find(|(name, _)| name == "known").expect("known keys");
    names.split(", ").map(str::to_owned).collect()
}

#[test]
fn the_reference_has_the_keys_that_are_read() {
    let keys = |keys: &[Key]| keys.iter().map(|(key, ..)| (*key).to_owned()).collect();
    let index = SOUND.replace("kind = \"points\"", "kind = \"index\"");
    for section in SECTIONS {
        let mut wanted: BTreeSet<String> = keys(section.keys);
        let text = match section.head {
            "(top of the file)" => {
                let tables = SECTIONS.iter().map(|section| section.head.trim_matches(['[', ']']));
                let tables = tables.filter(|head| head.chars().all(char::is_alphabetic));
                // An index's own section is read in an index.
                wanted.extend(tables.filter(|head| *head != "index").map(str::to_owned));
                format!("zzz = 1\n{SOUND}")
            }
            "[edges]" | "[rounding]" | "[rank]" => {
                SOUND.replace(section.head, &format!("{}\nzzz = 1", section.head))
            }
            "[[item]]" => continue,
            "[[item]] of an index, besides" => {
                wanted.extend(keys(
                    SECTIONS.iter().find(|s| s.head == "[[item]]").expect("items").keys,
                ));
                index
                    .replace("[[item]]\n", "[[item]]\nzzz = 1\n")
                    .replace("method = ", "nomethod = ")
            }
            "[index]" => {
                format!("{index}\n[index]\nimpute = \"none\"\nmethod = \"none\"\nzzz = 1\n")
            }
            "[index.treat]" => format!(
                "{index}\n[index]\nimpute = \"none\"\nmethod = \"none\"\n[index.treat]\nzzz = 1\n"
            ),
            "[[grade]]" => {
                format!("{SOUND}\n[grading]\nby = \"threshold\"\n[[grade]]\nzzz = 1\n")
            }
            head => format!("{SOUND}\n{head}\nzzz = 1\n"),
        };
        let found = known(&text);
        let found: BTreeSet<String> = found.into_iter().filter(|key| key != "nomethod").collect();
        assert_eq!(found, wanted, "{}", section.head);
    }
    let item: BTreeSet<String> =
        keys(SECTIONS.iter().find(|section| section.head == "[[item]]").expect("items").keys);
    for (words, text, besides) in
        [(METHODS, SOUND, vec![]), (INDEX_METHODS, index.as_str(), vec!["per", "target", "treat"])]
    {
        for (word, _, of) in words {
            let text =
                text.replace("method = \"efficacy\"", &format!("method = \"{word}\"\nzzz = 1"));
            let mut wanted = item.clone();
            wanted.extend::<BTreeSet<String>>(keys(of));
            wanted.extend(besides.iter().map(|key| (*key).to_owned()));
            assert_eq!(known(&text), wanted, "{word}");
        }
    }
}
