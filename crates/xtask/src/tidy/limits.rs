//! Functions of at most 70 lines, lines of at most 100 columns, with a ratchet for those
//! that were longer before.

use super::ratchet::Ratchet;
use super::{Finding, Repository, ratchet};
use std::collections::BTreeMap;

pub const FUNCTION_LINES_MAX: usize = 70;
pub const COLUMNS_MAX: usize = 100;

/// Files whose columns count. Templates, messages and styles are long where their text
/// is, a manifest has a dependency on each line, prose is wrapped by whoever reads it.
const COUNTED: &[&str] = &[".rs", ".js", ".sql", ".sh", "justfile", ".ci/run"];

/// What is over a limit: key of the ratchet, line, and how much.
pub struct Over {
    pub key: String,
    pub path: String,
    pub line: usize,
    pub length: usize,
}

pub fn check(repository: &Repository) -> Vec<Finding> {
    let known = match Ratchet::read(repository) {
        Ok(known) => known,
        Err(error) => return vec![Finding::new(ratchet::PATH, 0, error)],
    };
    let mut findings = judge(&known.functions, &functions(repository), |over| {
        format!(
            "`{}` has {} lines, at most {FUNCTION_LINES_MAX}: take out a step that has a name",
            over.key, over.length
        )
    });
    findings.extend(judge(&known.columns, &columns(repository), |over| {
        format!(
            "{} lines over {COLUMNS_MAX} columns, this the first: break them (cargo fmt breaks \
             code, not strings)",
            over.length
        )
    }));
    findings
}

/// Compares what is over a limit with what was.
fn judge(
    known: &BTreeMap<String, usize>,
    found: &[Over],
    message: impl Fn(&Over) -> String,
) -> Vec<Finding> {
    let mut findings = Vec::new();
    for over in found {
        match known.get(&over.key) {
            Some(&length) if length == over.length => {}
            Some(&length) if length > over.length => findings.push(Finding::new(
                &over.path,
                over.line,
                format!("`{}` shrank: `cargo xtask tidy --lower` writes it down", over.key),
            )),
            _ => findings.push(Finding::new(&over.path, over.line, message(over))),
        }
    }
    for key in known.keys().filter(|key| found.iter().all(|over| over.key != **key)) {
        let message = format!("`{key}` keeps its limit now: `cargo xtask tidy --lower` drops it");
        findings.push(Finding::new(ratchet::PATH, 0, message));
    }
    findings
}

/// Functions over the limit. Two of one name in one file share a key; the longer counts.
pub fn functions(repository: &Repository) -> Vec<Over> {
    let mut found: BTreeMap<String, Over> = BTreeMap::new();
    for file in repository.rust() {
        for function in file.as_rust().functions() {
            let key = format!("{}::{}", file.path, function.name);
            let longest = found.get(&key).map_or(FUNCTION_LINES_MAX, |over| over.length);
            if function.length > longest {
                let (path, line, length) = (file.path.clone(), function.line, function.length);
                found.insert(key.clone(), Over { key, path, line, length });
            }
        }
    }
    found.into_values().collect()
}

/// Files with lines over the limit, and how many they have.
pub fn columns(repository: &Repository) -> Vec<Over> {
    let counted = |path: &str| COUNTED.iter().any(|end| path.ends_with(end));
    let files = repository.files.iter().filter(|file| counted(&file.path));
    files
        .filter_map(|file| {
            let is_long = |line: &str| line.chars().count() > COLUMNS_MAX;
            let mut long = file.lines().filter(|(_, line)| is_long(line)).map(|(number, _)| number);
            let line = long.next()?;
            let path = file.path.clone();
            Some(Over { key: path.clone(), path, line, length: 1 + long.count() })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn long_function(lines: usize) -> String {
        format!("fn long() {{\n{}}}\n", "    step();\n".repeat(lines - 2))
    }

    fn check_one(source: &str, ratchet: &str) -> Vec<String> {
        let repository =
            Repository::of(&[("crates/a/src/lib.rs", source), (ratchet::PATH, ratchet)]);
        check(&repository).into_iter().map(|finding| finding.message).collect()
    }

    #[test]
    fn a_function_that_crosses_the_limit_is_found() {
        assert_eq!(check_one(&long_function(70), ""), [] as [String; 0]);
        let messages = check_one(&long_function(71), "");
        assert!(messages[0].contains("has 71 lines"), "{messages:?}");
    }

    #[test]
    fn the_ratchet_only_goes_down() {
        let known = "[functions]\n\"crates/a/src/lib.rs::long\" = 80\n";
        assert_eq!(check_one(&long_function(80), known), [] as [String; 0]);
        assert!(check_one(&long_function(81), known)[0].contains("has 81 lines"));
        assert!(check_one(&long_function(75), known)[0].contains("shrank"));
        assert!(check_one(&long_function(20), known)[0].contains("keeps its limit now"));
        assert!(check_one("", "nonsense").len() == 1);
    }

    #[test]
    fn long_lines_are_found_and_wide_characters_count_once() {
        let line = format!("// {}\n", "汉".repeat(97));
        assert_eq!(check_one(&line, ""), [] as [String; 0]);
        let line = format!("// {}\n", "汉".repeat(98));
        assert!(check_one(&format!("{line}{line}"), "")[0].contains("2 lines over"));
    }
}
