//! Whether everything the binary is made of may be passed on: the licences of every
//! package, against the list in deny.toml.

use std::path::Path;
use std::process::Command;

/// Packages whose licence is not on the list; an empty list is what is wanted.
pub fn check(root: &Path) -> Result<Vec<String>, String> {
    let allowed = allowed(root)?;
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--locked"])
        .current_dir(root)
        .output()
        .map_err(|error| format!("cargo metadata: {error}"))?;
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).into_owned());
    }
    let metadata: serde_json::Value =
        serde_json::from_slice(&output.stdout).map_err(|error| error.to_string())?;
    let packages = metadata["packages"].as_array().ok_or("cargo metadata lists no packages")?;
    let findings = packages.iter().filter_map(|package| {
        let licence = package["license"].as_str().unwrap_or("");
        let (name, version) = (package["name"].as_str()?, package["version"].as_str()?);
        (!is_allowed(licence, &allowed)).then(|| {
            format!("{name} {version}: “{licence}” is not allowed by deny.toml: use another crate")
        })
    });
    Ok(findings.collect())
}

fn allowed(root: &Path) -> Result<Vec<String>, String> {
    let text = std::fs::read_to_string(root.join("deny.toml")).map_err(|e| e.to_string())?;
    let table: toml::Table = text.parse().map_err(|e: toml::de::Error| e.to_string())?;
    let allow = table.get("licenses").and_then(|licenses| licenses.get("allow")?.as_array());
    let allow = allow.ok_or("deny.toml has no licenses.allow")?;
    Ok(allow.iter().filter_map(|licence| licence.as_str().map(str::to_owned)).collect())
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
