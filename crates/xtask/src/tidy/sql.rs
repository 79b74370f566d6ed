//! SQL lives in crates/store alone.

use super::{Finding, Repository};

/// A statement is told by two words in this order, in capitals as we write them.
const STATEMENTS: &[(&str, &str)] = &[
    ("SELECT ", " FROM "),
    ("INSERT INTO ", " VALUES"),
    ("INSERT INTO ", "SELECT "),
    ("UPDATE ", " SET "),
    ("DELETE FROM ", ""),
    ("CREATE TABLE ", ""),
    ("CREATE INDEX ", ""),
    ("DROP TABLE ", ""),
    ("PRAGMA ", ""),
];

/// Tests of the binary change a database behind its back, to see it noticed.
const ALLOWED: &[&str] = &["crates/store/", "crates/xtask/", "crates/tici/tests/"];

pub fn check(repository: &Repository) -> Vec<Finding> {
    let message = "SQL outside crates/store: add a function of `Store` that says what is wanted, \
                   so that both databases run it and a test can reach it";
    let mut findings = Vec::new();
    for file in &repository.files {
        if ALLOWED.iter().any(|prefix| file.path.starts_with(prefix)) {
            continue;
        }
        if file.path.ends_with(".sql") {
            findings.push(Finding::new(&file.path, 0, message));
        } else if file.is_rust() {
            let strings = file.as_rust().strings.iter();
            let lines = strings.filter(|(_, text)| is_statement(text)).map(|(line, _)| *line);
            findings.extend(lines.map(|line| Finding::new(&file.path, line, message)));
        }
    }
    findings
}

fn is_statement(text: &str) -> bool {
    // Strings may be broken over lines.
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    STATEMENTS.iter().any(|(first, then)| {
        text.find(first).is_some_and(|at| text[at + first.len() - 1..].contains(then))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn statements_outside_the_store_are_found() {
        let bad = "fn f() {\n    run(\"SELECT id\n FROM project\");\n}\n";
        let lines = |path: &str, text: &str| {
            check(&Repository::of(&[(path, text)])).into_iter().map(|f| f.line).collect::<Vec<_>>()
        };
        assert_eq!(lines("crates/web/src/a.rs", bad), [2]);
        assert_eq!(lines("crates/store/src/a.rs", bad), [] as [usize; 0]);
        assert_eq!(lines("crates/ops/a.sql", ""), [0]);
        for text in ["\"SELECT a project FROM\"", "// SELECT a FROM b", "\"Select a from b\""] {
            let found = lines("crates/web/src/a.rs", &format!("const A: &str = {text};"));
            assert_eq!(found, [] as [usize; 0], "{text}");
        }
        let insert = "const A: &str = \"INSERT INTO a (b) VALUES (1)\";";
        assert_eq!(lines("crates/ops/src/a.rs", insert), [1]);
    }
}
