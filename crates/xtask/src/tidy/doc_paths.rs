//! Paths that documents name, and files that they link to, exist.

use super::{Finding, Repository};

/// A path is told by the folder it begins with.
const FOLDERS: &[&str] = &["crates/", "docs/", "samples/", "locales/", ".ci/"];

pub fn check(repository: &Repository) -> Vec<Finding> {
    let documents = repository.files.iter().filter(|file| file.path.ends_with(".md"));
    let mut findings = Vec::new();
    for document in documents {
        for (number, line) in document.lines() {
            let named = paths(line).map(str::to_owned);
            for path in named.chain(links(&document.path, line)) {
                if !repository.exists(&path) {
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

/// Targets of links inside the repository, from the root: `[words](../path#part)`.
fn links(document: &str, line: &str) -> Vec<String> {
    let folder: Vec<&str> = document.split('/').rev().skip(1).collect();
    let targets = line.split("](").skip(1).filter_map(|rest| rest.split(')').next());
    targets
        .map(|target| target.split('#').next().unwrap_or(""))
        .filter(|target| !target.is_empty() && !target.contains(':'))
        .map(|target| {
            let mut path: Vec<&str> = folder.iter().rev().copied().collect();
            for part in target.split('/') {
                match part {
                    "." => {}
                    ".." => drop(path.pop()),
                    part => path.push(part),
                }
            }
            path.join("/")
        })
        .collect()
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

    #[test]
    fn a_link_to_nothing_is_found() {
        let text = "[a](y.md) [b](../README.md#top) ![c](./gone.png)\n\
                    [d](https://example.org/x) [e](#part) [f](../docs/)\n[g](../gone.md)";
        let repository =
            Repository::of(&[("docs/x.md", text), ("docs/y.md", ""), ("README.md", "")]);
        let found = check(&repository);
        let found: Vec<(usize, &str)> =
            found.iter().map(|f| (f.line, f.message.split(' ').next().unwrap())).collect();
        assert_eq!(found, [(1, "`docs/gone.png`"), (3, "`gone.md`")]);
    }
}
