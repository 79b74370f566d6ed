//! Words that may not stand in code, each with what to write instead and why.

use super::rust::{line_of, word_positions};
use super::{File, Finding, Repository};

struct Ban {
    /// What may not be written.
    words: &'static [&'static str],
    /// Where it may: path prefixes.
    allowed: &'static [&'static str],
    allowed_in_tests: bool,
    instead: &'static str,
    because: &'static str,
}

/// The starter of a private PostgreSQL, which only tests use.
const PG_PRIVATE: &str = "crates/store/src/pg_private";

const BANS: &[Ban] = &[
    Ban {
        words: &["todo!", "unimplemented!"],
        allowed: &[],
        allowed_in_tests: false,
        instead: "write it, or leave the feature out",
        because: "what the product offers, it does",
    },
    Ban {
        words: &["dbg!"],
        allowed: &[],
        allowed_in_tests: false,
        instead: "tracing::debug!",
        because: "left-over output reaches people's terminals",
    },
    Ban {
        words: &["println!", "print!", "eprintln!", "eprint!"],
        allowed: &["crates/tici/", "crates/xtask/", "crates/web/build.rs", PG_PRIVATE],
        allowed_in_tests: true,
        instead: "return the value, or tracing::info!",
        because: "only the binary speaks to the terminal; a library's output cannot be tested \
                  or translated",
    },
    Ban {
        words: &["SystemTime::now", "Timestamp::now", "Zoned::now", "Instant::now"],
        allowed: &["crates/tici/", "crates/xtask/"],
        allowed_in_tests: true,
        instead: "take `now` or `today` as an argument",
        because: "the same ledger on the same day must give the same page, score and bulletin",
    },
    Ban {
        words: &["env::var", "env::vars", "env::var_os", "env::args", "env::args_os"],
        allowed: &[
            "crates/tici/",
            "crates/xtask/",
            "crates/testkit/",
            "crates/store/src/pg_private",
        ],
        allowed_in_tests: true,
        instead: "take the setting as an argument",
        because: "only the binary reads the environment, so that `--help` shows all there is",
    },
    Ban {
        words: &["thread_rng", "rand::rng", "OsRng"],
        allowed: &["crates/tici/", "crates/xtask/"],
        allowed_in_tests: false,
        instead: "a Pcg64 from a stated seed (or getrandom for keys)",
        because: "a forecast that cannot be repeated cannot be defended",
    },
    Ban {
        words: &["#[allow"],
        allowed: &[],
        allowed_in_tests: false,
        instead: "#[expect(…, reason = \"…\")]",
        because: "an exception that is no longer needed should say so by itself",
    },
];

pub fn check(repository: &Repository) -> Vec<Finding> {
    repository.rust().flat_map(check_file).collect()
}

fn check_file(file: &File) -> Vec<Finding> {
    let rust = file.as_rust();
    let test_lines = rust.test_lines();
    let is_test =
        |line: usize| file.is_test() || test_lines.iter().any(|lines| lines.contains(&line));
    let mut findings = Vec::new();
    for ban in BANS {
        if ban.allowed.iter().any(|prefix| file.path.starts_with(prefix)) {
            continue;
        }
        for line in lines_with(&rust.code, ban.words) {
            if !(ban.allowed_in_tests && (is_test(line) || file.path.contains("/examples/"))) {
                let word = ban.words.join("`, `");
                let message = format!("no `{word}` here: {}; {}", ban.instead, ban.because);
                findings.push(Finding::new(&file.path, line, message));
            }
        }
    }
    findings
}

/// Lines with any of the words, each line once.
fn lines_with(code: &str, words: &[&str]) -> Vec<usize> {
    let mut lines: Vec<usize> = words
        .iter()
        .flat_map(|word| {
            // A macro's or attribute's sign is no part of a word, so the word before it is
            // looked for and the sign compared.
            let bare = word.trim_end_matches('!').trim_start_matches("#[");
            let signed = word.trim_start_matches("#[");
            let is_attribute = word.starts_with("#[");
            word_positions(code, bare).filter(move |&at| {
                let attribute = code[..at].ends_with("#[") || code[..at].ends_with("#![");
                code[at..].starts_with(signed) && (!is_attribute || attribute)
            })
        })
        .map(|at| line_of(code, at))
        .collect();
    lines.sort_unstable();
    lines.dedup();
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check_one(path: &str, source: &str) -> Vec<usize> {
        check(&Repository::of(&[(path, source)])).into_iter().map(|f| f.line).collect()
    }

    #[test]
    fn each_ban_is_found_where_it_holds() {
        for bad in [
            "fn f() { todo!() }",
            "fn f() { unimplemented!() }",
            "fn f() { dbg!(1); }",
            "fn f() { println!(); }",
            "fn f() { eprint!(\"\"); }",
            "fn f() { jiff::Timestamp::now(); }",
            "fn f() { jiff::Zoned::now(); }",
            "fn f() { std::time::SystemTime::now(); }",
            "use std::env::args;",
            "fn f() { env::var(\"A\"); }",
            "fn f() { rand::rng(); }",
            "#[allow(dead_code)]",
            "#![allow(dead_code)]",
        ] {
            assert_eq!(check_one("crates/ops/src/a.rs", bad), [1], "{bad}");
        }
    }

    #[test]
    fn binary_tests_comments_and_strings_are_left_alone() {
        let source = "fn f() { println!(); let now = Timestamp::now(); std::env::args(); }";
        assert_eq!(check_one("crates/tici/src/main.rs", source), [] as [usize; 0]);
        assert_eq!(check_one("crates/ops/tests/it/main.rs", source), [] as [usize; 0]);
        let inline = format!("#[cfg(test)]\nmod tests {{\n{source}\n}}\n{source}");
        assert_eq!(check_one("crates/ops/src/a.rs", &inline), [5, 5, 5]);
        let quoted = "// println! todo!\nconst A: &str = \"dbg!()\"; fn my_println() {}";
        assert_eq!(check_one("crates/ops/src/a.rs", quoted), [] as [usize; 0]);
    }
}
