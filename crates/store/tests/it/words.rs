//! Every message of the store is there in all three languages, with its way forward.

use std::collections::BTreeSet;
use std::path::PathBuf;
use tici_store::{BadKind, StoreError};

#[test]
fn every_message_is_there_in_three_languages() {
    let path = || PathBuf::from("x");
    let detail = || "x".to_string();
    let errors = [
        StoreError::Conflict { detail: detail() },
        StoreError::Busy,
        StoreError::NewerSchema { found: 2, known: 1 },
        StoreError::Damaged { seq: None, detail: detail() },
        StoreError::Io { path: path(), error: std::io::Error::other("x") },
        StoreError::Exists { path: path() },
        StoreError::Key { detail: detail() },
        StoreError::Database { detail: detail() },
        StoreError::NoTls { mode: "require".into() },
        StoreError::BadCopy { path: path(), detail: detail() },
    ];
    let keys = errors.iter().map(StoreError::message_key);
    let keys = keys.chain(BadKind::ALL.map(BadKind::message_key));
    let wanted: BTreeSet<String> =
        keys.flat_map(|key| [key.to_string(), format!("{key}-fix")]).collect();
    for language in ["zh-Hans", "zh-Hant", "en"] {
        let path = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
            .join(format!("../../locales/{language}/store.ftl"));
        let text = std::fs::read_to_string(path).unwrap();
        let found: BTreeSet<String> = text
            .lines()
            .filter_map(|line| line.split_once(" = "))
            .map(|(key, _)| key.to_string())
            .collect();
        assert_eq!(found, wanted, "{language}");
    }
    for error in errors {
        let problem = error.problem();
        assert!(!problem.args.is_empty() || matches!(error, StoreError::Busy));
        assert!(!error.to_string().is_empty());
    }
}
