//! Words that may stand nowhere in the repository: paths of somebody's machine, and hosts
//! that packages come from.

use super::{Finding, Repository};

/// In halves, so that this file does not hold what it looks for.
const FORBIDDEN: &[(&str, &str, &str)] = &[
    ("/wo", "rk/", "a path from the workspace root"),
    ("work/", "main/", "a path from the workspace root"),
    ("/ro", "ot/", "a path from the workspace root"),
    ("/home", "/user", "a path from the workspace root"),
    ("static.", "crates.io", "the package's name alone"),
    ("index.", "crates.io", "the package's name alone"),
    ("deb.", "debian.org", "the package's name alone"),
    ("pypi", ".org", "the package's name alone"),
    ("registry.", "npmjs", "the package's name alone"),
];

/// Written by cargo, which names the index of every package.
const ALLOWED: &[&str] = &["Cargo.lock"];

pub fn check(repository: &Repository) -> Vec<Finding> {
    let words: Vec<(String, &str)> = FORBIDDEN
        .iter()
        .map(|(first, second, instead)| (format!("{first}{second}"), *instead))
        .collect();
    let mut findings = Vec::new();
    for file in repository.files.iter().filter(|file| !ALLOWED.contains(&file.path.as_str())) {
        for (word, instead) in &words {
            if !file.text.contains(word) {
                continue;
            }
            for (number, _) in file.lines().filter(|(_, line)| line.contains(word)) {
                let message = format!("`{word}` holds on one machine only: write {instead}");
                findings.push(Finding::new(&file.path, number, message));
            }
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn machine_paths_are_found() {
        let bad = format!("cd {}{}\n# fine\n", "/wo", "rk/main");
        let repository = Repository::of(&[("justfile", &bad), ("Cargo.lock", &bad)]);
        let found = check(&repository);
        assert_eq!(found.len(), 1);
        assert_eq!((found[0].path.as_str(), found[0].line), ("justfile", 1));
    }
}
