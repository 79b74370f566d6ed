//! Which crate may know which: `domain ← engine, exchange, store ← ops ← web ← tici`.

use super::{Finding, Repository};

/// Each crate and the crates it may depend on. There is no arrow among engine, exchange
/// and store, and web reaches files and databases only through ops.
const ALLOWED: &[(&str, &[&str])] = &[
    ("domain", &[]),
    ("engine", &["domain"]),
    ("exchange", &["domain"]),
    ("store", &["domain"]),
    ("ops", &["domain", "engine", "exchange", "store"]),
    ("web", &["domain", "engine", "ops"]),
    ("testkit", &["domain", "engine", "exchange", "store", "ops"]),
    ("tici", &["domain", "engine", "exchange", "store", "ops", "web", "testkit"]),
    ("xtask", &[]),
];

/// What tests may use besides: the fictional county; a ledger of their own to open; and
/// the crate itself, with features for tests.
fn is_allowed_in_tests(name: &str, used: &str) -> bool {
    used == "testkit" || used == name || (name, used) == ("web", "store")
}

pub fn check(repository: &Repository) -> Vec<Finding> {
    let mut findings = Vec::new();
    for file in &repository.files {
        let Some(name) = crate_name(&file.path) else { continue };
        let Some((_, allowed)) = ALLOWED.iter().find(|(known, _)| *known == name) else {
            let message = format!("crate {name} has no place: say in arrows.rs what it may use");
            findings.push(Finding::new(&file.path, 0, message));
            continue;
        };
        let mut section = "";
        for (number, line) in file.lines() {
            if line.starts_with('[') {
                section = line.trim();
            } else if let Some(used) = workspace_crate(line) {
                let in_tests = section == "[dev-dependencies]" && is_allowed_in_tests(name, used);
                if !in_tests && !allowed.contains(&used) {
                    findings.push(Finding::new(&file.path, number, message(name, used)));
                }
            }
        }
    }
    findings
}

fn message(name: &str, used: &str) -> String {
    format!(
        "{name} may not know {used}: move the shared type down into domain, or do the work \
         one layer up (the layers are in ARCHITECTURE.md)"
    )
}

/// `engine` for `crates/engine/Cargo.toml`.
fn crate_name(path: &str) -> Option<&str> {
    let name = path.strip_prefix("crates/")?.strip_suffix("/Cargo.toml")?;
    (!name.contains('/')).then_some(name)
}

/// `domain` for `tici-domain.workspace = true` or `tici-domain = { … }`.
fn workspace_crate(line: &str) -> Option<&str> {
    let key = line.split(['=', '.']).next()?.trim();
    if key == "tici" { Some("tici") } else { key.strip_prefix("tici-") }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check_one(name: &str, manifest: &str) -> Vec<usize> {
        let path = format!("crates/{name}/Cargo.toml");
        check(&Repository::of(&[(&path, manifest)])).into_iter().map(|f| f.line).collect()
    }

    #[test]
    fn an_arrow_sideways_or_upwards_is_found() {
        let bad = "[dependencies]\ntici-domain.workspace = true\ntici-store.workspace = true\n";
        assert_eq!(check_one("engine", bad), [3]);
        assert_eq!(check_one("ops", bad), [] as [usize; 0]);
        assert_eq!(check_one("domain", bad), [2, 3]);
        assert_eq!(check_one("web", "[dependencies]\ntici-exchange = { path = \"x\" }\n"), [2]);
        assert_eq!(check_one("newcomer", ""), [0]);
    }

    #[test]
    fn tests_may_use_the_county_but_nothing_above() {
        let uses = |section: &str, used: &str| format!("[{section}]\ntici-{used}.workspace = true");
        assert_eq!(check_one("store", &uses("dev-dependencies", "testkit")), [] as [usize; 0]);
        assert_eq!(check_one("store", &uses("dependencies", "testkit")), [2]);
        assert_eq!(check_one("store", &uses("dev-dependencies", "ops")), [2]);
    }
}
