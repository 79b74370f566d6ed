//! One table of dependencies for all crates, and one set of lints.

use super::{Finding, Repository};

pub fn check(repository: &Repository) -> Vec<Finding> {
    let mut findings = Vec::new();
    for file in &repository.files {
        if !(file.path.starts_with("crates/") && file.path.ends_with("/Cargo.toml")) {
            continue;
        }
        match file.text.parse::<toml::Table>() {
            Ok(manifest) => {
                let messages = lints(&manifest).into_iter().chain(sources(&manifest));
                findings.extend(messages.map(|message| Finding::new(&file.path, 0, message)));
            }
            Err(error) => findings.push(Finding::new(&file.path, 0, error.to_string())),
        }
    }
    findings
}

fn lints(manifest: &toml::Table) -> Option<String> {
    let inherited = manifest.get("lints").and_then(|lints| lints.get("workspace"));
    let missing = inherited.and_then(toml::Value::as_bool) != Some(true);
    missing.then(|| "add `[lints] workspace = true`: every crate has the same lints".into())
}

/// Dependencies whose version is not the workspace's.
fn sources(manifest: &toml::Table) -> Vec<String> {
    let sections = ["dependencies", "dev-dependencies", "build-dependencies"];
    let tables = sections.iter().filter_map(|name| manifest.get(*name)?.as_table());
    tables
        .flatten()
        .filter(|(_, value)| value.get("workspace").is_none() && value.get("path").is_none())
        .map(|(name, _)| {
            format!(
                "write `{name}.workspace = true` and put its version and features into the \
                 root Cargo.toml: the features named there are the only ones compiled"
            )
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_of_its_own_and_missing_lints_are_found() {
        let bad = "[package]\nname = \"a\"\n[dependencies]\ncsv = \"1\"\nserde.workspace = true\n";
        let findings = check(&Repository::of(&[("crates/a/Cargo.toml", bad)]));
        assert_eq!(findings.len(), 2);
        assert!(findings[0].message.contains("[lints]"));
        assert!(findings[1].message.contains("csv.workspace"));
        let good = "[lints]\nworkspace = true\n[dependencies]\nserde.workspace = true\n";
        assert_eq!(check(&Repository::of(&[("crates/a/Cargo.toml", good)])), []);
    }
}
