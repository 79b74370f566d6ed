//! Paths that documents name exist.

use super::{Finding, Repository};

/// A path is told by the folder it begins with.
const FOLDERS: &[&str] = &["crates/", "docs/", "samples/", "locales/", ".ci/"];

pub fn check(repository: &Repository) -> Vec<Finding> {
    let documents = repository.files.iter().filter(|file| file.path.ends_with(".md"));
    let mut findings = Vec::new();
    for document in documents {
        for (number, line) in document.lines() {
            for path in paths(line) {
                if !repository.exists(path) {
                    let message = format!("`{path}` does not exist: name what replaced it");
                    findings.push(Finding::new(&document.path, number, message));
                }
            }
        }
    }
    findings
}

/// Paths between backticks, up to the first placeholder, pattern, line or fragment.
fn paths(line: &str) -> impl Iterator<Item = &str> {
    let quoted = line.split('`').skip(1).step_by(2);
    quoted.filter(|text| FOLDERS.iter().any(|folder| text.starts_with(folder))).map(|text| {
        let end = text.find(['<', '*', '{', '#', ':', ' ', '…']).unwrap_or(text.len());
        let is_whole = end == text.len() || text[end..].starts_with([':', '#', ' ']);
        let folder_end = text[..end].rfind('/').unwrap_or(0);
        if is_whole { &text[..end] } else { &text[..folder_end] }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_that_is_gone_is_found() {
        let text = "See `crates/a/src/lib.rs:12` and `crates/a/`,\n`docs/gone.md`, `crates/b/x`,\n\
                    `crates/a/src/<name>.rs`, `crates/{a,b}`, `docs/*.md`, `other/path`, crates/c\n\
                    `crates/a/gone/<name>.rs`";
        let repository =
            Repository::of(&[("docs/x.md", text), ("crates/a/src/lib.rs", ""), ("README.md", "")]);
        let lines: Vec<usize> = check(&repository).into_iter().map(|f| f.line).collect();
        assert_eq!(lines, [2, 2, 4]);
    }
}
