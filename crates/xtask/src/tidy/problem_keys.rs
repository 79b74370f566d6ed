//! Every problem that code can raise has its message and its way forward.

use super::rust::Rust;
use super::{File, Finding, Repository, locales};

const RAISED_BY: &[&str] = &["Problem::error(", "Problem::warning("];

/// The language looked up; that all have the same keys is the check of locales.
const LANGUAGE: &str = locales::LANGUAGES[2];

pub fn check(repository: &Repository) -> Vec<Finding> {
    let (messages, _) = locales::read(repository, LANGUAGE);
    let mut findings = Vec::new();
    for file in repository.rust().filter(|file| !file.is_test()) {
        if file.path.starts_with("crates/xtask/") {
            continue;
        }
        for (line, key) in keys(file) {
            let missing: Vec<String> = [key.clone(), format!("{key}-fix")]
                .into_iter()
                .filter(|key| !messages.contains_key(key))
                .collect();
            if !missing.is_empty() {
                let message = format!(
                    "no message `{}`: write it in locales/*/problems.ftl, in all three languages",
                    missing.join("` and `")
                );
                findings.push(Finding::new(&file.path, line, message));
            }
        }
    }
    findings
}

/// Keys given as literals outside test modules, with their lines.
fn keys(file: &File) -> Vec<(usize, String)> {
    let rust = Rust::read(&file.text);
    let test_lines = rust.test_lines();
    let mut keys = Vec::new();
    for raised_by in RAISED_BY {
        for (at, _) in rust.code.match_indices(raised_by) {
            let line = super::rust::line_of(&rust.code, at);
            // The code is blank inside strings, so the key is read from the source itself.
            let argument = file.text[at + raised_by.len()..].trim_start();
            let literal = argument.strip_prefix('"').and_then(|rest| rest.split('"').next());
            if let Some(key) = literal
                && !test_lines.iter().any(|lines| lines.contains(&line))
            {
                keys.push((line, key.to_owned()));
            }
        }
    }
    keys
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_problem_without_words_is_found() {
        let source = r#"fn f() {
    Problem::error("known");
    Problem::warning(
        "new",
    ); // Problem::error("no")
}
#[cfg(test)]
mod tests { fn g() { Problem::error("other") } }
"#;
        let repository = Repository::of(&[
            ("crates/ops/src/a.rs", source),
            ("locales/en/problems.ftl", "known = a\nknown-fix = b\nnew = c\n"),
        ]);
        let found: Vec<String> = check(&repository).into_iter().map(|f| f.to_string()).collect();
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(found[0].starts_with("crates/ops/src/a.rs:3: no message `new-fix`"), "{found:?}");
    }
}
