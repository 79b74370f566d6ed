//! The house rules hold in this repository: the same as `cargo xtask tidy`.

use xtask::tidy::{self, Repository};

#[test]
fn the_repository_is_tidy() {
    let repository = Repository::read(&tidy::root()).expect("the workspace can be read");
    assert!(repository.exists("Cargo.toml"), "the root is two folders above this crate");
    let findings: Vec<String> =
        tidy::run(&repository).iter().map(|finding| finding.to_string()).collect();
    assert!(findings.is_empty(), "{} findings:\n{}", findings.len(), findings.join("\n"));
}
