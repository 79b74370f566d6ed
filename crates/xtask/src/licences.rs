//! Whether everything the binary is made of may be passed on: the licences of every
//! package, against the list in deny.toml.

use std::path::Path;
use std::process::Command;

/// What deny.toml allows.
struct Allowed {
    licences: Vec<String>,
    /// Crates that may have other licences, because only tests use them.
    in_tests: Vec<(String, Vec<String>)>,
}

/// Packages whose licence is not on the list; an empty list is what is wanted.
pub fn check(root: &Path) -> Result<Vec<String>, String> {
    let allowed = Allowed::read(root)?;
    let metadata = cargo(root, &["metadata", "--format-version", "1", "--locked"])?;
    let metadata: serde_json::Value =
        serde_json::from_str(&metadata).map_err(|error| error.to_string())?;
    let packages = metadata["packages"].as_array().ok_or("cargo metadata lists no packages")?;
    let binary = in_binary(root)?;
    let findings = packages.iter().filter_map(|package| {
        let licence = package["license"].as_str().unwrap_or("");
        let (name, version) = (package["name"].as_str()?, package["version"].as_str()?);
        let is_in_binary = binary.iter().any(|used| used == name);
        (!allowed.has(name, licence, is_in_binary)).then(|| {
            format!("{name} {version}: “{licence}” is not allowed by deny.toml: use another crate")
        })
    });
    Ok(findings.collect())
}

impl Allowed {
    fn read(root: &Path) -> Result<Allowed, String> {
        let text = std::fs::read_to_string(root.join("deny.toml")).map_err(|e| e.to_string())?;
        Allowed::parse(&text)
    }

    fn parse(text: &str) -> Result<Allowed, String> {
        let table: toml::Table = text.parse().map_err(|e: toml::de::Error| e.to_string())?;
        let licenses = table.get("licenses").ok_or("deny.toml has no licenses")?;
        let exceptions = licenses.get("exceptions").and_then(toml::Value::as_array);
        let exception = |entry: &toml::Value| {
            Some((entry.get("crate")?.as_str()?.to_owned(), strings(entry.get("allow")?)))
        };
        Ok(Allowed {
            licences: strings(licenses.get("allow").ok_or("deny.toml has no licenses.allow")?),
            in_tests: exceptions.into_iter().flatten().filter_map(exception).collect(),
        })
    }

    fn has(&self, name: &str, licence: &str, is_in_binary: bool) -> bool {
        let exception = self.in_tests.iter().find(|(crate_name, _)| crate_name == name);
        is_allowed(licence, &self.licences)
            || (!is_in_binary && exception.is_some_and(|(_, more)| is_allowed(licence, more)))
    }
}

fn strings(array: &toml::Value) -> Vec<String> {
    let items = array.as_array().into_iter().flatten();
    items.filter_map(|item| item.as_str().map(str::to_owned)).collect()
}

/// Names of the packages that the binary is built from.
fn in_binary(root: &Path) -> Result<Vec<String>, String> {
    let tree = ["tree", "--locked", "--package", "tici", "--edges", "normal,build"];
    let listed = ["--prefix", "none", "--format", "{p}", "--target", "all"];
    let text = cargo(root, &[&tree[..], &listed[..]].concat())?;
    Ok(text.lines().filter_map(|line| line.split(' ').next()).map(str::to_owned).collect())
}

fn cargo(root: &Path, arguments: &[&str]) -> Result<String, String> {
    let output = Command::new(env!("CARGO"))
        .args(arguments)
        .current_dir(root)
        .output()
        .map_err(|error| format!("cargo {}: {error}", arguments[0]))?;
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).into_owned());
    }
    String::from_utf8(output.stdout).map_err(|error| error.to_string())
}

/// Judges an SPDX expression: one side of an `OR` is enough, both of an `AND` are needed.
/// The older `MIT/Apache-2.0` means `OR`.
fn is_allowed(expression: &str, allowed: &[String]) -> bool {
    let expression = strip_outer(expression.trim());
    if let Some((left, right)) = split_outside(expression, " OR ") {
        return is_allowed(left, allowed) || is_allowed(right, allowed);
    }
    if let Some((left, right)) = split_outside(expression, " AND ") {
        return is_allowed(left, allowed) && is_allowed(right, allowed);
    }
    if let Some((left, right)) = expression.split_once('/') {
        return is_allowed(left, allowed) || is_allowed(right, allowed);
    }
    allowed.iter().any(|licence| licence == expression)
}

/// Takes off brackets around the whole.
fn strip_outer(expression: &str) -> &str {
    match expression.strip_prefix('(').and_then(|inside| inside.strip_suffix(')')) {
        Some(inside) if is_balanced(inside) => inside.trim(),
        _ => expression,
    }
}

/// Splits at the first operator outside brackets.
fn split_outside<'a>(expression: &'a str, operator: &str) -> Option<(&'a str, &'a str)> {
    let mut places = expression.match_indices(operator).map(|(at, _)| at);
    let at = places.find(|&at| is_balanced(&expression[..at]))?;
    Some((&expression[..at], &expression[at + operator.len()..]))
}

fn is_balanced(text: &str) -> bool {
    let mut depth = 0;
    text.chars().all(|c| {
        depth += i32::from(c == '(') - i32::from(c == ')');
        depth >= 0
    }) && depth == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_exception_holds_for_tests_only() {
        let text = "[licenses]\nallow = [\"MIT\"]\n[[licenses.exceptions]]\n\
                    crate = \"driver\"\nallow = [\"MPL-2.0\"]\n";
        let allowed = Allowed::parse(text).unwrap();
        assert!(allowed.has("driver", "MPL-2.0", false));
        assert!(!allowed.has("driver", "MPL-2.0", true));
        assert!(!allowed.has("other", "MPL-2.0", false));
        assert!(allowed.has("other", "MIT", true));
    }

    #[test]
    fn expressions_are_judged() {
        let allowed: Vec<String> =
            ["MIT", "Apache-2.0", "Unicode-3.0", "Apache-2.0 WITH LLVM-exception"]
                .map(str::to_owned)
                .to_vec();
        for (expression, expected) in [
            ("MIT", true),
            ("GPL-3.0-only", false),
            ("", false),
            ("Apache-2.0 OR GPL-2.0-only", true),
            ("MIT AND GPL-2.0-only", false),
            ("MIT/GPL-2.0", true),
            ("(MIT OR Apache-2.0) AND Unicode-3.0", true),
            ("(MIT OR Apache-2.0) AND MPL-2.0", false),
            ("Apache-2.0 WITH LLVM-exception OR BSD-1-Clause", true),
            ("GPL-2.0-only AND (MIT OR Apache-2.0)", false),
            ("(GPL-2.0-only AND MIT) OR (MIT)", true),
        ] {
            assert_eq!(is_allowed(expression, &allowed), expected, "{expression}");
        }
    }
}
