//! Every message that code or a template asks for exists, and every problem that code can
//! raise has its way forward beside it.

use super::rust::{Rust, line_of};
use super::{File, Finding, Repository, locales};

/// Calls whose first argument is a key, and whether its `-fix` is asked for as well.
const CALLS: &[(&str, bool)] = &[
    ("Problem::error(", true),
    ("Problem::warning(", true),
    (".t(", false),
    (".t1(", false),
    (".try_t(", false),
];

/// The language looked up; that all have the same keys is the check of locales.
const LANGUAGE: &str = locales::LANGUAGES[2];

pub fn check(repository: &Repository) -> Vec<Finding> {
    let (messages, _) = locales::read(repository, LANGUAGE);
    let mut findings = Vec::new();
    for file in repository.files.iter().filter(|file| asks_for_messages(file)) {
        for (line, key, with_fix) in keys(file) {
            let fix = with_fix.then(|| format!("{key}-fix"));
            let missing: Vec<String> =
                std::iter::once(key).chain(fix).filter(|key| !messages.contains_key(key)).collect();
            if !missing.is_empty() {
                let message = format!(
                    "no message `{}`: write it in locales/, in all three languages",
                    missing.join("` and `")
                );
                findings.push(Finding::new(&file.path, line, message));
            }
        }
    }
    findings
}

fn asks_for_messages(file: &File) -> bool {
    let is_source = file.is_rust() && !file.is_test();
    let is_template = file.path.ends_with(".html") && file.path.contains("/templates/");
    (is_source || is_template) && !file.path.starts_with("crates/xtask/")
}

/// Keys given as literals outside test modules, with their lines.
fn keys(file: &File) -> Vec<(usize, String, bool)> {
    // Templates have no comments to be told from code; what is left out there is little.
    let rust = file.is_rust().then(|| file.as_rust());
    let code = rust.map_or(file.text.as_str(), |rust| &rust.code);
    let test_lines = rust.map(Rust::test_lines).unwrap_or_default();
    let mut keys = Vec::new();
    for (call, with_fix) in CALLS {
        for (at, _) in code.match_indices(call) {
            let line = line_of(code, at);
            // The code is blank inside strings, so the key is read from the source itself.
            let argument = file.text[at + call.len()..].trim_start();
            let literal = argument.strip_prefix('"').and_then(|rest| rest.split('"').next());
            if let Some(key) = literal
                && !test_lines.iter().any(|lines| lines.contains(&line))
            {
                keys.push((line, key.to_owned(), *with_fix));
            }
        }
    }
    keys
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_has_no_words_is_found() {
        let source = r#"fn f() {
    Problem::error("known");
    Problem::warning(
        "new",
    ); // Problem::error("no")
    t.t("missing");
    t.t1("new", &[]);
}
#[cfg(test)]
mod tests { fn g() { Problem::error("other") } }
"#;
        let repository = Repository::of(&[
            ("crates/ops/src/a.rs", source),
            ("crates/web/templates/a.html", "<p>{{ t.t(\"known\") }}\n{{ t.t(\"lost\") }}"),
            ("locales/en/problems.ftl", "known = a\nknown-fix = b\nnew = c\n"),
        ]);
        let found: Vec<String> = check(&repository).into_iter().map(|f| f.to_string()).collect();
        let starts = [
            "crates/ops/src/a.rs:3: no message `new-fix`",
            "crates/ops/src/a.rs:6: no message `missing`",
            "crates/web/templates/a.html:2: no message `lost`",
        ];
        assert_eq!(found.len(), starts.len(), "{found:?}");
        for (finding, start) in found.iter().zip(starts) {
            assert!(finding.starts_with(start), "{finding}");
        }
    }
}
